/** The parameters of the resources, read once at the edge; each has its words in the locale files, for errors and for the OpenAPI document. */
import { z } from "zod";
import type { WebDeps } from "../deps.ts";
import type { Asking } from "./resource.ts";
import { problem, type Problem } from "./problem.ts";

/** The spec's cap of an answer; also how many numbers may be asked for at once. */
export const MOST_REQUESTS = 1000;

/** No report is older or newer, and a database does not know every year that a calendar does. */
const W3C = /^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Whoever forgets that «+» means a space in an address is understood all the same. */
const when = z
  .string()
  .transform((text) => text.replace(/ (?=\d\d:\d\d$)/, "+"))
  .refine((text) => W3C.test(text) && !Number.isNaN(Date.parse(text)))
  .transform((text) => new Date(text));

const list = <Item extends z.ZodType<string, string>>(item: Item, most = MOST_REQUESTS) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(",").map((one) => one.trim()))].filter((one) => one !== ""))
    .pipe(z.array(item).min(1).max(most));

const digits = z.string().regex(/^\d{1,9}$/);
const whole = (min: number, max: number) => digits.transform(Number).pipe(z.int().min(min).max(max));
const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,15})?$/)
    .transform(Number)
    .pipe(z.number().min(-most).max(most));

/** Every resource takes these. */
export const COMMON = { jurisdiction_id: z.string().optional(), lang: z.string().optional() };

/** Every parameter by its name, and how it is read. */
export const PARAMS = {
  service_request_id: list(digits).optional(),
  service_code: list(z.string()).optional(),
  start_date: when.optional(),
  end_date: when.optional(),
  status: list(z.enum(["open", "closed"])).optional(),
  page: whole(1, 1_000_000).optional(),
  page_size: whole(1, MOST_REQUESTS).optional(),
  after: whole(1, 999_999_999).optional(),
  updated_after: when.optional(),
  updated_before: when.optional(),
  lat: degrees(90).optional(),
  long: degrees(180).optional(),
  radius: whole(1, 50_000).optional(),
  extensions: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
};

/** The name of a parameter that has its words. */
export type ParamName = keyof typeof PARAMS | keyof typeof COMMON;

/** What is expected of a parameter. */
export const expectedOf = ({ i18n, locale }: Pick<Asking, "i18n" | "locale">, name: ParamName): string =>
  i18n.t(locale, `open311:param.${name}`, { most: MOST_REQUESTS, locales: i18n.locales.join(", ") });

/** Reads the parameters of a shape; an empty one counts as not given, as the spec wants it, and unknown ones are nobody's business. */
export const readParams = <Shape extends Partial<Record<ParamName, z.ZodType>>>(
  asking: Pick<Asking, "i18n" | "locale">,
  shape: Shape,
  given: URLSearchParams,
): { ok: true; values: z.output<z.ZodObject<Shape>> } | Problem => {
  const { i18n, locale } = asking;
  const names = Object.keys(shape) as ParamName[];
  const twice = names.filter((name) => given.getAll(name).length > 1);
  const told = Object.fromEntries(
    names.flatMap((name) => {
      const value = given.get(name)?.trim() ?? "";
      return value === "" ? [] : [[name, value]];
    }),
  );
  const parsed = z.object(shape).safeParse(told);
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0] as ParamName);
  if (parsed.success && twice.length === 0) {
    return { ok: true, values: parsed.data };
  }
  return problem(400, [
    ...[...new Set(wrong)].map((name) =>
      i18n.t(locale, "open311:error.wrong", { name, expected: expectedOf(asking, name) }),
    ),
    ...twice.map((name) => i18n.t(locale, "open311:error.twice", { name })),
  ]);
};

/** Whose city it is: an answer for another one would be a wrong answer. */
export const checkJurisdiction = (
  { city, i18n }: Pick<WebDeps, "city" | "i18n">,
  locale: string,
  given: string | undefined,
): Problem | null =>
  given === undefined || given === city.id
    ? null
    : problem(404, i18n.t(locale, "open311:error.jurisdiction", { given, city: city.id }));
