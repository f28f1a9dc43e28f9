import { Temporal } from "temporal-polyfill";
import { textIn } from "../city/text.ts";
import { DayParams } from "../notices/channel-day.ts";
import { dayInWords, type Reading } from "../notices/dates.ts";
import type { OutMessage } from "../notices/message.ts";
import { lines } from "../notices/rich.ts";
import { altOfDaySummary, renderDaySummary } from "../pictures/day-summary.ts";

/** The day as a picture that says the same below it in words. Throws when `params`, which are as stored, are no day's: the row is broken. */
export const renderChannelDay = async (reading: Reading, params: unknown): Promise<OutMessage> => {
  const { day, figures } = DayParams.parse(params);
  const { city, locale } = reading;
  const summary = {
    city: textIn(city, city.name, locale),
    day: dayInWords(reading, Temporal.PlainDate.from(day)),
    figures,
  };
  return { text: lines(altOfDaySummary(reading, summary)), drawn: await renderDaySummary(reading, summary) };
};
