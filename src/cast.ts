/** Who lives in the messenger on one's own machine: a few people and a group to play the whole story with. They are made up. */
import { bindChat } from "./actions/bind-chat.ts";
import { createInvitation } from "./actions/create-invitation.ts";
import type { Deps } from "./actions/deps.ts";
import { meetResident } from "./actions/meet-resident.ts";
import { useInvitation } from "./actions/use-invitation.ts";
import type { City } from "./city/schema.ts";
import { findVisit } from "./store/queries/residents.ts";
import type { StaffRole } from "./report/status.ts";
import type { Group, Person } from "./local-telegram/settings.ts";

/** Telegram ids of the people and the group, for whoever tells a story with them. */
export const CAST = { maria: 1001, emma: 1002, anna: 1003, igor: 1004, olga: 1005, editors: -1001000000001 } as const;

/** A person of the local messenger and the staff role they hold from the first start. */
export type CastMember = Person & { role: { role: StaffRole; agencyId: string | null } | null };

export type Cast = { members: CastMember[]; editors: Group; adminIds: number[] };

/** The people are the same in every city; the officer works for the agency that the city names first. */
export const castOf = (city: City): Cast => {
  const agency = city.agencies[0];
  if (agency === undefined) throw new Error("a city has at least one agency");
  const members: CastMember[] = [
    {
      id: CAST.maria,
      firstName: "Мария",
      lastName: "Орлова",
      username: "maria_orlova",
      languageCode: "ru",
      caption: { ru: "жительница", en: "resident" },
      role: null,
    },
    {
      id: CAST.emma,
      firstName: "Emma",
      lastName: "Clark",
      username: "emma_clark",
      languageCode: "en",
      caption: { ru: "жительница, по-английски", en: "resident, in English" },
      role: null,
    },
    {
      id: CAST.anna,
      firstName: "Анна",
      lastName: "Соколова",
      username: "anna_sokolova",
      languageCode: "ru",
      caption: { ru: "редактор", en: "editor" },
      role: { role: "editor", agencyId: null },
    },
    {
      id: CAST.igor,
      firstName: "Игорь",
      lastName: "Павлов",
      username: "igor_pavlov",
      languageCode: "ru",
      caption: Object.fromEntries(
        Object.entries(agency.shortName).map(([locale, name]) => [
          locale,
          `${OFFICER[locale] ?? OFFICER["en"]}, ${name}`,
        ]),
      ),
      role: { role: "officer", agencyId: agency.id },
    },
    {
      id: CAST.olga,
      firstName: "Ольга",
      lastName: "Громова",
      username: "olga_gromova",
      languageCode: "ru",
      caption: { ru: "администратор", en: "admin" },
      role: { role: "admin", agencyId: null },
    },
  ];
  return {
    members,
    adminIds: members.filter(({ role }) => role?.role === "admin").map(({ id }) => id),
    editors: {
      id: CAST.editors,
      title: "Редакция · Editors",
      memberIds: [CAST.anna, CAST.olga],
      adminIds: [CAST.olga],
    },
  };
};

const OFFICER: Readonly<Record<string, string>> = { ru: "исполнитель", en: "officer" };

/**
 * Gives the cast their roles and binds the editors' group, each in the way a real city does it, and only the first time: what an
 * admin changes later stays. Call it after the admins of `cast.adminIds` are granted; `newcomers` are those who were unknown before.
 */
export const seatCast = async (deps: Deps, cast: Cast, newcomers: readonly CastMember[], now: Date): Promise<void> => {
  const known = new Map<number, number>();
  for (const { id, firstName, lastName, languageCode } of cast.members) {
    const name = [firstName, lastName].filter(Boolean).join(" ");
    const locale = deps.city.locales.includes(languageCode) ? languageCode : deps.city.locales[0];
    const { resident } = await meetResident(deps, { telegramId: id, name, locale }, 0, now);
    known.set(id, resident.id);
  }
  const adminId = known.get(cast.adminIds[0] ?? 0);
  if (adminId === undefined) throw new Error("the cast has an admin");
  for (const { id, role } of newcomers) {
    const residentId = known.get(id);
    if (role === null || role.role === "admin" || residentId === undefined) continue;
    const invitation = await createInvitation(deps, { actorId: adminId, ...role }, now);
    if (!invitation.ok) throw new Error(`the cast's ${role.role} cannot be invited: ${invitation.why}`);
    await useInvitation(deps, { residentId, token: invitation.token }, now);
  }
  if (newcomers.some(({ id }) => cast.adminIds.includes(id))) {
    await bindChat(
      deps,
      { actorId: adminId, chatId: cast.editors.id, districtIds: [], locale: deps.city.locales[0] },
      now,
    );
  }
};

/** Those of the cast whom the database does not know yet. */
export const newcomersOf = async (deps: Deps, cast: Cast): Promise<CastMember[]> => {
  const visits = await Promise.all(cast.members.map(({ id }) => findVisit(deps.store.db, id, 0)));
  return cast.members.filter((_, index) => visits[index] === null);
};
