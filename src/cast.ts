/** Who lives in the messenger on one's own machine: a few people, two groups and a channel to play the whole story with. They are made up. */
import { bindChannel } from "./actions/bind-channel.ts";
import { bindChat } from "./actions/bind-chat.ts";
import { createInvitation } from "./actions/create-invitation.ts";
import type { Deps } from "./actions/deps.ts";
import { meetResident } from "./actions/meet-resident.ts";
import { setQuietHours } from "./actions/set-quiet-hours.ts";
import { useInvitation } from "./actions/use-invitation.ts";
import type { Agency, City } from "./city/schema.ts";
import { outOfTheNight } from "./report/when-told.ts";
import { findVisit } from "./store/queries/residents.ts";
import type { StaffRole } from "./report/status.ts";
import type { Channel, Group, Person } from "./local-telegram/settings.ts";

/** Telegram ids of the people, the groups and the channel, for whoever tells a story with them. */
export const CAST = {
  maria: 1001,
  emma: 1002,
  anna: 1003,
  dmitry: 1006,
  igor: 1004,
  vera: 1007,
  pyotr: 1008,
  nina: 1009,
  olga: 1005,
  editors: -1001000000001,
  housing: -1001000000002,
  channel: -1001000000003,
} as const;

type Grant = { role: StaffRole; agencyId: string | null; isHead?: boolean };

/** A person of the local messenger and the staff role they hold from the first start. */
export type CastMember = Person & { role: Grant | null };

/** A group of the local messenger, of editors or (`agencyId`) of an agency. */
export type CastGroup = Group & { agencyId: string | null };

export type Cast = { members: CastMember[]; groups: CastGroup[]; channels: Channel[]; adminIds: number[] };

/**
 * The people are the same in every city. The agency that the city names first has an officer, a head and a group; one officer works
 * alone, for the agency that answers for most other topics in the first district.
 */
export const castOf = (city: City): Cast => {
  const [first] = city.agencies;
  if (first === undefined) throw new Error("a city has at least one agency");
  const second = busiestBeside(city, first);
  const members: CastMember[] = [
    person(CAST.maria, "Мария Орлова", "maria_orlova", { ru: "жительница", en: "resident" }, null),
    {
      ...person(
        CAST.emma,
        "Emma Clark",
        "emma_clark",
        { ru: "жительница, по-английски", en: "resident, in English" },
        null,
      ),
      languageCode: "en",
    },
    person(CAST.anna, "Анна Соколова", "anna_sokolova", { ru: "редактор", en: "editor" }, staff("editor")),
    person(
      CAST.dmitry,
      "Дмитрий Лебедев",
      "dmitry_lebedev",
      of(second, { ru: "исполнитель", en: "officer" }),
      officer(second),
    ),
    person(CAST.igor, "Игорь Павлов", "igor_pavlov", of(first, { ru: "исполнитель", en: "officer" }), officer(first)),
    person(CAST.vera, "Вера Кузнецова", "vera_kuznetsova", of(first, { ru: "руководитель", en: "head" }), {
      ...officer(first),
      isHead: true,
    }),
    person(CAST.pyotr, "Пётр Ильин", "pyotr_ilyin", { ru: "инспектор", en: "inspector" }, staff("inspector")),
    person(CAST.nina, "Нина Фролова", "nina_frolova", { ru: "оператор", en: "operator" }, staff("operator")),
    person(CAST.olga, "Ольга Громова", "olga_gromova", { ru: "администратор", en: "admin" }, staff("admin")),
  ];
  return {
    members,
    adminIds: members.filter(({ role }) => role?.role === "admin").map(({ id }) => id),
    groups: [
      {
        id: CAST.editors,
        title: "Редакция · Editors",
        memberIds: [CAST.anna, CAST.olga],
        adminIds: [CAST.olga],
        agencyId: null,
      },
      {
        id: CAST.housing,
        title: first.shortName["ru"] ?? first.id,
        memberIds: [CAST.igor, CAST.vera],
        adminIds: [CAST.vera],
        agencyId: first.id,
      },
    ],
    channels: [
      {
        id: CAST.channel,
        title: city.name[city.locales[0]] ?? "Отклик",
        username: "otklik_city",
        adminIds: [CAST.olga],
        subscriberIds: [CAST.maria, CAST.emma],
      },
    ],
  };
};

const staff = (role: StaffRole): Grant => ({ role, agencyId: null });

const officer = ({ id }: Agency): Grant => ({ role: "officer", agencyId: id });

/** Who they are for whom: «officer, Roads» in each language the agency has a name in. */
const of = (agency: Agency, what: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(agency.shortName).map(([locale, name]) => [locale, `${what[locale] ?? what["en"]}, ${name}`]),
  );

const person = (
  id: number,
  name: string,
  username: string,
  caption: Readonly<Record<string, string>>,
  role: Grant | null,
): CastMember => {
  const [firstName = name, lastName = ""] = name.split(" ");
  // Staff have opened the link of their invitation.
  return { id, firstName, lastName, username, languageCode: "ru", caption, role, hasStarted: role !== null };
};

const busiestBeside = (city: City, agency: Agency): Agency => {
  const district = city.districts[0]?.id ?? "";
  const topics = new Map<string, number>();
  for (const route of city.routes.values()) {
    const id = route.get(district) ?? "";
    topics.set(id, (topics.get(id) ?? 0) + 1);
  }
  const others = city.agencies.filter(({ id }) => id !== agency.id);
  return others.toSorted((a, b) => (topics.get(b.id) ?? 0) - (topics.get(a.id) ?? 0))[0] ?? agency;
};

/**
 * Gives the cast their roles and binds their groups and channel, each in the way a real city does it, and only the first time: what an admin
 * changes later stays. Call it after the admins of `cast.adminIds` are granted; `newcomers` are those who were unknown before.
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
  const isNight = outOfTheNight(deps.city, now) > now;
  for (const { id, role } of newcomers) {
    const residentId = known.get(id);
    if (residentId === undefined) continue;
    // Whoever tries it out in the city's night wants to see what people are told, and not tomorrow.
    if (isNight) await setQuietHours(deps, { residentId, quiet: null }, now);
    if (role === null || role.role === "admin") continue;
    const invitation = await createInvitation(deps, { actorId: adminId, ...role }, now);
    if (!invitation.ok) throw new Error(`the cast's ${role.role} cannot be invited: ${invitation.why}`);
    await useInvitation(deps, { residentId, token: invitation.token }, now);
  }
  for (const { id: chatId, memberIds, agencyId } of cast.groups) {
    if (!newcomers.some(({ id }) => memberIds.includes(id))) continue;
    const binding = { actorId: adminId, chatId, districtIds: [], agencyId, locale: deps.city.locales[0] };
    const bound = await bindChat(deps, binding, now);
    if (!bound.ok) throw new Error(`the cast's group ${chatId} cannot be bound: ${bound.why}`);
  }
  for (const { id: chatId, adminIds } of cast.channels) {
    if (!newcomers.some(({ id }) => adminIds.includes(id))) continue;
    const bound = await bindChannel(deps, { actorId: adminId, chatId }, now);
    if (!bound.ok) throw new Error(`the cast's channel ${chatId} cannot be bound: ${bound.why}`);
  }
};

/** Those of the cast whom the database does not know yet. */
export const newcomersOf = async (deps: Deps, cast: Cast): Promise<CastMember[]> => {
  const visits = await Promise.all(cast.members.map(({ id }) => findVisit(deps.store.db, id, 0)));
  return cast.members.filter((_, index) => visits[index] === null);
};
