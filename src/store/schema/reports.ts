import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { QuestionAnswer } from "../../form/draft.ts";
import { OUTCOMES, STATUS_NAMES, STATUSES, type Status } from "../../report/status.ts";
import { id, moment, reference } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { residents } from "./residents.ts";

const statusesWhere = (holds: (rule: (typeof STATUSES)[Status]) => boolean): Status[] =>
  STATUS_NAMES.filter((name) => holds(STATUSES[name]));

/** Somebody owes a step, so a date says when they are late. */
const OWED = statusesWhere((rule) => rule.owes !== null);
/** An editor has passed them on, so an agency has them; a merged one may never have had its own. */
const PASSED_ON = statusesWhere((rule) => rule.shows === "all" && rule.owes !== null);

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
    /** Null once the person is erased. */
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
    /** When the status began. */
    statusAt: moment().notNull(),
    /** When whoever owes the next step is late; null exactly where nobody owes one. */
    dueAt: moment(),
    /** Set when the agency was first told. */
    assignedAt: moment(),
    /** The next moment the sweep has to look at this report; null where nothing is waited for. */
    nextTickAt: moment(),
  },
  (t) => [
    index("reports_author").on(t.authorId, t.id.desc()),
    index("reports_queue")
      .on(t.statusAt, t.id)
      .where(sql`${t.status} = 'submitted'`),
    index("reports_open_place").on(t.lat, t.lon).where(isOneOf(t.status, PASSED_ON)),
    index("reports_tick")
      .on(t.nextTickAt)
      .where(sql`${t.nextTickAt} is not null`),
    check("reports_status", isOneOf(t.status, STATUS_NAMES)),
    check("reports_outcome", isOneOf(t.outcome, OUTCOMES)),
    check("reports_closed_has_outcome", sql`(${t.status} = 'closed') = (${t.outcome} is not null)`),
    check("reports_owed_has_date", sql`(${isOneOf(t.status, OWED)}) = (${t.dueAt} is not null)`),
    check(
      "reports_passed_on_has_agency",
      sql`not (${isOneOf(t.status, PASSED_ON)}) or (${t.agencyId} is not null and ${t.assignedAt} is not null)`,
    ),
    check(
      "reports_point",
      sql`(${t.lat} is null) = (${t.lon} is null) and ${t.lat} between -90 and 90 and ${t.lon} between -180 and 180`,
    ),
    check("reports_version", sql`${t.version} >= 1`),
  ],
);

/** A report as it is stored. */
export type ReportRow = typeof reports.$inferSelect;

/** Pictures of a report, as Telegram holds them. Written with the report, read by cards and pages; up to five a report. */
export const photos = pgTable(
  "photos",
  {
    id: id(),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    position: integer().notNull(),
    fileId: text().notNull(),
    fileUniqueId: text().notNull(),
    /** An image sent as a file can only be sent on as a file. */
    isDocument: boolean().notNull(),
  },
  (t) => [
    uniqueIndex("photos_report").on(t.reportId, t.position),
    check("photos_position", sql`${t.position} between 0 and 9`),
  ],
);
