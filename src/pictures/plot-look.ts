/** How plots look: their colours on a light and on a dark page, each at least 3 to 1 against what it lies on. */
import type { Stage } from "../report/statistics.ts";

export const PLOT_THEMES = ["light", "dark"] as const;
export type PlotTheme = (typeof PLOT_THEMES)[number];

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
    ink: "#111827",
    quiet: "#4b5563",
    rule: "#d1d5db",
    stages: {
      confirmed: "#15803d",
      answer_upheld: "#0e7490",
      not_fixable: "#7c3aed",
      unverified: "#3b82f6",
      check: "#b7791f",
      work: "#c2410c",
      moderation: "#831843",
      declined: "#858d9a",
    },
    inTime: "#1d4ed8",
    confirmed: "#15803d",
  },
  dark: {
    background: "#111827",
    ink: "#f3f4f6",
    quiet: "#b6bdc8",
    rule: "#374151",
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
    inTime: "#60a5fa",
    confirmed: "#34d399",
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
