/** The tables of the statistics: each says in numbers what the plot beside it shows. */
import { html } from "hono/html";
import {
  medianInWords,
  monthInWords,
  numberInWords,
  ofInWords,
  percentInWords,
} from "../../notices/statistics-words.ts";
import { STAGES, type Figures, type Month, type Share } from "../../report/statistics.ts";
import type { Frame, Html } from "./frame.ts";
import { toAddress, type StatsQuery } from "./stats-query.ts";
import type { RowKind } from "./stats-rows.ts";
import { nextSort, partsOfSort, SORT_COLUMNS, type Row, type SortColumn } from "./stats-sort.ts";

type MonthFigures = readonly { month: Month; figures: Figures }[];

/** Wider than a phone, a table is moved sideways in a frame that the keyboard reaches. */
const inFrame = (caption: string, table: Html, look = ""): Html =>
  html`<div class="table-frame${look}" role="region" aria-label="${caption}" tabindex="0">${table}</div>`;

const numberCell = (frame: Frame, value: number): Html => html`<td class="num">${numberInWords(frame, value)}</td>`;

/** A share never without its denominator. */
const shareCell = (frame: Frame, share: Share): Html =>
  html`<td class="num">
    ${percentInWords(frame, share)}${share.of === 0 ? "" : html` <small>${ofInWords(frame, share)}</small>`}
  </td>`;

const medianCell = (frame: Frame, { days }: Figures): Html =>
  html`<td class="num">
    ${medianInWords(frame, days)}${days.of === 0 ? "" : html` <small>${frame.t("stats:share.answers", { count: days.of, answers: numberInWords(frame, days.of) })}</small>`}
  </td>`;

/** Where the reports of each month stand. */
export const monthsTable = (frame: Frame, months: MonthFigures): Html => {
  const { t } = frame;
  return tableByMonth(frame, months, {
    caption: t("stats:months.table"),
    heads: [t("stats:months.total"), ...STAGES.map((stage) => t(`stats:stage.${stage}`))],
    cellsOf: ({ filed, byStage }) =>
      [filed, ...STAGES.map((stage) => byStage[stage])].map((value) => numberCell(frame, value)),
  });
};

/** How each month did, in shares. */
export const sharesTable = (frame: Frame, months: MonthFigures): Html => {
  const { t } = frame;
  return tableByMonth(frame, months, {
    caption: t("stats:shares.table"),
    heads: (["in_time", "median", "confirmed"] as const).map((column) => t(`stats:column.${column}`)),
    cellsOf: (figures) => [
      shareCell(frame, figures.inTime),
      medianCell(frame, figures),
      shareCell(frame, figures.confirmed),
    ],
    look: " is-roomy",
  });
};

type ByMonth = {
  caption: string;
  heads: readonly string[];
  /** As many as there are heads. */
  cellsOf: (figures: Figures) => readonly Html[];
  look?: string;
};

const tableByMonth = (frame: Frame, months: MonthFigures, { caption, heads, cellsOf, look }: ByMonth): Html =>
  inFrame(
    caption,
    html`<table>
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${frame.t("stats:months.month")}</th>
          ${heads.map((head) => html`<th scope="col" class="num">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${months.map(
          ({ month, figures }) =>
            html`<tr>
              <th scope="row">${monthInWords(frame, month)}</th>
              ${cellsOf(figures)}
            </tr>`,
        )}
      </tbody>
    </table>`,
    look,
  );

/** Agencies or districts with a link in every head that sorts by it. */
export const rowsTable = (frame: Frame, query: StatsQuery, kind: RowKind, rows: readonly Row[]): Html => {
  const { t, href } = frame;
  const title = t(kind === "agency" ? "stats:agencies.table" : "stats:districts.table");
  const known = new Set((kind === "agency" ? frame.city.agencies : frame.city.districts).map(({ id }) => id));
  const pathOf = (id: string): string => `/${kind === "agency" ? "a" : "d"}/${id}`;
  return inFrame(
    title,
    html`<table>
      <caption class="visually-hidden">
        ${title}. ${t("stats:sort.hint")}
      </caption>
      <thead>
        <tr>
          ${SORT_COLUMNS.map((column) => head(frame, query, kind, column))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ id, name, figures }) =>
            html`<tr>
              <th scope="row">${known.has(id) ? html`<a href="${href(pathOf(id))}">${name}</a>` : name}</th>
              ${numberCell(frame, figures.taken)}${numberCell(frame, figures.open)}
              <td class="num">
                ${figures.overdue > 0 ? html`<span class="late">${numberInWords(frame, figures.overdue)}</span>` : "0"}
              </td>
              ${shareCell(frame, figures.inTime)}${medianCell(frame, figures)}${shareCell(frame, figures.confirmed)}
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
};

const head = (frame: Frame, query: StatsQuery, kind: RowKind, column: SortColumn): Html => {
  const { column: chosen, isDescending } = partsOfSort(query.sort);
  const isChosen = chosen === column;
  const label =
    column === "name"
      ? frame.t(kind === "agency" ? "stats:agencies.name" : "stats:districts.name")
      : frame.t(`stats:column.${column}`);
  const address = frame.href("/stats", toAddress({ ...query, sort: nextSort(query.sort, column) }));
  return html`<th
    scope="col"
    class="${column === "name" ? "" : "num"}"
    ${isChosen ? html` aria-sort="${isDescending ? "descending" : "ascending"}"` : ""}
  >
    <a href="${address}#by-${kind}" title="${frame.t("stats:sort.by", { column: label })}"
      >${label}${isChosen ? html`&nbsp;<span aria-hidden="true">${isDescending ? "↓" : "↑"}</span>` : ""}</a
    >
  </th>`;
};
