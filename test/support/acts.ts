/** Every act of the table, done through the action that people's presses and words lead to. */
import { randomInt, randomUUID } from "node:crypto";
import { appealRejection } from "../../src/actions/appeal-rejection.ts";
import { askResident } from "../../src/actions/ask-resident.ts";
import { assignReport } from "../../src/actions/assign-report.ts";
import { castVote } from "../../src/actions/cast-vote.ts";
import { claimAct } from "../../src/actions/claim-act.ts";
import { contest } from "../../src/actions/contest.ts";
import type { Deps } from "../../src/actions/deps.ts";
import { giveVerdict } from "../../src/actions/give-verdict.ts";
import { mergeReports } from "../../src/actions/merge-reports.ts";
import { postponeReport } from "../../src/actions/postpone-report.ts";
import { publishAnswer } from "../../src/actions/publish-answer.ts";
import { recordWord } from "../../src/actions/record-word.ts";
import { rejectReport } from "../../src/actions/reject-report.ts";
import { repairReport } from "../../src/actions/repair-report.ts";
import { replyToQuestion } from "../../src/actions/reply-to-question.ts";
import { rerouteReport } from "../../src/actions/reroute-report.ts";
import { returnAnswer } from "../../src/actions/return-answer.ts";
import { sendAnswer } from "../../src/actions/send-answer.ts";
import { unmergeReport } from "../../src/actions/unmerge-report.ts";
import { withdrawReport } from "../../src/actions/withdraw-report.ts";
import type { AnswerContent } from "../../src/form/answer-draft.ts";
import type { Act } from "../../src/report/status.ts";
import { findLastAnswer } from "../../src/store/queries/answers.ts";
import { findReportContent } from "../../src/store/queries/report-content.ts";
import type { DraftRow } from "../../src/store/queries/residents.ts";
import type { ReportRow } from "../../src/store/schema/reports.ts";

/** Who does it to which report, as which card showed it; `spoken`: they bring the word of somebody without Telegram. */
export type Doing = {
  actorId: number;
  report: Pick<ReportRow, "id" | "cycle" | "agencyId">;
  version: number | null;
  spoken: boolean;
  /** An open public report, for merging into. */
  originalId: number;
};
export type Done = { ok: true; report: ReportRow } | { ok: false; why: string };
type Perform = (deps: Deps, doing: Doing, now: Date) => Promise<Done>;

export const AGENCIES = ["lighting", "roads"] as const;
const otherAgency = (agencyId: string | null): string => (agencyId === AGENCIES[0] ? AGENCIES[1] : AGENCIES[0]);

const PHOTO = { fileId: "file-after", fileUniqueId: "after", kind: "photo" } as const;
const REASON = "Так решили, посмотрев на месте";
const command = ({ actorId, report, version }: Doing) => ({ actorId, reportId: report.id, version });
const told = { words: "Лампа так и не горит", photos: [], question: null } as const;

/** Sends what an agency says, by somebody who knows what it said before. */
const send = async (deps: Deps, { actorId, report }: Doing, content: AnswerContent, now: Date): Promise<Done> => {
  const lastAnswerId = (await findLastAnswer(deps.store.db, report.id))?.id ?? null;
  const answer = { actorId, reportId: report.id, draftId: randomUUID(), content, lastAnswerId };
  return deps.store.db.transaction((tx) => sendAnswer(tx, deps, answer, now));
};

const vote =
  (value: "confirmation" | "refutation"): Perform =>
  (deps, { actorId, report, spoken }, now) =>
    spoken
      ? recordWord(deps, { operatorId: actorId, reportId: report.id, value, ...withPhoto }, now)
      : castVote(deps, { voterId: actorId, reportId: report.id, cycle: report.cycle, value, ...withPhoto }, now);
const withPhoto = { ...told, photos: [PHOTO] };

/** What only the clock does has no action for people: whoever tried would meet the guard that every action begins with. */
const onlyClock =
  (act: Act): Perform =>
  (deps, doing) =>
    deps.store.db.transaction(async (tx): Promise<Done> => claimAct(tx, deps, act, command(doing)));

export const PERFORM: Readonly<Record<Act, Perform>> = {
  accept: (deps, doing, now) => assignReport(deps, { ...command(doing), agencyId: AGENCIES[0] }, now),
  reject: (deps, doing, now) => rejectReport(deps, { ...command(doing), reason: { words: REASON } }, now),
  ask: (deps, doing, now) => askResident(deps, { ...command(doing), words: "Какой это подъезд?" }, now),
  merge: (deps, doing, now) => mergeReports(deps, { ...command(doing), originalId: doing.originalId }, now),
  unmerge: (deps, doing, now) => unmergeReport(deps, command(doing), now),
  reply: (deps, { actorId, report }, now) => {
    const message = { chatId: actorId, messageId: randomInt(1, 2 ** 31), albumId: null };
    const reply = { actorId, reportId: report.id, words: "Второй, у арки", photos: [], message };
    return replyToQuestion(deps, reply, now);
  },
  end_waiting: onlyClock("end_waiting"),
  repair: async (deps, { actorId, report }, now) => {
    const content = await findReportContent(deps.store.db, report.id);
    if (content === null) return { ok: false, why: "not_found" };
    const { topicId, place, description, photos, answers } = content;
    const repaired = { topicId, place, description: `${description}, и второй тоже`, photos, answers };
    const draft = { residentId: actorId } as DraftRow;
    return deps.store.db.transaction((tx) =>
      repairReport(tx, deps, { draft, reportId: report.id, content: repaired }, now),
    );
  },
  appeal: (deps, { actorId, report }, now) =>
    appealRejection(deps, { actorId, reportId: report.id, words: "На фото именно этот двор" }, now),
  withdraw: (deps, doing, now) => withdrawReport(deps, command(doing), now),
  reroute: (deps, doing, now) => {
    const ask = { agencyId: otherAgency(doing.report.agencyId), reason: REASON };
    return rerouteReport(deps, { ...command(doing), ask, added: null }, now);
  },
  hand_over: (deps, doing, now) => {
    const successorId = otherAgency(doing.report.agencyId);
    return send(deps, doing, { kind: "not_ours", words: REASON, photos: [], successorId }, now);
  },
  postpone: (deps, doing, now) => postponeReport(deps, command(doing), now),
  answer: (deps, doing, now) =>
    send(deps, doing, { kind: "fixed", words: "Лампу заменили, она горит", photos: [PHOTO] }, now),
  publish: (deps, doing, now) => publishAnswer(deps, command(doing), now),
  return: (deps, doing, now) => returnAnswer(deps, { ...command(doing), remark: REASON }, now),
  confirm: vote("confirmation"),
  refute: vote("refutation"),
  end_window: onlyClock("end_window"),
  contest: (deps, { actorId, report }, now) => contest(deps, { actorId, reportId: report.id, ...told }, now),
  uphold: (deps, doing, now) => giveVerdict(deps, { ...command(doing), ...withPhoto, verdict: "uphold" }, now),
  reopen: (deps, doing, now) => giveVerdict(deps, { ...command(doing), ...withPhoto, verdict: "reopen" }, now),
};

/** Asks for a date `days` after the one that stands, as an agency does before an editor can postpone. */
export const requestDate = (deps: Deps, doing: Doing, plannedOn: string, now: Date): Promise<Done> =>
  send(deps, doing, { kind: "planned", words: "Ждём лампу со склада", photos: [], plannedOn }, now);
