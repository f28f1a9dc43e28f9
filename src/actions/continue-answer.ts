import { randomInt, randomUUID } from "node:crypto";
import {
  emptyAnswer,
  readAnswer,
  type AnswerContent,
  type AnswerDraft,
  type AnswerScene,
} from "../form/answer-draft.ts";
import { askAnswer, stepAnswer, type AnswerReply } from "../form/answer-questions.ts";
import type { Say } from "../form/ask.ts";
import type { Asked } from "../form/engine.ts";
import type { Input } from "../form/input.ts";
import type { AnswerKind } from "../report/answer.ts";
import { findAnswerDraft } from "../store/queries/answer-drafts.ts";
import { findLastAnswer } from "../store/queries/answers.ts";
import { findReport } from "../store/queries/report.ts";
import type { Resident } from "../store/queries/residents.ts";
import type { AnswerDraftRow } from "../store/schema/answers.ts";
import {
  claimAnswerDraft,
  removeAnswerDraft,
  saveAnswerDraft,
  touchAnswerDraft,
} from "../store/writes/answer-drafts.ts";
import { addHandledUpdate } from "../store/writes/drafts.ts";
import { refuseAct, type ActRefusal } from "./act-refusal.ts";
import type { AnswerRefusal } from "./answer-refusal.ts";
import { permit } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { sendAnswer } from "./send-answer.ts";

/** What there is to say after a step of an answer. */
export type ContinuedAnswer =
  | { kind: "reply"; reply: Exclude<AnswerReply, { kind: "done" }>; isNew: boolean }
  /** `summary` is empty when the confirmation was delivered again. */
  | { kind: "sent"; answerKind: AnswerKind; isAtOnce: boolean; summary: readonly Say[] }
  /** The report is not theirs to answer, or no longer; what was written waits in case it comes back. */
  | { kind: "refused"; refusal: AnswerRefusal }
  /** A press or an edit, and no answer to this report is being written. */
  | { kind: "no_draft" };

/** An officer's message or press about one report; `isHandled` when its effect is committed already. */
export type ContinueAnswer = {
  officer: Pick<Resident, "id" | "locale">;
  reportId: number;
  updateId: number;
  isHandled: boolean;
  input: Input;
  /** The choice of a question whose label was typed, null for any other text: whoever shows labels knows them. */
  readLabel(ask: Asked, typed: string): string | null;
};

/** A draft is changed by one person with two thumbs; whoever loses that often has met a bug. */
const MOST_TRIES = 5;

/** One step of an answer: what the input does to it, or what it becomes. */
export const continueAnswer = async (deps: Deps, told: ContinueAnswer, now: Date): Promise<ContinuedAnswer> => {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const continued = await tryStep(deps, told, now);
    if (continued !== null) return continued;
  }
  throw new Error(`The answer to report ${told.reportId} changed under every step`);
};

/** Null when the answer was changed by somebody else meanwhile. */
const tryStep = async (deps: Deps, told: ContinueAnswer, now: Date): Promise<ContinuedAnswer | null> => {
  const { officer, reportId, updateId, isHandled, input } = told;
  const { db } = deps.store;
  const draft = await findAnswerDraft(db, { officerId: officer.id, reportId });
  if (draft === null && isHandled) return answerAgain(deps, told);
  if (draft === null && (input.kind === "press" || input.kind === "edited")) return { kind: "no_draft" };
  const at = await lookAround(deps, officer, reportId, now);
  if (!at.ok) return { kind: "refused", refusal: at };
  const before = draft === null ? emptyAnswer(firstTurn(), at.scene) : readAnswer(draft.content);
  const taken = stepAnswer(before, isHandled ? { kind: "show" } : asPress(told, before, at.scene), at.scene);
  if (taken.reply.kind === "done") {
    const { content, summary } = taken.reply;
    return draft === null ? { kind: "no_draft" } : send(deps, told, draft, { content, summary }, at.scene);
  }
  const isSame = draft !== null && JSON.stringify(taken.draft) === JSON.stringify(before);
  const change = {
    ...{ officerId: officer.id, reportId, updateId, content: taken.draft },
    draftId: draft?.draftId ?? randomUUID(),
    readVersion: draft?.version ?? null,
  };
  if (!isSame && !(await saveAnswerDraft(db, change, now))) return null;
  // Whoever opens an answer again means it by what they write next.
  if (isSame && input.kind === "show") await touchAnswerDraft(db, draft, now);
  return { kind: "reply", reply: taken.reply, isNew: draft === null };
};

/** Keyboards are lost and thumbs are lazy: the words of a button do what the button does. */
const asPress = ({ input, readLabel }: ContinueAnswer, draft: AnswerDraft, scene: AnswerScene): Input => {
  if (input.kind !== "text") return input;
  const press = readLabel(askAnswer(draft, scene), input.text);
  return press === null ? input : { kind: "press", turn: draft.turn, press };
};

/** Numbers no earlier answer's buttons are likely to carry, with room to count on in 31 bits. */
const firstTurn = (): number => randomInt(1_000, 1_000_000_000);

/** What the answer is filled in against, or why it is not for this person to give. */
const lookAround = async (
  deps: Deps,
  officer: ContinueAnswer["officer"],
  reportId: number,
  now: Date,
): Promise<{ ok: true; scene: AnswerScene } | ActRefusal> => {
  const { db } = deps.store;
  const report = await findReport(db, reportId);
  if (report === null) return { ok: false, why: "not_found" };
  const may = permit(deps, await findActor(db, officer.id), "answer", report);
  if (!may.ok) return refuseAct(db, report, may);
  const lastAnswerId = (await findLastAnswer(db, reportId))?.id ?? null;
  return { ok: true, scene: { city: deps.city, now, locale: officer.locale, report, lastAnswerId } };
};

const send = async (
  deps: Deps,
  { officer, reportId, updateId }: ContinueAnswer,
  draft: AnswerDraftRow,
  { content, summary }: { content: AnswerContent; summary: readonly Say[] },
  { now, lastAnswerId }: AnswerScene,
): Promise<ContinuedAnswer | null> => {
  const sent = await deps.store.db.transaction(async (tx) => {
    // Locked first, so of two confirmations one sends and the other finds nothing.
    if (!(await claimAnswerDraft(tx, draft))) return null;
    const command = { actorId: officer.id, reportId, draftId: draft.draftId, content, lastAnswerId };
    const result = await sendAnswer(tx, deps, command, now);
    if (!result.ok) return result;
    await removeAnswerDraft(tx, draft);
    await addHandledUpdate(tx, updateId, now);
    return result;
  });
  // What a colleague said in this very moment is shown by the next try.
  if (sent === null || (!sent.ok && sent.why === "overtaken")) return null;
  if (!sent.ok) return { kind: "refused", refusal: sent };
  return { kind: "sent", answerKind: content.kind, isAtOnce: sent.isAtOnce, summary };
};

/** The confirmation that sent the answer, delivered again because the reply to it did not get through: the same reply. */
const answerAgain = async ({ store }: Deps, { officer, reportId, input }: ContinueAnswer): Promise<ContinuedAnswer> => {
  const last = await findLastAnswer(store.db, reportId);
  if (input.kind !== "press" || input.press !== "send" || last?.officerId !== officer.id) return { kind: "no_draft" };
  const isAtOnce = last.kind === "not_ours" && last.state === "accepted";
  return { kind: "sent", answerKind: last.kind, isAtOnce, summary: [] };
};
