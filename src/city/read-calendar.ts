import { Temporal } from "temporal-polyfill";
import { toPath, type Fault } from "./fault.ts";
import type { Calendar, CalendarYear, CityFiles } from "./schema.ts";

const file = "calendar.yaml";

/** Null for a day the year does not have, such as 02-29 or 06-31. */
const toDate = (year: number, monthDay: string): Temporal.PlainDate | null => {
  try {
    return Temporal.PlainDate.from(`${year}-${monthDay}`);
  } catch {
    return null;
  }
};

/** `MM-DD` or `MM-DD..MM-DD` as the ISO dates of that year, null if there are no such days. */
const toDates = (year: number, days: string): string[] | null => {
  const [from = "", to = from] = days.split("..");
  const [first, last] = [toDate(year, from), toDate(year, to)];
  if (!first || !last || Temporal.PlainDate.compare(first, last) > 0) return null;
  return Array.from({ length: first.until(last).days + 1 }, (_, i) => first.add({ days: i }).toString());
};

/** Writes out the ranges and finds days that do not exist or contradict each other. */
export const readCalendar = (files: Pick<CityFiles, "calendar.yaml">): { calendar: Calendar; faults: Fault[] } => {
  const faults: Fault[] = [];
  const weekend = new Set(files[file].weekend);
  const years = new Map<number, CalendarYear>();

  for (const [key, written] of Object.entries(files[file].years)) {
    const year = Number(key);
    const read = (section: "daysOff" | "workingDays", refuse: (date: string) => string | null): Set<string> => {
      const dates = new Set<string>();
      written[section].forEach((days, i) => {
        const fault = (message: string) => faults.push({ file, path: toPath(["years", key, section, i]), message });
        const found = toDates(year, days);
        if (!found) fault(`${year} has no days ${days}`);
        for (const date of found ?? []) {
          const refusal = dates.has(date) ? `${date} stands here twice` : refuse(date);
          if (refusal) fault(refusal);
          dates.add(date);
        }
      });
      return dates;
    };
    const daysOff = read("daysOff", () => null);
    const workingDays = read("workingDays", (date) => {
      if (daysOff.has(date)) return `${date} is a day off and a working day at once`;
      return weekend.has(Temporal.PlainDate.from(date).dayOfWeek)
        ? null
        : `${date} is no weekend, so it is worked anyway`;
    });
    years.set(year, { year, preliminary: written.preliminary, daysOff, workingDays });
  }

  const known = [...years.keys()].toSorted((a, b) => a - b);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) faults.push({ file, path: "years", message: "no year at all" });
  else
    for (let year = first; year < last; year++)
      if (!years.has(year))
        faults.push({ file, path: "years", message: `${year} is missing between ${first} and ${last}` });
  return { calendar: { weekend, years }, faults };
};
