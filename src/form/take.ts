/** What an input does to the draft, question by question. */
import type { Say } from "./ask.ts";
import { DESCRIPTION_LENGTH, describe, keepSpare } from "./description-question.ts";
import type { Draft } from "./draft.ts";
import type { Input } from "./input.ts";
import { addPhoto, MOST_PHOTOS } from "./photos-question.ts";
import { locate, placeQuestion } from "./place-question.ts";
import type { Question, Scene, Taken } from "./question.ts";
import { previewLine, questionsOf } from "./questions.ts";
import { pressMark } from "./press-mark.ts";
import { listTopicsFor } from "./topic-question.ts";

/** The changed draft with all there is to say about the input. */
export type Effect = {
  kind: "taken";
  draft: Draft;
  /** The question that was dealt with. */
  answeredKey: string | null;
  /** What was done, when it is not the answer to what was asked. */
  note: Say | null;
  /** What was wrong. */
  hint: Say | null;
  chosen: Say | null;
  /** Nothing needs saying unless something else is asked now. */
  isQuiet: boolean;
  isSent: boolean;
};

const nothing = (draft: Draft): Effect => ({
  kind: "taken",
  draft,
  answeredKey: null,
  note: null,
  hint: null,
  chosen: null,
  isQuiet: false,
  isSent: false,
});

const toEffect = (taken: Taken, key: string | null): Effect => ({
  ...nothing(taken.draft),
  answeredKey: taken.answered ? key : null,
  note: taken.note ?? null,
  hint: taken.hint ?? null,
  chosen: taken.chosen ?? null,
  isSent: taken.isSent ?? false,
});

/** Fills whatever the input can fill; `asked` is the question it came upon. */
export const take = (draft: Draft, asked: Question, input: Input, scene: Scene): Effect | { kind: "stale" } => {
  switch (input.kind) {
    case "press":
      return takePress(draft, asked, input, scene);
    case "text": {
      const effect = takeText(draft, asked, input.text, input.messageId, scene);
      return effect.hint ? effect : { ...effect, draft: notCollecting(effect.draft) };
    }
    case "photo":
      return takePhoto(draft, asked, input, scene);
    case "location": {
      const taken = locate(draft, input, scene);
      const effect = toEffect(taken, "place");
      return effect.hint
        ? effect
        : { ...effect, draft: notCollecting(effect.draft), note: previewLine(placeQuestion, effect.draft, scene) };
    }
    case "edited":
      return takeEdit(draft, input);
    case "topic":
      return takeTopic(draft, input.topicId, scene);
    case "wrong":
      return takeWrong(draft, asked, input, scene);
    case "show":
      return nothing(draft);
  }
};

const notCollecting = (draft: Draft): Draft => (draft.isCollecting ? { ...draft, isCollecting: false } : draft);

const takePress = (
  draft: Draft,
  asked: Question,
  input: Extract<Input, { kind: "press" }>,
  scene: Scene,
): Effect | { kind: "stale" } => {
  if (input.turn !== draft.turn)
    return pressMark(input) === draft.lastPress ? { ...nothing(draft), isQuiet: true } : { kind: "stale" };
  if (input.press === "keep" && draft.editing === asked.key && !asked.isMissing(draft, scene))
    return {
      ...nothing({ ...draft, editing: null, overlong: null, typedAddress: null, isCollecting: false }),
      answeredKey: asked.key,
    };
  const taken = asked.press(draft, input.press, scene);
  return taken === null ? { kind: "stale" } : toEffect(taken, asked.key);
};

const takeText = (draft: Draft, asked: Question, text: string, messageId: number, scene: Scene): Effect => {
  const effect = hear(draft, asked, text, scene);
  return effect.draft.description === text
    ? { ...effect, draft: { ...effect.draft, descriptionMessageId: messageId } }
    : effect;
};

const hear = (draft: Draft, asked: Question, text: string, scene: Scene): Effect => {
  for (const question of questionsOf(draft, scene)) {
    if (question.key === asked.key || !question.isMissing(draft, scene)) continue;
    const recognised = question.recognise?.(draft, text, scene);
    if (recognised) return { ...nothing(recognised), note: previewLine(question, recognised, scene) };
  }
  const taken = asked.hear?.(draft, text, scene);
  if (taken) {
    const effect = toEffect(taken, asked.key);
    // Which house was understood is worth seeing at once; every other answer reads as it was written.
    return taken.answered && asked.key === placeQuestion.key
      ? { ...effect, note: previewLine(asked, effect.draft, scene) }
      : effect;
  }
  if (text.length < DESCRIPTION_LENGTH.min) return { ...nothing(draft), hint: asked.expects };
  if (draft.description !== null) return nothing(keepSpare(draft, text));
  return { ...toEffect(describe(draft, text), "description"), note: { text: "note.description" }, hint: null };
};

const takePhoto = (draft: Draft, asked: Question, input: Extract<Input, { kind: "photo" }>, scene: Scene): Effect => {
  const added = addPhoto(draft, input.photo, input.albumId);
  const isMore = added.draft.photos.length > draft.photos.length;
  // Whoever is asked for photos may have several; whoever sent one on their own was not asked and is not held up.
  const isWelcome = asked.key === "photos" || asked.key === "preview";
  const collecting =
    isMore && isWelcome && added.draft.photos.length < MOST_PHOTOS
      ? { ...added.draft, isCollecting: draft.editing === null }
      : added.draft;
  const effect: Effect = {
    ...toEffect({ ...added, draft: collecting }, "photos"),
    note:
      isMore && !isWelcome
        ? { text: "note.photo", params: { count: added.draft.photos.length, max: MOST_PHOTOS } }
        : null,
    isQuiet: !added.isNews,
  };
  return input.caption === null ? effect : withCaption(effect, asked, input.caption, input.messageId, scene);
};

/** The words under a photo tell what has happened, unless that is known; then they are a text like any other. */
const withCaption = (effect: Effect, asked: Question, caption: string, messageId: number, scene: Scene): Effect => {
  const { draft } = effect;
  if (draft.description === null && caption.length >= DESCRIPTION_LENGTH.min) {
    const { draft: described } = describe(draft, caption);
    return {
      ...effect,
      draft: { ...listTopicsFor(described, caption, scene), descriptionMessageId: messageId },
      note: described.description === null ? effect.note : { text: "note.photoAndDescription" },
      isQuiet: false,
    };
  }
  const heard = takeText(draft, asked, caption, messageId, scene);
  return { ...heard, note: effect.note ?? heard.note, hint: effect.hint ?? heard.hint, isQuiet: false };
};

/** Says what cannot be taken, and takes the words under it. */
const takeWrong = (draft: Draft, asked: Question, input: Extract<Input, { kind: "wrong" }>, scene: Scene): Effect => {
  const effect =
    input.caption === null ? nothing(draft) : takeText(draft, asked, input.caption, input.messageId, scene);
  return { ...effect, hint: { text: `wrong.${input.what}` } };
};

const takeEdit = (draft: Draft, { messageId, text }: { messageId: number; text: string }): Effect => {
  if (messageId !== draft.descriptionMessageId || draft.description === null)
    return { ...nothing(draft), hint: { text: "edited.ignored" } };
  const taken = describe(draft, text);
  return taken.hint
    ? { ...nothing(draft), hint: taken.hint }
    : { ...nothing(taken.draft), note: { text: "edited.taken" } };
};

const takeTopic = (draft: Draft, topicId: string, scene: Scene): Effect => {
  const question = questionsOf(draft, scene).find(({ key }) => key === "topic");
  const taken = question?.press(draft, `t:${topicId}`, scene);
  if (!taken) return { ...nothing(draft), hint: { text: "topic.unknownLink" } };
  return { ...toEffect(taken, "topic"), note: taken.hint ? null : { text: "note.topic" } };
};
