/** Plots of the statistics as SVG without a ground. Everything written on them comes in as a text; the numbers stand in a table beside them. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, setPlatformAPI, use, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Stage } from "../report/statistics.ts";
import { FONT_FAMILY } from "./fonts.ts";
import { PLOT_LOOKS, STACK_ORDER, type PlotTheme } from "./plot-look.ts";
import { box, inside, line, picture } from "./shapes.ts";
import { textWidth } from "./text-width.ts";

use([BarChart, LineChart, GridComponent, SVGRenderer]);
// Without a browser echarts guesses widths, and knows no Russian letters.
setPlatformAPI({
  measureText: (text: string, font?: string) => ({
    width: textWidth(text, Number(/([\d.]+)px/.exec(font ?? "")?.[1] ?? 12)),
  }),
});

/** Where a plot is drawn by a browser that has no such font, any without serifs will do. */
const FONTS = `${FONT_FAMILY}, sans-serif`;

/** How large a plot is, in pixels, and on which page it lies. */
export type PlotFrame = { width: number; height: number; theme: PlotTheme; fontSize?: number };

/** One month on the axis; the year is said where it changes. */
export type MonthLabel = { month: string; year: string | null };

/** The reports of each month, stacked by where they stand; stages without any are left out. */
export const drawMonths = (
  months: readonly { label: MonthLabel; byStage: Readonly<Record<Stage, number>> }[],
  stageNames: Readonly<Record<Stage, string>>,
  frame: PlotFrame,
): string => {
  const look = PLOT_LOOKS[frame.theme];
  const shown = STACK_ORDER.filter((stage) => months.some(({ byStage }) => byStage[stage] > 0));
  return draw(frame, months, {
    legend: shown.map((stage) => ({ name: stageNames[stage], color: look.stages[stage] })),
    yAxis: { minInterval: 1 },
    series: shown.map((stage) => ({
      type: "bar",
      name: stageNames[stage],
      stack: "all",
      barMaxWidth: 56,
      barCategoryGap: "25%",
      // A rim of the ground keeps two colours apart for whoever cannot tell them.
      itemStyle: { color: look.stages[stage], borderColor: look.background, borderWidth: 1 },
      data: months.map(({ byStage }) => byStage[stage] || null),
    })),
  });
};

/** Two shares by month in per cent; null where there are too few cases, and the line has a gap. */
export const drawShares = (
  months: readonly { label: MonthLabel; inTime: number | null; confirmed: number | null }[],
  names: { inTime: string; confirmed: string },
  frame: PlotFrame,
): string => {
  const look = PLOT_LOOKS[frame.theme];
  // Told apart without colour, too.
  const marks = { inTime: ["circle", "solid"], confirmed: ["rect", "dashed"] } as const;
  const series = (["inTime", "confirmed"] as const).map((key) => ({
    type: "line",
    name: names[key],
    symbol: marks[key][0],
    symbolSize: 9,
    lineStyle: { color: look[key], width: 3, type: marks[key][1] },
    itemStyle: { color: look[key] },
    data: months.map((month) => month[key]),
  }));
  return draw(frame, months, {
    legend: (["inTime", "confirmed"] as const).map((key) => ({
      name: names[key],
      color: look[key],
      isRound: key === "inTime",
    })),
    yAxis: { min: 0, max: 100, interval: 25, axisLabel: { formatter: "{value} %" } },
    series,
  });
};

type Entry = { name: string; color: string; isRound?: boolean };
type Plot = {
  legend: readonly Entry[];
  yAxis: { axisLabel?: object; [option: string]: unknown };
  series: object[];
};

const draw = (frame: PlotFrame, months: readonly { label: MonthLabel }[], { legend, yAxis, series }: Plot): string => {
  const { width, height, theme, fontSize = 13 } = frame;
  const look = PLOT_LOOKS[theme];
  const words = { color: look.quiet, fontSize, fontFamily: FONTS };
  const option: EChartsCoreOption = {
    animation: false,
    grid: { left: 4, right: 4, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "category",
      data: months.map(({ label: { month, year } }) => (year === null ? month : `${month}\n${year}`)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.rule } },
      axisLabel: { ...words, hideOverlap: true, lineHeight: fontSize + 4 },
    },
    yAxis: {
      type: "value",
      splitNumber: 4,
      ...yAxis,
      splitLine: { lineStyle: { color: look.rule } },
      axisLabel: { ...words, ...yAxis.axisLabel },
    },
    series,
  };
  const named = drawLegend(legend, { width, fontSize, ink: look.ink });
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height: height - named.height });
  try {
    chart.setOption(option);
    return picture({ width, height }, named.content + inside(chart.renderToSVGString(), { x: 0, y: named.height }));
  } finally {
    chart.dispose();
  }
};

/** What each colour means, above the plot, in as many rows as it takes. */
const drawLegend = (
  legend: readonly Entry[],
  { width, fontSize, ink }: { width: number; fontSize: number; ink: string },
): { content: string; height: number } => {
  const mark = fontSize;
  const row = fontSize + 10;
  let x = 0;
  let y = 0;
  const entries = legend.map(({ name, color, isRound = false }) => {
    const needed = mark + 6 + textWidth(name, fontSize);
    if (x > 0 && x + needed > width) {
      x = 0;
      y += row;
    }
    const drawn =
      box({ x, y: y + 2, width: mark, height: mark }, color, isRound ? mark / 2 : 2) +
      line(name, { x: x + mark + 6, y: y + fontSize, size: fontSize, fill: ink });
    x += needed + fontSize;
    return drawn;
  });
  return { content: entries.join(""), height: y + row };
};
