import { Temporal } from "temporal-polyfill";
import { addWorkingDays, isWorkingDay } from "../city/calendar.ts";
import { cityDate } from "../city/city-time.ts";
import { readDay } from "../city/read-day.ts";
import { faultOfPlannedDay } from "../report/answer.ts";
import { lastDayOf } from "../report/due.ts";
import type { AnswerDraft, AnswerScene } from "./answer-draft.ts";
import { inRows, type FormButton, type Say } from "./ask.ts";
import { answered, stay, type Question } from "./question.ts";

/** What a date has around it; longer texts tell something else, although a date may stand in them. */
const LONGEST_DATE = 40;

/** The last day promised now; what is asked for has to be later. */
const promisedDay = ({ city, report, now }: AnswerScene): Temporal.PlainDate => {
  const today = cityDate(city, now);
  if (report.handlingDueAt === null) return today;
  const last = lastDayOf(city, report.handlingDueAt);
  return Temporal.PlainDate.compare(last, today) > 0 ? last : today;
};

/** The next three working days, and one, two and four weeks on, on a working day. */
const offeredDays = (scene: AnswerScene): Temporal.PlainDate[] => {
  const { calendar } = scene.city;
  const from = promisedDay(scene);
  const soon = [1, 2, 3].map((count) => addWorkingDays(calendar, from, count).date);
  const later = [1, 2, 4].map((weeks) => {
    const day = from.add({ weeks });
    return isWorkingDay(calendar, day) ? day : addWorkingDays(calendar, day, 1).date;
  });
  const days = [...soon, ...later].filter((day) => faultOf(day, scene) === null);
  return [...new Map(days.map((day) => [day.toString(), day])).values()].toSorted((a, b) =>
    Temporal.PlainDate.compare(a, b),
  );
};

const faultOf = (day: Temporal.PlainDate, { city, report, now }: AnswerScene) =>
  faultOfPlannedDay(city, report, day, now);

const faultInWords = (day: Temporal.PlainDate, scene: AnswerScene): Say | null => {
  const fault = faultOf(day, scene);
  return (
    fault && {
      text: `answer.date.${fault}`,
      params: { date: { date: day.toString() }, promised: { date: promisedDay(scene).toString() } },
    }
  );
};

const take = (draft: AnswerDraft, day: Temporal.PlainDate, scene: AnswerScene) => {
  const fault = faultInWords(day, scene);
  return fault === null ? answered({ ...draft, plannedOn: day.toString() }) : stay(draft, fault);
};

/** By when it will be done, for an answer that asks for a later date. */
export const plannedQuestion: Question<AnswerDraft, AnswerScene> = {
  key: "plannedOn",
  title: { text: "answer.title.date" },
  expects: { text: "answer.date.expects" },
  isEchoed: true,
  isMissing: ({ kind, plannedOn }, scene) =>
    kind === "planned" && (plannedOn === null || faultOf(Temporal.PlainDate.from(plannedOn), scene) !== null),
  ask: (_, scene) => ({
    lines: [{ text: "answer.date.ask", params: { promised: { date: promisedDay(scene).toString() } } }],
    buttons: inRows(
      offeredDays(scene).map((day): FormButton => ({
        label: { text: "plain", params: { words: { date: day.toString() } } },
        press: `d:${day.toString()}`,
      })),
      3,
    ),
  }),
  press: (draft, press, scene) => {
    const day = /^d:(\d{4}-\d\d-\d\d)$/.exec(press)?.[1];
    const offered = offeredDays(scene).find((one) => one.toString() === day);
    return offered === undefined ? null : take(draft, offered, scene);
  },
  hear: (draft, text, scene) => {
    if (text.length > LONGEST_DATE) return null;
    const day = readDay(text, { locales: scene.city.locales, today: cityDate(scene.city, scene.now) });
    if (day !== null) return take(draft, day, scene);
    // Words of the answer may come before its date; what has a number in it was meant as one.
    return /\d/.test(text) ? stay(draft, { text: "answer.date.expects" }) : null;
  },
  answer: ({ kind, plannedOn }) =>
    kind === "planned" && plannedOn !== null
      ? { text: "answer.date.until", params: { date: { date: plannedOn } } }
      : null,
};
