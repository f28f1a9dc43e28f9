const COUNT = /^\s*(\d{1,4})(?!\d)([\s\S]*)$/;
const UNIT = /^(?=[\s,:.–—-]|дн|день|day)[\s,:.–—-]*(?:(?:дн(?:ей|я|и)?|день|days?)(?!\p{L}))?[\s,:.–—-]*/iu;

/** Reads so many days and why («12 Нужна закупка», «12 дней: нужна закупка»); null when either is missing. */
export const readDays = (typed: string): { count: number; reason: string } | null => {
  const [, count, rest = ""] = COUNT.exec(typed) ?? [];
  const reason = rest.replace(UNIT, "");
  return count === undefined || reason === "" || reason === rest ? null : { count: Number(count), reason };
};
