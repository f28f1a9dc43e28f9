import { isPublicKind } from "../report/answer.ts";
import { verificationDue } from "../report/due.ts";
import { findWaitingAnswer } from "../store/queries/answers.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { saveAnswerDecision } from "../store/writes/answers.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { moveReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { inviteVolunteers } from "./invite-volunteers.ts";
import { recordAll } from "./record.ts";
import { refuseInterested } from "./refuse-interested.ts";

/** Publishes the answer that waits: from now on residents check it, until the end of the tenth day after. Nobody publishes what they or their agency answered. */
export const publishAnswer = async (
  deps: Deps,
  command: ActCommand,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimAct(tx, deps, "publish", command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const answer = await findWaitingAnswer(tx, report.id);
    if (answer === null || !isPublicKind(answer.kind)) throw new Error(`Report ${report.id} has no answer to publish`);
    const { actorId } = command;
    const refused = await refuseInterested(tx, deps, { act: "publish", actorId, report }, answer);
    if (refused !== null) return refused;
    await saveAnswerDecision(tx, answer.id, { state: "accepted", decidedById: actorId }, now);
    const due = verificationDue(deps.city, now);
    const change = { dueAt: new Date(due.dueAt), publishedAt: now, publisherId: actorId };
    const saved = await moveReport(tx, deps.city, report, "publish", "published", change, now);
    const data = { answerId: answer.id, answerKind: answer.kind, agencyId: answer.agencyId, until: due.to };
    const published = { report: saved, actorId, actorRole: as, kind: "published", data } as const;
    // That it cannot be fixed is nothing a neighbour could go and look at.
    const invited = answer.kind === "fixed" ? await inviteVolunteers(tx, deps, saved, now) : null;
    await recordAll(tx, deps, invited === null ? [published] : [published, invited], now);
    return { ok: true, report: saved };
  });
