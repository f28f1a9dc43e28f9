import { barOf, type Interest } from "../report/dispute.ts";
import type { Act } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { findBench } from "../store/queries/disputes.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { logRefusal } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";

/** What an editor decides on: what an agency said or asked for, and (`officerId` null: nobody yet) which officer did. */
type Said = { agencyId: string | null; officerId: number | null };

/** The refusal to whoever would decide on what they or their agency said, null for everybody else: one hand does not give what the other asks for. */
export const refuseInterested = async (
  tx: Tx,
  deps: Pick<Deps, "log">,
  { act, actorId, report }: { act: Act; actorId: number; report: Pick<ReportRow, "id" | "authorId"> },
  { agencyId, officerId }: Said,
): Promise<{ ok: false; why: Interest } | null> => {
  const makers = { authorId: report.authorId, agencyId, officerId, publisherId: null };
  const why = barOf(await findActor(tx, actorId), makers, "editors", await findBench(tx, makers));
  if (why === null) return null;
  logRefusal(deps, { act, reportId: report.id, residentId: actorId, why });
  return { ok: false, why };
};
