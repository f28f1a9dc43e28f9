import type { Role } from "../report/status.ts";
import { hasRole } from "../report/permission.ts";
import type { Tx } from "../store/open.ts";
import { findAuthor } from "../store/queries/author.ts";
import { addBanMark } from "../store/writes/ban-marks.ts";
import { erasePerson } from "../store/writes/erase-person.ts";
import { claimPerson, type ClaimedPerson } from "../store/writes/residents.ts";
import { logRefusal } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";
import { toBanMark } from "./refuse-banned.ts";

/** Whom to forget: oneself (`reportId` null), or for the staff the author of a report that an operator filed. */
export type ForgetPerson = { actorId: number; reportId: number | null };

/**
 * `staff`: an admin has to take their roles away first. `not_assisted`: its author has Telegram and asks for themselves. `nobody`: they are
 * forgotten already.
 */
export type PersonRefusal = { ok: false; why: "not_found" | "not_allowed" | "not_assisted" | "nobody" };
export type ForgetRefusal = PersonRefusal | { ok: false; why: "staff" };

/**
 * Erases a person: name, chat, phone, draft, volunteer's home, follows, unpublished photos and words. Reports, votes and events stay
 * without them, and open reports go on. Of a ban that goes on a mark stays, by which nobody but the person themselves is found, until its end.
 */
export const forgetPerson = async (
  deps: Deps,
  command: ForgetPerson,
  now: Date,
): Promise<{ ok: true } | ForgetRefusal> => {
  const done = await deps.store.db.transaction(async (tx) => {
    const whose = await findPerson(tx, command);
    if (!whose.ok) return whose;
    const { person, as } = whose;
    // Of those who are somebody in the city the audit tells who they are.
    if ((await findActor(tx, person.id)).grants.length > 0) return { ok: false, why: "staff" } as const;
    await keepBan(tx, person, now);
    await erasePerson(tx, person, now);
    if (person.telegramId !== null) await deps.store.forgetChat(tx, person.telegramId);
    await deps.store.wakePhotos(tx);
    const data = { residentId: person.id };
    const fact = { report: null, actorId: command.actorId, actorRole: as, kind: "erased", data } as const;
    await record(tx, deps, fact, now);
    return { ok: true } as const;
  });
  if (!done.ok)
    logRefusal(deps, { act: "forget", reportId: command.reportId, residentId: command.actorId, why: done.why });
  return done;
};

/** Being forgotten must not be the way out of a ban. */
const keepBan = async (tx: Tx, person: ClaimedPerson, now: Date): Promise<void> => {
  const { bannedUntil: until } = person;
  const mark = until === null || until <= now ? null : await toBanMark(person);
  if (until !== null && mark !== null) await addBanMark(tx, { mark, until });
};

/** The person somebody may ask about, locked: themselves, or as operator or admin the author of an assisted report. */
export const findPerson = async (
  tx: Tx,
  { actorId, reportId }: ForgetPerson,
): Promise<{ ok: true; person: ClaimedPerson; as: Role | "resident" } | PersonRefusal> => {
  if (reportId === null) {
    const person = await claimPerson(tx, actorId);
    return person === null ? { ok: false, why: "nobody" } : { ok: true, person, as: "resident" };
  }
  const actor = await findActor(tx, actorId);
  const as = (["operator", "admin"] as const).find((role) => hasRole(actor, role));
  if (as === undefined) return { ok: false, why: "not_allowed" };
  const found = await findAuthor(tx, reportId);
  if (found === null) return { ok: false, why: "not_found" };
  const { operatorId, authorId } = found.report;
  if (operatorId === null) return { ok: false, why: "not_assisted" };
  const person = authorId === null ? null : await claimPerson(tx, authorId);
  return person === null ? { ok: false, why: "nobody" } : { ok: true, person, as };
};
