import { agencyName, districtName } from "../../notices/report-words.ts";
import type { Reading } from "../../notices/dates.ts";
import { figuresBy, type Counted, type StatisticsFilter } from "../../report/statistics.ts";
import type { Row } from "./stats-sort.ts";

/** What reports are told apart by in a table. */
export type RowKind = "agency" | "district";

/** Agencies or districts by name with their figures; those with nothing in the period are left out. */
export const rowsOf = (
  reading: Pick<Reading, "i18n" | "locale" | "city">,
  counted: Counted,
  filter: StatisticsFilter,
  kind: RowKind,
): Row[] => {
  const keyOf = {
    agency: ({ agencyId }: { agencyId: string | null }) => agencyId,
    district: ({ districtId }: { districtId: string }) => districtId,
  };
  const nameOf = kind === "agency" ? agencyName : districtName;
  return [...figuresBy(counted, filter, (cell) => keyOf[kind](cell))].map(([id, figures]) => ({
    ...{ id, figures },
    name: nameOf(reading, id),
  }));
};
