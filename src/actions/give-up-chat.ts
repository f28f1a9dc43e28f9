import type { StaffNews } from "../notices/staff-news.ts";
import { outOfTheNight } from "../report/when-told.ts";
import { listStaff } from "../store/queries/audience.ts";
import { markUnreachable } from "../store/writes/chats.ts";
import { addNotices, settleNotices, type NoticeToAdd } from "../store/writes/notices.ts";
import type { Deps } from "./deps.ts";

const NEWS = "chat_unreachable" satisfies keyof StaffNews;

/**
 * Ends notices for a bound group or channel in which the bot may not write. The admins hear of it once until the chat is tried anew, and
 * what is new goes meanwhile to the people behind it in private.
 */
export const giveUpChat = (
  { store, city }: Pick<Deps, "store" | "city">,
  { chatId, noticeIds, failure }: { chatId: number; noticeIds: readonly number[]; failure: string },
  now: Date,
): Promise<void> =>
  store.db.transaction(async (tx) => {
    const chat = await markUnreachable(tx, chatId, failure);
    await settleNotices(tx, noticeIds, { state: "undeliverable", failure }, now);
    if (chat === null) return;
    const { purpose, agencyId, districtIds } = chat;
    const params = { purpose, agencyId, districtIds, failure } satisfies StaffNews[typeof NEWS];
    const dueAt = outOfTheNight(city, now);
    const admins = await listStaff(tx, ["admin"]);
    const news = admins.map((admin): NoticeToAdd => {
      const dedupeKey = `${NEWS}:${chatId}:${now.getTime()}:${admin.chatId}`;
      return { ...admin, reportId: null, kind: NEWS, params, dedupeKey, dueAt };
    });
    await addNotices(tx, news, now);
    if (dueAt > now) return;
    await store.wakeChats(
      tx,
      admins.map((admin) => admin.chatId),
    );
  });
