import { findHeld } from "../store/queries/held-data.ts";
import { logRefusal } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { findPerson, type ForgetPerson, type PersonRefusal } from "./forget-person.ts";
import { record } from "./record.ts";

/** Everything held about oneself, or for the staff about the author of a report that an operator filed; that it was given is an event. */
export const giveData = async (
  deps: Deps,
  command: ForgetPerson,
  now: Date,
): Promise<{ ok: true; held: Awaited<ReturnType<typeof findHeld>> } | PersonRefusal> => {
  const given = await deps.store.db.transaction(async (tx) => {
    const whose = await findPerson(tx, command);
    if (!whose.ok) return whose;
    const { person, as } = whose;
    const held = await findHeld(tx, person);
    const data = { residentId: person.id };
    const fact = { report: null, actorId: command.actorId, actorRole: as, kind: "data_given", data } as const;
    await record(tx, deps, fact, now);
    return { ok: true, held } as const;
  });
  if (!given.ok)
    logRefusal(deps, { act: "mydata", reportId: command.reportId, residentId: command.actorId, why: given.why });
  return given;
};
