import { eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { chats } from "../schema/chats.ts";
import { residents } from "../schema/residents.ts";

/** Who reads a chat. Districts are those it moderates, empty for all of them. */
export type ChatReader =
  | { kind: "private"; locale: string; isBlocked: boolean; districtIds: readonly string[] }
  | { kind: "group"; locale: string; districtIds: readonly string[] };

/** Who reads a chat now, null when nobody does any more: an erased person, an unbound group. */
export const findReader = async (db: Db, chatId: number): Promise<ChatReader | null> => {
  // Telegram's groups have negative ids, people positive ones.
  if (chatId > 0) {
    const [person] = await db
      .select({ locale: residents.locale, blockedAt: residents.blockedAt })
      .from(residents)
      .where(eq(residents.telegramId, chatId));
    return person
      ? { kind: "private", locale: person.locale, isBlocked: person.blockedAt !== null, districtIds: [] }
      : null;
  }
  const [group] = await db
    .select({ locale: chats.locale, districtIds: chats.districtIds })
    .from(chats)
    .where(eq(chats.chatId, chatId));
  return group ? { kind: "group", ...group } : null;
};
