import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assignReport } from "../../src/actions/assign-report.ts";
import { reports } from "../../src/store/schema/reports.ts";
import { residents } from "../../src/store/schema/residents.ts";
import { ANNA, BORIS, dataOf, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { aReport, NOON } from "../support/people.ts";
import { keyboardOf, phoneOf } from "../support/resident.ts";

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.close());

const reportsOf = (personId: number) =>
  bot.store.db
    .select()
    .from(reports)
    .where(eq(reports.authorId, bot.residentId(personId)))
    .orderBy(reports.id);

test("a newcomer agrees, tells, and hears the number; the next report takes four interactions", async () => {
  const maria = phoneOf(bot, MARIA);
  const greeting = await maria.say("/start", /Здравствуйте/);
  expect(labelsOf(greeting)).toEqual([["Даю согласие"], ["Прочитать полностью"], ["English"]]);
  const full = await maria.press(greeting, "Прочитать полностью", /Согласие на обработку данных/);
  expect(textOf(full)).not.toMatch(/^#|\n- /m);
  const again = await maria.say("Яма на дороге", /Здравствуйте[^]*не сохранилось[^]*пришлите ещё раз/);
  const first = await maria.press(greeting, "Даю согласие", /Что случилось\?/);
  expect(labelsOf(bot.look(greeting))).toEqual([]);

  await maria.press(first, "дорога", /Выберите тему/);
  const category = bot.look(first);
  const where = await maria.press(category, "Ямы", /Где это\?/);
  expect(keyboardOf(where)).toEqual(["📍 Я сейчас там"]);
  const what = await maria.say("Ярцевская, 14", /Опишите/);
  expect(textOf(what)).toContain("Ярцевская улица, 14");
  await maria.say("Глубокая яма у второго подъезда", /Пришлите фото/);
  const more = await maria.sendPhotos(/Фото: 1 из 5/, 1);
  const preview = await maria.press(more, "Готово", /Проверьте/);
  expect(textOf(preview)).toMatch(/Ямы[^]*Ярцевская улица, 14[^]*Глубокая яма[^]*Фото: 1/);
  const number = await maria.press(preview, "Отправить", /Номер вашего сообщения — \d+/);
  expect(keyboardOf(number)).toEqual(["📣 Сообщить о проблеме", "🗂 Мои сообщения"]);
  expect(textOf(bot.look(preview))).toMatch(/^Отправлено/);

  // Photo with caption · topic · location · send.
  const topics = await maria.sendPhotos(/Это про что-то из этого/, 1, "Яма на дороге у школы, уже пробил колесо");
  const place = await maria.press(topics, "Ямы", /Где это/);
  expect(keyboardOf(place)).not.toEqual([]);
  const check = await maria.sendLocation(/Проверьте/);
  await maria.press(check, "Отправить", /Номер вашего сообщения — \d+/);

  // The other greeting's button still stands, and says what it is worth.
  expect(await maria.tap(again, "Даю согласие")).toMatchObject({ text: "Вы уже дали согласие" });
  expect(labelsOf(bot.look(again))).toEqual([]);
  const filed = await reportsOf(MARIA);
  expect(filed).toMatchObject([
    { topicId: "pothole", description: "Глубокая яма у второго подъезда", address: "Ярцевская улица, 14" },
    { topicId: "pothole", description: "Яма на дороге у школы, уже пробил колесо", lat: 55.7305, lon: 37.4165 },
  ]);
});

test("a person is spoken to in their Telegram's language, changes it at the door, and gets where the link led", async () => {
  const boris = phoneOf(bot, BORIS);
  const english = await boris.say("/start t_pothole", /Hello/);
  const russian = await boris.press(english, "Русский", /Здравствуйте/);
  expect(russian.message_id).toBe(english.message_id);
  await boris.press(russian, "English", /Hello/);
  const where = await boris.press(bot.look(english), "I agree", /Where is it\?/);
  expect(textOf(where)).toContain("The topic is chosen");
});

describe("what was filed", () => {
  test("is listed in pages, newest first, and every line leads to a card and back", async () => {
    const anna = phoneOf(bot, ANNA);
    await anna.register();
    await anna.say("🗂 Мои сообщения", /ещё ничего/);
    const ids: number[] = [];
    for (let i = 0; i < 8; i += 1) ids.push((await aReport(bot.store.db, bot.residentId(ANNA))).id);
    const newest = ids.toReversed();
    const list = await anna.say("/myreports", /Ваши сообщения/);
    expect(labelsOf(list).flat()).toEqual([
      ...newest.slice(0, 6).map((id) => expect.stringContaining(`№ ${id} ·`)),
      "Раньше ›",
    ]);
    const older = await anna.press(list, "Раньше", /Ваши сообщения/);
    expect(older.message_id).toBe(list.message_id);
    expect(labelsOf(older).flat()).toEqual([
      ...newest.slice(6).map((id) => expect.stringContaining(`№ ${id} ·`)),
      "‹ Новее",
    ]);
    const card = await anna.press(older, `№ ${ids[0]} ·`, /Что было/);
    expect(textOf(card)).toMatch(/на модерации[^]*Фонарь у подъезда/);
    const back = await anna.press(card, "К списку", /Ваши сообщения/);
    expect(labelsOf(back)).toEqual(labelsOf(older));
  });

  test("has a card with what happened to it, when it is due and why on that date", async () => {
    const maria = phoneOf(bot, MARIA);
    const { id } = await bot.file();
    const actorId = bot.residentId(OLGA);
    await assignReport(bot.deps, { actorId, reportId: id, version: null, agencyId: null }, bot.deps.now());
    const card = await maria.say(`/myreports ${id}`, /Что было/);
    expect(textOf(card)).toMatch(/15 июля в 12:00 — отправлено/);
    expect(textOf(card)).toMatch(/15 июля в 12:00 — передано: .+ рабочих дней с 15 июля, без выходных → \d+ июля/);
    expect(textOf(card)).not.toContain("Ольга");
  });

  test("is found by a link, by others too, with dates only until an editor has passed it", async () => {
    const anna = phoneOf(bot, ANNA);
    const { id } = await bot.file({ description: "Слова, которых ещё никто не проверил" });
    const dates = await anna.say(`/start r_${id}`, new RegExp(`№ ${id}`));
    expect(textOf(dates)).toMatch(/на модерации/);
    expect(textOf(dates)).not.toMatch(/Слова|Ярцевская/);
    const actorId = bot.residentId(OLGA);
    await assignReport(bot.deps, { actorId, reportId: id, version: null, agencyId: null }, bot.deps.now());
    expect(textOf(await anna.say(`/start r_${id}`, /Что было/))).toMatch(/Слова, которых/);
    await anna.say("/start r_999999", /Сообщения № 999999 нет/);
  });
});

describe("a draft", () => {
  test("is offered to whoever begins another, and may be gone on with or thrown away", async () => {
    const anna = phoneOf(bot, ANNA);
    const topics = await anna.sendPhotos(/Это про что-то/, 1, "Яма на дороге у самой школы");
    await anna.press(topics, "Ямы", /Где это/);
    const offer = await anna.say("📣 Сообщить о проблеме", /неотправленное/);
    await anna.press(offer, "Продолжить", /Где это/);
    await anna.say("/start", /Продолжим его/);
    await anna.say("/draft", /Где это/);
    const sure = await anna.say("/cancel", /Удалить черновик\?/);
    await anna.press(sure, "Удалить", /Черновик удалён/);
    await anna.say("/draft", /Черновика нет/);
    await anna.say("/cancel", /Черновика нет/);
    await anna.say("/new", /Что случилось\?/);
  });

  test("is not thrown away by a button that asked about an earlier one", async () => {
    const anna = phoneOf(bot, ANNA);
    await anna.sendLocation(/К какой теме/);
    const sure = await anna.say("/cancel", /Удалить черновик\?/);
    await anna.press(sure, "Удалить", /Черновик удалён/);
    await anna.sendLocation(/К какой теме/);
    expect(await anna.forge(sure, dataOf(sure, "Удалить"))).toMatchObject({ text: "Эта кнопка уже отработала." });
    await anna.say("/draft", /К какой теме/);
  });

  test("waits when the day's reports are used up, and the bot says until when", async () => {
    const boris = phoneOf(bot, BORIS);
    const authorId = bot.residentId(BORIS);
    for (let i = 0; i < bot.city.limits.reportsPerDay; i += 1)
      await aReport(bot.store.db, authorId, { createdAt: NOON });
    await boris.sendLocation(/Describe|photo/);
    const preview = await boris.sendPhotos(/Please check|Photos: 1/, 1, "A deep hole in the road near the school");
    const check = textOf(preview).startsWith("Photos") ? await boris.press(preview, "Done", /Please check/) : preview;
    await boris.press(check, "Send", /20 reports a day.* from 16 July on/);
    await boris.say("/draft", /Please check/);
  });
});

test("a language chosen later is spoken at once, on the keyboard too", async () => {
  const maria = phoneOf(bot, MARIA);
  const ask = await maria.say("/language", /На каком языке/);
  const next = await maria.press(ask, "English", /goes on where you left off/);
  expect(keyboardOf(next)).toEqual(["📣 Report a problem", "🗂 My reports"]);
  await maria.say("📣 Report a problem", /What has happened/);
  const back = await maria.say("/language", /Which language/);
  await maria.press(back, "Русский", /продолжит с того же места/);
});

test("an older agreement is asked anew, with the draft kept", async () => {
  const maria = phoneOf(bot, MARIA);
  await maria.sendLocation(/К какой теме/);
  const { store } = bot;
  await store.db.update(residents).set({ consentVersion: 0 }).where(eq(residents.telegramId, MARIA));
  const changed = await maria.say("яма на дороге", /Условия изменились/);
  const offer = await maria.press(changed, "согласие", /неотправленное/);
  await maria.press(offer, "Продолжить", /К какой теме/);
});
