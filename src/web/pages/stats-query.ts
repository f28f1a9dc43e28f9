/** What the statistics are asked for, as it stands in an address. */
import type { Context } from "hono";
import { z } from "zod";
import { monthOf, monthsOf, PERIOD_NAMES, type Months, type PeriodName } from "../../report/statistics-period.ts";
import type { StatisticsFilter } from "../../report/statistics.ts";
import type { WebDeps } from "../deps.ts";
import type { Query } from "./frame.ts";
import { idOf, readQuery, type ReadQuery } from "./read-query.ts";
import { SORTS, type Sort } from "./stats-sort.ts";

/** `period` is null where months were named instead. */
export type StatsQuery = {
  period: PeriodName | null;
  months: Months;
  agencyId: string | undefined;
  districtId: string | undefined;
  sort: Sort;
};

/** What is shown unless something else is asked for. */
export const DEFAULT_PERIOD: PeriodName = "year";
const DEFAULT_SORT: Sort = "-taken";

/** No report is older, and a database does not know every year that can be typed. */
const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

/** Reads the address of a page of the statistics, with more parameters where a page has its own. */
export const readStatsQuery = <More extends z.ZodRawShape>(
  c: Context,
  deps: Pick<WebDeps, "i18n" | "city" | "now">,
  more: More,
): ReadQuery<StatsQuery & { more: z.output<z.ZodObject<More>> }> => {
  const { city } = deps;
  const shape = {
    period: z.enum(PERIOD_NAMES).optional(),
    from: Month.optional(),
    to: Month.optional(),
    agency: idOf(city.agencies).optional(),
    district: idOf(city.districts).optional(),
    sort: z.enum(SORTS).default(DEFAULT_SORT),
  };
  const own = readQuery(c, deps, shape);
  const others = readQuery(c, deps, more);
  if (!own.ok || !others.ok) {
    return { ok: false, names: [...new Set([own, others].flatMap((read) => (read.ok ? [] : read.names)))] };
  }
  const { period, from, to, agency: agencyId, district: districtId, sort } = own.values;
  const now = deps.now();
  const isNamed = from === undefined && to === undefined;
  const name = period ?? DEFAULT_PERIOD;
  const months = isNamed ? monthsOf(city, name, now) : { from, to: to ?? monthOf(city, now) };
  if (months.from !== undefined && months.from > months.to) return { ok: false, names: ["from", "to"] };
  return {
    ok: true,
    values: { period: isNamed ? name : null, months, agencyId, districtId, sort, more: others.values },
  };
};

/** The same back in an address; what is shown anyway is left out. */
export const toAddress = ({ period, months, agencyId, districtId, sort }: StatsQuery): Query => ({
  ...(period === null ? { from: months.from, to: months.to } : { period: period === DEFAULT_PERIOD ? null : period }),
  agency: agencyId,
  district: districtId,
  sort: sort === DEFAULT_SORT ? null : sort,
});

/** Which reports it asks for. */
export const toFilter = ({ months, agencyId, districtId }: StatsQuery): StatisticsFilter => ({
  ...months,
  agencyId,
  districtId,
});
