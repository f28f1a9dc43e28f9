/** Which reports a page is asked for: the parameters of an address as a filter, and back. */
import { Temporal } from "temporal-polyfill";
import type { Context } from "hono";
import { z } from "zod";
import { endOfDay, startOfDay } from "../../city/city-time.ts";
import type { City } from "../../city/schema.ts";
import { STATUS_NAMES, STATUSES, type Status } from "../../report/status.ts";
import type { Box, PublicFilter } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";
import { idOf, readQuery } from "./read-query.ts";

/** The statuses in which the public sees a report, in the order of its life. */
export const SHOWN_STATUSES: readonly Status[] = STATUS_NAMES.filter((status) => STATUSES[status].shows === "all");

/** Everything that still goes on; a question to its author and a merger belong to it as far as they are shown at all. */
const OPEN: readonly Status[] = STATUS_NAMES.filter((status) => STATUSES[status].open311 === "open");

/** Longer words say no more. */
const LONGEST_WORDS = 200;

/** No report is older or newer, and a database does not know every year that a calendar does. */
const YEAR = /^(19|20|21)\d\d-/;

const day = z.string().refine((text) => {
  if (!YEAR.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
});

/** `south,west,north,east` in degrees. */
const box = z
  .string()
  .regex(/^-?\d{1,3}(\.\d+)?(,-?\d{1,3}(\.\d+)?){3}$/)
  .refine((text) => {
    const { south, west, north, east } = toBox(text);
    return south < north && west < east && south >= -90 && north <= 90 && west >= -180 && east <= 180;
  });

const toBox = (text: string): Box => {
  const [south = 0, west = 0, north = 0, east = 0] = text.split(",").map(Number);
  return { south, west, north, east };
};

/** The parameters of a filter, for `readQuery`. */
export const filterShape = (city: City) => ({
  q: z.string().max(LONGEST_WORDS).optional(),
  district: idOf(city.districts).optional(),
  category: idOf(city.categories).optional(),
  topic: z
    .string()
    .refine((id) => city.topics.has(id))
    .optional(),
  status: z.enum(["open", ...SHOWN_STATUSES]).optional(),
  agency: idOf(city.agencies).optional(),
  from: day.optional(),
  to: day.optional(),
  overdue: z.literal("yes").optional(),
  box: box.optional(),
});

/** The parameters as they stand in the address. */
export type Asked = { [Name in keyof ReturnType<typeof filterShape>]?: string | undefined };

/** What is asked for, as the store understands it. */
export const toFilter = (city: City, asked: Asked, now: Date): PublicFilter => {
  const { q, district, category, topic, status, agency, from, to, overdue } = asked;
  const topics = city.categories.find(({ id }) => id === category)?.topics.map(({ id }) => id);
  return {
    ...(q !== undefined && { words: q }),
    ...(district !== undefined && { districtId: district }),
    // A topic says more than its category does.
    ...(topic !== undefined ? { topicIds: [topic] } : topics !== undefined && { topicIds: topics }),
    ...(status !== undefined && { statuses: status === "open" ? OPEN : [status as Status] }),
    ...(agency !== undefined && { agencyId: agency }),
    ...(from !== undefined && { from: startOfDay(city, Temporal.PlainDate.from(from)) }),
    ...(to !== undefined && { to: endOfDay(city, Temporal.PlainDate.from(to)) }),
    ...(overdue !== undefined && { isOverdueAt: now }),
    ...(asked.box !== undefined && { box: toBox(asked.box) }),
  };
};

/** Reads a filter with whatever else the page is asked. */
export const readFilter = <Shape extends z.ZodRawShape>(
  c: Context,
  deps: Pick<WebDeps, "city" | "i18n">,
  more: Shape,
): ReturnType<typeof readQuery<ReturnType<typeof filterShape> & Shape>> =>
  readQuery(c, deps, { ...filterShape(deps.city), ...more });
