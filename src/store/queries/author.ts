import { eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";

/** A report with its author's name and the phone of one without Telegram, both null once erased; null when there is no such report. */
export const findAuthor = async (
  db: Db,
  reportId: number,
): Promise<{ report: typeof reports.$inferSelect; name: string | null; phone: string | null } | null> => {
  const [row] = await db
    .select({ report: reports, name: residents.name, phone: residents.phone })
    .from(reports)
    .leftJoin(residents, eq(residents.id, reports.authorId))
    .where(eq(reports.id, reportId));
  return row ?? null;
};

/** The language a person is spoken to in. */
export const findLocale = async (db: Db, residentId: number): Promise<string> => {
  const [person] = await db.select({ locale: residents.locale }).from(residents).where(eq(residents.id, residentId));
  if (person === undefined) throw new Error(`No resident ${residentId}`);
  return person.locale;
};

/** A person's private chat, null for whoever has none. */
export const findTelegramId = async (db: Db, residentId: number): Promise<number | null> => {
  const [person] = await db
    .select({ telegramId: residents.telegramId })
    .from(residents)
    .where(eq(residents.id, residentId));
  return person?.telegramId ?? null;
};
