import type { Outcome, Status } from "./status.ts";

/** A report as everybody may see it. */
export type PublicReport = {
  id: number;
  status: Status;
  outcome: Outcome | null;
  topicId: string;
  districtId: string;
  agencyId: string | null;
  /** Within a home the middle of its block. */
  place: { lat: number; lon: number } | null;
  address: string | null;
  text: string;
  createdAt: Date;
  updatedAt: Date;
  statusAt: Date;
  assignedAt: Date | null;
  /** The date its agency promised last, and the one it promised first. */
  dueAt: Date | null;
  firstDueAt: Date | null;
  answeredAt: Date | null;
  publishedAt: Date | null;
  cycle: number;
  hops: number;
  postponements: number;
  /** What its first photo is `storedAs`, else that of its published answer; see `largeOf` and `thumbnailOf`. */
  photoName: string | null;
};

/** Everything is shown, or number, status and dates only. */
export type FoundPublicReport =
  | { shown: "all"; report: PublicReport }
  | { shown: "dates"; id: number; status: Status; createdAt: Date; statusAt: Date };
