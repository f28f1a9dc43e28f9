import type { City } from "../city/schema.ts";
import type { Resident } from "../store/queries/residents.ts";
import { updateResident } from "../store/writes/residents.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** Whether the resident agreed to the text the city has now; an older agreement does not count. */
export const hasConsented = (resident: Pick<Resident, "consentVersion">, { consent }: Pick<City, "consent">): boolean =>
  resident.consentVersion !== null && resident.consentVersion >= consent.version;

/** Writes down that the resident agrees to this version of the text; refused when the text has changed since they were shown it. */
export const giveConsent = async (
  deps: Deps,
  { resident, version }: { resident: Resident; version: number },
  now: Date,
): Promise<{ ok: true; resident: Resident } | { ok: false; why: "outdated" }> => {
  if (version !== deps.city.consent.version) return { ok: false, why: "outdated" };
  if (hasConsented(resident, deps.city)) return { ok: true, resident };
  return deps.store.db.transaction(async (tx) => {
    const saved = await updateResident(tx, resident.id, { consentVersion: version, consentAt: now });
    await record(
      tx,
      deps,
      { report: null, actorId: resident.id, actorRole: "resident", kind: "consented", data: { version } },
      now,
    );
    return { ok: true, resident: saved };
  });
};
