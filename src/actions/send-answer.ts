import { Temporal } from "temporal-polyfill";
import type { City } from "../city/schema.ts";
import type { AnswerContent } from "../form/answer-draft.ts";
import type { Photo } from "../form/draft.ts";
import {
  ANSWER_LENGTH,
  faultOfPlannedDay,
  isPublicKind,
  mayHandOverAtOnce,
  MOST_ANSWER_PHOTOS,
  MOST_POSTPONEMENTS,
  ruleOfAnswer,
} from "../report/answer.ts";
import type { Interest } from "../report/dispute.ts";
import { answerCheckDue } from "../report/due.ts";
import type { Role } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { findLastAnswer } from "../store/queries/answers.ts";
import type { AnswerRow } from "../store/schema/answers.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addAnswer, replaceWaitingAnswer } from "../store/writes/answers.ts";
import { addWebPhotos } from "../store/writes/photos.ts";
import { refuseDecided } from "./act-refusal.ts";
import type { AnswerRefusal } from "./answer-refusal.ts";
import { changeReport, moveReport } from "./change-report.ts";
import { claimAct } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";
import { passTo } from "./reroute-report.ts";

export type { AnswerContent } from "../form/answer-draft.ts";

/** What an officer, or an agency's own system, answers. */
export type SendAnswer = {
  actorId: number;
  reportId: number;
  /** Makes one answer: doing it twice throws. */
  draftId: string;
  content: AnswerContent;
  /** Photos of it that stand on the web; only an agency's own system brings such. */
  webPhotos?: readonly string[];
  /** The last answer the officer knew of; what a colleague said meanwhile is not overruled unseen. */
  lastAnswerId: number | null;
};

/** `isAtOnce`: another agency has it already, and no editor was asked. */
export type SentAnswer = { ok: true; answer: AnswerRow; report: ReportRow; isAtOnce: boolean };

/**
 * Sends what an agency has to say of its report, in the caller's transaction. Answers for the public go to an editor's check and stop the
 * agency's clock; requests wait for an editor and stop none; the first quick `not_ours` takes effect at once.
 */
export const sendAnswer = async (
  tx: Tx,
  deps: Deps,
  command: SendAnswer,
  now: Date,
): Promise<SentAnswer | AnswerRefusal> => {
  const { actorId, reportId, content } = command;
  const rule = ruleOfAnswer(content.kind);
  const claimed = await claimAct(tx, deps, rule.sentBy, { actorId, reportId, version: null });
  if (!claimed.ok) return claimed;
  const { report, as } = claimed;
  if (!rule.from.includes(report.status)) return refuseDecided(tx, report);
  const last = await findLastAnswer(tx, reportId);
  if ((last?.id ?? null) !== command.lastAnswerId) {
    return { ok: false, why: "overtaken", lastAnswerId: last?.id ?? null };
  }
  const { webPhotos = [] } = command;
  const why = faultOf(deps.city, report, content, webPhotos.length, now);
  if (why !== null) return { ok: false, why };
  const sent = toRow(report, command, now);
  if (content.photos.length + webPhotos.length > 0) await deps.store.wakePhotos(tx);
  if (content.kind === "not_ours" && mayHandOverAtOnce(deps.city, report, now)) {
    const decided = { ...sent, state: "accepted", decidedAt: now } as const;
    const answer = await addAnswer(tx, decided, content.photos);
    const handOver = { act: "hand_over", agencyId: content.successorId, reason: sent.words, added: null } as const;
    const saved = await passTo(tx, deps, report, { ...handOver, actorId, actorRole: as }, now);
    return { ok: true, answer, report: saved, isAtOnce: true };
  }
  return { ok: true, isAtOnce: false, ...(await submit(tx, deps, report, as, sent, { ...content, webPhotos }, now)) };
};

const toRow = ({ cycle, agencyId }: ReportRow, { actorId, reportId, draftId, content }: SendAnswer, now: Date) => {
  if (agencyId === null) throw new Error(`Report ${reportId} has no agency that could answer`);
  return {
    draftId,
    reportId,
    cycle,
    agencyId,
    kind: content.kind,
    state: "waiting",
    officerId: actorId,
    words: content.words.trim(),
    plannedOn: content.kind === "planned" ? content.plannedOn : null,
    successorId: content.kind === "not_ours" ? content.successorId : null,
    sentAt: now,
  } as const;
};

/** Puts it before an editor. */
const submit = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  actorRole: Role,
  sent: ReturnType<typeof toRow>,
  { photos, webPhotos }: { photos: readonly Photo[]; webPhotos: readonly string[] },
  now: Date,
): Promise<{ answer: AnswerRow; report: ReportRow }> => {
  const { kind, agencyId, officerId: actorId } = sent;
  if (isPublicKind(kind)) {
    const change = { dueAt: new Date(answerCheckDue(deps.city, now).dueAt), answeredAt: now, officerId: actorId };
    const saved = await moveReport(tx, deps.city, report, "answer", "answered", change, now);
    const answer = await addAnswer(tx, sent, photos);
    await addWebPhotos(tx, { reportId: report.id, answerId: answer.id }, webPhotos);
    const isInTime = report.handlingDueAt === null || now < report.handlingDueAt;
    const data = { answerId: answer.id, answerKind: kind, agencyId, isInTime };
    await record(tx, deps, { report: saved, actorId, actorRole, kind: "answered", data }, now);
    return { answer, report: saved };
  }
  await replaceWaitingAnswer(tx, report.id, now);
  const answer = await addAnswer(tx, sent, photos);
  const saved = await changeReport(tx, deps.city, report, { officerId: actorId }, now);
  const data = { answerId: answer.id, answerKind: kind, agencyId };
  await record(tx, deps, { report: saved, actorId, actorRole, kind: "requested", data }, now);
  return { answer, report: saved };
};

type Fault = Exclude<
  Extract<AnswerRefusal, { why: string }>["why"],
  "decided" | "overtaken" | "not_found" | "not_allowed" | "taken" | "own_decision" | Interest
>;

const faultOf = (city: City, report: ReportRow, content: AnswerContent, webPhotos: number, now: Date): Fault | null => {
  const { length } = content.words.trim();
  if (length < ANSWER_LENGTH.min) return "words_too_short";
  if (length > ANSWER_LENGTH.max) return "words_too_long";
  const photos = content.photos.length + webPhotos;
  if (photos > MOST_ANSWER_PHOTOS) return "too_many_photos";
  if (ruleOfAnswer(content.kind).photo === "required" && photos === 0) return "photo_missing";
  switch (content.kind) {
    case "fixed":
    case "cannot_fix":
    case "question":
      return null;
    case "planned":
      if (report.postponements >= MOST_POSTPONEMENTS) return "no_more_postponements";
      return faultOfPlannedDay(city, report, Temporal.PlainDate.from(content.plannedOn), now);
    case "not_ours":
      if (content.successorId === report.agencyId) return "same_agency";
      return city.agencies.some(({ id }) => id === content.successorId) ? null : "unknown_agency";
  }
};
