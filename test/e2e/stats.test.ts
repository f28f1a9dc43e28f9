import { afterAll, beforeAll, expect, test } from "vitest";
import { ANNA, GROUP, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { aReport, aResident, hoursAfter, NOON } from "../support/people.ts";

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot();
  const { db } = bot.store;
  const authorId = await aResident(db, { name: "Ярополк Невидимов" });
  for (let index = 0; index < 12; index += 1) {
    const closed = { status: "closed", outcome: index < 6 ? "confirmed" : "unverified", dueAt: null } as const;
    const dates = { assignedAt: hoursAfter(NOON, -48), answeredAt: NOON, handlingDueAt: hoursAfter(NOON, 24) };
    await aReport(db, authorId, {
      ...closed,
      ...dates,
      agencyId: "lighting",
      createdAt: hoursAfter(NOON, -24 * 40 * (index % 2)),
    });
  }
  await aReport(db, authorId, { districtId: "ramenki" });
});
afterAll(() => bot.close());

test("anybody gets the figures of the city as a picture with a short text", async () => {
  const said = await bot.tell(ANNA, "/stats", /Кунцево и соседи, август 2025 – июль 2026/);
  expect(textOf(said)).toContain("Подано: 13, принято в работу: 12.");
  expect(textOf(said)).toContain("В срок: 100 % (12 из 12).");
  expect(textOf(said)).toContain("Обычно отвечают за 2 дня.");
  expect(textOf(said)).toContain("Подтверждено: 50 % (6 из 12 закрытых).");
  const { width, height } = said.photo?.at(-1) ?? { width: 0, height: 1 };
  expect(width / height).toBeCloseTo(1200 / 1188, 1);
});

test("of a month and a district those alone; with few cases no percentage", async () => {
  const said = await bot.tell(ANNA, "/stats месяц Кунцево", /Кунцево, июль 2026/);
  expect(textOf(said)).toContain("Подано: 6");
  expect(textOf(said)).toContain("В срок: мало данных (6 из 6).");
  expect(textOf(said)).toContain("Как быстро отвечают, говорить рано: ответов пока 6.");
  expect(said.photo).toBeDefined();
});

test("where nothing was filed there is no picture to send", async () => {
  const said = await bot.tell(ANNA, "/stats 2020 Кунцево", /Кунцево, январь 2020 – декабрь 2020: сообщений нет/);
  expect(said.photo).toBeUndefined();
});

test("words that are no name and no period are told back with an example, several names are offered", async () => {
  await bot.tell(ANNA, "/stats Атлантида", /Не знаю «Атлантида»[\s\S]*\/stats Кунцево/);
  await bot.tell(ANNA, "/stats жилищная", /«жилищная» — это может быть: Жилищная служба/);
  const long = await bot.tell(ANNA, `/stats ${"<b>".repeat(1000)}`, /Не знаю/);
  expect(textOf(long).length).toBeLessThan(500);
});

test("in a group it is answered there, in the group's language", async () => {
  const said = await bot.tell(OLGA, "/stats lighting", /Служба уличного освещения/, { chatId: GROUP });
  expect(said.chat.id).toBe(GROUP);
  expect(said.photo).toBeDefined();
});
