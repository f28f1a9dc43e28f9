import { NEWS, PRESSING } from "../notices/notices.ts";
import { toldAt } from "../report/when-told.ts";
import type { Tx } from "../store/open.ts";
import { howToTell } from "../store/queries/habits.ts";
import type { Resident } from "../store/queries/residents.ts";
import { bringForward, moveWaiting } from "../store/writes/notices.ts";
import type { Deps } from "./deps.ts";

/** What waits for a person's hour already follows what they have just chosen. */
export const replanNotices = async (
  tx: Tx,
  { store, city }: Pick<Deps, "store" | "city">,
  resident: Resident,
  now: Date,
): Promise<void> => {
  const { telegramId } = resident;
  if (telegramId === null) return;
  const habit = howToTell(resident);
  const [newsAt, restAt] = [toldAt(city, now, "news", habit), toldAt(city, now, "day", habit)];
  const isDue = await moveWaiting(tx, telegramId, { news: NEWS, newsAt, restAt }, now);
  await bringForward(tx, [telegramId], { news: NEWS, pressing: PRESSING });
  if (isDue) await store.wakeChats(tx, [telegramId]);
};
