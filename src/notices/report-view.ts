import type { EventData } from "../report/event.ts";
import type { Status } from "../report/status.ts";
import type { Picture } from "./message.ts";

/** A report as it stands, with what cards show of it. Nothing in it names the author. */
export type ReportView = {
  id: number;
  version: number;
  status: Status;
  topicId: string;
  districtId: string;
  agencyId: string | null;
  lat: number | null;
  lon: number | null;
  address: string | null;
  description: string;
  answers: Readonly<Record<string, string | number | boolean>>;
  photos: readonly Picture[];
  createdAt: Date;
  dueAt: Date | null;
  /** The decision of moderation; null while it is waited for. */
  decision: Decision | null;
};

/** Who decided what in moderation; `by` is their name as Telegram shows it, for staff only, null once erased. */
export type Decision = { at: Date; by: string | null } & (
  { kind: "assigned"; data: EventData["assigned"] } | { kind: "rejected"; data: EventData["rejected"] }
);
