import { plain, row, type Say } from "./ask.ts";
import type { Draft } from "./draft.ts";
import { answered, stay, type Question, type Taken } from "./question.ts";

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
  const head = text.slice(0, length);
  const end = /\s/.test(text.charAt(length)) ? length : Math.max(head.lastIndexOf(" "), head.lastIndexOf("\n"));
  // A surrogate pair cut in half would be no character at all.
  return (end > length * 0.8 ? head.slice(0, end) : head).replace(/[\ud800-\udbff]$/, "").trimEnd();
};

/** The draft that also remembers a text nobody asked for, after whatever already waits there. */
export const keepSpare = (draft: Draft, text: string): Draft => ({
  ...draft,
  spare: [draft.spare, text]
    .filter((part) => part !== null)
    .join("\n")
    .slice(0, PENDING_MAX),
});

/** Takes a text as the description; one too short is explained, one too long kept aside until it is cut or replaced. */
export const describe = (draft: Draft, text: string): Taken => {
  if (text.length < DESCRIPTION_LENGTH.min)
    return stay(draft, { text: "description.tooShort", params: { min: DESCRIPTION_LENGTH.min } });
  if (text.length > DESCRIPTION_LENGTH.max)
    return stay(
      { ...draft, overlong: text },
      {
        text: "description.tooLong",
        params: { length: text.length, max: DESCRIPTION_LENGTH.max },
      },
    );
  return answered({ ...draft, description: text, heard: null, overlong: null });
};

/** What has happened, in the resident's own words. */
export const descriptionQuestion: Question = {
  key: "description",
  title: { text: "title.description" },
  expects: { text: "description.ask" },
  isMissing: ({ description }) =>
    description === null || description.length < DESCRIPTION_LENGTH.min || description.length > DESCRIPTION_LENGTH.max,
  ask: (draft) => {
    const lines: Say[] = [{ text: draft.editing === "description" ? "description.again" : "description.ask" }];
    if (draft.overlong !== null)
      return {
        lines: [{ text: "description.overlong", params: { words: excerpt(draft.overlong) } }],
        buttons: [row("button.cut", "cut")],
      };
    if (draft.heard !== null && draft.editing === null)
      return {
        lines: [...lines, { text: "description.heard", params: { words: draft.heard } }],
        buttons: [row("button.useHeard", "heard")],
      };
    return { lines, buttons: [] };
  },
  press: (draft, press) => {
    switch (press) {
      case "cut":
        return draft.overlong === null ? null : describe(draft, cutAtWord(draft.overlong, DESCRIPTION_LENGTH.max));
      case "heard":
        return draft.heard === null ? null : describe(draft, draft.heard);
    }
    return null;
  },
  hear: describe,
  answer: ({ description }) => (description === null ? null : plain(description)),
};

/** A text that came when every text was told already: the resident says what it was. */
export const spareQuestion: Question = {
  key: "spare",
  title: null,
  expects: { text: "spare.ask", params: { words: "" } },
  isMissing: ({ spare }) => spare !== null,
  ask: ({ spare, description }) => ({
    lines: [{ text: "spare.ask", params: { words: excerpt(spare ?? "") } }],
    buttons: [
      ...(description === null ? [row("button.asDescription", "replace")] : []),
      ...(description === null ? [] : [row("button.addSpare", "add"), row("button.replaceBySpare", "replace")]),
      row("button.dropSpare", "drop"),
    ],
  }),
  press: (draft, press) => {
    if (draft.spare === null) return null;
    const rest = { ...draft, spare: null };
    switch (press) {
      case "add":
        return place(rest, draft.description === null ? draft.spare : `${draft.description}\n${draft.spare}`);
      case "replace":
        return place(rest, draft.spare);
      case "drop":
        return answered(rest, { text: "spare.dropped" });
    }
    return null;
  },
  hear: (draft, text) => stay(keepSpare(draft, text)),
  answer: () => null,
};

// Where the whole does not fit, the description is asked for again with the whole at hand: the old one stays until then.
const place = (draft: Draft, text: string): Taken => {
  const taken = describe(draft, text);
  return taken.answered
    ? { ...taken, chosen: { text: "spare.placed" } }
    : { ...taken, draft: { ...taken.draft, editing: "description" } };
};
