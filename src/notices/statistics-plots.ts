/** The figures of months as plots take them, with their names in the reader's language. */
import { percentOf, STAGES, type Figures, type Month, type Stage } from "../report/statistics.ts";
import type { Reading } from "./dates.ts";
import { shortMonth } from "./statistics-words.ts";

type Words = Pick<Reading, "i18n" | "locale">;
type MonthFigures = readonly { month: Month; figures: Figures }[];

/** What each part of a stack is called. */
export const stageNames = ({ i18n, locale }: Words): Record<Stage, string> =>
  Object.fromEntries(STAGES.map((stage) => [stage, i18n.t(locale, `stats:stage.${stage}`)])) as Record<Stage, string>;

/** The months with where their reports stand. */
export const toMonthsPlot = (words: Words, months: MonthFigures) =>
  months.map(({ month, figures: { byStage } }, index) => ({ label: labelOf(words, month, index), byStage }));

/** The months with their shares in per cent; null with too few cases. */
export const toSharesPlot = (words: Words, months: MonthFigures) =>
  months.map(({ month, figures: { inTime, confirmed } }, index) => ({
    label: labelOf(words, month, index),
    inTime: percentOf(inTime),
    confirmed: percentOf(confirmed),
  }));

/** The year stands under the first month and under every January. */
const labelOf = (words: Words, month: Month, index: number): { month: string; year: string | null } => ({
  month: shortMonth(words, month),
  year: index === 0 || month.endsWith("-01") ? month.slice(0, 4) : null,
});
