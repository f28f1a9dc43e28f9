import { and, desc, eq, gte, inArray, isNull, or, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import type { Db } from "../db.ts";
import { answerDrafts } from "../schema/answers.ts";
import { drafts, handledUpdates } from "../schema/drafts.ts";
import { prompts } from "../schema/prompts.ts";
import { reports } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

/** Everything we keep of a person. */
export type Resident = typeof residents.$inferSelect;

/** The report a resident is writing, as it is stored. */
export type DraftRow = typeof drafts.$inferSelect;

/** Whoever sent an update, with all that a step of the form needs: one round trip instead of three. */
export type Visit = {
  resident: Resident;
  /** What they are writing, null when nothing. */
  draft: DraftRow | null;
  /** The report an officer goes on answering with what they write next; null when nothing, or when they last wrote a report of their own. */
  answering: number | null;
  /** The update's effect on the form is committed already: it was delivered again. */
  isHandled: boolean;
  /** Some message in their private chat has asked them for something within the last days. */
  isAsked: boolean;
  /** A report of theirs waits for their reply. */
  isQuestioned: boolean;
};

/**
 * Of the answers that this officer can still send the one touched last, unless a draft of a report was touched later. One begun in an
 * earlier cycle or for another agency is no answer to what stands there now, and catches no words.
 */
const answering = sql<number | null>`(${new QueryBuilder()
  .select({ reportId: answerDrafts.reportId })
  .from(answerDrafts)
  .innerJoin(reports, eq(reports.id, answerDrafts.reportId))
  .innerJoin(
    grants,
    and(
      eq(grants.residentId, answerDrafts.officerId),
      eq(grants.role, "officer"),
      eq(grants.agencyId, reports.agencyId),
      isNull(grants.removedAt),
    ),
  )
  .where(
    and(
      eq(answerDrafts.officerId, residents.id),
      inArray(reports.status, ["assigned", "planned"]),
      // A draft of a version that did not write these down is taken for the report's as it stands.
      sql`coalesce((${answerDrafts.content} ->> 'cycle')::int, ${reports.cycle}) = ${reports.cycle}`,
      sql`coalesce(${answerDrafts.content} ->> 'agencyId', ${reports.agencyId}) = ${reports.agencyId}`,
      or(isNull(drafts.updatedAt), gte(answerDrafts.updatedAt, drafts.updatedAt)),
    ),
  )
  .orderBy(desc(answerDrafts.updatedAt), desc(answerDrafts.reportId))
  .limit(1)})`.mapWith(answerDrafts.reportId);

/** The visit of somebody we know, null for a person who never wrote before. */
export const findVisit = async (db: Db, telegramId: number, updateId: number): Promise<Visit | null> => {
  const [row] = await db
    .select({
      resident: residents,
      draft: drafts,
      answering,
      isHandled: sql<boolean>`exists (select 1 from ${handledUpdates} where ${handledUpdates.updateId} = ${updateId})`,
      isQuestioned: sql<boolean>`exists (select 1 from ${reports} where ${reports.authorId} = ${residents.id} and ${reports.status} = 'needs_info')`,
      isAsked: sql<boolean>`exists (select 1 from ${prompts} where ${prompts.chatId} = ${telegramId})`,
    })
    .from(residents)
    .leftJoin(drafts, eq(drafts.residentId, residents.id))
    .where(eq(residents.telegramId, telegramId));
  return row ?? null;
};
