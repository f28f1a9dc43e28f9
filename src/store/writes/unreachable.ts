import { eq } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { chats } from "../schema/chats.ts";
import { residents } from "../schema/residents.ts";
import { BLOCKED, settleNotices } from "./notices.ts";

/**
 * Ends notices of a chat in which nothing can be told, as long as that is so. Whoever makes it reachable at this very moment finds them
 * ended and lets them wait anew, for both lock the person or the group first.
 */
export const settleUnreachable = (db: Db, chatId: number, ids: readonly number[], now: Date): Promise<void> =>
  db.transaction(async (tx) => {
    const failure = await lockReason(tx, chatId);
    if (failure !== null) await settleNotices(tx, ids, { state: "undeliverable", failure }, now, chatId);
  });

/** Why nothing can be told there, null where it can; it stays so until the transaction ends. */
const lockReason = async (tx: Tx, chatId: number): Promise<string | null> => {
  if (chatId > 0) {
    const [person] = await tx
      .select({ blockedAt: residents.blockedAt })
      .from(residents)
      .where(eq(residents.telegramId, chatId))
      .for("share");
    return person === undefined || person.blockedAt === null ? null : BLOCKED;
  }
  const [group] = await tx
    .select({ words: chats.unreachable })
    .from(chats)
    .where(eq(chats.chatId, chatId))
    .for("share");
  return group?.words ?? null;
};
