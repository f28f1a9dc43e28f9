/**
 * `npm run city`: `check DIR` tells what the program would say about a city folder at its start, without starting it;
 * `addresses FILE LOCALES` writes an addresses.yaml out of OpenStreetMap.
 */
import { readFile } from "node:fs/promises";
import { cityWarnings, type CityWarning } from "./city-warnings.ts";
import type { Fault } from "./fault.ts";
import { toAddresses } from "./from-overpass.ts";
import { loadCity } from "./load-city.ts";
import type { City } from "./schema.ts";

const USAGE = `Usage: npm run city -- check DIR
       npm run city -- addresses FILE LOCALES

check reads the city folder DIR, e.g. cities/kuntsevo, and tells every fault with its file and path.
Exit code 0: the city can start (warnings are told). 1: it has faults. 2: wrong usage.
addresses prints an addresses.yaml made of FILE, an Overpass answer in JSON, with names in LOCALES, e.g. ru,en.
docs/city.md describes the folder and has the Overpass query.`;

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

const checkFolder = async (dir: string, now: Date, print: (line: string) => void): Promise<number> => {
  const loaded = await loadCity(dir);
  for (const line of loaded.ok ? cityLines(loaded.city, now) : faultLines(loaded.faults)) print(line);
  return loaded.ok ? 0 : 1;
};

const printAddresses = async (file: string, locales: string[], print: (line: string) => void): Promise<number> => {
  try {
    const answer: unknown = JSON.parse(await readFile(file, "utf8"));
    const streets = toAddresses(answer, locales).streets.map((street) => JSON.stringify(street));
    // JSON is YAML too, and the loader reads it many times faster: a large city has tens of thousands of houses.
    print(`{ "streets": [\n${streets.join(",\n")}\n] }`);
    return 0;
  } catch (error) {
    print(`${file} is no Overpass answer in JSON: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
};

/** Runs the command; lines for people go to `print`, the answer is the exit code. */
export const runCityCommand = async (args: string[], now: Date, print: (line: string) => void): Promise<number> => {
  const [verb, path, ...more] = args;
  if (verb === "check" && path && more.length === 0) return checkFolder(path, now, print);
  if (verb === "addresses" && path && more.length === 1) return printAddresses(path, more[0]?.split(",") ?? [], print);
  print(USAGE);
  return 2;
};

if (import.meta.main) process.exitCode = await runCityCommand(process.argv.slice(2), new Date(), console.log);
