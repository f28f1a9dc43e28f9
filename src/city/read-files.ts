import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { toPath, type Fault } from "./fault.ts";
import { citySchemas, LocalesPart, type CityFiles } from "./schema.ts";

/** A city folder read and parsed, each file by itself; `consent` is the full text per locale. */
export type ReadCity = { files: CityFiles; consent: Record<string, string> };

type Result<T> = { value: T } | { faults: Fault[] };

const readText = async (dir: string, file: string): Promise<Result<string>> => {
  try {
    return { value: await readFile(join(dir, file), "utf8") };
  } catch (error) {
    // Only the code: the message of the system names paths of this machine.
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return {
      faults: [{ file, path: "", message: code === "ENOENT" ? "the file is missing" : `cannot be read: ${code}` }],
    };
  }
};

const parseJson = (file: string, text: string): Result<unknown> => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return {
      faults: [{ file, path: "", message: `not JSON: ${error instanceof Error ? error.message : String(error)}` }],
    };
  }
};

const parseYaml = (file: string, text: string): Result<unknown> => {
  // Files that a program wrote are JSON, which is YAML but read many times faster; if it is not, YAML tells the line.
  if (text.startsWith("{")) {
    const json = parseJson(file, text);
    if ("value" in json) return json;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length === 0) return { value: document.toJS() };
  return {
    faults: document.errors.map((error) => ({
      file,
      path: `line ${lines.linePos(error.pos[0]).line}`,
      message: error.message,
    })),
  };
};

const validate = <T>(file: string, schema: z.ZodType<T>, data: unknown): Result<T> => {
  const parsed = schema.safeParse(data, { error: (issue) => (issue.input === undefined ? "missing" : undefined) });
  if (parsed.success) return { value: parsed.data };
  return {
    faults: parsed.error.issues.map((issue) => ({
      file,
      path: toPath(issue.path),
      message: (issue.code === "invalid_key" ? issue.issues[0]?.message : undefined) ?? issue.message,
    })),
  };
};

/** Reads every file of the folder and tells all faults at once; texts are demanded in the locales that city.yaml names. */
export const readCityFiles = async (
  dir: string,
): Promise<{ ok: true; read: ReadCity } | { ok: false; faults: Fault[] }> => {
  const faults: Fault[] = [];
  const take = <T>(result: Result<T>): T | undefined => {
    if ("value" in result) return result.value;
    faults.push(...result.faults);
    return undefined;
  };
  const raw = async (file: string): Promise<unknown> => {
    const text = take(await readText(dir, file));
    if (text === undefined) return undefined;
    return take(file.endsWith(".yaml") ? parseYaml(file, text) : parseJson(file, text));
  };

  const city = await raw("city.yaml");
  if (city === undefined) return { ok: false, faults };
  const locales = LocalesPart.safeParse(city).data?.locales;
  if (!locales) {
    take(validate("city.yaml", LocalesPart, city));
    return { ok: false, faults };
  }

  const schemas = citySchemas(locales);
  const parse = async <T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const data = file === "city.yaml" ? city : await raw(file);
    return data === undefined ? undefined : take(validate(file, schema, data));
  };
  const files = {
    "city.yaml": await parse("city.yaml", schemas["city.yaml"]),
    "topics.yaml": await parse("topics.yaml", schemas["topics.yaml"]),
    "routes.yaml": await parse("routes.yaml", schemas["routes.yaml"]),
    "calendar.yaml": await parse("calendar.yaml", schemas["calendar.yaml"]),
    "districts.geojson": await parse("districts.geojson", schemas["districts.geojson"]),
    "addresses.yaml": await parse("addresses.yaml", schemas["addresses.yaml"]),
  };
  const consent: Record<string, string> = {};
  for (const locale of locales) {
    const file = `consent.${locale}.md`;
    const text = take(await readText(dir, file))?.trim();
    if (text === "") faults.push({ file, path: "", message: "the file is empty" });
    consent[locale] = text ?? "";
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, read: { files: files as CityFiles, consent } };
};
