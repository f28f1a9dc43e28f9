import { outOfTheNight } from "../report/when-told.ts";
import type { StaffNews } from "../notices/staff-news.ts";
import { listStaff } from "../store/queries/audience.ts";
import { addNotices, settleNotices, type NoticeToAdd } from "../store/writes/notices.ts";
import type { Deps } from "./deps.ts";

/** A notice as far as giving it up goes. */
export type GivenUp = { id: number; kind: string; reportId: number | null };

/** Of what tells of the undeliverable nothing more is told, or it would go on for ever. */
const NEWS = "undeliverable" satisfies keyof StaffNews;

/**
 * Ends notices that will never be taken as they are. The admins hear of a kind and reason once, not of each notice: there may be
 * thousands. Where a reason names numbers, it is the same whatever they are.
 */
export const giveUpNotices = (
  { store, city }: Pick<Deps, "store" | "city">,
  notices: readonly GivenUp[],
  failure: string,
  now: Date,
): Promise<void> =>
  store.db.transaction(async (tx) => {
    const ids = notices.map(({ id }) => id);
    await settleNotices(tx, ids, { state: "undeliverable", failure }, now);
    const told = new Map(notices.filter(({ kind }) => kind !== NEWS).map((notice) => [notice.kind, notice]));
    if (told.size === 0) return;
    const admins = await listStaff(tx, ["admin"]);
    const dueAt = outOfTheNight(city, now);
    const news = [...told.values()].flatMap(({ kind, reportId }) =>
      admins.map((admin): NoticeToAdd => {
        const params = { kind, failure, number: reportId } satisfies StaffNews[typeof NEWS];
        const dedupeKey = `${NEWS}:${kind}:${failure.replaceAll(/\d+/g, "0")}:${admin.chatId}`;
        return { ...admin, reportId: null, kind: NEWS, params, dedupeKey, dueAt };
      }),
    );
    await addNotices(tx, news, now);
    if (dueAt > now) return;
    await store.wakeChats(
      tx,
      admins.map(({ chatId }) => chatId),
    );
  });
