/** `npm run city -- check DIR`: what the program would say about a city folder at its start, without starting it. */
import { cityWarnings, type CityWarning } from "./city-warnings.ts";
import type { Fault } from "./fault.ts";
import { loadCity } from "./load-city.ts";
import type { City } from "./schema.ts";

const USAGE = `Usage: npm run city -- check DIR

Reads the city folder DIR, e.g. cities/kuntsevo, and tells every fault with its file and path.
Exit code 0: the city can start (warnings are told). 1: it has faults. 2: wrong usage.
docs/city.md describes the folder.`;

const faultLines = (faults: readonly Fault[]): string[] => [
  `${faults.length} ${faults.length === 1 ? "fault" : "faults"}:`,
  ...faults.map(({ file, path, message }) => `  ${file}${path && `  ${path}`}: ${message}`),
];

const warningLine = (warning: CityWarning): string => {
  switch (warning.kind) {
    case "calendar_ends":
      return `calendar.yaml: the calendar ends on ${warning.lastDay}, in ${warning.daysLeft} days; add the next year`;
    case "calendar_preliminary":
      return `calendar.yaml  years.${warning.year}: preliminary; replace it when the official calendar is published`;
  }
};

const cityLines = (city: City, now: Date): string[] => [
  `${city.id}: ${city.districts.length} districts, ${city.agencies.length} agencies, ${city.categories.length} categories, ${city.topics.size} topics, ${city.streets.length} streets`,
  ...cityWarnings(city, now).map((warning) => `  warning: ${warningLine(warning)}`),
  "No faults.",
];

/** Runs the command; lines for people go to `print`, the answer is the exit code. */
export const runCityCommand = async (args: string[], now: Date, print: (line: string) => void): Promise<number> => {
  const [verb, dir, ...more] = args;
  if (verb !== "check" || !dir || more.length > 0) {
    print(USAGE);
    return 2;
  }
  const loaded = await loadCity(dir);
  const lines = loaded.ok ? cityLines(loaded.city, now) : faultLines(loaded.faults);
  for (const line of lines) print(line);
  return loaded.ok ? 0 : 1;
};

if (import.meta.main) process.exitCode = await runCityCommand(process.argv.slice(2), new Date(), console.log);
