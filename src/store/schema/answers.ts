import { sql } from "drizzle-orm";
import { check, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { AnswerDraft } from "../../form/answer-draft.ts";
import { ANSWER_KINDS, ANSWER_STATES } from "../../report/answer.ts";
import { id, moment, reference } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { reports } from "./reports.ts";
import { residents } from "./residents.ts";

/**
 * What agencies said of their reports. Decided ones stay for the history; at most one of a report waits for an editor.
 * Written by officers' answers and editors' decisions; read by cards, pages and the audit. One or two rows a report.
 */
export const answers = pgTable(
  "answers",
  {
    id: id(),
    /** The draft it was written in: sending twice makes one answer. */
    draftId: uuid().notNull().unique("answers_draft_id"),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    /** The report's cycle it belongs to. */
    cycle: integer().notNull(),
    kind: text({ enum: ANSWER_KINDS }).notNull(),
    state: text({ enum: ANSWER_STATES }).notNull(),
    /** The agency that spoke, even when the report has moved on. */
    agencyId: text().notNull(),
    officerId: reference()
      .notNull()
      .references(() => residents.id),
    /** The officer's words: the answer, the reason or the question. */
    words: text().notNull(),
    /** `planned`: the day by which it will be done, city time. */
    plannedOn: date({ mode: "string" }),
    /** `not_ours`: the agency that has it to do. */
    successorId: text(),
    sentAt: moment().notNull(),
    decidedById: reference().references(() => residents.id),
    decidedAt: moment(),
    /** Why an editor returned it. */
    remark: text(),
  },
  (t) => [
    uniqueIndex("answers_waiting")
      .on(t.reportId)
      .where(sql`${t.state} = 'waiting'`),
    index("answers_report").on(t.reportId, t.id),
    index("answers_agency").on(t.agencyId, t.sentAt.desc()),
    check("answers_kind", isOneOf(t.kind, ANSWER_KINDS)),
    check("answers_state", isOneOf(t.state, ANSWER_STATES)),
    check("answers_planned", sql`(${t.kind} = 'planned') = (${t.plannedOn} is not null)`),
    check("answers_successor", sql`(${t.kind} = 'not_ours') = (${t.successorId} is not null)`),
    check("answers_decided", sql`(${t.state} = 'waiting') = (${t.decidedAt} is null)`),
    check("answers_returned", sql`${t.state} <> 'returned' or ${t.remark} is not null`),
  ],
);

/** An answer as it is stored. */
export type AnswerRow = typeof answers.$inferSelect;

/**
 * Answers being written, saved after every message like a resident's draft: one an officer and report, the one touched last goes on.
 * Written and read by continue-answer only; the row goes when the answer is sent or dropped, and waits while the report is elsewhere.
 */
export const answerDrafts = pgTable(
  "answer_drafts",
  {
    officerId: reference()
      .notNull()
      .references(() => residents.id),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    draftId: uuid().notNull().unique("answer_drafts_draft_id"),
    /** Grows with every change, so that of two steps at once one is taken again. */
    version: integer().notNull(),
    content: jsonb().$type<AnswerDraft>().notNull(),
    updatedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.officerId, t.reportId] })],
);

/** An answer being written, as it is stored. */
export type AnswerDraftRow = typeof answerDrafts.$inferSelect;
