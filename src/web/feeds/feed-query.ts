/** What the feeds have in common: the page's filters, and their own ways of saying that something cannot be read. */
import type { Context } from "hono";
import type { PublicReport } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";

/** A 400 for programs that read JSON. */
export const badJson = (c: Context, names: readonly string[]): Response =>
  c.json({ error: "bad_parameters", names }, 400);

/** A 400 for those that do not. */
export const badText = (c: Context, names: readonly string[]): Response =>
  c.text(`Bad parameters: ${names.join(", ")}\n`, 400);

/** This feed's own address with these parameters, in a fixed order, and nothing else that was sent along. */
export const feedUrl = (
  c: Context,
  deps: Pick<WebDeps, "baseUrl">,
  path: string,
  asked: Readonly<Record<string, string | number | undefined>>,
): string => {
  const all: typeof asked = { ...asked, lang: c.req.query("lang") };
  const given = Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  const query = given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
  return `${deps.baseUrl(c)}${path}${query}`;
};

/** When any of them changed last; null of none. */
export const lastChange = (reports: readonly PublicReport[]): Date | null =>
  reports.reduce<Date | null>((last, { updatedAt }) => (last === null || updatedAt > last ? updatedAt : last), null);
