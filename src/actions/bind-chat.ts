import { hasRole } from "../report/permission.ts";
import type { ChatRow } from "../store/schema/chats.ts";
import { saveChat } from "../store/writes/chats.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/** An admin makes a group an editors' group; no districts are all of them. `locale` is the language the group is spoken to in. */
export type BindChat = { actorId: number; chatId: number; districtIds: readonly string[]; locale: string };

/** Binds a group, or changes what it is bound to: its districts' new reports arrive there from now on. */
export const bindChat = async (
  deps: Deps,
  { actorId, chatId, districtIds, locale }: BindChat,
  now: Date,
): Promise<
  | { ok: true; chat: ChatRow }
  | { ok: false; why: "not_allowed" | "not_a_group" }
  | { ok: false; why: "unknown_district"; districtId: string }
> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    if (chatId >= 0) return { ok: false, why: "not_a_group" };
    const known = new Set(deps.city.districts.map(({ id }) => id));
    const strange = districtIds.find((id) => !known.has(id));
    if (strange !== undefined) return { ok: false, why: "unknown_district", districtId: strange };
    const binding = { purpose: "editors" as const, districtIds: [...new Set(districtIds)], agencyId: null };
    const chat: ChatRow = { chatId, ...binding, locale, boundById: actorId, boundAt: now };
    await saveChat(tx, chat);
    await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "chat_bound", data: binding }, now);
    return { ok: true, chat };
  });
