import { districtOf } from "../city/districts.ts";
import type { Point } from "../city/schema.ts";
import { answerPrompt } from "../store/writes/prompts.ts";
import { removeVolunteer, saveVolunteer } from "../store/writes/volunteers.ts";
import type { Deps } from "./deps.ts";
import type { Answering } from "./gather-words.ts";
import { record } from "./record.ts";
import { refuseBanned, type Banned } from "./refuse-banned.ts";

/** Makes a resident a volunteer at home in this place, or moves them there; refused outside the city. */
export const volunteer = async (
  deps: Deps,
  { residentId, home, question }: { residentId: number; home: Point; question: Answering | null },
  now: Date,
): Promise<{ ok: true } | Banned | { ok: false; why: "outside" }> =>
  deps.store.db.transaction(async (tx) => {
    if (districtOf(deps.city, home) === null) return { ok: false, why: "outside" };
    const banned = await refuseBanned(tx, residentId, now);
    if (banned !== null) return banned;
    await saveVolunteer(tx, residentId, home, now);
    if (question !== null) await answerPrompt(tx, question, question);
    const fact = { report: null, actorId: residentId, actorRole: "resident", kind: "volunteered", data: {} } as const;
    await record(tx, deps, fact, now);
    return { ok: true };
  });

/** Ends it and forgets where they are at home; refused to whoever is no volunteer. */
export const stopVolunteering = async (
  deps: Deps,
  { residentId }: { residentId: number },
  now: Date,
): Promise<{ ok: true } | { ok: false; why: "no_volunteer" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!(await removeVolunteer(tx, residentId))) return { ok: false, why: "no_volunteer" };
    const fact = { report: null, actorId: residentId, actorRole: "resident", kind: "unvolunteered", data: {} } as const;
    await record(tx, deps, fact, now);
    return { ok: true };
  });
