import { isPublicKind, ruleOfAnswer, type RequestKind } from "../report/answer.ts";
import { claimReport } from "../store/writes/reports.ts";
import { findWaitingAnswer } from "../store/queries/answers.ts";
import type { AnswerRow } from "../store/schema/answers.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { saveAnswerDecision } from "../store/writes/answers.ts";
import { refuseDecided, type ActRefusal } from "./act-refusal.ts";
import { changeReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { readWords } from "./read-words.ts";
import { record } from "./record.ts";

/** Refuses what an agency asked for, with a remark; the report stays where it is and its clock never stopped. */
export const refuseRequest = async (
  deps: Deps,
  command: ActCommand & { remark: string },
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    // Which right it takes depends on what was asked, so the lock comes before the look.
    const locked = await claimReport(tx, command.reportId);
    if (locked === null) return { ok: false, why: "not_found" };
    const answer = await findWaitingAnswer(tx, locked.id);
    const kind = answer === null ? null : requestKind(answer);
    const claimed = await claimAct(tx, deps, kind === null ? "postpone" : ruleOfAnswer(kind).acceptedBy, command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    if (answer === null || kind === null) return refuseDecided(tx, report);
    const remark = readWords(command.remark);
    if (!remark.ok) return remark;
    const { actorId } = command;
    const decision = { state: "returned", decidedById: actorId, remark: remark.words } as const;
    await saveAnswerDecision(tx, answer.id, decision, now);
    const saved = await changeReport(tx, deps.city, report, {}, now, { mayBeTakenBack: true });
    const data = { answerId: answer.id, answerKind: kind, agencyId: answer.agencyId, remark: remark.words };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "request_refused", data }, now);
    return { ok: true, report: saved };
  });

const requestKind = ({ kind }: AnswerRow): RequestKind | null => (isPublicKind(kind) ? null : kind);
