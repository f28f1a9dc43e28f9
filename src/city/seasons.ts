import { Temporal } from "temporal-polyfill";
import type { Topic } from "./schema.ts";

const monthDayOf = (date: Temporal.PlainDate): string => date.toString().slice(5);

/** Whether the topic may be reported on this date; one without a season always. */
export const isInSeason = (topic: Pick<Topic, "season">, date: Temporal.PlainDate): boolean => {
  if (!topic.season) return true;
  const { from, to } = topic.season;
  const today = monthDayOf(date);
  return from <= to ? from <= today && today <= to : today >= from || today <= to;
};

/** The next first day of the topic's season, on or after the date; null where the topic is in season all year. */
export const seasonStart = (topic: Pick<Topic, "season">, date: Temporal.PlainDate): Temporal.PlainDate | null => {
  if (!topic.season) return null;
  const [month, day] = topic.season.from.split("-").map(Number) as [number, number];
  const thisYear = Temporal.PlainDate.from({ year: date.year, month, day });
  return Temporal.PlainDate.compare(thisYear, date) >= 0 ? thisYear : thisYear.add({ years: 1 });
};
