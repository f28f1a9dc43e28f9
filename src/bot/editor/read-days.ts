/** «12 Нужна закупка», «12 дней: нужна закупка»: so many days, and why. */
const DAYS_AND_REASON = /^\s*(\d{1,4})(?:\s*(?:дн\p{L}*|day\p{L}*))?[\s,:.–—-]+(\S[\s\S]*)$/u;

/** Reads so many days and the reason; null when it is something else. */
export const readDays = (typed: string): { count: number; reason: string } | null => {
  const [, count, reason] = DAYS_AND_REASON.exec(typed) ?? [];
  return count === undefined || reason === undefined ? null : { count: Number(count), reason };
};
