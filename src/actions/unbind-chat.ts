import { hasRole } from "../report/permission.ts";
import { removeChat } from "../store/writes/chats.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/** Ends a group's binding: nothing new arrives there. */
export const unbindChat = async (
  deps: Deps,
  { actorId, chatId }: { actorId: number; chatId: number },
  now: Date,
): Promise<{ ok: true } | { ok: false; why: "not_allowed" | "not_bound" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    if (!(await removeChat(tx, chatId))) return { ok: false, why: "not_bound" };
    await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "chat_unbound", data: {} }, now);
    return { ok: true };
  });
