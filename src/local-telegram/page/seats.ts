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

/**
 * Seats shown before anybody chose: one of each role, then groups, then the rest, as many as fit;
 * so a narrow screen still shows both ends of the story instead of two people of the same role.
 */
export const firstSeats = (world: World, room: number): string[] => {
  const seats = seatsOf(world);
  const roles = new Set<string>();
  const rank = (seat: Seat): number => {
    if (seat.kind === "group") return 1;
    const caption = personOf(world, seat.personId)?.caption ?? {};
    // English captions have no gender, so «житель» and «жительница» count as one role.
    const role = caption["en"] ?? spoken(caption);
    const repeated = roles.has(role);
    roles.add(role);
    return repeated ? 2 : 0;
  };
  const ranked = seats.map((seat, index) => ({ seat, index, rank: rank(seat) }));
  const chosen = ranked.toSorted((a, b) => a.rank - b.rank || a.index - b.index).slice(0, Math.max(1, room));
  return chosen.toSorted((a, b) => a.index - b.index).map(({ seat }) => seat.key);
};
