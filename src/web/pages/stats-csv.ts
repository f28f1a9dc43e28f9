import { Hono } from "hono";
import { monthInWords } from "../../notices/statistics-words.ts";
import { figuresByMonth, figuresOf, STAGES, type Counted, type Figures } from "../../report/statistics.ts";
import { lineOf, type CsvMarks } from "../csv-text.ts";
import type { WebDeps } from "../deps.ts";
import { badText } from "../feeds/feed-query.ts";
import { frameOf, type Frame } from "./frame.ts";
import { readStatsQuery, toFilter, type StatsQuery } from "./stats-query.ts";
import { rowsOf } from "./stats-rows.ts";
import { sortRows } from "./stats-sort.ts";

/** Names of the columns are the same in every language, for whoever reads them by a program. */
const COLUMNS = [
  ...["scope", "id", "name", "filed", ...STAGES, "taken", "open", "overdue"],
  ...["in_time", "in_time_of", "in_time_postponed", "confirmed_of", "reopened", "median_days", "median_of"],
] as const;

/**
 * `/stats.csv`: the figures of the page as a table. UTF-8 with a mark at the beginning, without which Excel reads Russian as garbage; cells
 * and decimals are parted as Excel expects it in the language: `;` and `,` in Russian, `,` and `.` in English.
 */
export const statsCsv = (deps: WebDeps): Hono =>
  new Hono().get("/stats.csv", async (c) => {
    const read = readStatsQuery(c, deps, {});
    if (!read.ok) return badText(c, read.names);
    const frame = frameOf(c, deps);
    const counted = await deps.statistics();
    return c.body(`\uFEFF${toCsv(frame, counted, read.values)}`, 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="otklik-stats.csv"',
      "cache-control": "public, max-age=60",
      vary: "Accept-Language",
    });
  });

const toCsv = (frame: Frame, counted: Counted, query: StatsQuery): string => {
  const filter = toFilter(query);
  const marks = marksOf(frame);
  const line = (scope: "all" | "month" | "agency" | "district", id: string, name: string, figures: Figures) =>
    lineOf([frame.t(`stats:csv.scope.${scope}`), id, name, ...cellsOf(figures)], marks);
  const lines = [
    lineOf(COLUMNS, marks),
    line("all", "", frame.t("stats:scope.all"), figuresOf(counted, filter)),
    ...figuresByMonth(counted, filter).map(({ month, figures }) =>
      line("month", month, monthInWords(frame, month), figures),
    ),
    ...(["agency", "district"] as const).flatMap((kind) =>
      sortRows(rowsOf(frame, counted, filter, kind), "name", frame.locale).map(({ id, name, figures }) =>
        line(kind, id, name, figures),
      ),
    ),
  ];
  return lines.join("");
};

const cellsOf = ({
  filed,
  byStage,
  taken,
  open,
  overdue,
  inTime,
  inTimePostponed,
  confirmed,
  reopened,
  days,
}: Figures) => [
  ...[filed, ...STAGES.map((stage) => byStage[stage]), taken, open, overdue],
  ...[inTime.part, inTime.of, inTimePostponed, confirmed.of, reopened, days.median, days.of],
];

/** As Excel writes a table in the language. */
const marksOf = ({ locale }: Frame): CsvMarks =>
  locale === "ru" ? { separator: ";", decimal: "," } : { separator: ",", decimal: "." };
