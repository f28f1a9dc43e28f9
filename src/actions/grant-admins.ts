import { addNamedAdmins, ensureResidents, removeUnnamedAdmins } from "../store/writes/grants.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";
import { tellRoleEnded } from "./tell-role-ended.ts";

/**
 * Makes the people named in the settings admins, at every start. Those no longer named lose what the settings gave them, and keep
 * what an invitation did. Several processes may do it at once.
 */
export const grantAdmins = (deps: Deps, telegramIds: readonly number[], now: Date): Promise<void> =>
  deps.store.db.transaction(async (tx) => {
    const named = await ensureResidents(tx, telegramIds, deps.city.locales[0], now);
    const facts = { report: null, actorRole: "admin", data: {} } as const;
    for (const actorId of await addNamedAdmins(tx, named, now)) {
      await record(tx, deps, { ...facts, actorId, kind: "admin_named" }, now);
    }
    for (const { grantId, residentId } of await removeUnnamedAdmins(tx, named, now)) {
      await record(tx, deps, { ...facts, actorId: residentId, kind: "admin_unnamed" }, now);
      await tellRoleEnded(tx, deps, { grantId, residentId, role: "admin", agencyId: null, movedTo: null }, now);
    }
  });
