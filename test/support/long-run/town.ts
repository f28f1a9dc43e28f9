/** The people of a long run: residents all over the city, and staff for every desk. */
import { eq } from "drizzle-orm";
import type { Deps } from "../../../src/actions/deps.ts";
import { setQuietHours } from "../../../src/actions/set-quiet-hours.ts";
import { volunteer } from "../../../src/actions/volunteer.ts";
import { chats, grants } from "../../../src/store/schema/index.ts";
import type { Point } from "../../../src/city/schema.ts";
import { updateResident } from "../../../src/store/writes/residents.ts";
import { aResident } from "../people.ts";
import type { Quiet } from "./almanac.ts";
import type { Chance } from "./chance.ts";

/** Somebody and where they are told; a person's private chat has the number of their Telegram id. */
export type Person = { id: number; chatId: number };
export type Officer = Person & { agencyId: string; isHead: boolean };

export type Town = {
  residents: readonly Person[];
  /** By the id of the resident who is one. */
  homes: ReadonlyMap<number, Point>;
  /** The chats of those who read their news once a day. */
  digests: ReadonlySet<number>;
  /** The quiet hours of those who chose their own, by chat. */
  quiet: ReadonlyMap<number, Quiet>;
  editors: readonly Person[];
  officers: readonly Officer[];
  inspectors: readonly Person[];
  admins: readonly Person[];
  /** Editors' groups with their districts, and agencies' groups. */
  editorGroups: readonly { chatId: number; districtIds: readonly string[] }[];
  agencyGroups: readonly { chatId: number; agencyId: string }[];
};

/** Yards, each in the middle of its district: near enough to one another that neighbours know of each other's reports. */
export const YARDS = [
  { districtId: "kuntsevo", lat: 55.73, lon: 37.42 },
  { districtId: "kuntsevo", lat: 55.7312, lon: 37.424 },
  { districtId: "ramenki", lat: 55.7, lon: 37.5 },
] as const;

/** The chats in which an agency is told: its groups, or its officers' own. */
export const chatsOf = ({ agencyGroups, officers }: Town, agency: string | null): number[] => {
  const groups = agencyGroups.filter(({ agencyId }) => agencyId === agency);
  const people = officers.filter(({ agencyId }) => agencyId === agency);
  return (groups.length > 0 ? groups : people).map(({ chatId }) => chatId);
};

const QUIET_HOURS: readonly Quiet[] = [{ from: 20, until: 8 }, { from: 0, until: 9 }, { from: 23, until: 10 }, null];

/** Every second agency has a head; one has a group, and so has one of the editors' districts. */
export const aTown = async (deps: Deps, chance: Chance, residentCount: number, now: Date): Promise<Town> => {
  const { db } = deps.store;
  let telegramId = 1000;
  const person = async (staff: Parameters<typeof aResident>[1] = {}): Promise<Person> => {
    telegramId += 1;
    return { id: await aResident(db, { ...staff, telegramId }), chatId: telegramId };
  };
  const many = async <One>(count: number, make: (i: number) => Promise<One>): Promise<One[]> => {
    const made: One[] = [];
    for (let i = 0; i < count; i += 1) made.push(await make(i));
    return made;
  };
  const admins = await many(1, () => person({ role: "admin" }));
  const editors = await many(4, () => person({ role: "editor" }));
  const inspectors = await many(2, () => person({ role: "inspector" }));
  const officers = await many(deps.city.agencies.length * 2, async (i): Promise<Officer> => {
    const agencyId = deps.city.agencies[Math.floor(i / 2)]?.id ?? "";
    const isHead = i % 4 === 1;
    const officer = await person({ role: "officer", agencyId });
    if (isHead) await db.update(grants).set({ isHead }).where(eq(grants.residentId, officer.id));
    return { ...officer, agencyId, isHead };
  });
  const [admin] = admins;
  const bound = { locale: "ru", boundById: admin?.id ?? 0, boundAt: now };
  const editorGroups = [{ chatId: -100, districtIds: ["kuntsevo"] }];
  const agencyGroups = [{ chatId: -200, agencyId: deps.city.agencies[0]?.id ?? "" }];
  for (const group of editorGroups) {
    await db.insert(chats).values({ ...bound, ...group, purpose: "editors", districtIds: [...group.districtIds] });
  }
  for (const group of agencyGroups) {
    await db.insert(chats).values({ ...bound, ...group, purpose: "agency", districtIds: [] });
  }
  const residents = await many(residentCount, () => person());
  const homes = new Map<number, Point>();
  for (const { id } of residents.filter(() => chance.is(0.15))) {
    const yard = chance.pick(YARDS);
    // Some within a kilometer, some beyond.
    const home = { lat: yard.lat + chance.between(-0.012, 0.012), lon: yard.lon + chance.between(-0.02, 0.02) };
    if ((await volunteer(deps, { residentId: id, home, question: null }, now)).ok) homes.set(id, home);
  }
  const digested = residents.filter((_, i) => i % 5 === 2);
  for (const { id } of digested) await updateResident(db, id, { wantsDigest: true });
  const digests = new Set(digested.map(({ chatId }) => chatId));
  const quiet = new Map<number, Quiet>();
  for (const [i, hours] of QUIET_HOURS.entries()) {
    // Of the third, who sleeps longest, some read a digest, too.
    for (const { id: residentId, chatId } of residents.filter((_, n) => n % 12 === 3 * i + 1)) {
      await setQuietHours(deps, { residentId, quiet: hours }, now);
      quiet.set(chatId, hours);
    }
  }
  return { residents, homes, digests, quiet, editors, officers, inspectors, admins, editorGroups, agencyGroups };
};
