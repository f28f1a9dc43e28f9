import { hasRole } from "../report/permission.ts";
import { saveChat, type Binding } from "../store/writes/chats.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/**
 * An admin makes a group an editors' group, where no districts are all of them, or (`agencyId`) an agency's. `locale` is the language
 * the group is spoken to in.
 */
export type BindChat = {
  actorId: number;
  chatId: number;
  districtIds: readonly string[];
  agencyId?: string | null;
  locale: string;
};

/** Binds a group, or changes what it is bound to: its districts' new reports, or its agency's, arrive there from now on. */
export const bindChat = async (
  deps: Deps,
  { actorId, chatId, districtIds, agencyId = null, locale }: BindChat,
  now: Date,
): Promise<
  | { ok: true; chat: Binding }
  | { ok: false; why: "not_allowed" | "not_a_group" | "unknown_agency" }
  | { ok: false; why: "unknown_district"; districtId: string }
> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    if (chatId >= 0) return { ok: false, why: "not_a_group" };
    const known = new Set(deps.city.districts.map(({ id }) => id));
    const strange = districtIds.find((id) => !known.has(id));
    if (strange !== undefined) return { ok: false, why: "unknown_district", districtId: strange };
    if (agencyId !== null && !deps.city.agencies.some(({ id }) => id === agencyId)) {
      return { ok: false, why: "unknown_agency" };
    }
    const purpose = agencyId === null ? ("editors" as const) : ("agency" as const);
    const binding = { purpose, districtIds: agencyId === null ? [...new Set(districtIds)] : [], agencyId };
    const chat: Binding = { chatId, ...binding, locale, boundById: actorId, boundAt: now };
    await saveChat(tx, chat);
    await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "chat_bound", data: binding }, now);
    return { ok: true, chat };
  });
