/** Questions that the next message answers: however quick it is, and only as long as they are open. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Photo } from "../../../src/form/draft.ts";
import type { PageMessage } from "../../../src/local-telegram/page-api.ts";
import { drafts, photos, prompts } from "../../../src/store/schema/index.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { ANNA, dataOf, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { aCast, aPublished, PUBLISHED, type Cast } from "../../support/check.ts";
import { storedReport } from "../../support/deps.ts";
import { hoursAfter } from "../../support/people.ts";
import { phoneOf, type Phone } from "../../support/resident.ts";

let bot: RunningBot;
let cast: Cast;
let maria: Phone;
let afterPhotos: Photo[];

beforeAll(async () => {
  bot = await startBot({ roles: { [ANNA]: "inspector" } });
  cast = { ...(await aCast(bot)), authorId: bot.residentId(MARIA) };
  maria = phoneOf(bot, MARIA);
  await bot.tell(ANNA, "/start", /Здравствуйте/);
  afterPhotos = await bot.photograph(1);
  await maria.register();
  bot.travel(PUBLISHED);
});
afterAll(() => bot.close());
beforeEach(async () => {
  await bot.store.db.delete(drafts);
  await bot.store.db.delete(prompts);
});

const statusOf = async ({ id }: ReportRow) => (await storedReport(bot.deps, id)).status;

let places = 0;
const anAnswer = async (): Promise<{ report: ReportRow; notice: PageMessage }> => {
  const after = bot.messenger.lastEventId();
  const differs = { lat: 55.73, lon: 37.42 + 0.005 * (places += 1) };
  const report = await aPublished(bot.deps, cast, { photos: afterPhotos, differs });
  return { report, notice: await bot.hear(MARIA, new RegExp(`№ ${report.id}\\b.*служба пишет`), after) };
};

const from = { id: MARIA, is_bot: false, first_name: "Мария", language_code: "ru" };
const chat = { id: MARIA, type: "private", first_name: "Мария" } as const;

test("an answer that comes before Telegram has said that the question went out is taken for one", async () => {
  const { report, notice } = await anAnswer();
  const words = { message_id: 200_000, date: 1_784_000_000, chat, from, text: "Не горит, как и не горела" };
  let isAnswered = false;
  bot.bot.api.config.use(async (call, method, payload, signal) => {
    const said = await call(method, payload, signal);
    if (!isAnswered && method === "sendMessage" && /Что не так с/.test((payload as { text: string }).text)) {
      isAnswered = true;
      await bot.handle({ update_id: 910_000_001, message: words });
    }
    return said;
  });
  const asked = await maria.press(notice, "Не устранено", /Что не так/);
  expect(isAnswered).toBe(true);
  expect(await statusOf(report)).toBe("disputed");
  expect(await bot.store.db.select().from(drafts)).toEqual([]);
  // The question knows what answered it: delivered again, the words begin nothing.
  await bot.handle({ update_id: 910_000_002, message: words });
  expect(await bot.store.db.select().from(drafts)).toEqual([]);
  expect(labelsOf(bot.look(asked))).toEqual([]);
});

test("an answered question has no way out any more, and an old way out leaves a newer question alone", async () => {
  const [first, second] = [await anAnswer(), await anAnswer()];
  const asked = await maria.press(first.notice, "Не устранено", /Что не так/);
  const cancel = dataOf(asked, "Отмена");
  await maria.say("Темно", /на контроле/);
  await expect.poll(() => labelsOf(bot.look(asked))).toEqual([]);
  await maria.press(second.notice, "Не устранено", /Что не так/);
  expect(await maria.forge(asked, cancel)).toEqual({ text: "Этот вопрос уже закрыт.", alert: false });
  await maria.say("И здесь темно", /на контроле/);
  expect(await statusOf(second.report)).toBe("disputed");
});

/** A dispute of Мария's, and its card with the inspector. */
const aDispute = async (): Promise<{ report: ReportRow; card: PageMessage }> => {
  const { report, notice } = await anAnswer();
  await maria.press(notice, "Не устранено", /Что не так/);
  const after = bot.messenger.lastEventId();
  await maria.say("Не горит", /на контроле/);
  return { report, card: await bot.hear(ANNA, new RegExp(`№ ${report.id}\\b.*оспорен`), after) };
};

/** What the decision on the report holds. */
const verdictOf = async ({ id }: ReportRow): Promise<{ words: string | null; photoCount: number }> => {
  const said = await bot.store.db.query.additions.findFirst({
    where: (a, { and, eq: is }) => and(is(a.reportId, id), is(a.kind, "verdict")),
  });
  const photoCount = await bot.store.db.$count(photos, eq(photos.additionId, said?.id ?? 0));
  return { words: said?.words ?? null, photoCount };
};

describe("an inspector's decision", () => {
  test("takes words first and the photos after them as an album, which everybody is shown", async () => {
    const { report, card } = await aDispute();
    const anna = phoneOf(bot, ANNA);
    await anna.press(card, "вернуть службе", /Пришлите фото с места и причину/);
    await anna.say("Патрон пуст", /Теперь нужно фото с места/);
    expect(await statusOf(report)).toBe("disputed");
    const after = bot.messenger.lastEventId();
    await anna.sendPhotos(/возвращено службе/, 3);
    const told = await bot.hear(MARIA, new RegExp(`№ ${report.id}\\b.*возвращено в работу`), after);
    expect(textOf(told)).toContain("Патрон пуст");
    expect(told.reply_to_message?.photo).toBeDefined();
    await expect.poll(() => verdictOf(report)).toEqual({ words: "Патрон пуст", photoCount: 3 });
    await anna.say("/draft", /Черновика нет/);
  });

  test("loses nothing when the author adds something meanwhile, and an old card says that it changed", async () => {
    const { report, card } = await aDispute();
    const anna = phoneOf(bot, ANNA);
    await anna.press(card, "Ответ верен", /Пришлите фото с места и причину/);
    const own = await maria.say(`/myreports ${report.id}`, new RegExp(`№ ${report.id}\\b`));
    await bot.tell(MARIA, "Мигает по вечерам", /./, { replyTo: own.message_id });
    await anna.sendPhotos(/закрыто: ответ подтверждён/, 1, "Горит ровно, стоял полчаса");
    expect(await verdictOf(report)).toMatchObject({ words: "Горит ровно, стоял полчаса" });

    const second = await aDispute();
    const hers = await maria.say(`/myreports ${second.report.id}`, new RegExp(`№ ${second.report.id}\\b`));
    await bot.tell(MARIA, "И здесь мигает", /./, { replyTo: hers.message_id });
    expect(await bot.pressData(ANNA, second.card, dataOf(second.card, "Ответ верен"))).toMatchObject({
      text: expect.not.stringContaining("уже решено"),
      alert: true,
    });
    await anna.press(bot.look(second.card), "Ответ верен", /Пришлите фото с места и причину/);
    await anna.say("/cancel", /ничего не изменилось/);
  });

  test("is joined by a photo that comes after it, and by none about something else", async () => {
    const { report, card } = await aDispute();
    const anna = phoneOf(bot, ANNA);
    await anna.press(card, "Ответ верен", /Пришлите фото с места и причину/);
    await anna.sendPhotos(/закрыто: ответ подтверждён/, 1, "Горит ровно");
    await anna.sendPhotos(new RegExp(`Добавил фото к тому, что вы прислали по № ${report.id}\\b`), 2);
    await expect.poll(async () => (await verdictOf(report)).photoCount).toBe(3);
    const olgas = await bot.tell(OLGA, `/report ${report.id}`, /История/);
    expect(olgas.reply_to_message?.photo).toBeDefined();
    // With words of its own, or a quarter of an hour later, it is for the form.
    await anna.sendPhotos(/вы здесь по работе/, 1, "Яма во дворе, машины объезжают по газону");
    bot.travel(hoursAfter(PUBLISHED, 0.3));
    await anna.sendPhotos(/вы здесь по работе/, 1);
    bot.travel(PUBLISHED);
    expect((await verdictOf(report)).photoCount).toBe(3);
  });
});

test("a question that can be answered no more takes one message and not the next", async () => {
  const { report, notice } = await anAnswer();
  await maria.press(notice, "Не устранено", /Что не так/);
  bot.travel(new Date("2026-07-26T09:00:00.000Z"));
  await bot.store.db.update(prompts).set({ askedAt: new Date("2026-07-26T08:00:00.000Z") });
  await maria.say("Не горит", /Проверка этого ответа уже закончилась/);
  await maria.say("Во дворе яма, машины объезжают по газону", /Это про что-то из этого/);
  expect(await statusOf(report)).not.toBe("disputed");
  bot.travel(PUBLISHED);
});
