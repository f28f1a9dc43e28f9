/** `/stats [period] [agency|district]`: the figures of the page as one picture with a short text. */
import { shorten, textIn } from "../city/text.ts";
import { momentInWords, type Reading } from "../notices/dates.ts";
import { lines, paragraphs } from "../notices/rich.ts";
import { stageNames, toMonthsPlot } from "../notices/statistics-plots.ts";
import {
  medianInWords,
  monthsInWords,
  numberInWords,
  ofInWords,
  percentInWords,
  scopeInWords,
} from "../notices/statistics-words.ts";
import { drawFiguresCard, PLOT_BOX, type Tile } from "../pictures/figures-card.ts";
import { toPng } from "../pictures/to-png.ts";
import { FEWEST_FOR_PERCENT, figuresByMonth, figuresOf, type Counted, type Figures } from "../report/statistics.ts";
import type { BotContext } from "./context.ts";
import { readingOf } from "./reading.ts";
import { readStatsWords, type StatsAsked } from "./stats-words.ts";

/** So many names are offered when the words mean several. */
const MOST_NAMES = 6;
const LONGEST_ECHO = 60;

/** Sends the figures of what was typed; without words those of the city's last twelve months. */
export const statsTyped = async (ctx: BotContext, words: string): Promise<unknown> => {
  const { city, i18n, locale } = ctx;
  const read = readStatsWords(city, words, { locales: i18n.locales, now: ctx.now() });
  const echo = shorten(words.replaceAll(/\s+/g, " "), LONGEST_ECHO);
  if (!read.ok) {
    if (read.why === "unknown") return ctx.tell("stats:chat.unknown", { words: echo, usage: ctx.t("stats:usage") });
    const names = read.names.slice(0, MOST_NAMES).map((name) => textIn(city, name, locale));
    const all = read.names.length > MOST_NAMES ? [...names, "…"] : names;
    return ctx.tell("stats:chat.several", { words: echo, names: all.join(", ") });
  }
  const reading = readingOf(ctx);
  const counted = await ctx.statistics();
  const { asked } = read;
  const head = { scope: scopeOf(reading, asked), period: monthsInWords(reading, asked.months) };
  const figures = figuresOf(counted, { ...asked, ...asked.months });
  if (figures.filed === 0) return ctx.tell("stats:chat.empty", head);
  const text = paragraphs(
    ctx.rich("stats:chat.head", head),
    lines(...sentencesOf(reading, figures).map(({ key, params }) => ctx.rich(key, params))),
  );
  return ctx.say({ text, drawn: await toPng(await drawCard(reading, counted, asked, figures)) });
};

const scopeOf = (reading: Reading, asked: StatsAsked): string =>
  asked.agencyId === undefined && asked.districtId === undefined
    ? textIn(reading.city, reading.city.name, reading.locale)
    : scopeInWords(reading, asked);

const sentencesOf = (reading: Reading, figures: Figures) => {
  const inNumbers = (value: number): string => numberInWords(reading, value);
  const { filed, taken, open, overdue, inTime, days, confirmed } = figures;
  return [
    { key: "stats:chat.filed", params: { filed: inNumbers(filed), taken: inNumbers(taken) } },
    { key: "stats:chat.now", params: { open: inNumbers(open), overdue: inNumbers(overdue) } },
    ...(inTime.of === 0
      ? []
      : [
          {
            key: "stats:chat.in_time",
            params: { share: percentInWords(reading, inTime), of: ofInWords(reading, inTime) },
          } as const,
        ]),
    ...medianSentence(reading, days),
    ...(confirmed.of === 0
      ? []
      : [
          {
            key: "stats:chat.confirmed",
            params: { share: percentInWords(reading, confirmed), of: ofInWords(reading, confirmed) },
          } as const,
        ]),
  ] as const;
};

const medianSentence = (reading: Reading, days: Figures["days"]) => {
  if (days.of === 0) return [];
  if (days.of < FEWEST_FOR_PERCENT) {
    return [{ key: "stats:chat.median_early", params: { of: numberInWords(reading, days.of) } } as const];
  }
  return [{ key: "stats:chat.median", params: { days: medianInWords(reading, days) } } as const];
};

const drawCard = async (reading: Reading, counted: Counted, asked: StatsAsked, figures: Figures): Promise<string> => {
  // Loaded when the first one asks: most starts of the program never need it.
  const { drawMonths } = await import("../pictures/plots.ts");
  const { i18n, locale } = reading;
  const months = figuresByMonth(counted, { ...asked, ...asked.months });
  const look = { ...PLOT_BOX, theme: "light", fontSize: 20 } as const;
  return drawFiguresCard({
    title: scopeOf(reading, asked),
    subtitle: monthsInWords(reading, asked.months),
    tiles: tilesOf(reading, figures),
    plot: months.length < 2 ? null : drawMonths(toMonthsPlot(reading, months), stageNames(reading), look),
    foot: i18n.t(locale, "stats:card.foot", { asOf: momentInWords(reading, counted.asOf) }),
  });
};

const tilesOf = (reading: Reading, figures: Figures): Tile[] => {
  const { i18n, locale } = reading;
  const inNumbers = (value: number): string => numberInWords(reading, value);
  const { filed, taken, open, overdue, inTime, days, confirmed, reopened, byStage } = figures;
  const tile = (
    key: "filed" | "open" | "overdue" | "in_time" | "median" | "confirmed",
    figure: string,
    params: Record<string, string>,
    tone: Tile["tone"] = "plain",
  ): Tile => ({
    figure,
    label: i18n.t(locale, `stats:figure.${key}`),
    note: i18n.t(locale, `stats:card.${key}`, params),
    tone,
  });
  return [
    tile("filed", inNumbers(filed), { taken: inNumbers(taken) }),
    tile("open", inNumbers(open), { work: inNumbers(byStage.work), check: inNumbers(byStage.check) }),
    tile("overdue", inNumbers(overdue), { reopened: inNumbers(reopened) }, overdue > 0 ? "bad" : "plain"),
    tile("in_time", percentInWords(reading, inTime), { of: ofInWords(reading, inTime) }),
    tile("median", medianInWords(reading, days), { of: inNumbers(days.of) }),
    tile("confirmed", percentInWords(reading, confirmed), { of: ofInWords(reading, confirmed) }, "good"),
  ];
};
