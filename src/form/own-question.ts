import type { Question as CityQuestion } from "../city/schema.ts";
import { inRows, plain, row, type Ask, type FormButton, type Say } from "./ask.ts";
import type { Draft, QuestionAnswer } from "./draft.ts";
import { answered, stay, type Question, type Taken } from "./question.ts";

/** The key of a topic's own question in the form; keys of the general questions never begin so. */
export const ownKey = (questionId: string): string => `own.${questionId}`;

/** Whether the answer is one the question allows; a city file may have changed since it was given. */
export const isValidAnswer = (question: CityQuestion, answer: QuestionAnswer | undefined): answer is QuestionAnswer => {
  switch (question.kind) {
    case "text":
      return typeof answer === "string" && answer.length > 0 && answer.length <= question.maxLength;
    case "number":
      return typeof answer === "number" && Number.isInteger(answer) && answer >= question.min && answer <= question.max;
    case "choice":
      return question.options.some(({ id }) => id === answer);
    case "yes_no":
      return typeof answer === "boolean";
  }
};

/** The words around a number, as in «5 этаж» or «кв. 12»; longer ones make it a story. */
const A_NUMBER = /^\D{0,12}?(-?\d{1,9})\D{0,12}$/;

const expects = (question: CityQuestion): Say => {
  switch (question.kind) {
    case "text":
      return { text: "own.expectsText", params: { max: question.maxLength } };
    case "number":
      return { text: "own.expectsNumber", params: { min: question.min, max: question.max } };
    case "choice":
    case "yes_no":
      return { text: "own.expectsChoice" };
  }
};

const choices = (question: CityQuestion): FormButton[][] => {
  switch (question.kind) {
    case "text":
    case "number":
      return [];
    case "choice":
      return question.options.map(({ id, title }) => [{ label: plain({ in: title }), press: `o:${id}` }]);
    case "yes_no":
      return inRows([...row("button.yes", "y"), ...row("button.no", "n")], 2);
  }
};

const hear = (question: CityQuestion, draft: Draft, text: string): Taken | null => {
  const give = (answer: QuestionAnswer): Taken =>
    isValidAnswer(question, answer) ? giveAnswer(draft, question.id, answer) : stay(draft, expects(question));
  switch (question.kind) {
    case "text":
      return give(text);
    case "number": {
      const number = A_NUMBER.exec(text)?.[1];
      return number === undefined ? null : give(Number(number));
    }
    // The bot reads a typed label as the press of its button.
    case "choice":
    case "yes_no":
      return null;
  }
};

const giveAnswer = (draft: Draft, id: string, answer: QuestionAnswer): Taken =>
  answered({
    ...draft,
    answers: { ...draft.answers, [id]: answer },
    skipped: draft.skipped.filter((key) => key !== ownKey(id)),
  });

const pressedAnswer = (question: CityQuestion, press: string): QuestionAnswer | null => {
  switch (question.kind) {
    case "text":
    case "number":
      return null;
    case "choice":
      return press.startsWith("o:") ? press.slice(2) : null;
    case "yes_no":
      return press === "y" ? true : press === "n" ? false : null;
  }
};

const inWords = (question: CityQuestion, answer: QuestionAnswer): Say => {
  if (question.kind === "choice") {
    const option = question.options.find(({ id }) => id === answer);
    if (option) return plain({ in: option.title });
  }
  if (question.kind === "number" && question.unit)
    return { text: "own.withUnit", params: { number: String(answer), unit: { in: question.unit } } };
  if (typeof answer === "boolean") return { text: answer ? "button.yes" : "button.no" };
  return plain(String(answer));
};

/** A question out of the city file as an entry of the form. */
export const ownQuestion = (question: CityQuestion): Question => {
  const key = ownKey(question.id);
  return {
    key,
    title: plain({ in: question.title }),
    isOwn: true,
    expects: expects(question),
    isMissing: (draft) =>
      !isValidAnswer(question, draft.answers[question.id]) && (question.required || !draft.skipped.includes(key)),
    ask: (): Ask => ({
      lines: [
        { text: "own.ask", params: { question: { in: question.title } } },
        ...(question.kind === "number" ? [expects(question)] : []),
      ],
      buttons: [...choices(question), ...(question.required ? [] : [row("button.skip", "skip")])],
    }),
    press: (draft, press) => {
      if (press === "skip" && !question.required) {
        const { [question.id]: _, ...answers } = draft.answers;
        return answered({ ...draft, answers, skipped: [...new Set([...draft.skipped, key])] }, { text: "own.none" });
      }
      const answer = pressedAnswer(question, press);
      return answer !== null && isValidAnswer(question, answer) ? giveAnswer(draft, question.id, answer) : null;
    },
    hear: (draft, text) => hear(question, draft, text),
    answer: (draft) => {
      const answer = draft.answers[question.id];
      return isValidAnswer(question, answer) ? inWords(question, answer) : null;
    },
  };
};
