/** The digests as messages: lists of what waits, twenty lines at most, then only numbers. */
import { z } from "zod";
import { DIGEST_KINDS, type DigestKind } from "../report/digest.ts";
import type { CityWarning } from "../city/city-warnings.ts";
import { whenInWords } from "./clock-notices.ts";
import { dayInWords, type Reading } from "./dates.ts";
import type { OutMessage } from "./message.ts";
import { agencyName } from "./report-words.ts";
import { lines, paragraphs, rich } from "./rich.ts";
import { itemLines, LINES, moreLine } from "./together.ts";

const SECTIONS = [
  "queue",
  "moderation_late",
  "answers",
  "requests",
  "disputes",
  "due_today",
  "due_tomorrow",
  "overdue",
  "due_soon",
  "unheard",
  "escalated",
  "late",
] as const;
/** Their title tells when, so that a line need not. */
const SAYS_WHEN: ReadonlySet<(typeof SECTIONS)[number]> = new Set(["due_today", "due_tomorrow"]);

const TROUBLES = ["stuck", "failed_jobs", "undelivered", "blocked"] as const;

const Day = z.iso.date();
const Section = z.object({
  title: z.enum(SECTIONS),
  total: z.int(),
  /** How many of them have this for their last day, where that is pointed out. */
  today: z.int().optional(),
  /** The first of them; none for a mere number. `due`: the last day. */
  items: z.array(z.object({ id: z.int(), topicId: z.string(), due: Day })),
});
const Warning = z.union([
  z.object({ kind: z.literal("calendar_ends"), lastDay: Day, daysLeft: z.int() }),
  z.object({ kind: z.literal("calendar_preliminary"), year: z.int() }),
]) satisfies z.ZodType<CityWarning>;
const Params = z.object({
  /** Whose digest it is; null but for an agency's. */
  agencyId: z.string().nullable(),
  sections: z.array(Section),
  /** What agencies have missed, and how much of it by three working days or more. */
  agencies: z.array(z.object({ agencyId: z.string(), overdue: z.int(), escalated: z.int() })).default([]),
  troubles: z.partialRecord(z.enum(TROUBLES), z.int()),
  warnings: z.array(Warning),
});

/** What a digest tells, as its notice keeps it. */
export type DigestParams = z.infer<typeof Params>;
export type DigestSection = z.infer<typeof Section>;

/** The kind of the notice that tells a digest. */
export type DigestNotice = `digest_${DigestKind}`;
const NOTICES: readonly string[] = DIGEST_KINDS.map((kind) => `digest_${kind}`);

/** Whether a notice is a digest, which is about no single report. */
export const isDigestKind = (kind: string): kind is DigestNotice => NOTICES.includes(kind);

/** Whether there is anything to say: an empty digest is not sent. */
export const isWorthSaying = ({ sections, agencies, troubles, warnings }: DigestParams): boolean =>
  sections.some(({ total }) => total > 0) ||
  agencies.length > 0 ||
  warnings.length > 0 ||
  Object.values(troubles).some((size) => size > 0);

/** A digest as it is stored; null when the row is broken. */
export const readDigest = (params: unknown): DigestParams | null => Params.safeParse(params).data ?? null;

/** Where reports are, in words, by number: an officer has to go there. */
export type Places = ReadonlyMap<number, string>;

/**
 * The message of a digest, with the places that are known of its reports. Throws when `params`, which are as stored, are not a digest's: the
 * row is broken.
 */
export const renderDigest = (
  reading: Reading,
  notice: DigestNotice,
  params: unknown,
  places: Places = new Map(),
): OutMessage => {
  const { i18n, locale } = reading;
  const { agencyId, sections, agencies, troubles, warnings } = Params.parse(params);
  let left = LINES;
  return {
    text: paragraphs(
      headOf(reading, notice, agencyId),
      ...sections
        .filter(({ total }) => total > 0)
        .map((section) => {
          const shown = section.items.slice(0, left);
          left -= shown.length;
          return sectionOf(reading, section, shown, places);
        }),
      agenciesOf(reading, agencies),
      lines(
        ...TROUBLES.map((name) => {
          const count = troubles[name] ?? 0;
          return count === 0 ? null : i18n.t(locale, `clock:digest.${name}`, { count });
        }),
      ),
      lines(...warnings.map((warning) => warningInWords(reading, warning))),
    ),
  };
};

const headOf = (reading: Reading, notice: DigestNotice, agencyId: string | null) => {
  const { i18n, locale } = reading;
  switch (notice) {
    case "digest_agency":
      return rich(i18n, locale, "clock:digest.agency", {
        agency: agencyId === null ? "" : agencyName(reading, agencyId),
      });
    case "digest_editors":
      return rich(i18n, locale, "clock:digest.editors");
    case "digest_inspectors":
      return rich(i18n, locale, "clock:digest.inspectors");
    case "digest_admins":
      return rich(i18n, locale, "clock:digest.admins");
    case "digest_troubles":
      return rich(i18n, locale, "clock:digest.troubles");
  }
};

const sectionOf = (
  reading: Reading,
  { title, total, today = 0, items }: DigestSection,
  shown: DigestSection["items"],
  places: Places,
) => {
  const { i18n, locale } = reading;
  const head = { title: i18n.t(locale, `clock:digest.${title}`), count: total, today };
  const what = ({ id, due }: DigestSection["items"][number]): string =>
    [places.get(id), SAYS_WHEN.has(title) ? null : whenInWords(reading, due)]
      .filter((part) => part != null)
      .join(" · ");
  return lines(
    rich(i18n, locale, today === 0 ? "clock:digest.section" : "clock:digest.section_today", head),
    ...itemLines(reading, shown, what),
    // A mere number has nothing more to show.
    items.length === 0 ? null : moreLine(reading, total, shown.length),
  );
};

const agenciesOf = (reading: Reading, agencies: DigestParams["agencies"]) => {
  const { i18n, locale } = reading;
  if (agencies.length === 0) return null;
  return lines(
    rich(i18n, locale, "clock:digest.agencies"),
    ...agencies.slice(0, LINES).map(({ agencyId, overdue, escalated }) => {
      const agency = agencyName(reading, agencyId);
      const line = { agency, overdue: String(overdue), escalated: String(escalated) };
      return rich(i18n, locale, escalated === 0 ? "clock:digest.by_agency" : "clock:digest.by_agency_late", line);
    }),
    moreLine(reading, agencies.length),
  );
};

const warningInWords = (reading: Reading, warning: CityWarning): string => {
  const { i18n, locale } = reading;
  switch (warning.kind) {
    case "calendar_preliminary":
      return i18n.t(locale, "clock:digest.calendar_preliminary", { year: String(warning.year) });
    case "calendar_ends": {
      const date = dayInWords(reading, warning.lastDay);
      return warning.daysLeft < 0
        ? i18n.t(locale, "clock:digest.calendar_over", { date })
        : i18n.t(locale, "clock:digest.calendar_ends", { date, count: warning.daysLeft });
    }
  }
};
