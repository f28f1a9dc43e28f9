import type { Interest } from "../report/dispute.ts";
import type { Refused } from "../report/permission.ts";
import type { Status } from "../report/status.ts";
import type { Db } from "../store/open.ts";
import { findLastDecision } from "../store/queries/decisions.ts";
import type { ReportRow } from "../store/schema/reports.ts";

/** Why a staff act on a report changed nothing; `decided` says who was quicker (`by` is null for the clock) and with what. */
export type ActRefusal =
  | { ok: false; why: "not_found" }
  | { ok: false; why: "not_allowed" }
  | {
      ok: false;
      why: "decided";
      status: Status;
      by: { name: string | null; role: string } | null;
      /** The kind of the event; null if nobody of the staff did anything yet. */
      kind: string | null;
      at: Date;
      /** The act would be possible, but the pressed card shows the report as it was. */
      isOldCard?: true;
    }
  | { ok: false; why: "unknown_agency" | "reason_missing" | "reason_too_long" }
  /** Another editor reads it right now; `by` is their name. */
  | { ok: false; why: "taken"; by: string | null; until: Date }
  /** An appeal against this person's own decision: somebody else has to look. */
  | { ok: false; why: "own_decision" }
  /** They filed the report, or have a part in the answer they would judge: somebody else has to. */
  | { ok: false; why: Interest };

/** The refusal of an act that came too late: somebody changed the report first, or its status does not allow the act. */
export const refuseDecided = async (db: Db, report: ReportRow, how: { isOldCard?: true } = {}): Promise<ActRefusal> => {
  const decision = await findLastDecision(db, report.id);
  return {
    ok: false,
    why: "decided",
    status: report.status,
    by: decision?.by ?? null,
    kind: decision?.kind ?? null,
    at: decision?.at ?? report.statusAt,
    ...how,
  };
};

/** The refusal to somebody without the right, or to somebody too late. */
export const refuseAct = async (db: Db, report: ReportRow, { why }: Refused): Promise<ActRefusal> => {
  switch (why) {
    case "not_allowed":
      return { ok: false, why };
    case "wrong_status":
      return refuseDecided(db, report);
  }
};
