import { eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { chats } from "../schema/chats.ts";
import { residents } from "../schema/residents.ts";
import { BLOCKED } from "../writes/notices.ts";

/** Who reads a chat. Districts are those it moderates, empty for all of them; `unreachable` is why nothing can be told there, null if it can. */
export type ChatReader = {
  kind: "private" | "group";
  locale: string;
  districtIds: readonly string[];
  unreachable: string | null;
};

/** Who reads a chat now, null when nobody does any more: an erased person, an unbound group. */
export const findReader = async (db: Db, chatId: number): Promise<ChatReader | null> => {
  // Telegram's groups have negative ids, people positive ones.
  if (chatId > 0) {
    const [person] = await db
      .select({ locale: residents.locale, blockedAt: residents.blockedAt })
      .from(residents)
      .where(eq(residents.telegramId, chatId));
    return person
      ? {
          kind: "private",
          locale: person.locale,
          districtIds: [],
          unreachable: person.blockedAt === null ? null : BLOCKED,
        }
      : null;
  }
  const [group] = await db
    .select({ locale: chats.locale, districtIds: chats.districtIds, unreachable: chats.unreachable })
    .from(chats)
    .where(eq(chats.chatId, chatId));
  return group ? { kind: "group", ...group } : null;
};
