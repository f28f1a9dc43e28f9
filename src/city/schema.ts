/**
 * The city as data: what a city folder holds (zod, one schema per file) and what the program gets after all of it was checked.
 * Ids stand in callback data of 64 bytes, hence their limit.
 */
import { z } from "zod";
import { LimitsPart, type Limits } from "./limits.ts";
import { id, line, LOCALE, Tiles, TimeZone } from "./scalars.ts";

/** One text per locale of the city, e.g. `{ ru, en }`; loading guarantees an entry for every one of `City.locales`. */
export type Text = Readonly<Record<string, string>>;

/** Degrees, WGS 84. */
export type Point = { lat: number; lon: number };

/** GeoJSON position, `[lon, lat]`. */
export type Position = [lon: number, lat: number];

export type Geometry =
  { type: "Polygon"; coordinates: Position[][] } | { type: "MultiPolygon"; coordinates: Position[][][] };

export type District = { readonly id: string; readonly name: Text; readonly geometry: Geometry };

/**
 * An agency's own system, which understands Open311 GeoReport v2. `keyFile`: a file outside the city's folder that holds the key;
 * `services`: their code of a topic, where it is not the topic's id; `isInside`: in the city's own network, over http if need be.
 */
export type AgencySystem = {
  readonly endpoint: string;
  readonly jurisdictionId?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly format: "xml" | "json";
  readonly isInside: boolean;
  readonly services: Readonly<Record<string, string>>;
};

/** `shortName` fits a button. */
export type Agency = {
  readonly id: string;
  readonly name: Text;
  readonly shortName: Text;
  readonly open311?: AgencySystem | undefined;
};

/** A topic's own question, asked after the general ones. */
export type Question = { readonly id: string; readonly title: Text; readonly required: boolean } & (
  | { readonly kind: "text"; readonly maxLength: number }
  /** Whole numbers from `min` to `max`, both included. */
  | { readonly kind: "number"; readonly min: number; readonly max: number; readonly unit?: Text | undefined }
  | { readonly kind: "choice"; readonly options: readonly { readonly id: string; readonly title: Text }[] }
  | { readonly kind: "yes_no" }
);

/** Both days included, `MM-DD`; a season that starts after it ends goes over New Year. */
export type Season = { readonly from: string; readonly to: string };

export type Days = { readonly count: number; readonly kind: "working" | "calendar" };

export type Topic = {
  readonly id: string;
  readonly categoryId: string;
  readonly title: Text;
  /** How people say it, per locale; what search looks in besides the title. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Absent: all year round. */
  readonly season?: Season | undefined;
  /** What the agency has, counted from the day after assignment. */
  readonly days: Days;
  readonly photo: "required" | "optional";
  /** `house`: inside a home, so the public sees the house and never the exact point. */
  readonly place: "outdoors" | "house";
  /** Numbers to call come first, and the form only if the resident insists. */
  readonly emergency: boolean;
  readonly questions: readonly Question[];
};

/** `icon` is one emoji. */
export type Category = {
  readonly id: string;
  readonly title: Text;
  readonly icon: string;
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly topics: readonly Topic[];
};

/** `advice` tells the resident how to repair the report. */
export type RejectionReason = { readonly code: string; readonly title: Text; readonly advice: Text };

/** A frequent text to start from. */
export type Template = { readonly id: string; readonly title: Text; readonly text: Text };

/** `for` are the kinds of answer it fits: ready words that contradict what was chosen would be a false public answer. */
export type AnswerTemplate = Template & { readonly for: readonly (typeof ANSWERED)[number][] };

/** The kinds of answer that ready words can fit; a question is always a new one. */
const ANSWERED = ["fixed", "cannot_fix", "planned", "not_ours"] as const;

/** `for` are the kinds of answer it is said to. */
export type RemarkTemplate = Template & { readonly for: readonly (typeof REMARKED)[number][] };

/** Everything an agency says to an editor can be refused. */
const REMARKED = [...ANSWERED, "question"] as const;

/** Dates are ISO, `YYYY-MM-DD`. `preliminary`: written before the official calendar was published. */
export type CalendarYear = {
  readonly year: number;
  readonly preliminary: boolean;
  readonly daysOff: ReadonlySet<string>;
  /** Days of the weekend that are worked because a day off was moved. */
  readonly workingDays: ReadonlySet<string>;
};

/** `weekend` are ISO weekdays, Monday is 1. Years without an entry know plain weekends only, which `cityWarnings` tells in time. */
export type Calendar = { readonly weekend: ReadonlySet<number>; readonly years: ReadonlyMap<number, CalendarYear> };

export type House = { readonly number: string; readonly point: Point };

/** `line` is drawn on maps; `houses` are known by measurement or put between two known ones of the same side. */
export type Street = {
  readonly name: Text;
  readonly aliases: readonly string[];
  readonly line: readonly Point[];
  readonly houses: readonly House[];
};

export type City = {
  readonly id: string;
  readonly name: Text;
  /** IANA name, e.g. `Europe/Moscow`. */
  readonly timeZone: string;
  /** The first is the default. */
  readonly locales: readonly [string, ...string[]];
  readonly emergencyNumbers: readonly { readonly number: string; readonly title: Text }[];
  readonly limits: Limits;
  /** The city's area is their union: a point outside all of them is outside the city. */
  readonly districts: readonly District[];
  readonly agencies: readonly Agency[];
  readonly categories: readonly Category[];
  /** All topics of all categories, by id. */
  readonly topics: ReadonlyMap<string, Topic>;
  /** Topic id → district id → agency id, complete; ask `routeOf`. */
  readonly routes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly rejectionReasons: readonly RejectionReason[];
  readonly answerTemplates: readonly AnswerTemplate[];
  /** What editors say most often when they send an answer back or refuse a request. */
  readonly remarkTemplates: readonly RemarkTemplate[];
  /** What editors ask residents most often. */
  readonly questionTemplates: readonly Template[];
  readonly calendar: Calendar;
  /** A higher version asks everyone again. `assisted` is read to people without Telegram, `full` is markdown. */
  readonly consent: { readonly version: number; readonly short: Text; readonly assisted: Text; readonly full: Text };
  readonly streets: readonly Street[];
  /** Tiles under the web's map: an address with `{z}`, `{x}` and `{y}`, and whom to thank. Absent: the city's own lines are drawn. */
  readonly map?: { readonly tiles: string; readonly attribution: string } | undefined;
};

/** What must be readable before the other schemas can be built: they demand a text in each of these locales. */
export const LocalesPart = z.object({
  locales: z
    .tuple([z.string().regex(LOCALE)], z.string().regex(LOCALE))
    .refine((locales) => new Set(locales).size === locales.length, "a locale stands here twice"),
});

/** `{ ru: one, en: one }` for the locales `[ru, en]`: a missing or a foreign locale is a fault with its path. */
const perLocale = <T extends z.ZodType>(locales: readonly string[], one: T) =>
  z.strictObject(Object.fromEntries(locales.map((locale) => [locale, one])));

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const ring = z.array(position).min(4, "a ring has at least four positions");
const polygon = z.array(ring).min(1);

const Geometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Polygon"), coordinates: polygon }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(polygon).min(1) }),
]);

const latLon = z.tuple(
  [z.number().min(-90).max(90), z.number().min(-180).max(180)],
  "a point is [latitude, longitude]",
);

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day is written MM-DD");
const monthDays = z.string().regex(/^\d\d-\d\d(\.\.\d\d-\d\d)?$/, "days are written MM-DD or MM-DD..MM-DD");

const Days = z.strictObject({ count: z.int().min(1).max(90), kind: z.enum(["working", "calendar"]) });

/** Eight working days are the rule of the original; topics name only what differs. */
const DEFAULT_DAYS: Days = { count: 8, kind: "working" };

const route = z.union(
  [id, z.strictObject({ to: id, except: z.record(id, id) })],
  "an agency, a name of perDistrict, or { to, except }",
);

/** One schema per file of a city folder whose texts must exist in all of `locales`. */
export const citySchemas = (locales: readonly string[]) => {
  const text = perLocale(locales, line);
  const words = perLocale(locales, z.array(line).min(1, "name at least one way people say it"));
  const asked = { id, title: text, required: z.boolean().default(true) };
  const question = z.discriminatedUnion("kind", [
    z.strictObject({ ...asked, kind: z.literal("text"), maxLength: z.int().min(1).max(500).default(100) }),
    z.strictObject({ ...asked, kind: z.literal("number"), min: z.int(), max: z.int(), unit: text.optional() }),
    z.strictObject({
      ...asked,
      kind: z.literal("choice"),
      options: z.array(z.strictObject({ id, title: text })).min(2, "a choice has at least two options"),
    }),
    z.strictObject({ ...asked, kind: z.literal("yes_no") }),
  ]);
  const topic = z.strictObject({
    id,
    title: text,
    words,
    season: z.strictObject({ from: monthDay, to: monthDay }).optional(),
    days: Days.default(DEFAULT_DAYS),
    photo: z.enum(["required", "optional"]).default("required"),
    place: z.enum(["outdoors", "house"]).default("outdoors"),
    emergency: z.boolean().default(false),
    questions: z.array(question).default([]),
  });
  const system = z.strictObject({
    endpoint: z.url({
      protocol: /^https?$/,
      error: "the address its requests stand under, e.g. https://city.example/open311/v2",
    }),
    jurisdictionId: line.optional(),
    keyFile: line.optional(),
    format: z.enum(["xml", "json"]).default("xml"),
    isInside: z.boolean().default(false),
    services: z.record(id, line).default({}),
  });
  return {
    "city.yaml": z.strictObject({
      id,
      name: text,
      timeZone: TimeZone,
      locales: LocalesPart.shape.locales,
      emergencyNumbers: z
        .array(
          z.strictObject({ number: z.string().regex(/^\+?\d{2,15}$/, "a number consists of digits"), title: text }),
        )
        .min(1),
      limits: LimitsPart,
      map: z.strictObject({ tiles: Tiles, attribution: line }).optional(),
      consent: z.strictObject({ version: z.int().min(1), short: text, assisted: text }),
      agencies: z.array(z.strictObject({ id, name: text, shortName: text, open311: system.optional() })).min(1),
      rejectionReasons: z.array(z.strictObject({ code: id, title: text, advice: text })).min(1),
      answerTemplates: z
        .array(z.strictObject({ id, for: z.array(z.enum(ANSWERED)).min(1), title: text, text }))
        .default([]),
      remarkTemplates: z
        .array(z.strictObject({ id, for: z.array(z.enum(REMARKED)).min(1), title: text, text }))
        .default([]),
      questionTemplates: z.array(z.strictObject({ id, title: text, text })).default([]),
    }),
    "topics.yaml": z.strictObject({
      categories: z.array(z.strictObject({ id, title: text, icon: line, words, topics: z.array(topic).min(1) })).min(1),
    }),
    "routes.yaml": z.strictObject({
      perDistrict: z.record(id, z.record(id, id)).default({}),
      categories: z.record(id, route).default({}),
      topics: z.record(id, route).default({}),
    }),
    "calendar.yaml": z.strictObject({
      weekend: z.array(z.int().min(1).max(7)).default([6, 7]),
      years: z.record(
        z.string().regex(/^20\d\d$/, "a year is written 20YY"),
        z.strictObject({
          source: line,
          preliminary: z.boolean().default(false),
          daysOff: z.array(monthDays),
          workingDays: z.array(monthDays).default([]),
        }),
      ),
    }),
    "districts.geojson": z.object({
      type: z.literal("FeatureCollection"),
      features: z
        .array(z.object({ type: z.literal("Feature"), properties: z.object({ id, name: text }), geometry: Geometry }))
        .min(1),
    }),
    "addresses.yaml": z.strictObject({
      interpolate: z.boolean().default(false),
      streets: z.array(
        z.strictObject({
          name: text,
          aliases: z.array(line).default([]),
          line: z.array(latLon).min(2, "a line has at least two points"),
          houses: z.record(line, latLon).default({}),
        }),
      ),
    }),
  };
};

/** The parsed contents of a city folder, by file name. */
export type CityFiles = {
  [File in keyof ReturnType<typeof citySchemas>]: z.output<ReturnType<typeof citySchemas>[File]>;
};
