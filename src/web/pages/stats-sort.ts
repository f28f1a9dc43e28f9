/** The order of the tables of agencies and districts, chosen by a link in their heads. */
import { FEWEST_FOR_PERCENT, type Figures, type Share } from "../../report/statistics.ts";

/** What they can be sorted by, in the order of the columns. */
export const SORT_COLUMNS = ["name", "taken", "open", "overdue", "in_time", "median", "confirmed"] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** A column from small to large; with `-` before it from large to small. */
export type Sort = SortColumn | `-${SortColumn}`;
export const SORTS: readonly Sort[] = SORT_COLUMNS.flatMap((column) => [column, `-${column}`] as const);

/** An agency or a district with its figures. */
export type Row = { id: string; name: string; figures: Figures };

/** The column and the direction of a sort. */
export const partsOfSort = (sort: Sort): { column: SortColumn; isDescending: boolean } => ({
  column: sort.replace("-", "") as SortColumn,
  isDescending: sort.startsWith("-"),
});

/** What a press on a column's name asks for: the other direction of the one that is chosen, else names upwards and numbers downwards. */
export const nextSort = (current: Sort, column: SortColumn): Sort => {
  const { column: chosen, isDescending } = partsOfSort(current);
  if (chosen !== column) return column === "name" ? "name" : `-${column}`;
  return isDescending ? column : `-${column}`;
};

/** The rows in order. Where too few cases say nothing, a row comes last in either direction. */
export const sortRows = (rows: readonly Row[], sort: Sort, locale: string): Row[] => {
  const { column, isDescending } = partsOfSort(sort);
  const byName = (a: Row, b: Row): number => a.name.localeCompare(b.name, locale);
  const sign = isDescending ? -1 : 1;
  if (column === "name") return rows.toSorted((a, b) => sign * byName(a, b));
  return rows.toSorted((a, b) => {
    const [first, second] = [valueOf(a.figures, column), valueOf(b.figures, column)];
    if (first === null || second === null) return Number(first === null) - Number(second === null) || byName(a, b);
    return sign * (first - second) || byName(a, b);
  });
};

const valueOf = (figures: Figures, column: Exclude<SortColumn, "name">): number | null => {
  switch (column) {
    case "taken":
    case "open":
    case "overdue":
      return figures[column];
    case "in_time":
      return ratio(figures.inTime);
    case "confirmed":
      return ratio(figures.confirmed);
    case "median":
      return figures.days.of < FEWEST_FOR_PERCENT ? null : figures.days.median;
  }
};

const ratio = ({ part, of }: Share): number | null => (of < FEWEST_FOR_PERCENT ? null : part / of);
