import type { I18n } from "../i18n/i18n.ts";
import type { DayFigures } from "../report/day-figures.ts";
import { drawFiguresCard, type Tile } from "./figures-card.ts";
import { toPng } from "./to-png.ts";

/** Whose day it was, both as words in this language: «Кунцево и соседи», «22 ноября 2026». */
export type DaySummary = { city: string; day: string; figures: DayFigures };

type Words = { i18n: I18n; locale: string };

/** What a day brought, as a PNG for the city's channel; `altOfDaySummary` says the same in words. */
export const renderDaySummary = (words: Words, summary: DaySummary): Promise<Uint8Array<ArrayBuffer>> =>
  toPng(drawDaySummary(words, summary));

/** The same as an SVG. */
export const drawDaySummary = ({ i18n, locale }: Words, { city, day, figures }: DaySummary): string => {
  const count = (value: number): string => new Intl.NumberFormat(i18n.t(locale, "notices:dates.intl")).format(value);
  const tile = (key: keyof Omit<DayFigures, "open" | "overdue">, tone: Tile["tone"] = "plain"): Tile => ({
    figure: count(figures[key]),
    label: i18n.t(locale, `stats:day.${key}`),
    note: i18n.t(locale, `stats:day.note.${key}`),
    // A nought is neither good nor bad news.
    tone: figures[key] === 0 ? "plain" : tone,
  });
  return drawFiguresCard({
    title: i18n.t(locale, "stats:day.title", { day }),
    subtitle: city,
    tiles: [
      tile("filed"),
      tile("published"),
      tile("confirmed", "good"),
      tile("closedOtherwise"),
      tile("reopened"),
      tile("missed", "bad"),
    ],
    plot: null,
    foot: i18n.t(locale, "stats:day.foot", { open: count(figures.open), overdue: count(figures.overdue) }),
  });
};

/** The picture in words, for its caption and for whoever does not see it. */
export const altOfDaySummary = ({ i18n, locale }: Words, { day, figures }: DaySummary): string =>
  i18n.t(locale, "stats:day.alt", { day, ...figures });
