/** What goes with a role that ended: its person hears so, once, and the cards they can do nothing with any more lose all that stood on them. */
import { outOfTheNight } from "../report/when-told.ts";
import type { StaffNews } from "../notices/staff-news.ts";
import type { Grant } from "../report/permission.ts";
import type { Tx } from "../store/open.ts";
import { findTelegramId } from "../store/queries/author.ts";
import { listHeldCards } from "../store/queries/held-cards.ts";
import { removeWaitingCard } from "../store/writes/cards.ts";
import { addNotices, type NoticeToAdd } from "../store/writes/notices.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";

/** The role as it was held; the grant has ended already. `movedTo` is the agency where an officer goes on. */
export type EndedRole = Grant & { grantId: number; residentId: number; movedTo: string | null };

export const tellRoleEnded = async (
  tx: Tx,
  { store, city }: Pick<Deps, "store" | "city">,
  { grantId, residentId, role, agencyId, movedTo }: EndedRole,
  now: Date,
): Promise<void> => {
  const chatId = await findTelegramId(tx, residentId);
  if (chatId === null) return;
  const left = (await findActor(tx, residentId)).grants.filter((grant) => movedTo === null || grant.role !== role);
  const common = { chatId, residentId };
  const said = { ...common, reportId: null, dedupeKey: `role:${grantId}`, dueAt: outOfTheNight(city, now) };
  const removed = { role, agencyId, isLast: left.length === 0 } satisfies StaffNews["role_removed"];
  const news: NoticeToAdd[] =
    movedTo === null || agencyId === null
      ? [{ ...said, kind: "role_removed", params: removed }]
      : [{ ...said, kind: "agency_changed", params: { from: agencyId, to: movedTo } }];
  // Whoever is staff in another way may need their cards for that.
  const held =
    left.length > 0 ? [] : await listHeldCards(tx, { ...common, agencyId: movedTo === null ? null : agencyId });
  const closed = held.map((reportId): NoticeToAdd => {
    // Nothing stands where the notices of a decision have the report's version: this is taken back with none.
    const dedupeKey = `card_closed:${grantId}-${reportId}`;
    return { ...common, reportId, kind: "card_closed", params: { number: reportId }, dedupeKey, dueAt: now };
  });
  if (left.length === 0) await removeWaitingCard(tx, chatId);
  await addNotices(tx, [...closed, ...news], now);
  await store.wakeChats(tx, [chatId]);
};
