/** Why a report is due when it is: every event that made the date, or moved it, or might have and did not, as a line. */
import { z } from "zod";
import type { EventKind } from "../report/event.ts";
import type { Pause } from "../report/pause.ts";
import { dayInWords, explainDue, type Reading } from "./dates.ts";

const Day = z.iso.date();

/** A date as events and notices keep it. */
export const DueParams = z.object({
  count: z.int(),
  kind: z.enum(["working", "calendar"]),
  dueAt: z.string(),
  from: Day,
  to: Day,
  skipped: z.array(Day),
  weekends: z.boolean(),
  worked: z.array(Day),
});

/** A pause as events and notices keep it. */
export const PauseParams = z.object({ from: Day, to: Day, due: DueParams });

/** «Срок стоял с 13 по 16 мая: 3 рабочих дня с 20 мая, без выходных → 25 мая». */
export const explainPause = (reading: Reading, { from, to, due }: Pause): string => {
  const { i18n, locale } = reading;
  const days = { from: dayInWords(reading, from), to: dayInWords(reading, to) };
  return due.count === 0
    ? i18n.t(locale, "clock:pause.none", days)
    : i18n.t(locale, "clock:pause.held", { ...days, explanation: explainDue(reading, due) });
};

type Line = (reading: Reading, data: unknown) => string;

const Made = z.object({ due: DueParams });
const Postponed = z.object({ from: Day, to: Day, reason: z.string() });
const Rerouted = z.object({ until: Day, added: z.object({ days: z.int(), reason: z.string() }).nullable() });

const made =
  (key: "clock:story.first" | "clock:story.reopened"): Line =>
  (reading, data) =>
    reading.i18n.t(reading.locale, key, { explanation: explainDue(reading, Made.parse(data).due) });

const LINES: Partial<Record<EventKind, Line>> = {
  assigned: made("clock:story.first"),
  reopened: made("clock:story.reopened"),
  wait_ended: (reading, data) => explainPause(reading, PauseParams.parse(data)),
  postponed: (reading, data) => {
    const { from, to, reason } = Postponed.parse(data);
    const days = { from: dayInWords(reading, from), to: dayInWords(reading, to) };
    return reading.i18n.t(reading.locale, "clock:story.postponed", { ...days, reason });
  },
  rerouted: ({ i18n, locale, ...reading }, data) => {
    const { added, until } = Rerouted.parse(data);
    if (added === null) return i18n.t(locale, "clock:story.rerouted");
    const to = dayInWords({ i18n, locale, ...reading }, until);
    return i18n.t(locale, "clock:story.added", { count: added.days, to, reason: added.reason });
  },
  returned: ({ i18n, locale }) => i18n.t(locale, "clock:story.returned"),
};

/** The story of the date in order, from the events as they are stored; what does not touch the date is left out. */
export const explainDates = (reading: Reading, history: readonly { kind: string; data: unknown }[]): string[] =>
  history.flatMap(({ kind, data }) => {
    const line = Object.hasOwn(LINES, kind) ? LINES[kind as EventKind] : undefined;
    return line === undefined ? [] : [line(reading, data)];
  });
