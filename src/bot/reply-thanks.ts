import type { Key, Params } from "../i18n/keys.ts";
import { dayInWords, type Reading } from "../notices/dates.ts";
import { lastDayOf } from "../report/due.ts";
import type { Status } from "../report/status.ts";

/** What whoever replied to a question is thanked with: where the agency's clock stood still for it, with the date it has now. */
export const thanksForReply = (
  reading: Reading,
  { id, status, dueAt }: { id: number; status: Status; dueAt: Date | null },
): readonly [Key, Params] => {
  const number = String(id);
  if (status !== "assigned" || dueAt === null) return ["people:added.replied", { number }];
  return ["people:added.replied_due", { number, date: dayInWords(reading, lastDayOf(reading.city, dueAt)) }];
};
