/**
 * The form as one table, in the order in which it asks. Asking, filling, checking, preview and edit all follow from an entry; the
 * topic's own questions join from the city file. What is to be asked one day (a topic guessed from the text, similar reports nearby)
 * is an entry at its place here.
 */
import { inRows, plain, row, type Say } from "./ask.ts";
import { descriptionQuestion, spareQuestion } from "./description-question.ts";
import type { Draft, ReportContent } from "./draft.ts";
import { isValidAnswer, ownQuestion } from "./own-question.ts";
import { photosQuestion } from "./photos-question.ts";
import { placeQuestion } from "./place-question.ts";
import { answered, type Question, type Scene } from "./question.ts";
import { emergencyQuestion, topicOf, topicQuestion } from "./topic-question.ts";

const BEFORE_OWN: readonly Question[] = [
  spareQuestion,
  topicQuestion,
  emergencyQuestion,
  placeQuestion,
  descriptionQuestion,
  photosQuestion,
];

/** Everything told, with «изменить» for each answer: asked last and for as long as it is not sent. */
const previewQuestion: Question = {
  key: "preview",
  title: null,
  expects: { text: "preview.expects" },
  isMissing: () => true,
  ask: (draft, scene) => {
    const shown = questionsOf(draft, scene).filter(({ title }) => title !== null);
    return {
      lines: [{ text: "preview.title" }, ...previewLines(draft, scene), { text: "preview.ask" }],
      buttons: [
        row("button.send", "send"),
        ...inRows(
          shown.flatMap(({ key, title }) =>
            title ? [{ label: { text: "button.edit", params: { title } } as const, press: `e:${key}` }] : [],
          ),
          2,
        ),
      ],
    };
  },
  press: (draft, press, scene) => {
    if (press === "send") return { ...answered(draft), isSent: true };
    const key = press.startsWith("e:") ? press.slice(2) : null;
    const question = questionsOf(draft, scene).find((one) => one.key === key && one.title !== null);
    return question ? answered({ ...draft, editing: question.key }, { text: "preview.editing" }) : null;
  },
  answer: () => null,
};

/** All questions that concern this draft, in the order they are asked. */
export const questionsOf = (draft: Draft, scene: Scene): Question[] => [
  ...BEFORE_OWN,
  ...(topicOf(draft, scene)?.questions ?? []).map(ownQuestion),
  previewQuestion,
];

/** What is asked now: a told text that waits for its place, what the resident chose to change, else the first thing missing. */
export const askedQuestion = (draft: Draft, scene: Scene): Question => {
  const questions = questionsOf(draft, scene);
  const edited = draft.spare === null ? questions.find(({ key }) => key === draft.editing) : undefined;
  return edited ?? questions.find((question) => question.isMissing(draft, scene)) ?? previewQuestion;
};

/** A question's line in the preview, and what its pressed message says afterwards; null where there is no answer to show. */
export const previewLine = (question: Question, draft: Draft, scene: Scene): Say | null => {
  const answer = question.answer(draft, scene);
  const text = question.isOwn === true ? "preview.ownLine" : "preview.line";
  return answer && { text, params: { title: question.title ?? plain(""), answer } };
};

/** Everything told, a line an answer. */
export const previewLines = (draft: Draft, scene: Scene): Say[] =>
  questionsOf(draft, scene).flatMap((question): Say[] => {
    const line = question.title && previewLine(question, draft, scene);
    return line ? [line] : [];
  });

/** The finished report; null while anything is missing or no longer valid in this city on this day. */
export const toContent = (draft: Draft, scene: Scene): ReportContent | null => {
  const isComplete = questionsOf(draft, scene).every(
    (question) => question === previewQuestion || !question.isMissing(draft, scene),
  );
  const topic = topicOf(draft, scene);
  if (!isComplete || topic === null || draft.place === null || draft.description === null) return null;
  return {
    topicId: topic.id,
    place: draft.place,
    description: draft.description,
    photos: draft.photos,
    // Answers to another topic's questions wait in the draft in case the resident goes back to it.
    answers: Object.fromEntries(
      topic.questions.flatMap((question) => {
        const answer = draft.answers[question.id];
        return isValidAnswer(question, answer) ? [[question.id, answer]] : [];
      }),
    ),
  };
};
