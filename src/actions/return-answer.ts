import { isPublicKind } from "../report/answer.ts";
import { findWaitingAnswer, isPostponed } from "../store/queries/answers.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { saveAnswerDecision } from "../store/writes/answers.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { moveReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { readWords } from "./read-words.ts";
import { record } from "./record.ts";

/** Sends the answer back to its agency with a remark. The agency's date stays as it was, even a past one. */
export const returnAnswer = async (
  deps: Deps,
  command: ActCommand & { remark: string },
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimAct(tx, deps, "return", command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const remark = readWords(command.remark);
    if (!remark.ok) return remark;
    const answer = await findWaitingAnswer(tx, report.id);
    if (answer === null || !isPublicKind(answer.kind)) throw new Error(`Report ${report.id} has no answer to return`);
    const { actorId } = command;
    const decision = { state: "returned", decidedById: actorId, remark: remark.words } as const;
    await saveAnswerDecision(tx, answer.id, decision, now);
    const to = (await isPostponed(tx, report)) ? "planned" : "assigned";
    const saved = await moveReport(tx, deps.city, report, "return", to, { dueAt: report.handlingDueAt }, now);
    const { kind: answerKind, agencyId } = answer;
    const data = { answerId: answer.id, answerKind, agencyId, remark: remark.words };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "returned", data }, now);
    return { ok: true, report: saved };
  });
