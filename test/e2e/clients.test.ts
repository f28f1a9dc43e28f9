/** Admins and the programs that file over Open311: keys, their use, and what editors see of a report that a program sent. */
import { desc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { admitClient } from "../../src/actions/admit-client.ts";
import { fileReport } from "../../src/actions/file-report.ts";
import { apiClients, events } from "../../src/store/schema/index.ts";
import { ANNA, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { NOON } from "../support/people.ts";

let bot: RunningBot;
beforeEach(async () => {
  bot = await startBot({ roles: { [ANNA]: "editor" } });
  for (const person of [MARIA, ANNA, OLGA]) await bot.tell(person, "/start", /Здравствуйте/);
});
afterEach(() => bot.close());

/** Gives a program a key and reads it as the admin does. */
const keyFrom = async (command: string): Promise<string> => {
  const text = textOf(await bot.tell(OLGA, command, /api_key/));
  const key = /^[\w-]{32}$/m.exec(text)?.[0];
  if (key === undefined) throw new Error(text);
  return key;
};
const clientOf = async (key: string): Promise<number> => {
  const admitted = await admitClient(bot.deps, key, new Date());
  if (!admitted.ok) throw new Error(admitted.why);
  return admitted.clientId;
};
const file = async (clientId: number, description: string): Promise<number> => {
  const filing = {
    ...{ topicId: "yard-light", point: { lat: 55.73, lon: 37.42 }, address: null, photos: [] },
    ...{ description, answers: new Map([["lamps", "one"]]) },
  };
  const filed = await fileReport(bot.deps, { clientId, filing, key: null }, NOON);
  if (!filed.ok) throw new Error(filed.why);
  return filed.reportId;
};

describe("/client", () => {
  test("gives a key that works, shows it once and stores its hash alone", async () => {
    const key = await keyFrom("/client add Сайт района 50");
    const [stored] = await bot.store.db.select().from(apiClients);
    expect(stored).toMatchObject({ name: "Сайт района", perDay: 50, perMinute: 30, id: await clientOf(key) });
    expect(JSON.stringify(stored)).not.toContain(key);
    expect(textOf(await bot.tell(OLGA, "/clients", /Сайт района/))).not.toContain(key);
    const [event] = await bot.store.db.select().from(events).orderBy(desc(events.id)).limit(1);
    expect(event).toMatchObject({ kind: "client_added", actorId: bot.residentId(OLGA), actorRole: "admin" });
    expect(JSON.stringify(event?.data)).not.toContain(key);
  });

  test("takes a key away at once, whatever the case of the name", async () => {
    const key = await keyFrom("/client add Сайт района");
    await bot.tell(OLGA, "/client off САЙТ РАЙОНА", /отозван/);
    expect(await admitClient(bot.deps, key, new Date())).toEqual({ ok: false, why: "unknown" });
    expect(await bot.store.db.$count(events, eq(events.kind, "client_disabled"))).toBe(1);
    await bot.tell(OLGA, "/clients", /Ключей пока ни у кого нет/);
    // The name is free again, and the key is another.
    expect(await keyFrom("/client add Сайт района")).not.toBe(key);
  });

  test.each([
    ["/client", /название/],
    ["/client add", /название/],
    ["/client remove Сайт", /название/],
    ["/client add Сайт 0", /от 1 до/],
    ["/client add Сайт 1000000", /от 1 до/],
    [`/client add ${"а".repeat(61)}`, /длиннее 60/],
    ["/client off Никто", /нет/],
  ])("says how it is written, or what is wrong: %s", async (command, said) => {
    await bot.tell(OLGA, command, said);
    expect(await bot.store.db.$count(apiClients)).toBe(0);
  });

  test("takes a name that is a number as a name, and the same name once", async () => {
    await keyFrom("/client add 112");
    await bot.tell(OLGA, "/client add 112", /уже есть/);
  });

  test("is for admins alone", async () => {
    await bot.tell(ANNA, "/client add Сайт", /для сотрудников|не для вас|администратор/i);
    await bot.tell(MARIA, "/clients", /для сотрудников/);
    expect(await bot.store.db.$count(apiClients)).toBe(0);
  });
});

test("/clients tells how much each program has sent, today and in all", async () => {
  const clientId = await clientOf(await keyFrom("/client add Сайт района 50"));
  await file(clientId, "Не горит фонарь у школы");
  await file(clientId, "Не горит фонарь у аптеки");
  expect(textOf(await bot.tell(OLGA, "/clients", /Сайт района/))).toMatch(
    /Сайт района — сегодня 2 из 50, всего 2\nпоследнее сообщение 15 июля/,
  );
});

test("an editor sees which program sent a report, and is told that there is nobody to ask", async () => {
  const reportId = await file(await clientOf(await keyFrom("/client add Сайт района")), "Не горит фонарь у школы");
  const card = textOf(await bot.tell(ANNA, `/report ${reportId}`, /Прислала программа/));
  expect(card).toContain("Прислала программа: Сайт района");
  expect(card).not.toContain("имя удалено");
});
