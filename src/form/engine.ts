/** One step of a form: what is known, an input, and what to say next. Pure; the same for every form and every messenger. */
import { row, type Ask, type Say } from "./ask.ts";
import { askedQuestion, previewLine, previewLines, questionsOf, toContent, type Form } from "./form.ts";
import type { Input } from "./input.ts";
import { pressMark } from "./press-mark.ts";
import type { Question, Scene } from "./question.ts";
import { take, type Effect } from "./take.ts";
import type { Telling } from "./telling.ts";

/** A question as it stands: `turn` goes into its buttons. */
export type Asked = Ask & { key: string; turn: number };

/** What a step has to say; `C` is what the finished form is. */
export type ReplyOf<C> =
  /** The next question. `notes` come first; `chosen` is what a pressed message shall say from now on; `inPlace`: the pressed message shows the question itself. */
  | { kind: "ask"; ask: Asked; notes: readonly Say[]; chosen: Say | null; inPlace: boolean }
  /** The input could not be taken: what is wrong with it, and the question again. */
  | { kind: "hint"; ask: Asked; hint: Say; notes: readonly Say[] }
  /** A button of an older question; nothing changed but what no longer held, which `notes` tell. */
  | { kind: "stale"; ask: Asked; notes: readonly Say[] }
  /** Taken, and there is nothing to say: a further photo of an album, the second tap of a double tap. */
  | { kind: "quiet" }
  /** Sent: this is the whole, and its answers in words. */
  | { kind: "done"; content: C; summary: readonly Say[] };

export type StepOf<D, C> = { draft: D; reply: ReplyOf<C> };

/** The next draft and what to say. Never throws and never loses an answer, whatever the input. */
export const stepIn = <D extends Telling, S extends Scene, C>(
  form: Form<D, S, C>,
  stored: D,
  input: Input,
  scene: S,
): StepOf<D, C> => {
  const { draft: before, notes: gone } = refresh(form, stored, scene);
  const asked = askedQuestion(form, before, scene);
  const effect = take(form, before, asked, input, scene);
  if (effect.kind === "stale")
    return { draft: before, reply: { kind: "stale", ask: askIn(form, before, scene), notes: gone } };

  const draft = settle(form, before, effect, asked, input, scene);
  const notes = [...gone, ...(effect.note ? [effect.note] : [])];
  if (effect.isSent) {
    const content = toContent(form, draft, scene);
    if (content !== null) return { draft, reply: { kind: "done", content, summary: previewLines(form, draft, scene) } };
  }
  if (effect.isQuiet && draft.turn === before.turn) return { draft, reply: { kind: "quiet" } };
  const next = askIn(form, draft, scene);
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
export const askIn = <D extends Telling, S extends Scene, C>(form: Form<D, S, C>, draft: D, scene: S): Asked => {
  const question = askedQuestion(form, draft, scene);
  const asked = question.ask(draft, scene);
  const mayKeep = draft.editing === question.key && !question.isMissing(draft, scene);
  return {
    ...asked,
    buttons: mayKeep ? [...asked.buttons, row("button.keep", "keep")] : asked.buttons,
    key: question.key,
    turn: draft.turn,
  };
};

/** What no longer holds is dropped; an edit of a question that is asked no more is over, and a change of this kind is a new turn. */
const refresh = <D extends Telling, S extends Scene, C>(
  form: Form<D, S, C>,
  draft: D,
  scene: S,
): { draft: D; notes: Say[] } => {
  const fresh = form.refresh(draft, scene);
  const isEdited = questionsOf(form, fresh.draft, scene).some(({ key }) => key === fresh.draft.editing);
  return fresh.draft.editing === null || isEdited ? fresh : { ...fresh, draft: { ...fresh.draft, editing: null } };
};

/** Ends an edit that is done and counts the turn. */
const settle = <D extends Telling, S extends Scene, C>(
  form: Form<D, S, C>,
  before: D,
  effect: Effect<D>,
  asked: Question<D, S>,
  input: Input,
  scene: S,
): D => {
  const changed = effect.draft;
  const isOver =
    effect.answeredKey !== null && effect.answeredKey === before.editing && changed.editing === before.editing;
  const draft = isOver ? { ...changed, editing: null } : changed;
  const meaning = (of: D): string =>
    JSON.stringify([form.begun(of), asked.key === "preview" ? form.told(of, scene) : null]);
  const isSame = askedQuestion(form, draft, scene).key === asked.key && meaning(draft) === meaning(before);
  return {
    ...draft,
    turn: isSame ? draft.turn : draft.turn + 1,
    lastPress: input.kind === "press" && !effect.hint ? pressMark(input) : draft.lastPress,
  };
};
