/**
 * A resident's report as one table, in the order in which it asks. Asking, filling, checking, preview and edit all follow from an entry; the
 * topic's own questions join from the city file. What is to be asked one day (a topic guessed from the text, similar reports nearby)
 * is an entry at its place here.
 */
import type { Say } from "./ask.ts";
import { descriptionQuestion, spareQuestion } from "./description-question.ts";
import type { Draft, ReportContent } from "./draft.ts";
import type { Form } from "./form.ts";
import { isValidAnswer, ownQuestion } from "./own-question.ts";
import { photosQuestion } from "./photos-question.ts";
import { locate, placeQuestion } from "./place-question.ts";
import { similarQuestion } from "./similar-question.ts";
import { stay, type Question, type Scene } from "./question.ts";
import { emergencyQuestion, listTopicsFor, topicOf, topicQuestion } from "./topic-question.ts";

const BEFORE_OWN: readonly Question[] = [
  spareQuestion({
    take: "button.asDescription",
    add: "button.addSpare",
    replace: "button.replaceBySpare",
    placed: "spare.placed",
  }),
  topicQuestion,
  emergencyQuestion,
  placeQuestion,
  similarQuestion,
  descriptionQuestion({
    title: "title.description",
    ask: () => "description.ask",
    again: "description.again",
    // Words a topic was searched with may say it all.
    readyWords: ({ heard, editing }) =>
      heard === null || editing !== null
        ? { lines: [], choices: [] }
        : {
            lines: [{ text: "description.heard", params: { words: heard } }],
            choices: [{ label: { text: "button.useHeard" }, press: "heard", words: heard }],
          },
  }),
  photosQuestion((draft, scene) => (topicOf(draft, scene)?.photo === "optional" ? "asked" : "required")),
];

const questions = (draft: Draft, scene: Scene): Question[] => [
  ...BEFORE_OWN,
  ...(topicOf(draft, scene)?.questions ?? []).map(ownQuestion),
];

/** A deploy or a season's end must not send what nobody can route. */
const refresh = (draft: Draft, scene: Scene): { draft: Draft; notes: Say[] } => {
  const notes: Say[] = [];
  let fresh = draft;
  if (draft.topicId !== null && topicQuestion.isMissing(draft, scene)) {
    fresh = { ...fresh, topicId: null };
    notes.push({ text: "topic.gone" });
  }
  if (draft.place !== null && placeQuestion.isMissing(draft, scene)) {
    fresh = { ...fresh, place: null };
    notes.push({ text: "place.gone" });
  }
  return { draft: fresh, notes };
};

const toContent = (draft: Draft, scene: Scene): ReportContent | null => {
  const topic = topicOf(draft, scene);
  if (topic === null || draft.place === null || draft.description === null) return null;
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

/** The resident's report. */
export const reportForm: Form<Draft, Scene, ReportContent> = {
  questions,
  refresh,
  settleEdit: (draft) => ({ ...draft, overlong: null, typedAddress: null, isCollecting: false }),
  withWords: listTopicsFor,
  locate: { key: placeQuestion.key, take: locate },
  link: {
    key: topicQuestion.key,
    take: (draft, topicId, scene) =>
      topicQuestion.press(draft, `t:${topicId}`, scene) ?? stay(draft, { text: "topic.unknownLink" }),
  },
  begun: ({ editing, heard, typedAddress, overlong, spare }) => [editing, heard, typedAddress, overlong, spare],
  told: ({ topicId, place, description, photos, answers }) => ({ topicId, place, description, photos, answers }),
  toContent,
  texts: {
    described: "note.description",
    photoAndDescribed: "note.photoAndDescription",
    corrected: "edited.taken",
    finished: "preview.expects",
    noPlace: "wrong.other",
  },
};
