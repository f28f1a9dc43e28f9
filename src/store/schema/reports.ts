import { sql, type SQL, type SQLWrapper } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uuid,
  type AnyPgColumn,
} from "drizzle-orm/pg-core";
import type { QuestionAnswer } from "../../form/draft.ts";
import { MARKS, OUTCOMES, STATUS_NAMES, STATUSES, type Status } from "../../report/status.ts";
import { apiClients } from "./api-clients.ts";
import { id, moment, reference } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { residents } from "./residents.ts";

const statusesWhere = (holds: (rule: (typeof STATUSES)[Status]) => boolean): Status[] =>
  STATUS_NAMES.filter((name) => holds(STATUSES[name]));

/** Somebody owes a step, so a date says when they are late. */
const OWED = statusesWhere((rule) => rule.owes !== null);
/** Those an editor has passed and in which somebody owes a step: what people nearby may join. */
const OPEN = statusesWhere((rule) => rule.shows === "all" && rule.owes !== null);
/** An agency owes the step, so its date can pass. */
export const AGENCY_OWES = statusesWhere((rule) => rule.owes === "officer");
/** They go back to another status, and show as much as that one. */
const GO_BACK = statusesWhere((rule) => rule.shows === "before");
/** Those that the public sees as an editor passed them. */
export const SHOWN = statusesWhere((rule) => rule.shows === "all");
const having = (mark: (typeof MARKS)[number]): Status[] =>
  statusesWhere(({ has }) => (has as readonly string[]).includes(mark));

/** A database without a locale knows no small letters but Latin ones and takes «» for letters; and nobody cares for the dots of «ё». */
const MARKS_OF_TEXT = "«»„“”’—–…№•";
const WRITTEN = `АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯё${MARKS_OF_TEXT}`;
const READ = `абвгдеежзийклмнопрстуфхцчшщъыьэюяе${" ".repeat(MARKS_OF_TEXT.length)}`;

/**
 * What editors find reports by: the resident's words and the address in any of their Russian or English forms, and the topic as `t:id`. The
 * index and whoever asks it must say exactly the same, or Postgres would read every report.
 */
export const wordsOfReport = (t: Record<"description" | "address" | "topicId", SQLWrapper>): SQL =>
  sql`(to_tsvector('russian', translate(${t.description} || ' ' || coalesce(${t.address}, ''), '${sql.raw(WRITTEN)}', '${sql.raw(READ)}')) || array_to_tsvector(array['t:' || ${t.topicId}]))`;

/**
 * `isShown` in SQL: the report as the public sees it is all there. The partial indexes and whoever asks them must say exactly the same.
 */
export const isShownIn = (t: Record<"status" | "returnsTo", SQLWrapper>): SQL =>
  sql`coalesce(${t.returnsTo}, ${t.status}) in (${sql.raw(SHOWN.map((status) => `'${status}'`).join(", "))})`;

/** Where an address goes on within the house, as `withoutInside` sees it; the text is in small letters already. */
const WITHIN_HOUSE = [
  "[^a-zа-я0-9]*((?<![a-zа-я])",
  "(кв|кварт|квартир[а-я]*|подъезд[а-я]*|под|п|этаж[а-я]*|эт|офис[а-я]*|оф|комнат[а-я]*|домофон[а-я]*|apt|flat|apartment|entrance|floor)",
  "(?=[^a-zа-я0-9]{0,5}[0-9])|(?<![0-9])[0-9]+(-?[a-zа-я]{1,2})?[^a-zа-я0-9]{0,3}(?<![a-zа-я])",
  "(кв|кварт|квартир[а-я]*|подъезд[а-я]*|этаж[а-я]*|apt|flat|apartment|entrance|floor)",
  "(?![a-zа-я])(?![^a-zа-я0-9]{0,5}[0-9])).*$",
].join("");

/** What the public finds reports by: the words and the address as they are shown to everybody, and the topic as `t:id`. */
export const publicWordsOf = (t: Record<"description" | "publicText" | "address" | "topicId", SQLWrapper>): SQL => {
  const read = (words: SQL): SQL => sql`translate(${words}, '${sql.raw(WRITTEN)}', '${sql.raw(READ)}')`;
  const shown = sql`coalesce(${t.publicText}, ${t.description})`;
  return sql`(to_tsvector('russian', ${read(shown)} || ' ' || regexp_replace(lower(${read(sql`coalesce(${t.address}, '')`)}), '${sql.raw(WITHIN_HOUSE)}', '')) || array_to_tsvector(array['t:' || ${t.topicId}]))`;
};

/**
 * The reports. `id` is the public number that people quote.
 * Written by the actions, always under the row's lock and with `version` raised; read by everything.
 * Grows by about 3 million rows a year in the largest city, a few per cent of them open: indexes are partial.
 */
export const reports = pgTable(
  "reports",
  {
    id: id(),
    /** The draft it was made from: the second tap on «отправить» finds it and makes no second report. */
    draftId: uuid().notNull().unique("reports_draft_id"),
    /** Null once the person is erased, and where a program filed it. */
    authorId: reference().references(() => residents.id),
    status: text({
      enum: [...STATUS_NAMES] as [(typeof STATUS_NAMES)[number], ...(typeof STATUS_NAMES)[number][]],
    }).notNull(),
    outcome: text({ enum: OUTCOMES }),
    /** Raised by every change; an act on an older version is refused. */
    version: integer().notNull().default(1),
    topicId: text().notNull(),
    districtId: text().notNull(),
    /** Who has to fix it; set from `assigned` on. */
    agencyId: text(),
    /** Null for a typed address that no map knows. */
    lat: doublePrecision(),
    lon: doublePrecision(),
    address: text(),
    /** The resident's own words. */
    description: text().notNull(),
    /** Answers to the topic's own questions, by question id. */
    answers: jsonb().$type<Record<string, QuestionAnswer>>().notNull(),
    createdAt: moment().notNull(),
    /** What the public reads where an editor changed the resident's words; null: the words as they are. */
    publicText: text(),
    /** When the status began. */
    statusAt: moment().notNull(),
    /** When it was last changed in any way: set with every new version. */
    updatedAt: moment().notNull(),
    /** When whoever owes the next step is late; null exactly where nobody owes one. */
    dueAt: moment(),
    /** Set when the agency was first told. */
    assignedAt: moment(),
    /** The operator who filed it for a person without Telegram. */
    operatorId: reference().references(() => residents.id),
    /** The program that filed it over Open311; then it has no author. */
    clientId: reference().references(() => apiClients.id),
    /** The agency's date, through pauses and checks; `dueAt` is whoever's turn it is. */
    handlingDueAt: moment(),
    /** The first date promised, which stays public beside a postponed one. */
    firstDueAt: moment(),
    /** Days the first cycle had; later cycles have half of them. */
    dayCount: integer(),
    /** Grows with every reopening, up to three. */
    cycle: integer().notNull().default(1),
    /** How often it was handed on as another agency's. */
    hops: integer().notNull().default(0),
    postponements: integer().notNull().default(0),
    /** Where a question was asked, or from where it was merged: it goes back there. */
    returnsTo: text({ enum: ["submitted", "assigned"] }),
    /** Since when the agency's clock stands still. */
    pausedAt: moment(),
    /** The person of the agency who has it in hand. */
    officerId: reference().references(() => residents.id),
    repairs: integer().notNull().default(0),
    hasAppealed: boolean().notNull().default(false),
    /** Who moderated it last; an appeal goes to somebody else. */
    moderatorId: reference().references(() => residents.id),
    /** The editor who reads it right now, and until when. */
    takenById: reference().references(() => residents.id),
    takenUntil: moment(),
    /** Comes first in the queue: its resident replied, or appealed. */
    isOnTop: boolean().notNull().default(false),
    /** How it stood before an editor's last decision, for as long as that may be taken back; whatever comes next empties it. */
    before: jsonb().$type<Record<string, unknown>>(),
    mergedIntoId: reference().references((): AnyPgColumn => reports.id),
    /** When the agency's last answer was sent, for «in time». */
    answeredAt: moment(),
    publishedAt: moment(),
    /** The editor who published it has no vote. */
    publisherId: reference().references(() => residents.id),
    /** The moments of this status up to here were told; null: none. */
    tickedAt: moment(),
    /** The next moment the sweep has to look at this report; null where nothing is waited for. */
    nextTickAt: moment(),
  },
  (t) => [
    index("reports_author").on(t.authorId, t.id.desc()),
    index("reports_client")
      .on(t.clientId, t.createdAt)
      .where(sql`${t.clientId} is not null`),
    index("reports_queue")
      .on(t.isOnTop.desc(), t.statusAt, t.id)
      .where(sql`${t.status} = 'submitted'`),
    index("reports_tasks")
      .on(t.agencyId, t.handlingDueAt, t.id)
      .where(isOneOf(t.status, ["assigned", "planned"])),
    index("reports_merged")
      .on(t.mergedIntoId)
      .where(sql`${t.mergedIntoId} is not null`),
    index("reports_words").using("gin", wordsOfReport(t)),
    index("reports_shown_district").on(t.districtId, t.id).where(isShownIn(t)),
    index("reports_shown_agency").on(t.agencyId, t.id).where(isShownIn(t)),
    index("reports_shown_topic").on(t.topicId, t.id).where(isShownIn(t)),
    index("reports_shown_status").on(t.status, t.id).where(isShownIn(t)),
    index("reports_shown_created").on(t.createdAt, t.id).where(isShownIn(t)),
    index("reports_shown_updated").on(t.updatedAt, t.id).where(isShownIn(t)),
    index("reports_shown_place").on(t.lat, t.lon).where(isShownIn(t)),
    index("reports_shown_words").using("gin", publicWordsOf(t)).where(isShownIn(t)),
    index("reports_overdue").on(t.handlingDueAt, t.id).where(isOneOf(t.status, AGENCY_OWES)),
    index("reports_open_place").on(t.lat, t.lon).where(isOneOf(t.status, OPEN)),
    index("reports_tick")
      .on(t.nextTickAt)
      .where(sql`${t.nextTickAt} is not null`),
    check("reports_status", isOneOf(t.status, STATUS_NAMES)),
    check("reports_outcome", isOneOf(t.outcome, OUTCOMES)),
    check("reports_closed_has_outcome", sql`(${t.status} = 'closed') = (${t.outcome} is not null)`),
    check("reports_owed_has_date", sql`(${isOneOf(t.status, OWED)}) = (${t.dueAt} is not null)`),
    check(
      "reports_has_marks",
      sql.join(
        MARKS.map((mark) => sql`(not (${isOneOf(t.status, having(mark))}) or ${t[mark]} is not null)`),
        sql` and `,
      ),
    ),
    check(
      "reports_point",
      sql`(${t.lat} is null) = (${t.lon} is null) and ${t.lat} between -90 and 90 and ${t.lon} between -180 and 180`,
    ),
    check("reports_goes_back", sql`(${isOneOf(t.status, GO_BACK)}) = (${t.returnsTo} is not null)`),
    check(
      "reports_paused",
      sql`(${t.pausedAt} is not null) = (${t.status} = 'needs_info' and ${t.returnsTo} = 'assigned')`,
    ),
    check("reports_merged_into", sql`(${t.status} = 'merged') = (${t.mergedIntoId} is not null)`),
    check("reports_taken", sql`(${t.takenById} is null) = (${t.takenUntil} is null)`),
    check(
      "reports_counts",
      sql`${t.cycle} >= 1 and ${t.hops} >= 0 and ${t.postponements} between 0 and 2 and ${t.repairs} between 0 and 3`,
    ),
    check("reports_client_or_author", sql`${t.clientId} is null or ${t.authorId} is null`),
    check("reports_version", sql`${t.version} >= 1`),
  ],
);

/** A report as it is stored. */
export type ReportRow = typeof reports.$inferSelect;
