/** What a form is: a table of questions over a draft. The engine asks, fills, checks, previews and lets edit whatever stands in it. */
import { inRows, plain, row, type Say } from "./ask.ts";
import type { FormText } from "./form-text.ts";
import type { Input } from "./input.ts";
import { answered, type Question, type Scene, type Taken } from "./question.ts";
import type { Telling } from "./telling.ts";

/** A form whose drafts are `D`, filled in against `S`; finished it is a `C`. */
export type Form<D extends Telling, S extends Scene, C> = {
  /** The questions that concern this draft, in the order they are asked; the preview comes after them by itself. */
  questions(draft: D, scene: S): readonly Question<D, S>[];
  /** Drops what no longer holds and says so, so that what is sent is never something nobody can take. */
  refresh(draft: D, scene: S): { draft: D; notes: Say[] };
  /** The same without what was begun in a change that ends with the old answer. */
  settleEdit(draft: D): D;
  /** What the first words tell besides being the description. */
  withWords?(draft: D, words: string, scene: S): D;
  /** Where a location goes. */
  locate?: { key: string; take(draft: D, told: Extract<Input, { kind: "location" }>, scene: S): Taken<D> };
  /** Where a link to the form for one topic goes. */
  link?: { key: string; take(draft: D, topicId: string, scene: S): Taken<D> };
  /** What begun answers and changes the meaning of a button hangs on. */
  begun(draft: D): unknown;
  /** Everything that is sent: while the preview is shown, its buttons mean exactly this. */
  told(draft: D, scene: S): unknown;
  /** The finished whole; null while it cannot be made. Asked only when no question is missing. */
  toContent(draft: D, scene: S): C | null;
  texts: {
    /** Words too few for a description were kept for what follows, alone or under a photo; a form without it keeps none. */
    opened?: FormText;
    photoAndOpened?: FormText;
    /** A text was taken as the description, alone or with the photo it stood under; the description was corrected. */
    described: FormText;
    photoAndDescribed: FormText;
    corrected: FormText;
    /** Said to what means nothing at the preview, and to a location nobody wants. */
    finished: FormText;
    noPlace: FormText;
  };
};

/** All questions with the preview as the last. */
export const questionsOf = <D extends Telling, S extends Scene, C>(
  form: Form<D, S, C>,
  draft: D,
  scene: S,
): Question<D, S>[] => [...form.questions(draft, scene), previewOf(form)];

/** What is asked now: a told text that waits for its place, what the person chose to change, else the first thing missing. */
export const askedQuestion = <D extends Telling, S extends Scene, C>(
  form: Form<D, S, C>,
  draft: D,
  scene: S,
): Question<D, S> => {
  const questions = questionsOf(form, draft, scene);
  const edited = draft.spare === null ? questions.find(({ key }) => key === draft.editing) : undefined;
  return edited ?? questions.find((question) => question.isMissing(draft, scene)) ?? previewOf(form);
};

/** A question's line in the preview, and what its pressed message says afterwards; null where there is no answer to show. */
export const previewLine = <D, S extends Scene>(question: Question<D, S>, draft: D, scene: S): Say | null => {
  const answer = question.answer(draft, scene);
  const text = question.isOwn === true ? "preview.ownLine" : "preview.line";
  return answer && { text, params: { title: question.title ?? plain(""), answer } };
};

/** Everything told, a line an answer. */
export const previewLines = <D extends Telling, S extends Scene, C>(form: Form<D, S, C>, draft: D, scene: S): Say[] =>
  form.questions(draft, scene).flatMap((question): Say[] => {
    const line = question.title && previewLine(question, draft, scene);
    return line ? [line] : [];
  });

/** The finished whole; null while anything is missing or no longer valid. */
export const toContent = <D extends Telling, S extends Scene, C>(form: Form<D, S, C>, draft: D, scene: S): C | null =>
  form.questions(draft, scene).some((question) => question.isMissing(draft, scene))
    ? null
    : form.toContent(draft, scene);

/** Everything told, with «изменить» for each answer: asked last and for as long as it is not sent. */
const previewOf = <D extends Telling, S extends Scene, C>(form: Form<D, S, C>): Question<D, S> => ({
  key: "preview",
  title: null,
  expects: { text: form.texts.finished },
  isMissing: () => true,
  ask: (draft, scene) => {
    const shown = form.questions(draft, scene).filter(({ title }) => title !== null);
    return {
      lines: [{ text: "preview.title" }, ...previewLines(form, draft, scene), { text: "preview.ask" }],
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
    const question = form.questions(draft, scene).find((one) => one.key === key && one.title !== null);
    return question ? answered({ ...draft, editing: question.key }, { text: "preview.editing" }) : null;
  },
  answer: () => null,
});
