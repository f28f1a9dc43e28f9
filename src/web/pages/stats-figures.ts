import { html } from "hono/html";
import { medianInWords, numberInWords, ofInWords, percentInWords } from "../../notices/statistics-words.ts";
import { FEWEST_FOR_PERCENT, type Figures, type Share } from "../../report/statistics.ts";
import type { Frame, Html } from "./frame.ts";

type Figure = { key: FigureKey; value: string; note: string; isBad?: boolean };
/** A figure by its name. */
export type FigureKey = "filed" | "open" | "overdue" | "in_time" | "median" | "confirmed" | "reopened";

/** The figures asked for as large numbers, each with its denominator and what it means in a sentence. */
export const figuresList = (frame: Frame, figures: Figures, keys: readonly FigureKey[]): Html =>
  html`<dl class="figures">
    ${keys
      .map((key) => toFigure(frame, figures, key))
      .map(
        ({ key, value, note, isBad = false }) =>
          html`<div>
            <dt>${frame.t(`stats:figure.${key}`)}</dt>
            <dd>
              <b${isBad ? html` class="late"` : ""}>${value}</b>
              <p>${note}</p>
            </dd>
          </div>`,
      )}
  </dl>`;

const toFigure = (frame: Frame, figures: Figures, key: FigureKey): Figure => {
  const { t } = frame;
  const inNumbers = (value: number): string => numberInWords(frame, value);
  const inParts = ({ part, of }: Share) => ({ part: inNumbers(part), of: inNumbers(of) });
  /** With too few cases for a percentage the numbers themselves are the figure. */
  const shareOf = (share: Share): string =>
    share.of > 0 && share.of < FEWEST_FOR_PERCENT ? ofInWords(frame, share) : percentInWords(frame, share);
  switch (key) {
    case "filed": {
      const { taken, byStage } = figures;
      const params = {
        taken: inNumbers(taken),
        moderation: inNumbers(byStage.moderation),
        declined: inNumbers(byStage.declined),
      };
      const isAllTaken = taken === figures.filed;
      const note = isAllTaken ? t("stats:figure.about.all_taken") : t("stats:figure.about.filed", params);
      return { key, value: inNumbers(figures.filed), note };
    }
    case "open": {
      const params = { work: inNumbers(figures.byStage.work), check: inNumbers(figures.byStage.check) };
      return { key, value: inNumbers(figures.open), note: t("stats:figure.about.open", params) };
    }
    case "overdue":
      return {
        key,
        value: inNumbers(figures.overdue),
        note: t("stats:figure.about.overdue"),
        isBad: figures.overdue > 0,
      };
    case "in_time": {
      const postponed = figures.inTimePostponed;
      const more = postponed > 0 ? ` ${t("stats:figure.about.postponed", { count: inNumbers(postponed) })}` : "";
      return {
        key,
        value: shareOf(figures.inTime),
        note: t("stats:figure.about.in_time", inParts(figures.inTime)) + more,
      };
    }
    case "median":
      return {
        key,
        value: medianInWords(frame, figures.days),
        note: t("stats:figure.about.median", { of: inNumbers(figures.days.of) }),
      };
    case "confirmed":
      return {
        key,
        value: shareOf(figures.confirmed),
        note: t("stats:figure.about.confirmed", inParts(figures.confirmed)),
      };
    case "reopened":
      return { key, value: inNumbers(figures.reopened), note: t("stats:figure.about.reopened") };
  }
};
