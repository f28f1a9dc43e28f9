import { cityDate, startOfDay } from "../city/city-time.ts";
import { CHANNEL_DAY, hasHappened } from "../notices/channel-day.ts";
import { nextChannelDayAt } from "../report/digest.ts";
import { listChannels } from "../store/queries/channel-posts.ts";
import { findDayFigures } from "../store/queries/day-figures.ts";
import { claimDigest, saveDigest } from "../store/writes/digests.ts";
import { addNotices } from "../store/writes/notices.ts";
import type { Deps } from "./deps.ts";

/**
 * Tells every bound channel what yesterday brought, if anything, and gives that its next moment. False when it is not due (any more): of
 * several processes that try, one does it. After an outage the channel hears of yesterday, not of every day it missed.
 */
export const tickChannelDay = ({ store, city }: Pick<Deps, "store" | "city">, now: Date): Promise<boolean> =>
  store.db.transaction(async (tx) => {
    const due = await claimDigest(tx, "channel");
    if (due === null || due.nextTickAt > now) return false;
    await saveDigest(tx, "channel", { tickedAt: now, nextTickAt: nextChannelDayAt(city, now) });
    const channels = await listChannels(tx);
    if (channels.length === 0) return true;
    const today = cityDate(city, now);
    const yesterday = today.subtract({ days: 1 });
    const day = { from: startOfDay(city, yesterday), to: startOfDay(city, today), now };
    const figures = await findDayFigures(tx, day);
    if (!hasHappened(figures)) return true;
    const notices = channels.map((chatId) => ({
      chatId,
      residentId: null,
      reportId: null,
      kind: CHANNEL_DAY,
      params: { day: yesterday.toString(), figures },
      dedupeKey: `${CHANNEL_DAY}:${yesterday.toString()}:${chatId}`,
      dueAt: now,
    }));
    await addNotices(tx, notices, now);
    await store.wakeChats(tx, channels);
    return true;
  });
