import type { Pace } from "./settings.ts";

/** How often the bot may talk; counts only what was let through, as a refused call sends nothing. */
export type Limits = {
  /** Seconds to wait, or 0 when `count` messages to this chat are let through (and counted); `isPaid`: at the rate that costs Stars. */
  take: (chatId: number, count: number, now: Date, isPaid?: boolean) => number;
};

const minuteMs = 60_000;

/** Moments of the last `windowMs`, the newest last; forgets older ones. */
const recent = (moments: number[], since: number): number[] => moments.filter((moment) => moment > since);

/** When a window of `size` moments has room for `count` more: milliseconds from `now`, 0 for at once. */
const roomIn = (moments: readonly number[], count: number, size: number, windowMs: number, now: number): number => {
  if (moments.length + count <= size) return 0;
  const blocking = moments[Math.min(moments.length, moments.length + count - size) - 1];
  return blocking === undefined ? windowMs : blocking + windowMs - now;
};

/** Rates as Telegram's: all chats together by the second, a private chat by a burst that refills one a second, a group by the minute. */
export const createLimits = (pace: Pace): Limits => {
  let free: number[] = [];
  let all: number[] = [];
  const groups = new Map<number, number[]>();
  // The moment at which a chat's burst will be whole again; the distance to it is what has been used up.
  const wholeAt = new Map<number, number>();

  return {
    take: (chatId, count, now, isPaid = false) => {
      const at = now.getTime();
      free = recent(free, at - 1000);
      all = recent(all, at - 1000);
      const waits = isPaid
        ? [roomIn(all, count, pace.paidPerSecond, 1000, at)]
        : [roomIn(free, count, pace.perSecond, 1000, at)];

      const group = chatId < 0 ? recent(groups.get(chatId) ?? [], at - minuteMs) : null;
      const used = Math.max(wholeAt.get(chatId) ?? 0, at) - at;
      if (group) waits.push(roomIn(group, count, pace.groupPerMinute, minuteMs, at));
      else waits.push(used + count * 1000 - pace.chatBurst * 1000);

      const wait = Math.max(...waits);
      if (wait > 0) return Math.ceil(wait / 1000);
      for (let n = 0; n < count; n += 1) {
        all.push(at);
        if (!isPaid) free.push(at);
        group?.push(at);
      }
      if (group) groups.set(chatId, group);
      else wholeAt.set(chatId, at + used + count * 1000);
      return 0;
    },
  };
};
