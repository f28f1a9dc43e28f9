/** An officer's answer as one table, in the order in which it asks: the second form on the engine that fills in residents' reports. */
import { textIn } from "../city/text.ts";
import { ruleOfAnswer } from "../report/answer.ts";
import { emptyAnswer, type AnswerContent, type AnswerDraft, type AnswerScene } from "./answer-draft.ts";
import { answerKindQuestion, offeredKinds } from "./answer-kind-question.ts";
import { plain, type Say } from "./ask.ts";
import { descriptionQuestion, spareQuestion } from "./description-question.ts";
import { askIn, stepIn, type Asked, type ReplyOf, type StepOf } from "./engine.ts";
import type { Form } from "./form.ts";
import type { Input } from "./input.ts";
import { photosQuestion } from "./photos-question.ts";
import { plannedQuestion } from "./planned-question.ts";
import type { Question } from "./question.ts";
import { successorQuestion } from "./successor-question.ts";

const photos = photosQuestion<AnswerDraft, AnswerScene>(({ kind }) =>
  kind === null ? "welcome" : ruleOfAnswer(kind).photo,
);

const words = descriptionQuestion<AnswerDraft, AnswerScene>({
  title: "answer.title.words",
  ask: ({ kind }) => `answer.words.${kind ?? "any"}`,
  again: "answer.words.again",
  opened: "answer.words.opened",
  // Only what fits the kind: one tap must not make «устранено» say that it will be done some day.
  readyWords: ({ kind }, { city, locale }) => ({
    lines: [],
    choices: city.answerTemplates
      .filter((template) => template.for.some((fits) => fits === kind))
      .map(({ id, title, text }) => ({
        label: plain({ in: title }),
        press: `w:${id}`,
        words: textIn(city, text, locale),
      })),
  }),
});

const QUESTIONS: readonly Question<AnswerDraft, AnswerScene>[] = [
  spareQuestion({
    take: "answer.spare.take",
    add: "answer.spare.add",
    replace: "answer.spare.replace",
    placed: "answer.spare.placed",
  }),
  answerKindQuestion,
  plannedQuestion,
  successorQuestion,
  photos,
  words,
];

/** A date or a successor belongs to its kind only; told once, it waits in the draft in case the officer goes back to it. */
const BELONGS: Readonly<Record<string, AnswerDraft["kind"]>> = { plannedOn: "planned", successor: "not_ours" };

/**
 * The report went on while this was written: what cannot be said any more is dropped, and what a colleague said is pointed out. A new
 * cycle has new work to tell of, and another agency speaks for itself: there the answer begins anew.
 */
const refresh = (draft: AnswerDraft, scene: AnswerScene): { draft: AnswerDraft; notes: Say[] } => {
  if (isOfAnother(draft, scene)) {
    const notes: Say[] = isEmpty(draft) ? [] : [{ text: "answer.anew" }];
    return { draft: emptyAnswer(draft.turn + 1, scene), notes };
  }
  const notes: Say[] = [];
  let fresh = draft;
  if (draft.kind !== null && !offeredKinds(scene).includes(draft.kind)) {
    fresh = { ...fresh, kind: null };
    notes.push({ text: "answer.kind.gone" });
  }
  if (draft.lastAnswerId !== scene.lastAnswerId) {
    fresh = { ...fresh, lastAnswerId: scene.lastAnswerId, turn: fresh.turn + 1 };
    notes.push({ text: "answer.overtaken" });
  }
  return { draft: fresh, notes };
};

const isOfAnother = ({ cycle, agencyId }: AnswerDraft, { report }: AnswerScene): boolean =>
  cycle !== null && (cycle !== report.cycle || agencyId !== report.agencyId);

const isEmpty = ({ description, opening, overlong, spare, photos: pictures }: AnswerDraft): boolean =>
  pictures.length === 0 && [description, opening, overlong, spare].every((told) => told === null);

const toContent = ({
  kind,
  description,
  photos: pictures,
  plannedOn,
  successorId,
}: AnswerDraft): AnswerContent | null => {
  if (kind === null || description === null) return null;
  const said = { words: description, photos: pictures };
  switch (kind) {
    case "fixed":
    case "cannot_fix":
    case "question":
      return { ...said, kind };
    case "planned":
      return plannedOn === null ? null : { ...said, kind, plannedOn };
    case "not_ours":
      return successorId === null ? null : { ...said, kind, successorId };
  }
};

/** The officer's answer. */
const answerForm: Form<AnswerDraft, AnswerScene, AnswerContent> = {
  questions: ({ kind }) => QUESTIONS.filter(({ key }) => BELONGS[key] === undefined || BELONGS[key] === kind),
  refresh,
  settleEdit: (draft) => ({ ...draft, overlong: null, isCollecting: false }),
  begun: ({ editing, overlong, spare, agencyList }) => [editing, overlong, spare, agencyList.words],
  told: ({ kind, plannedOn, successorId, description, photos: pictures }) => ({
    kind,
    plannedOn,
    successorId,
    description,
    pictures,
  }),
  toContent,
  texts: {
    opened: "answer.words.begun",
    photoAndOpened: "answer.words.photoAndBegun",
    described: "answer.words.noted",
    photoAndDescribed: "answer.words.photoAndNoted",
    corrected: "answer.words.corrected",
    finished: "answer.finished",
    noPlace: "answer.noPlace",
  },
};

export type AnswerReply = ReplyOf<AnswerContent>;
export type AnswerStep = StepOf<AnswerDraft, AnswerContent>;

/** The next draft and what to say. Never throws and never loses an answer, whatever the input. */
export const stepAnswer = (stored: AnswerDraft, input: Input, scene: AnswerScene): AnswerStep =>
  stepIn(answerForm, stored, input, scene);

/** The question an answer stands at, as it is shown. */
export const askAnswer = (draft: AnswerDraft, scene: AnswerScene): Asked => askIn(answerForm, draft, scene);
