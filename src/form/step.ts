/** One step of the form: what is known, an input, and what to say next. Pure; the same for every messenger. */
import { row, type Ask, type Say } from "./ask.ts";
import type { Draft, ReportContent } from "./draft.ts";
import type { Input } from "./input.ts";
import type { Question, Scene } from "./question.ts";
import { pressMark } from "./press-mark.ts";
import { askedQuestion, previewLine, previewLines, questionsOf, toContent } from "./questions.ts";
import { take, type Effect } from "./take.ts";

/** A question as it stands: `turn` goes into its buttons. */
export type Asked = Ask & { key: string; turn: number };

export type Reply =
  /** The next question. `notes` come first; `chosen` is what a pressed message shall say from now on; `inPlace`: the pressed message shows the question itself. */
  | { kind: "ask"; ask: Asked; notes: readonly Say[]; chosen: Say | null; inPlace: boolean }
  /** The input could not be taken: what is wrong with it, and the question again. */
  | { kind: "hint"; ask: Asked; hint: Say; notes: readonly Say[] }
  /** A button of an older question; nothing changed. */
  | { kind: "stale"; ask: Asked }
  /** Taken, and there is nothing to say: a further photo of an album, the second tap of a double tap. */
  | { kind: "quiet" }
  /** Sent: this is the report, and its answers in words. */
  | { kind: "done"; content: ReportContent; summary: readonly Say[] };

export type Step = { draft: Draft; reply: Reply };

/** The next draft and what to say. Never throws and never loses an answer, whatever the input. */
export const step = (stored: Draft, input: Input, scene: Scene): Step => {
  const { draft: before, notes: gone } = refresh(stored, scene);
  const asked = askedQuestion(before, scene);
  const effect = take(before, asked, input, scene);
  if (effect.kind === "stale") return { draft: before, reply: { kind: "stale", ask: ask(before, scene) } };

  const draft = settle(before, effect, asked, input, scene);
  const notes = [...gone, ...(effect.note ? [effect.note] : [])];
  if (effect.isSent) {
    const content = toContent(draft, scene);
    if (content !== null) return { draft, reply: { kind: "done", content, summary: previewLines(draft, scene) } };
  }
  if (effect.isQuiet && draft.turn === before.turn) return { draft, reply: { kind: "quiet" } };
  const next = ask(draft, scene);
  if (effect.hint) return { draft, reply: { kind: "hint", ask: next, hint: effect.hint, notes } };
  const isPress = input.kind === "press";
  return {
    draft,
    reply: {
      kind: "ask",
      ask: next,
      notes,
      chosen: isPress ? (effect.chosen ?? previewLine(asked, draft, scene)) : null,
      inPlace: isPress && draft.turn === before.turn,
    },
  };
};

/** The question a draft stands at, as it is shown. */
export const ask = (draft: Draft, scene: Scene): Asked => {
  const question = askedQuestion(draft, scene);
  const asked = question.ask(draft, scene);
  const mayKeep = isEditing(draft, question) && !question.isMissing(draft, scene);
  return {
    ...asked,
    buttons: mayKeep ? [...asked.buttons, row("button.keep", "keep")] : asked.buttons,
    key: question.key,
    turn: draft.turn,
  };
};

const isEditing = (draft: Draft, question: Question): boolean => draft.editing === question.key;

/** Drops what the city no longer knows: a deploy or a season's end must not send what nobody can route. */
const refresh = (draft: Draft, scene: Scene): { draft: Draft; notes: Say[] } => {
  const questions = questionsOf(draft, scene);
  const notes: Say[] = [];
  let fresh = draft;
  if (draft.topicId !== null && questions.some(({ key, isMissing }) => key === "topic" && isMissing(draft, scene))) {
    fresh = { ...fresh, topicId: null };
    notes.push({ text: "topic.gone" });
  }
  if (draft.place !== null && questions.some(({ key, isMissing }) => key === "place" && isMissing(draft, scene))) {
    fresh = { ...fresh, place: null };
    notes.push({ text: "place.gone" });
  }
  if (draft.editing !== null && !questions.some(({ key }) => key === draft.editing))
    fresh = { ...fresh, editing: null };
  return { draft: fresh, notes };
};

/** Ends an edit that is done and counts the turn. */
const settle = (before: Draft, effect: Effect, asked: Question, input: Input, scene: Scene): Draft => {
  const changed = effect.draft;
  const isOver =
    effect.answeredKey !== null && effect.answeredKey === before.editing && changed.editing === before.editing;
  const draft = isOver ? { ...changed, editing: null } : changed;
  const isSame = askedQuestion(draft, scene).key === asked.key && identity(draft, asked) === identity(before, asked);
  return {
    ...draft,
    turn: isSame ? draft.turn : draft.turn + 1,
    lastPress: input.kind === "press" && !effect.hint ? pressMark(input) : draft.lastPress,
  };
};

/** What a button's meaning hangs on besides the question it belongs to. */
const identity = (draft: Draft, asked: Question): string => {
  const { topicId, place, description, photos, answers } = draft;
  const { editing, heard, typedAddress, overlong, spare } = draft;
  const told = asked.key === "preview" ? { topicId, place, description, photos, answers } : null;
  return JSON.stringify([editing, heard, typedAddress, overlong, spare, told]);
};
