import { html } from "hono/html";
import { barsHeight } from "../../pictures/bars.ts";
import { PLOT_THEMES } from "../../pictures/plot-look.ts";
import type { Frame, Html, Query } from "./frame.ts";
import { MOST_BARS, PLOT_SIZES, type PlotKind } from "./stats-plots.ts";

/**
 * A plot for either theme, of which the style sheet shows the one in force; the other is never fetched. `count` is how many bars it has.
 * Words and the plot's letters are as large on a phone as on a desk.
 */
export const plotImage = (
  frame: Frame,
  { kind, alt, query, count = 0 }: { kind: PlotKind; alt: string; query: Query; count?: number },
): Html => {
  const { wide, phone } = PLOT_SIZES;
  const isBars = kind === "agencies" || kind === "districts";
  const heightOf = ({ width, height }: { width: number; height: number }): number =>
    isBars ? barsHeight(Math.min(MOST_BARS, count), width) : height;
  const address = (theme: string, size?: "phone"): string =>
    frame.href("/stats/plot.svg", { ...query, kind, theme: theme === "light" ? null : theme, size });
  return html`${PLOT_THEMES.map(
    (theme) =>
      html`<picture class="plot for-${theme}">
        <source
          media="(max-width: 639px)"
          srcset="${address(theme, "phone")}"
          width="${phone.width}"
          height="${heightOf(phone)}"
        />
        <img src="${address(theme)}" alt="${alt}" width="${wide.width}" height="${heightOf(wide)}" loading="lazy" />
      </picture>`,
  )}`;
};
