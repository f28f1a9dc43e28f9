/** What a question of a form is. Without another draft named, it is one of the resident's report; `questions.ts` is the table of them. */
import type { City } from "../city/schema.ts";
import type { Ask, Say } from "./ask.ts";
import type { Draft } from "./draft.ts";
import type { Similar } from "./similar.ts";

/**
 * What the form is filled in against: the city, the moment (city time) and the resident's language. `similar` are open reports near the
 * draft's place, where they were looked for; `key` tells for which topic and place.
 */
export type Scene = {
  city: City;
  now: Date;
  locale: string;
  similar?: { key: string; found: readonly Similar[] };
};

/**
 * What became of an input. `answered`: the question is dealt with, so an edit of it is over. `note`: what was done, where that is no answer
 * to what was asked. `hint`: what was wrong with the input; the question is asked again. `chosen` is what the pressed message shall say from now on, if not the question's line of the preview.
 */
export type Taken<D = Draft> = { draft: D; answered: boolean; note?: Say; hint?: Say; chosen?: Say; isSent?: true };

/** One question of a form: an entry of its table. */
export type Question<D = Draft, S extends Scene = Scene> = {
  /** Unique; stands in the draft and in buttons (`e:<key>`). */
  key: string;
  /** What its answer is called in the preview and on its «изменить» button; null for what is never shown there. */
  title: Say | null;
  /** Out of the city file: its title is a sentence of its own, mostly with a question mark. */
  isOwn?: true;
  /** Whether the report cannot go without asking this. It is so, too, while an answer there is no longer valid. */
  isMissing(draft: D, scene: S): boolean;
  ask(draft: D, scene: S): Ask;
  /** A choice of this question; null when there is no such choice. */
  press(draft: D, press: string, scene: S): Taken<D> | null;
  /** A text that came while this is asked; null when it means nothing here. */
  hear?(draft: D, text: string, scene: S): Taken<D> | null;
  /** A text that is surely an answer to this although something else is asked. */
  recognise?(draft: D, text: string, scene: S): D | null;
  /** What was understood of a text is worth seeing at once; other answers read as they were written. */
  isEchoed?: true;
  /** What to say to a text that means nothing here. */
  expects: Say;
  /** The answer in words; null where there is none to show. */
  answer(draft: D, scene: S): Say | null;
};

/** The question is dealt with. */
export const answered = <D>(draft: D, chosen?: Say): Taken<D> => ({
  draft,
  answered: true,
  ...(chosen !== undefined && { chosen }),
});

/** The same question goes on, with something to say about the input if there is. */
export const stay = <D>(draft: D, hint?: Say): Taken<D> => ({
  draft,
  answered: false,
  ...(hint !== undefined && { hint }),
});
