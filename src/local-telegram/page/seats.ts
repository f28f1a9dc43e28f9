/** Who sits where: a seat is one column of the screen, a person's chat with the bot or a group. */
import type { PageGroup, PagePerson, World } from "../page-api.ts";
import { members, spoken, t } from "./strings.ts";

export type Seat =
  | { kind: "person"; key: string; chatId: number; personId: number }
  | { kind: "group"; key: string; chatId: number; memberIds: readonly number[] };

/** Every seat the world offers: people first, then groups, in the messenger's order. */
export const seatsOf = (world: World): Seat[] => [
  ...world.people.map((person): Seat => ({
    kind: "person",
    key: `p${person.id}`,
    chatId: person.id,
    personId: person.id,
  })),
  ...world.groups.map((group): Seat => ({
    kind: "group",
    key: `g${group.id}`,
    chatId: group.id,
    memberIds: group.memberIds,
  })),
];

export const personOf = (world: World, id: number): PagePerson | undefined =>
  world.people.find((person) => person.id === id);

const groupOf = (world: World, id: number): PageGroup | undefined => world.groups.find((group) => group.id === id);

export const fullName = (person: { firstName: string; lastName?: string }): string =>
  [person.firstName, person.lastName].filter(Boolean).join(" ");

/** What stands in the seat's header: name and the line below it. */
export const titleOf = (world: World, seat: Seat): { name: string; caption: string } => {
  if (seat.kind === "group") {
    const group = groupOf(world, seat.chatId);
    return { name: group?.title ?? "", caption: `${t("group")}, ${members((group?.memberIds.length ?? 0) + 1)}` };
  }
  const person = personOf(world, seat.personId);
  return person === undefined ? { name: "", caption: "" } : { name: fullName(person), caption: spoken(person.caption) };
};

/** What is short enough for a crowded bar: a first name, or a group's title. */
export const shortNameOf = (world: World, seat: Seat): string =>
  (seat.kind === "person" ? personOf(world, seat.personId)?.firstName : groupOf(world, seat.chatId)?.title) ?? "";

/** «resident» of «resident, in English»; English captions have no gender, so «житель» and «жительница» are one role. */
const roleOf = (person: PagePerson | undefined): string =>
  (person?.caption["en"] ?? spoken(person?.caption ?? {})).split(/[,(·]/u)[0]?.trim() ?? "";

const leadingRoles = 3;

/**
 * Seats shown before anybody chose, as many as fit: one person of each of the first roles, then groups, then other roles,
 * then the rest; so a narrow screen shows both ends of the story instead of two people of the same role.
 */
export const firstSeats = (world: World, room: number): string[] => {
  const seats = seatsOf(world);
  const roles = new Set<string>();
  const rank = (seat: Seat): number => {
    if (seat.kind === "group") return 1;
    const role = roleOf(personOf(world, seat.personId));
    if (roles.has(role)) return 3;
    roles.add(role);
    return roles.size <= leadingRoles ? 0 : 2;
  };
  const ranked = seats.map((seat, index) => ({ seat, index, rank: rank(seat) }));
  const chosen = ranked.toSorted((a, b) => a.rank - b.rank || a.index - b.index).slice(0, Math.max(1, room));
  return chosen.toSorted((a, b) => a.index - b.index).map(({ seat }) => seat.key);
};
