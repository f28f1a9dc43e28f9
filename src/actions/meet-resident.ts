import { findVisit, type Resident, type Visit } from "../store/queries/residents.ts";
import { saveResident } from "../store/writes/residents.ts";
import type { Deps } from "./deps.ts";
import { markReturned } from "./mark-reach.ts";
import { resumeBan } from "./refuse-banned.ts";

/** Whoever an update comes from; `locale` is the language to greet a newcomer in. */
export type Person = { telegramId: number; name: string; locale: string };

/**
 * Finds the resident behind an update, or adds them; the draft they are writing comes along.
 * One round trip, a second one only for newcomers, a changed name, and those who had blocked the bot.
 */
export const meetResident = async (
  { store }: Pick<Deps, "store">,
  person: Person,
  updateId: number,
  now: Date,
): Promise<Visit> => {
  const known = await findVisit(store.db, person.telegramId, updateId);
  if (known !== null && known.resident.name === person.name && known.resident.blockedAt === null) return known;
  // Whoever writes is there again, whether or not Telegram told so: an admin's very first word comes without it.
  if (known !== null && known.resident.blockedAt !== null) await markReturned({ store }, person.telegramId);
  const resident =
    known === null ? await meetNewcomer({ store }, person, now) : await saveResident(store.db, person, now);
  return { draft: null, answering: null, isHandled: false, isAsked: false, isQuestioned: false, ...known, resident };
};

/** Added together with the ban that waits for them, if one does. */
const meetNewcomer = ({ store }: Pick<Deps, "store">, person: Person, now: Date): Promise<Resident> =>
  store.db.transaction(async (tx) => {
    const resident = await saveResident(tx, person, now);
    const bannedUntil = await resumeBan(tx, resident, now);
    return bannedUntil === null ? resident : { ...resident, bannedUntil };
  });
