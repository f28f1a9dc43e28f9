import type { EventData, EventKind } from "../report/event.ts";
import type { Role } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import type { Deps } from "./deps.ts";

/** A fact to be told: who did what to which report. `actorId` is null when the clock did it, `report` when it concerns none. */
export type Fact<Kind extends EventKind = EventKind> = {
  /** As it stands after the change, with its new version. */
  report: ReportRow | null;
  actorId: number | null;
  /** In which role; `resident` for what everyone may do. */
  actorRole: Role | "resident";
  kind: Kind;
  data: EventData[Kind];
};

/** The one way a fact is told: the event, its notices and the wake-up of their chats, all in the caller's transaction. */
export declare const record: <Kind extends EventKind>(tx: Tx, deps: Deps, fact: Fact<Kind>, now: Date) => Promise<void>;
