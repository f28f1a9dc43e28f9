/** `/stats/plot.svg` and `.png`: one plot of the statistics, drawn on the server. */
import type { Context } from "hono";
import { Hono } from "hono";
import { z } from "zod";
import { stageNames, toMonthsPlot, toSharesPlot } from "../../notices/statistics-plots.ts";
import { ofInWords, percentInWords } from "../../notices/statistics-words.ts";
import { drawBars } from "../../pictures/bars.ts";
import { PLOT_LOOKS, PLOT_THEMES, type PlotTheme } from "../../pictures/plot-look.ts";
import { onGround } from "../../pictures/shapes.ts";
import { toPng } from "../../pictures/to-png.ts";
import { figuresByMonth, percentOf, type Counted } from "../../report/statistics.ts";
import type { WebDeps } from "../deps.ts";
import { frameOf, type Frame } from "./frame.ts";
import { problemPage } from "./problem.ts";
import { readStatsQuery, toFilter, type StatsQuery } from "./stats-query.ts";
import { rowsOf } from "./stats-rows.ts";
import { sortRows } from "./stats-sort.ts";

const PLOT_KINDS = ["months", "shares", "agencies", "districts"] as const;
/** A plot by its name. */
export type PlotKind = (typeof PLOT_KINDS)[number];

/** Where a plot is seen: on a phone it is narrower, so that its letters stay as large. */
export const PLOT_SIZES = { wide: { width: 1120, height: 440 }, phone: { width: 340, height: 440 } } as const;
const SIZE_NAMES = ["wide", "phone"] as const satisfies readonly (keyof typeof PLOT_SIZES)[];
type PlotSize = (typeof SIZE_NAMES)[number];

/** More bars than that nobody reads; the table has them all. */
export const MOST_BARS = 12;

const Parameters = {
  kind: z.enum(PLOT_KINDS),
  theme: z.enum(PLOT_THEMES).default("light"),
  size: z.enum(SIZE_NAMES).default("wide"),
};

/** A picture runs nothing and fetches nothing, but its letters bring their styles along. */
const POLICY = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" };

/** Twice as many pixels as on the page, for screens that have them. */
const PNG_DENSITY = 2;

/** A PNG of months or shares in pixels. */
export const PNG_SIZE = { width: PLOT_SIZES.wide.width * PNG_DENSITY, height: PLOT_SIZES.wide.height * PNG_DENSITY };

/** The pictures of the statistics. */
export const statsPlots = (deps: WebDeps): Hono =>
  new Hono()
    .get("/stats/plot.svg", async (c) => {
      const read = readStatsQuery(c, deps, Parameters);
      if (!read.ok) return problemPage(c, deps, 400, read.names);
      const svg = await drawPlot(frameOf(c, deps), await deps.statistics(), read.values, read.values.more);
      return c.body(svg, 200, { "content-type": "image/svg+xml", ...POLICY });
    })
    .get("/stats/plot.png", (c) => pngOf(c, deps));

const pngOf = async (c: Context, deps: WebDeps): Promise<Response> => {
  const read = readStatsQuery(c, deps, Parameters);
  if (!read.ok) return problemPage(c, deps, 400, read.names);
  const { theme, size } = read.values.more;
  const svg = await drawPlot(frameOf(c, deps), await deps.statistics(), read.values, read.values.more);
  const png = await toPng(onGround(svg, PLOT_LOOKS[theme].background), PLOT_SIZES[size].width * PNG_DENSITY);
  return c.body(png, 200, {
    "content-type": "image/png",
    "cache-control": "public, max-age=60",
    vary: "Accept-Language",
  });
};

type Asked = { kind: PlotKind; theme: PlotTheme; size: PlotSize };

const drawPlot = async (
  frame: Frame,
  counted: Counted,
  query: StatsQuery,
  { kind, theme, size }: Asked,
): Promise<string> => {
  // Loaded when the first one asks: most starts of the program never need it.
  const { drawMonths, drawShares } = await import("../../pictures/plots.ts");
  const filter = toFilter(query);
  const look = { ...PLOT_SIZES[size], theme };
  switch (kind) {
    case "months":
      return drawMonths(toMonthsPlot(frame, figuresByMonth(counted, filter)), stageNames(frame), look);
    case "shares": {
      const names = { inTime: frame.t("stats:plot.in_time"), confirmed: frame.t("stats:plot.confirmed") };
      return drawShares(toSharesPlot(frame, figuresByMonth(counted, filter)), names, look);
    }
    case "agencies":
    case "districts": {
      const rows = rowsOf(frame, counted, filter, kind === "agencies" ? "agency" : "district");
      const bars = sortRows(rows, query.sort, frame.locale).slice(0, MOST_BARS);
      return drawBars(
        bars.map(({ name, figures: { inTime } }) => ({
          name,
          percent: percentOf(inTime),
          note: `${percentInWords(frame, inTime)} · ${ofInWords(frame, inTime)}`,
        })),
        look,
      );
    }
  }
};
