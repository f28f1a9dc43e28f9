import { PLOT_LOOKS, type PlotTheme } from "./plot-look.ts";
import { box, line, picture } from "./shapes.ts";
import { textWidth, wrapText } from "./text-width.ts";

/** `percent` is null where there are too few cases: then only the note speaks. */
export type Bar = { name: string; percent: number | null; note: string };

const FONT = 14;
const BAR = 14;
const GAP = 10;
/** Narrower than that a name stands above its bar and has all the width. */
const NARROW = 600;

/** How tall that many bars are. */
export const barsHeight = (count: number, width: number): number => Math.max(1, count) * rowHeight(width);

const rowHeight = (width: number): number => (width < NARROW ? 48 : 32);

/** Shares as bars with their words beside them, in the order given; as tall as they need. */
export const drawBars = (bars: readonly Bar[], { width, theme }: { width: number; theme: PlotTheme }): string => {
  const look = PLOT_LOOKS[theme];
  const widest = (texts: readonly string[]): number =>
    Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, FONT))));
  const isNarrow = width < NARROW;
  const row = rowHeight(width);
  const nameWidth = isNarrow ? width : Math.min(Math.round(width * 0.4), widest(bars.map(({ name }) => name)) + 4);
  const left = isNarrow ? 0 : nameWidth + GAP;
  const track = width - left - widest(bars.map(({ note }) => note)) - GAP;
  const rows = bars.map(({ name, percent, note }, index) => {
    const top = index * row;
    const middle = top + (isNarrow ? row - BAR : row / 2);
    const base = middle + FONT * 0.36;
    const [shown = name] = wrapText(name, { width: nameWidth, lines: 1, size: FONT });
    const at = { y: middle - BAR / 2, height: BAR };
    return [
      line(shown, { x: 0, y: isNarrow ? top + FONT : base, size: FONT, fill: look.ink }),
      box({ ...at, x: left, width: track }, look.rule, 3),
      percent === null ? "" : box({ ...at, x: left, width: Math.max(3, (track * percent) / 100) }, look.inTime, 3),
      line(note, { x: width, y: base, size: FONT, fill: look.ink, anchor: "end" }),
    ].join("");
  });
  return picture({ width, height: barsHeight(bars.length, width) }, rows.join(""));
};
