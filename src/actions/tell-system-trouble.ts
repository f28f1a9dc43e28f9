import type { StaffNews } from "../notices/staff-news.ts";
import { outOfTheNight } from "../report/when-told.ts";
import { listStaff } from "../store/queries/audience.ts";
import type { Tx } from "../store/open.ts";
import { addNotices } from "../store/writes/notices.ts";
import { markSystemTold } from "../store/writes/relays.ts";
import type { Deps } from "./deps.ts";

/** Tells the admins once that nothing gets through to an agency's system. `now` is city time, `wireNow` real. */
export const tellSystemFailing = (
  deps: Pick<Deps, "store" | "city">,
  { agencyId, failure }: { agencyId: string; failure: string },
  now: Date,
  wireNow: Date,
): Promise<void> =>
  deps.store.db.transaction(async (tx) => {
    if (!(await markSystemTold(tx, agencyId, wireNow))) return;
    await tellAdmins(tx, deps, { kind: "system_failing", params: { agencyId, failure } }, wireNow.toISOString(), now);
  });

/** Tells the admins that an agency's system will not take a report. */
export const tellRelayRefused = (
  deps: Pick<Deps, "store" | "city">,
  { relayId, ...params }: { relayId: number; number: number; agencyId: string; failure: string },
  now: Date,
): Promise<void> =>
  deps.store.db.transaction((tx) => tellAdmins(tx, deps, { kind: "relay_refused", params }, String(relayId), now));

type News = { [Kind in "system_failing" | "relay_refused"]: { kind: Kind; params: StaffNews[Kind] } };

const tellAdmins = async (
  tx: Tx,
  { store, city }: Pick<Deps, "store" | "city">,
  { kind, params }: News[keyof News],
  once: string,
  now: Date,
): Promise<void> => {
  const dueAt = outOfTheNight(city, now);
  const admins = await listStaff(tx, ["admin"]);
  const news = admins.map((admin) => ({
    ...admin,
    reportId: null,
    kind,
    params,
    dedupeKey: `${kind}:${params.agencyId}:${once}:${admin.chatId}`,
    dueAt,
  }));
  await addNotices(tx, news, now);
  if (dueAt > now) return;
  await store.wakeChats(
    tx,
    admins.map(({ chatId }) => chatId),
  );
};
