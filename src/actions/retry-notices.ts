import { outOfTheNight } from "../report/when-told.ts";
import { TOLD_AT_ANY_HOUR } from "../notices/notices.ts";
import { hasRole } from "../report/permission.ts";
import { tryUnreachable } from "../store/writes/chats.ts";
import { retryUndeliverable } from "../store/writes/notices.ts";
import { logRefusal } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/**
 * An admin lets everything that could not be delivered wait anew, but for people who blocked the bot, and groups that muted it be tried
 * again. Nobody is woken here: they may be thousands of chats, and the sweep wakes them within a minute.
 */
export const retryNotices = (
  deps: Deps,
  { actorId }: { actorId: number },
  now: Date,
): Promise<{ ok: true; count: number } | { ok: false; why: "not_allowed" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) {
      logRefusal(deps, { act: "retry_notices", residentId: actorId, why: "not_allowed" });
      return { ok: false, why: "not_allowed" };
    }
    await tryUnreachable(tx);
    const count = await retryUndeliverable(tx, TOLD_AT_ANY_HOUR, (quiet) => outOfTheNight(deps.city, now, quiet));
    if (count === 0) return { ok: true, count };
    const fact = { report: null, actorId, actorRole: "admin", kind: "notices_retried", data: { count } } as const;
    await record(tx, deps, fact, now);
    return { ok: true, count };
  });
