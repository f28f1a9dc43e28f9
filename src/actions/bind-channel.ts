import { hasRole } from "../report/permission.ts";
import { listChannels } from "../store/queries/channel-posts.ts";
import { removeChat, saveChat } from "../store/writes/chats.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/** An admin binds a channel: published answers and confirmed reports are posted there from now on, in the city's first language. */
export const bindChannel = async (
  deps: Deps,
  { actorId, chatId }: { actorId: number; chatId: number },
  now: Date,
): Promise<{ ok: true } | { ok: false; why: "not_allowed" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    const binding = { purpose: "channel" as const, districtIds: [], agencyId: null };
    await saveChat(tx, { chatId, ...binding, locale: deps.city.locales[0], boundById: actorId, boundAt: now });
    await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "chat_bound", data: binding }, now);
    return { ok: true };
  });

/** An admin ends a channel's binding, or every channel's (`chatId` null); how many that were. What stands there stays. */
export const unbindChannels = async (
  deps: Deps,
  { actorId, chatId }: { actorId: number; chatId: number | null },
  now: Date,
): Promise<{ ok: true; count: number } | { ok: false; why: "not_allowed" | "not_bound" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    const bound = (await listChannels(tx)).filter((id) => chatId === null || id === chatId);
    if (bound.length === 0) return { ok: false, why: "not_bound" };
    for (const id of bound) {
      await removeChat(tx, id);
      await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "chat_unbound", data: {} }, now);
    }
    return { ok: true, count: bound.length };
  });
