/** What the city's channel is told of a day: only figures. */
import { z } from "zod";
import type { DayFigures } from "../report/day-figures.ts";

/** The kind of the notice that tells a channel of a day. */
export const CHANNEL_DAY = "channel_day";

const count = z.int().min(0);

/** What such a notice keeps: the day, and what was counted when it was over. */
export const DayParams = z.object({
  day: z.iso.date(),
  figures: z.object({
    filed: count,
    published: count,
    confirmed: count,
    closedOtherwise: count,
    reopened: count,
    missed: count,
    open: count,
    overdue: count,
  }) satisfies z.ZodType<DayFigures>,
});

/** Whether the day brought anything: one on which nothing happened is not told of. */
export const hasHappened = (figures: DayFigures): boolean =>
  figures.filed + figures.published + figures.confirmed + figures.closedOtherwise + figures.reopened + figures.missed >
  0;
