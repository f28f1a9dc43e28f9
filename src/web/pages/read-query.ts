/** The parameters of an address, parsed once at the edge. */
import type { Context } from "hono";
import { z } from "zod";
import type { WebDeps } from "../deps.ts";

/** The values, or the names of the parameters that cannot be read. */
export type ReadQuery<Values> = { ok: true; values: Values } | { ok: false; names: string[] };

/**
 * Reads the parameters by a schema of texts, one entry a parameter. An empty one counts as not given, one given twice cannot be read, and
 * those the schema does not know are nobody's business here; `lang` is checked with every page.
 */
export const readQuery = <Shape extends z.ZodRawShape>(
  c: Context,
  { i18n }: Pick<WebDeps, "i18n">,
  shape: Shape,
): ReadQuery<z.output<z.ZodObject<Shape>>> => {
  const given = new URL(c.req.url).searchParams;
  const schema = z.object({
    ...shape,
    lang: z
      .string()
      .refine((lang) => i18n.locales.includes(lang))
      .optional(),
  });
  const names = Object.keys(schema.shape);
  const twice = names.filter((name) => given.getAll(name).length > 1);
  const values = Object.fromEntries(
    names.flatMap((name) => {
      const value = given.get(name)?.trim() ?? "";
      return value === "" ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(values);
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0]));
  if (!parsed.success || twice.length > 0) return { ok: false, names: [...new Set([...wrong, ...twice])] };
  const { lang: _, ...read } = parsed.data as z.output<z.ZodObject<Shape>> & { lang?: unknown };
  return { ok: true, values: read as unknown as z.output<z.ZodObject<Shape>> };
};

/** A parameter that names one of these by its id. */
export const idOf = (all: readonly { id: string }[]) => z.string().refine((id) => all.some((one) => one.id === id));

/** The number of the last report of the page before. */
export const cursor = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
  .optional();
