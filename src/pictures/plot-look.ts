/** How plots look: their colours on a light and on a dark page, each at least 3 to 1 against what it lies on. */
import type { Stage } from "../report/statistics.ts";

/** A plot is drawn for a light page or for a dark one. */
export const PLOT_THEMES = ["light", "dark"] as const;
export type PlotTheme = (typeof PLOT_THEMES)[number];

/** The colours of one theme. */
export type PlotLook = {
  background: string;
  ink: string;
  quiet: string;
  rule: string;
  stages: Readonly<Record<Stage, string>>;
  /** Of the two lines and of the bars. */
  inTime: string;
  confirmed: string;
};

/** Greens are good news and stand at the bottom; what is still open is warm, what ended otherwise is cool, what nobody works on is grey. */
export const PLOT_LOOKS: Readonly<Record<PlotTheme, PlotLook>> = {
  light: {
    background: "#ffffff",
    ink: "#18211d",
    quiet: "#4d5a53",
    rule: "#d9ddd6",
    stages: {
      confirmed: "#136a3c",
      answer_upheld: "#0e7490",
      not_fixable: "#7c3aed",
      unverified: "#3b82f6",
      check: "#b7791f",
      work: "#c2410c",
      moderation: "#831843",
      declined: "#858d9a",
    },
    inTime: "#1b5aa8",
    confirmed: "#136a3c",
  },
  dark: {
    background: "#19201d",
    ink: "#e9efec",
    quiet: "#a9b7b0",
    rule: "#303b36",
    stages: {
      confirmed: "#34d399",
      answer_upheld: "#22d3ee",
      not_fixable: "#a78bfa",
      unverified: "#3b82f6",
      check: "#fcd34d",
      work: "#fb923c",
      moderation: "#f472b6",
      declined: "#7b8494",
    },
    inTime: "#8fbcf5",
    confirmed: "#7fd6a1",
  },
};

/** From the axis up, so that what ended well has a straight foot. */
export const STACK_ORDER = [
  "confirmed",
  "answer_upheld",
  "not_fixable",
  "unverified",
  "check",
  "work",
  "moderation",
  "declined",
] as const satisfies readonly Stage[];
