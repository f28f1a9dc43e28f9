/** Whatever is typed wrongly after a command is answered clearly, with an example, in the person's language, and changes nothing. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allCommands } from "../../../src/bot/bot.ts";
import type { CommandEntry } from "../../../src/bot/commands.ts";
import { loadI18n } from "../../../src/i18n/i18n.ts";
import { STAFF_ROLES } from "../../../src/report/status.ts";
import { chats } from "../../../src/store/schema/chats.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { ANNA, CREW, GROUP, MARIA, OLGA, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { AGENCIES } from "../../support/acts.ts";
import { anOriginal, castOfLife, live, type Life } from "../../support/life.ts";
import { hoursAfter, NOON } from "../../support/people.ts";
import { snapshotOf } from "../../support/snapshot.ts";

const i18n = await loadI18n("locales");

/** What may stand after a command, and where it is refused. */
type Takes = {
  /** The number of a report comes first. */
  number?: true;
  /** What stands after it and would do. */
  rest?: string;
  /** The words after it have to be there. */
  needsRest?: true;
  /** What begins words that become too long. */
  tooLong?: string;
  /** Where it would be possible, if not in moderation. */
  possible?: Life;
  /** A report for which it comes too late. */
  late?: Life;
  /** Only its author may, or an operator who filed it. */
  own?: true;
  /** Words that no such command takes, and the example that is shown then; by default how the whole command is written. */
  wrong?: readonly string[];
  example?: RegExp;
};

/** Every command has its line. One without any takes whatever is typed as nothing. */
const COMMANDS: Readonly<Record<string, Takes>> = {
  start: {},
  new: {},
  myreports: {},
  draft: {},
  cancel: {},
  language: {},
  settings: {},
  help: {},
  volunteer: {},
  queue: {},
  unbind: {},
  mydata: {},
  forget: {},
  withdraw: { number: true, own: true, late: "withdrawn" },
  follow: { number: true, late: "submitted" },
  unfollow: { number: true, late: "submitted" },
  report: { number: true },
  accept: { number: true, late: "closed", wrong: ["NUMBER Марсианская"] },
  reject: { number: true, rest: "unclear", needsRest: true, tooLong: "", late: "closed" },
  invite: { wrong: ["", "mayor", "officer", "officer Марсианская"] },
  bind: { wrong: ["Атлантида", "agency", "agency Марсианская"] },
  checks: { wrong: ["Атлантида"] },
  stats: { wrong: ["Атлантида", "2026-13"] },
  intake: { wrong: ["Анна", "+7 916"], example: /\+7 916 123-45-67/ },
  ask: { number: true, rest: "У какого подъезда?", needsRest: true, tooLong: "", late: "closed" },
  merge: { number: true, rest: "1", needsRest: true, late: "closed", wrong: ["NUMBER сюда", "NUMBER 1 2"] },
  publish: { number: true, late: "closed" },
  return: {
    number: true,
    rest: "На фото другой двор",
    needsRest: true,
    tooLong: "",
    possible: "answered",
    late: "closed",
  },
  unmerge: { number: true, late: "submitted" },
  undo: {},
  find: { wrong: [""] },
  note: { number: true, rest: "Звонили в службу", needsRest: true, tooLong: "" },
  ban: {
    number: true,
    rest: "30 Оскорбления",
    needsRest: true,
    tooLong: "30 ",
    wrong: ["NUMBER навсегда", "NUMBER 30"],
  },
  unban: { number: true, late: "submitted" },
  staff: {},
  health: {},
  retry: {},
  audit: { wrong: ["32 декабря"] },
  client: { wrong: ["", "Сайт района", "add", "off"] },
  clients: {},
  webhook: { wrong: ["", "add", "add https://example.org/ Атлантида", "off", "retry сто"] },
  webhooks: {},
  tasks: {},
  reroute: {
    number: true,
    rest: "Дорожная служба: это дорога, а не двор",
    needsRest: true,
    tooLong: "Дорожная служба: ",
    possible: "assigned",
    late: "closed",
    wrong: ["NUMBER Дорожная служба", "NUMBER : не наше", "NUMBER Марсианская: не наше"],
  },
  word: { number: true, rest: "устранено", needsRest: true, late: "closed" },
};

test("every command has its line here", () => {
  expect(Object.keys(COMMANDS).toSorted()).toEqual(allCommands.map(({ name }) => name).toSorted());
});

const NOWHERE = 999_999;

let city: RunningBot;
const numbers = new Map<Life, number>();
let foreignId: number;

beforeAll(async () => {
  city = await startBot();
  const { db } = city.store;
  // Cards of what happens here go to a group in which nothing is typed.
  const elsewhere = { chatId: CREW, purpose: "editors" as const, districtIds: [], locale: "ru" };
  await db.insert(chats).values({ ...elsewhere, boundById: city.residentId(OLGA), boundAt: NOON });
  const cast = await castOfLife(city.deps, NOON);
  const originalId = await anOriginal(city.deps, cast, NOON);
  for (const life of new Set(
    Object.values(COMMANDS).flatMap(({ late, possible }) => [late ?? [], possible ?? []].flat()),
  )) {
    numbers.set(life, (await live(city.deps, { cast, originalId }, life, NOON)).report.id);
  }
  foreignId = originalId;
  for (const role of STAFF_ROLES.filter((one) => one !== "admin")) {
    const agencyId = role === "officer" ? AGENCIES[0] : null;
    await db.insert(grants).values({ residentId: city.residentId(OLGA), role, agencyId, grantedAt: NOON });
  }
  // Whoever has not agreed to be remembered is asked for that before anything else.
  await db.update(residents).set({ consentVersion: city.city.consent.version, consentAt: NOON });
  city.travel(hoursAfter(NOON, 8));
  // Otherwise a notice that is told meanwhile would look like something a command changed.
  await city.settle();
});
afterAll(() => city.close());

/** Everybody speaks this language from now on. */
const speak = async (locale: string): Promise<void> => {
  await city.store.db.update(residents).set({ locale });
};

/** Where the command works, private chats first. */
const chatOf = (entry: CommandEntry, personId: number): number => (entry.where.includes("private") ? personId : GROUP);

/** What the bot answers, after a look that nothing was changed by it. */
const answerTo = async (personId: number, chatId: number, text: string): Promise<string> => {
  const before = await snapshotOf(city.store.db);
  const answer = textOf(await city.tell(personId, text, /\S/, { chatId }));
  expect(await snapshotOf(city.store.db), text).toBe(before);
  return answer;
};

const expectIn = (locale: string, answer: string): void => {
  expect(answer).not.toMatch(/\{\{|undefined|NaN|\w+:\w+\.\w+/);
  if (locale === "ru") expect(answer).toMatch(/\p{Script=Cyrillic}/u);
};

const numbered = allCommands.filter(({ name }) => COMMANDS[name]?.number);
const withLate = allCommands.filter(({ name }) => COMMANDS[name]?.late);
const wrongly = allCommands.flatMap((entry) => (COMMANDS[entry.name]?.wrong ?? []).map((words) => ({ entry, words })));
const named = (entry: CommandEntry) => ({ name: entry.name, entry });

describe.each(i18n.locales)("in %s", (locale) => {
  beforeAll(() => speak(locale));

  const expectExample = (entry: CommandEntry, answer: string): void => {
    expectIn(locale, answer);
    expect(answer).toMatch(COMMANDS[entry.name]?.example ?? new RegExp(`/${entry.name}( |$)`, "m"));
  };

  test.each(allCommands.filter(({ by }) => by !== "everyone").map(named))(
    "/$name by somebody without the right is refused",
    async ({ entry }) => {
      const answer = await answerTo(ANNA, chatOf(entry, ANNA), `/${entry.name} 1`);
      expect(answer).toBe(i18n.t(locale, "bot:command.not_allowed", { name: entry.name }));
    },
  );

  test.each(allCommands.filter(({ where }) => where.length === 1).map(named))(
    "/$name in the wrong kind of chat says where it works",
    async ({ entry }) => {
      const chatId = entry.where.includes("private") ? GROUP : OLGA;
      const answer = await answerTo(OLGA, chatId, `/${entry.name}`);
      const key = entry.where.includes("private") ? "bot:command.private_only" : "bot:command.group_only";
      expect(answer).toBe(i18n.t(locale, key, { name: entry.name, bot: city.bot.botInfo.username }));
    },
  );

  test.each(numbered.map(named))(
    "/$name without a number, or with none that is one, shows how it is written",
    async ({ entry }) => {
      for (const words of ["", " пятнадцать", " №", " -5", " 15а", " 1.5"]) {
        expectExample(entry, await answerTo(OLGA, chatOf(entry, OLGA), `/${entry.name}${words}`));
      }
    },
  );

  test.each(numbered.map(named))("/$name with a number nobody has says so", async ({ entry }) => {
    const { rest = "" } = COMMANDS[entry.name] ?? {};
    for (const number of [NOWHERE, 999_999_999_999]) {
      const answer = await answerTo(OLGA, chatOf(entry, OLGA), `/${entry.name} ${number} ${rest}`.trim());
      expectIn(locale, answer);
      expect(answer).toContain(String(number));
    }
  });

  test.each(numbered.filter(({ name }) => COMMANDS[name]?.needsRest).map(named))(
    "/$name with nothing after the number shows what is missing",
    async ({ entry }) => {
      const id = numbers.get("submitted") ?? 0;
      expectExample(entry, await answerTo(OLGA, chatOf(entry, OLGA), `/${entry.name} ${id}`));
    },
  );

  test.each(numbered.filter(({ name }) => COMMANDS[name]?.tooLong !== undefined).map(named))(
    "/$name with far too many words says how many there may be",
    async ({ entry }) => {
      const id = numbers.get(COMMANDS[entry.name]?.possible ?? "submitted") ?? 0;
      const words = `${COMMANDS[entry.name]?.tooLong ?? ""}${"щ".repeat(3500)}`;
      const answer = await answerTo(OLGA, chatOf(entry, OLGA), `/${entry.name} ${id} ${words}`);
      expectIn(locale, answer);
      expect(answer).toMatch(/\b(500|1000)\b/);
    },
  );

  test.each(withLate.map(named))(
    "/$name for a report it comes too late for says how that one stands",
    async ({ entry }) => {
      const { late, rest = "" } = COMMANDS[entry.name] ?? {};
      const id = numbers.get(late ?? "closed") ?? 0;
      const answer = await answerTo(OLGA, chatOf(entry, OLGA), `/${entry.name} ${id} ${rest}`.trim());
      expectIn(locale, answer);
      expect(answer).toContain(String(id));
    },
  );

  test.each(allCommands.filter(({ name }) => COMMANDS[name]?.own).map(named))(
    "/$name for somebody else's report is refused",
    async ({ entry }) => {
      const answer = await answerTo(MARIA, MARIA, `/${entry.name} ${foreignId}`);
      expectIn(locale, answer);
      expect(answer).toContain(String(foreignId));
    },
  );

  test.each(wrongly.map(({ entry, words }) => ({ ...named(entry), words })))(
    "/$name $words shows how it is written",
    async ({ entry, words }) => {
      const typed = words.replace("NUMBER", String(numbers.get("submitted") ?? 0));
      expectExample(entry, await answerTo(OLGA, chatOf(entry, OLGA), `/${entry.name} ${typed}`.trim()));
    },
  );

  test("a command that does not exist is answered with where to find those that do", async () => {
    expect(await answerTo(ANNA, ANNA, "/abracadabra 15")).toBe(i18n.t(locale, "bot:command.unknown"));
  });
});
