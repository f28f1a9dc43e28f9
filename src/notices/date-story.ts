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
  if (from === to) return i18n.t(locale, "clock:pause.same_day");
  return due.count === 0
    ? i18n.t(locale, "clock:pause.none", days)
    : i18n.t(locale, "clock:pause.held", { ...days, explanation: explainDue(reading, due) });
};

/** Null where this one event left the date as it was. */
type Line = (reading: Reading, data: unknown) => string | null;

const Made = z.object({ due: DueParams });
const Assigned = z.object({ due: DueParams, reason: z.string().optional() });
const Asked = z.object({ until: Day });
const Replied = z.object({ pause: PauseParams.nullable() });
const Postponed = z.object({ from: Day, to: Day, reason: z.string() });
const Rerouted = z.object({ until: Day, added: z.object({ days: z.int(), reason: z.string() }).nullable() });

const LINES: Partial<Record<EventKind, Line>> = {
  assigned: (reading, data) => {
    const { due, reason } = Assigned.parse(data);
    const explanation = explainDue(reading, due);
    const { i18n, locale } = reading;
    return reason === undefined
      ? i18n.t(locale, "clock:story.first", { explanation })
      : i18n.t(locale, "clock:story.because", { explanation, reason });
  },
  reopened: (reading, data) =>
    reading.i18n.t(reading.locale, "clock:story.reopened", { explanation: explainDue(reading, Made.parse(data).due) }),
  asked: (reading, data) =>
    reading.i18n.t(reading.locale, "clock:story.asked", { to: dayInWords(reading, Asked.parse(data).until) }),
  replied: (reading, data) => {
    const { pause } = Replied.parse(data);
    return pause && explainPause(reading, pause);
  },
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
export const explainDates = (reading: Reading, history: readonly { kind: string; data: unknown }[]): string[] => {
  // Before, in moderation, no agency's clock runs that a question could stop.
  const clockStarts = history.findIndex(({ kind }) => kind === "assigned");
  return history.slice(clockStarts === -1 ? history.length : clockStarts).flatMap(({ kind, data }) => {
    const line = Object.hasOwn(LINES, kind) ? LINES[kind as EventKind] : undefined;
    return line?.(reading, data) ?? [];
  });
};
