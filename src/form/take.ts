/** What an input does to a draft, question by question. */
import type { Say } from "./ask.ts";
import { completed, DESCRIPTION_LENGTH, describe, keepSpare } from "./description-question.ts";
import { previewLine, questionsOf, type Form } from "./form.ts";
import type { Input } from "./input.ts";
import { addPhoto, MOST_PHOTOS } from "./photos-question.ts";
import { pressMark } from "./press-mark.ts";
import type { Question, Scene, Taken } from "./question.ts";
import type { Telling } from "./telling.ts";

/** The changed draft with all there is to say about the input. */
export type Effect<D> = {
  kind: "taken";
  draft: D;
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

const nothing = <D>(draft: D): Effect<D> => ({
  kind: "taken",
  draft,
  answeredKey: null,
  note: null,
  hint: null,
  chosen: null,
  isQuiet: false,
  isSent: false,
});

const toEffect = <D>(taken: Taken<D>, key: string | null): Effect<D> => ({
  ...nothing(taken.draft),
  answeredKey: taken.answered ? key : null,
  note: taken.note ?? null,
  hint: taken.hint ?? null,
  chosen: taken.chosen ?? null,
  isSent: taken.isSent ?? false,
});

/** Where an input arrives: the form, what was told so far, and the question it came upon. */
type Place<D extends Telling, S extends Scene, C> = { form: Form<D, S, C>; draft: D; asked: Question<D, S>; scene: S };

/** Fills whatever the input can fill; `asked` is the question it came upon. */
export const take = <D extends Telling, S extends Scene, C>(
  form: Form<D, S, C>,
  draft: D,
  asked: Question<D, S>,
  input: Input,
  scene: S,
): Effect<D> | { kind: "stale" } => {
  const at: Place<D, S, C> = { form, draft, asked, scene };
  switch (input.kind) {
    case "press":
      return takePress(at, input);
    case "text": {
      const effect = takeText(at, input.text, input.messageId);
      return effect.hint ? effect : { ...effect, draft: notCollecting(effect.draft) };
    }
    case "photo":
      return takePhoto(at, input);
    case "location":
      return takeLocation(at, input);
    case "edited":
      return takeEdit(at, input);
    case "topic":
      return takeLink(at, input.topicId);
    case "wrong":
      return takeWrong(at, input);
    case "show":
      return nothing(draft);
  }
};

const notCollecting = <D extends Telling>(draft: D): D =>
  draft.isCollecting ? { ...draft, isCollecting: false } : draft;

const takePress = <D extends Telling, S extends Scene, C>(
  { form, draft, asked, scene }: Place<D, S, C>,
  input: Extract<Input, { kind: "press" }>,
): Effect<D> | { kind: "stale" } => {
  if (input.turn !== draft.turn)
    return pressMark(input) === draft.lastPress ? { ...nothing(draft), isQuiet: true } : { kind: "stale" };
  if (input.press === "keep" && draft.editing === asked.key && !asked.isMissing(draft, scene))
    return { ...nothing({ ...form.settleEdit(draft), editing: null }), answeredKey: asked.key };
  const taken = asked.press(draft, input.press, scene);
  return taken === null ? { kind: "stale" } : toEffect(taken, asked.key);
};

const takeLocation = <D extends Telling, S extends Scene, C>(
  { form, draft, scene }: Place<D, S, C>,
  input: Extract<Input, { kind: "location" }>,
): Effect<D> => {
  const { locate } = form;
  if (locate === undefined) return { ...nothing(draft), hint: { text: form.texts.noPlace } };
  const effect = toEffect(locate.take(draft, input, scene), locate.key);
  if (effect.hint) return effect;
  const question = form.questions(draft, scene).find(({ key }) => key === locate.key);
  const note = question === undefined ? null : previewLine(question, effect.draft, scene);
  return { ...effect, draft: notCollecting(effect.draft), note };
};

const takeText = <D extends Telling, S extends Scene, C>(
  at: Place<D, S, C>,
  text: string,
  messageId: number,
): Effect<D> => {
  const effect = hear(at, text);
  return effect.draft.description === text
    ? { ...effect, draft: { ...effect.draft, descriptionMessageId: messageId } }
    : effect;
};

const hear = <D extends Telling, S extends Scene, C>(
  { form, draft, asked, scene }: Place<D, S, C>,
  text: string,
): Effect<D> => {
  for (const question of questionsOf(form, draft, scene)) {
    if (question.key === asked.key || !question.isMissing(draft, scene)) continue;
    const recognised = question.recognise?.(draft, text, scene);
    if (recognised) return { ...nothing(recognised), note: previewLine(question, recognised, scene) };
  }
  const taken = asked.hear?.(draft, text, scene);
  if (taken) {
    const effect = toEffect(taken, asked.key);
    return taken.answered && asked.isEchoed === true
      ? { ...effect, note: previewLine(asked, effect.draft, scene) }
      : effect;
  }
  const words = completed(draft, text);
  if (words.length < DESCRIPTION_LENGTH.min) {
    const { opened } = form.texts;
    // A question that reads texts was answered wrongly.
    if (opened === undefined || asked.hear !== undefined || draft.description !== null)
      return { ...nothing(draft), hint: asked.expects };
    const note = { text: opened, params: { words, min: DESCRIPTION_LENGTH.min } };
    return { ...nothing({ ...draft, opening: words }), note };
  }
  if (draft.description !== null) return nothing(keepSpare(draft, text));
  return { ...toEffect(describe(draft, text), "description"), note: { text: form.texts.described }, hint: null };
};

const takePhoto = <D extends Telling, S extends Scene, C>(
  at: Place<D, S, C>,
  input: Extract<Input, { kind: "photo" }>,
): Effect<D> => {
  const { draft, asked } = at;
  const added = addPhoto(draft, input.photo, input.albumId);
  const isMore = added.draft.photos.length > draft.photos.length;
  // Whoever is asked for photos may have several; whoever sent one on their own was not asked and is not held up.
  const isWelcome = asked.key === "photos" || asked.key === "preview";
  const collecting =
    isMore && isWelcome && added.draft.photos.length < MOST_PHOTOS
      ? { ...added.draft, isCollecting: draft.editing === null }
      : added.draft;
  const effect: Effect<D> = {
    ...toEffect({ ...added, draft: collecting }, "photos"),
    note:
      isMore && !isWelcome
        ? { text: "note.photo", params: { count: added.draft.photos.length, max: MOST_PHOTOS } }
        : null,
    isQuiet: !added.isNews,
  };
  return input.caption === null ? effect : withCaption(at, effect, input.caption, input.messageId);
};

/** The words under a photo tell what has happened, unless that is known; then they are a text like any other. */
const withCaption = <D extends Telling, S extends Scene, C>(
  at: Place<D, S, C>,
  effect: Effect<D>,
  caption: string,
  messageId: number,
): Effect<D> => {
  const { form, scene } = at;
  const { draft } = effect;
  if (draft.description === null && caption.length >= DESCRIPTION_LENGTH.min) {
    const { draft: described } = describe(draft, caption);
    const known = form.withWords?.(described, caption, scene) ?? described;
    return {
      ...effect,
      // Words begun earlier stand in no message of their own any more.
      draft: { ...known, descriptionMessageId: known.description === caption ? messageId : null },
      note: described.description === null ? effect.note : { text: form.texts.photoAndDescribed },
      isQuiet: false,
    };
  }
  const heard = takeText({ ...at, draft }, caption, messageId);
  const { opened, photoAndOpened } = form.texts;
  const note =
    effect.note !== null && heard.note !== null && heard.note.text === opened && photoAndOpened !== undefined
      ? { ...heard.note, text: photoAndOpened }
      : (heard.note ?? effect.note);
  return { ...heard, note, hint: effect.hint ?? heard.hint, isQuiet: false };
};

/** Says what cannot be taken, and takes the words under it. */
const takeWrong = <D extends Telling, S extends Scene, C>(
  at: Place<D, S, C>,
  input: Extract<Input, { kind: "wrong" }>,
): Effect<D> => {
  const effect = input.caption === null ? nothing(at.draft) : takeText(at, input.caption, input.messageId);
  return { ...effect, hint: { text: `wrong.${input.what}` } };
};

const takeEdit = <D extends Telling, S extends Scene, C>(
  { form, draft }: Place<D, S, C>,
  { messageId, text }: { messageId: number; text: string },
): Effect<D> => {
  if (messageId !== draft.descriptionMessageId || draft.description === null)
    return { ...nothing(draft), hint: { text: "edited.ignored" } };
  const taken = describe(draft, text);
  return taken.hint
    ? { ...nothing(draft), hint: taken.hint }
    : { ...nothing(taken.draft), note: { text: form.texts.corrected } };
};

const takeLink = <D extends Telling, S extends Scene, C>(
  { form, draft, scene }: Place<D, S, C>,
  topicId: string,
): Effect<D> => {
  const { link } = form;
  if (link === undefined) return nothing(draft);
  const taken = link.take(draft, topicId, scene);
  return { ...toEffect(taken, link.key), note: taken.hint ? null : { text: "note.topic" } };
};
