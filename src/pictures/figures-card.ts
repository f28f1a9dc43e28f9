/** Pictures for a chat: the most important figures as tiles, and a plot below them. */
import { PLOT_LOOKS } from "./plot-look.ts";
import { box, inside, line, picture } from "./shapes.ts";
import { textWidth, wrapText } from "./text-width.ts";

/** `note` is what the figure is a share of, or says more; `tone` colours the figure. */
export type Tile = { figure: string; label: string; note: string; tone: "plain" | "good" | "bad" };

/** Everything on it, in words. */
export type FiguresCard = {
  title: string;
  subtitle: string;
  /** Three in a row. */
  tiles: readonly Tile[];
  /** A plot of `PLOT_BOX`, already drawn; null for none. */
  plot: string | null;
  /** Whose figures they are and when they were counted. */
  foot: string;
};

const WIDTH = 1200;
const MARGIN = 48;
const GAP = 20;
const COLUMNS = 3;
const TILE = { width: (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS, height: 204 };
const HEAD = 176;
const FOOT = 72;

/** The place a plot has on the card. */
export const PLOT_BOX = { width: WIDTH - 2 * MARGIN, height: 460 } as const;

const LOOK = PLOT_LOOKS.light;
const TONES = { plain: LOOK.ink, good: "#166534", bad: "#b91c1c" } as const satisfies Record<Tile["tone"], string>;

/** The card as an SVG, as tall as what is on it. */
export const drawFiguresCard = ({ title, subtitle, tiles, plot, foot }: FiguresCard): string => {
  const rows = Math.ceil(tiles.length / COLUMNS);
  const plotAt = HEAD + rows * (TILE.height + GAP) + 12;
  const height = plotAt + (plot === null ? 0 : PLOT_BOX.height + GAP) + FOOT;
  const width = WIDTH - 2 * MARGIN;
  const [head = ""] = wrapText(title, { width, lines: 1, size: 44, weight: "bold" });
  const [below = ""] = wrapText(subtitle, { width, lines: 1, size: 28 });
  const [last = ""] = wrapText(foot, { width, lines: 1, size: 22 });
  return picture(
    { width: WIDTH, height },
    [
      box({ x: 0, y: 0, width: WIDTH, height }, LOOK.background),
      box({ x: 0, y: 0, width: WIDTH, height: 12 }, LOOK.inTime),
      line(head, { x: MARGIN, y: 88, size: 44, weight: "bold", fill: LOOK.ink }),
      line(below, { x: MARGIN, y: 132, size: 28, fill: LOOK.quiet }),
      ...tiles.map((tile, index) => drawTile(tile, index)),
      ...(plot === null ? [] : [inside(plot, { x: MARGIN, y: plotAt })]),
      line(last, { x: MARGIN, y: height - 32, size: 22, fill: LOOK.quiet }),
    ].join(""),
  );
};

const drawTile = ({ figure, label, note, tone }: Tile, index: number): string => {
  const x = MARGIN + (index % COLUMNS) * (TILE.width + GAP);
  const y = HEAD + Math.floor(index / COLUMNS) * (TILE.height + GAP);
  const width = TILE.width - 48;
  const size = [56, 44, 34].find((candidate) => textWidth(figure, candidate, "bold") <= width) ?? 28;
  const labels = wrapText(label, { width, lines: 1, size: 24, weight: "bold" });
  const notes = wrapText(note, { width, lines: 2, size: 22 });
  return [
    box({ x, y, ...TILE }, "#f3f4f6", 16),
    line(figure, { x: x + 24, y: y + 72, size, weight: "bold", fill: TONES[tone] }),
    ...labels.map((words) => line(words, { x: x + 24, y: y + 114, size: 24, weight: "bold", fill: LOOK.ink })),
    ...notes.map((words, row) => line(words, { x: x + 24, y: y + 148 + row * 29, size: 22, fill: LOOK.quiet })),
  ].join("");
};
