/** What somebody wants statistics of, as they typed it behind `/stats`. */
import { cityDate } from "../city/city-time.ts";
import { findNamed } from "../city/find-named.ts";
import { readMonths } from "../city/read-months.ts";
import type { City, Text } from "../city/schema.ts";
import { monthsOf, type Months } from "../report/statistics-period.ts";

/** Of which months, and of whom; of the whole city where nobody is named. */
export type StatsAsked = { months: Months; agencyId?: string; districtId?: string };

/** `several`: the names of everything the words may mean. */
export type ReadStats =
  | { ok: true; asked: StatsAsked }
  | { ok: false; why: "unknown" }
  | { ok: false; why: "several"; names: readonly Text[] };

type Scope = { id: string; kind: "agency" | "district"; names: readonly Text[] };

/** Reads a period, an agency or a district, or one of them with a period before or after it; without a period the last twelve months. */
export const readStatsWords = (
  city: City,
  typed: string,
  { locales, now }: { locales: readonly string[]; now: Date },
): ReadStats => {
  const year = monthsOf(city, "year", now);
  const words = typed.split(/\s+/).filter(Boolean);
  if (words.length === 0) return { ok: true, asked: { months: year } };
  const calendar = { locales, today: cityDate(city, now) };
  let refused: ReadStats = { ok: false, why: "unknown" };
  for (const [period, name] of splitsOf(words)) {
    const months = period === "" ? year : readMonths(period, calendar);
    if (months === null) continue;
    const scope = name === "" ? null : scopeOf(city, name);
    if (scope === null || scope.ok) return { ok: true, asked: { months, ...(scope?.ok && scope.asked) } };
    if (scope.why === "several") refused = scope;
  }
  return refused;
};

/** Every way to part the words into a period and a name: all of them first one, then the other, then the longest period before or behind. */
const splitsOf = (words: readonly string[]): [period: string, name: string][] => {
  const all = words.join(" ");
  const parted = words
    .slice(1)
    .map((_, index) => words.length - 1 - index)
    .flatMap((count): [string, string][] => [
      [words.slice(0, count).join(" "), words.slice(count).join(" ")],
      [words.slice(-count).join(" "), words.slice(0, -count).join(" ")],
    ]);
  return [[all, ""], ["", all], ...parted];
};

type FoundScope = { ok: true; asked: Omit<StatsAsked, "months"> } | Exclude<ReadStats, { ok: true }>;

const scopeOf = (city: City, name: string): FoundScope => {
  const scopes: Scope[] = [
    ...city.districts.map(({ id, name: named }) => ({ id, kind: "district" as const, names: [named] })),
    ...city.agencies.map((agency) => ({
      id: agency.id,
      kind: "agency" as const,
      names: [agency.name, agency.shortName],
    })),
  ];
  const [found, ...others] = findNamed(scopes, name);
  if (found === undefined) return { ok: false, why: "unknown" };
  if (others.length > 0)
    return { ok: false, why: "several", names: [found, ...others].flatMap(({ names }) => names.slice(0, 1)) };
  return { ok: true, asked: found.kind === "agency" ? { agencyId: found.id } : { districtId: found.id } };
};
