import { and, arrayContains, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { chats } from "../schema/chats.ts";
import { notices } from "../schema/notices.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

/** A chat to be told; `residentId` is null for a group. */
type Listener = { chatId: number; residentId: number | null };

/**
 * Whom a report concerns now: its author's chat; the chats where its district is moderated, i.e. the groups bound to it or else every
 * editor's and admin's own chat; and the chats where its queue card was addressed.
 */
export const findAudience = async (
  db: Db,
  report: { id: number; authorId: number | null; districtId: string },
): Promise<{ author: Listener[]; editors: Listener[]; cardHolders: Listener[] }> => {
  const author = report.authorId === null ? [] : await listPrivateChats(db, report.authorId);
  const groups = await db
    .select({ chatId: chats.chatId })
    .from(chats)
    .where(
      and(
        eq(chats.purpose, "editors"),
        or(sql`cardinality(${chats.districtIds}) = 0`, arrayContains(chats.districtIds, [report.districtId])),
      ),
    );
  const editors =
    groups.length > 0 ? groups.map(({ chatId }) => ({ chatId, residentId: null })) : await listEditors(db);
  const cardHolders = await db
    .selectDistinct({ chatId: notices.chatId, residentId: notices.residentId })
    .from(notices)
    .where(and(eq(notices.reportId, report.id), eq(notices.kind, "queue_card")));
  return { author, editors, cardHolders };
};

const listPrivateChats = async (db: Db, residentId: number): Promise<Listener[]> =>
  toListeners(
    await db
      .select({ id: residents.id, chatId: residents.telegramId })
      .from(residents)
      .where(eq(residents.id, residentId)),
  );

const listEditors = async (db: Db): Promise<Listener[]> =>
  toListeners(
    await db
      .selectDistinct({ id: residents.id, chatId: residents.telegramId })
      .from(grants)
      .innerJoin(residents, eq(residents.id, grants.residentId))
      .where(and(inArray(grants.role, ["editor", "admin"]), isNull(grants.removedAt), isNotNull(residents.telegramId))),
  );

const toListeners = (rows: { id: number; chatId: number | null }[]): Listener[] =>
  rows.flatMap(({ id, chatId }) => (chatId === null ? [] : [{ chatId, residentId: id }]));
