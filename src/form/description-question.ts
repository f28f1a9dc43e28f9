import { headOf } from "../city/text.ts";
import { plain, row, type FormButton, type Say } from "./ask.ts";
import type { FormText } from "./form-text.ts";
import { answered, stay, type Question, type Scene, type Taken } from "./question.ts";
import type { Telling } from "./telling.ts";

/** Characters a description has, both included. */
export const DESCRIPTION_LENGTH = { min: 10, max: 1000 } as const;

/** How much of a told text is repeated in a question; the resident knows the rest. */
const EXCERPT_LENGTH = 200;

/** Told texts that wait for a decision are cut here, at the most Telegram sends at once. */
const PENDING_MAX = 4096;

/** The beginning of a text, at the end of a word where one is near. */
export const excerpt = (text: string, length: number = EXCERPT_LENGTH): string => {
  if (text.length <= length) return text;
  return `${cutAtWord(text, length - 1)}…`;
};

const cutAtWord = (text: string, length: number): string => {
  const head = headOf(text, length);
  const end = /\s/.test(text.charAt(length)) ? length : Math.max(head.lastIndexOf(" "), head.lastIndexOf("\n"));
  return (end > length * 0.8 ? head.slice(0, end) : head).trimEnd();
};

/** The draft that also remembers a text nobody asked for, after whatever already waits there. */
export const keepSpare = <D extends Telling>(draft: D, text: string): D => ({
  ...draft,
  spare: [draft.spare, text]
    .filter((part) => part !== null)
    .join("\n")
    .slice(0, PENDING_MAX),
});

/** What was begun before with this text after it; whoever writes it all anew has not begun twice. */
export const completed = ({ opening }: Telling, text: string): string =>
  opening === null || text.toLowerCase().startsWith(opening.toLowerCase()) ? text : `${opening}\n${text}`;

/** Takes a text as the description, after whatever it was begun with; one too short is explained, one too long kept aside until it is cut or replaced. */
export const describe = <D extends Telling>(draft: D, told: string): Taken<D> => {
  const text = completed(draft, told);
  if (text.length < DESCRIPTION_LENGTH.min)
    return stay(draft, { text: "description.tooShort", params: { min: DESCRIPTION_LENGTH.min } });
  if (text.length > DESCRIPTION_LENGTH.max)
    return stay(
      { ...draft, overlong: text, opening: null },
      {
        text: "description.tooLong",
        params: { length: text.length, max: DESCRIPTION_LENGTH.max },
      },
    );
  return answered({ ...draft, description: text, overlong: null, opening: null });
};

/** Words to take instead of writing them, each with its button, and what is said about them. */
export type ReadyWords = { lines: readonly Say[]; choices: readonly { label: Say; press: string; words: string }[] };

/** What has happened or what was done, in the person's own words or in ready ones. */
export const descriptionQuestion = <D extends Telling, S extends Scene>({
  title,
  ask,
  again,
  opened,
  readyWords,
}: {
  title: FormText;
  ask: (draft: D) => FormText;
  again: FormText;
  /** Stands above the question when words too few were kept; a form without it keeps none. */
  opened?: FormText;
  readyWords: (draft: D, scene: S) => ReadyWords;
}): Question<D, S> => ({
  key: "description",
  title: { text: title },
  // It takes every text, so nothing ever has to be said instead.
  expects: { text: again },
  isMissing: ({ description }) =>
    description === null || description.length < DESCRIPTION_LENGTH.min || description.length > DESCRIPTION_LENGTH.max,
  ask: (draft, scene) => {
    if (draft.overlong !== null)
      return {
        lines: [{ text: "description.overlong", params: { words: excerpt(draft.overlong) } }],
        buttons: [row("button.cut", "cut")],
      };
    const ready = readyWords(draft, scene);
    const begun: Say[] =
      opened === undefined || draft.opening === null ? [] : [{ text: opened, params: { words: draft.opening } }];
    return {
      lines: [...begun, { text: draft.editing === "description" ? again : ask(draft) }, ...ready.lines],
      buttons: ready.choices.map(({ label, press }): FormButton[] => [{ label, press }]),
    };
  },
  press: (draft, press, scene) => {
    if (press === "cut")
      return draft.overlong === null ? null : describe(draft, cutAtWord(draft.overlong, DESCRIPTION_LENGTH.max));
    const chosen = readyWords(draft, scene).choices.find((choice) => choice.press === press);
    return chosen === undefined ? null : describe({ ...draft, opening: null }, chosen.words);
  },
  hear: (draft, text) => {
    const taken = describe(draft, text);
    const words = completed(draft, text);
    const isKept = opened !== undefined && draft.description === null && words.length < DESCRIPTION_LENGTH.min;
    return isKept ? { ...taken, draft: { ...draft, opening: words } } : taken;
  },
  answer: ({ description }) => (description === null ? null : plain(description)),
});

/** What a form calls its description where a text looks for its place. */
type SpareTexts = Readonly<Record<"take" | "add" | "replace" | "placed", FormText>>;

/** A text that came when every text was told already: the person says what it was. */
export const spareQuestion = <D extends Telling, S extends Scene>(texts: SpareTexts): Question<D, S> => ({
  key: "spare",
  title: null,
  expects: { text: "spare.ask", params: { words: "" } },
  isMissing: ({ spare }) => spare !== null,
  ask: ({ spare, description }) => ({
    lines: [{ text: "spare.ask", params: { words: excerpt(spare ?? "") } }],
    buttons: [
      ...(description === null ? [row(texts.take, "replace")] : []),
      ...(description === null ? [] : [row(texts.add, "add"), row(texts.replace, "replace")]),
      row("button.dropSpare", "drop"),
    ],
  }),
  press: (draft, press) => {
    if (draft.spare === null) return null;
    const rest = { ...draft, spare: null };
    switch (press) {
      case "add":
        return place(rest, draft.description === null ? draft.spare : `${draft.description}\n${draft.spare}`, texts);
      case "replace":
        return place(rest, draft.spare, texts);
      case "drop":
        return answered(rest, { text: "spare.dropped" });
    }
    return null;
  },
  hear: (draft, text) => stay(keepSpare(draft, text)),
  answer: () => null,
});

// Where the whole does not fit, the description is asked for again with the whole at hand: the old one stays until then.
const place = <D extends Telling>(draft: D, text: string, { placed }: SpareTexts): Taken<D> => {
  const taken = describe(draft, text);
  return taken.answered
    ? { ...taken, chosen: { text: placed } }
    : { ...taken, draft: { ...taken.draft, editing: "description" } };
};
