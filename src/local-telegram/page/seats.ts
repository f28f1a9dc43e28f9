/** Who sits where: a seat is one column of the screen, a person's chat with the bot, a group or a channel. */
import type { PageChannel, PageGroup, PagePerson, World } from "../page-api.ts";
import { members, spoken, subscribers, t } from "./strings.ts";

export type Seat =
  | { kind: "person"; key: string; chatId: number; personId: number }
  | { kind: "group"; key: string; chatId: number; memberIds: readonly number[] }
  | { kind: "channel"; key: string; chatId: number };

/** Every seat the world offers: people first, then groups, then channels, in the messenger's order. */
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
  ...world.channels.map(({ id }): Seat => ({ kind: "channel", key: `c${id}`, chatId: id })),
];

export const personOf = (world: World, id: number): PagePerson | undefined =>
  world.people.find((person) => person.id === id);

const groupOf = (world: World, id: number): PageGroup | undefined => world.groups.find((group) => group.id === id);

const channelOf = (world: World, id: number): PageChannel | undefined =>
  world.channels.find((channel) => channel.id === id);

export const fullName = (person: { firstName: string; lastName?: string }): string =>
  [person.firstName, person.lastName].filter(Boolean).join(" ");

/** What stands in the seat's header: name and the line below it. */
export const titleOf = (world: World, seat: Seat): { name: string; caption: string } => {
  if (seat.kind === "group") {
    const group = groupOf(world, seat.chatId);
    return { name: group?.title ?? "", caption: `${t("group")}, ${members((group?.memberIds.length ?? 0) + 1)}` };
  }
  if (seat.kind === "channel") {
    const channel = channelOf(world, seat.chatId);
    return { name: channel?.title ?? "", caption: `${t("channel")}, ${subscribers(channel?.subscribers ?? 0)}` };
  }
  const person = personOf(world, seat.personId);
  return person === undefined ? { name: "", caption: "" } : { name: fullName(person), caption: spoken(person.caption) };
};

/** What is short enough for a crowded bar: a first name, or a title. */
export const shortNameOf = (world: World, seat: Seat): string =>
  seat.kind === "person" ? (personOf(world, seat.personId)?.firstName ?? "") : titleOf(world, seat).name;

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
    if (seat.kind === "channel") return 2;
    const role = roleOf(personOf(world, seat.personId));
    if (roles.has(role)) return 3;
    roles.add(role);
    return roles.size <= leadingRoles ? 0 : 2;
  };
  const ranked = seats.map((seat, index) => ({ seat, index, rank: rank(seat) }));
  const chosen = ranked.toSorted((a, b) => a.rank - b.rank || a.index - b.index).slice(0, Math.max(1, room));
  return chosen.toSorted((a, b) => a.index - b.index).map(({ seat }) => seat.key);
};
