import { count } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readDraft, type Draft } from "../../src/form/draft.ts";
import type { PageMessage } from "../../src/local-telegram/page-api.ts";
import { findVisit } from "../../src/store/queries/residents.ts";
import { drafts } from "../../src/store/schema/drafts.ts";
import { reports } from "../../src/store/schema/reports.ts";
import { ANNA, dataOf, GROUP, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { phoneOf, type Phone } from "../support/resident.ts";

const CAPTION = "Яма на дороге у самой школы";

let bot: RunningBot;
let maria: Phone;
/** The question that stands when a test begins: where is it. */
let where: PageMessage;

beforeAll(async () => {
  bot = await startBot();
  maria = phoneOf(bot, MARIA);
  await maria.register();
});
afterAll(() => bot.close());

beforeEach(async () => {
  await bot.store.db.delete(drafts);
  const topics = await maria.sendPhotos(/Это про что-то/, 1, CAPTION);
  where = await maria.press(topics, "Ямы", /Где это/);
});

const draftOf = async (personId = MARIA): Promise<Draft | null> => {
  const visit = await findVisit(bot.store.db, personId, 0);
  return visit?.draft ? readDraft(visit.draft.content) : null;
};

/** What the bot said in the chat since a message. */
const saidSince = ({ message_id: since }: PageMessage): string[] =>
  maria
    .messages()
    .filter(({ message_id: id, from }) => id > since && from?.is_bot === true)
    .map(textOf);

let updateId = 900_000_000;
const from = { id: MARIA, is_bot: false, first_name: "Мария", language_code: "ru" };
const chat = { id: MARIA, type: "private", first_name: "Мария" } as const;

/** Hands the bot an update that the messenger's page has no button for. */
const deliver = (update: object): Promise<unknown> => bot.handle({ update_id: (updateId += 1), ...update });
const deliverMessage = (content: object): Promise<unknown> =>
  deliver({ message: { message_id: 100_000 + (updateId % 1000), date: 1_784_000_000, chat, from, ...content } });

describe("what no form can take is explained, the question comes again, and nothing is lost", () => {
  test.each([
    ["voice", /Голосовые/],
    ["sticker", /Стикер/],
    ["poll", /Опросы/],
    ["video", /Видео/],
  ] as const)("%s", async (kind, words) => {
    const before = await draftOf();
    const answer = await maria.sendOther(kind, words);
    expect(textOf(answer)).toContain("Где это?");
    expect(await draftOf()).toEqual(before);
  });

  test("a contact", async () => {
    expect(textOf(await maria.sendContact(/Контакт не нужен/))).toContain("Где это?");
  });

  test("a file that is no picture", async () => {
    const pdf = { name: "report.pdf", mime: "application/pdf", bytes: new TextEncoder().encode("%PDF-1.4") };
    expect(textOf(await maria.sendFile(/Такой файл/, pdf))).toContain("Где это?");
  });

  test.each([
    ["IMG_0412.HEIC", "image/heic"],
    ["IMG_0412.HEIC", "application/octet-stream"],
    ["scan.tiff", "image/tiff"],
  ])("a picture that only some programs open (%s as %s) is to be sent as a photo", async (name, mime) => {
    const odd = { name, mime, bytes: new Uint8Array(2_000) };
    expect(textOf(await maria.sendFile(/как фото, а не как файл/, odd))).toContain("Где это?");
    expect((await draftOf())?.photos).toHaveLength(1);
  });

  test("a picture larger than Telegram hands out", async () => {
    const huge = { name: "huge.png", mime: "image/png", bytes: new Uint8Array(20_000_001) };
    await maria.sendFile(/слишком большой/, huge);
    expect((await draftOf())?.photos).toHaveLength(1);
  });

  test("a die, a story, a GIF; while a message about the chat itself is passed over", async () => {
    await deliverMessage({ dice: { emoji: "🎲", value: 3 } });
    await deliverMessage({ story: { chat, id: 1 } });
    const gif = { file_id: "gif", file_unique_id: "gif", width: 1, height: 1, duration: 1 };
    await deliverMessage({
      animation: gif,
      document: { file_id: "gif", file_unique_id: "gif", mime_type: "video/mp4" },
    });
    await deliverMessage({ pinned_message: { message_id: 1, date: 0, chat } });
    expect(saidSince(where)).toEqual([
      expect.stringContaining("не понимаем"),
      expect.stringContaining("не понимаем"),
      expect.stringContaining("Видео"),
    ]);
  });

  test("a place outside the city", async () => {
    const answer = await maria.sendLocation(/не на нашей территории/, { lat: 43.35, lon: 42.44 });
    expect(textOf(answer)).toContain("Где это?");
    expect(await draftOf()).toMatchObject({ place: null });
  });
});

describe("a picture", () => {
  test("may come as a file", async () => {
    await maria.sendFile(/Фото принято, 2 из 5/, { name: "yard.png", mime: "image/png" });
    expect((await draftOf())?.photos).toMatchObject([{ kind: "photo" }, { kind: "document" }]);
  });

  test("with an empty caption is a picture without one", async () => {
    await deliverMessage({
      photo: [{ file_id: "f", file_unique_id: "u", width: 9, height: 9 }],
      caption: "   ",
    });
    expect(await draftOf()).toMatchObject({ photos: [{}, {}], description: CAPTION, spare: null });
  });

  test("is one of eleven in two albums: five stay, and each album is told once", async () => {
    await maria.sendPhotos(/Больше 5 фото не поместится/, 10);
    await maria.say("Ярцевская, 14", /Проверьте/);
    await maria.sendPhotos(/Больше 5 фото не поместится/, 1);
    expect((await draftOf())?.photos).toHaveLength(5);
    expect(saidSince(where).map((said) => said.split("\n")[0])).toEqual([
      "Фото принято, 2 из 5.",
      "Фото принято, 5 из 5.",
      "Больше 5 фото не поместится. Оставили первые 5.",
      "Место: Ярцевская улица, 14 (Кунцево)",
      "Больше 5 фото не поместится. Оставили первые 5.",
    ]);
  });
});

describe("a place", () => {
  test("may be a venue, a live location that then moves on, or typed", async () => {
    const venue = { title: "Школа", address: "Кунцевская улица, 8" };
    expect(textOf(await maria.sendLocation(/Проверьте/, { lat: 55.7305, lon: 37.4165 }, venue))).toContain("Школа");
    const live = await maria.sendLocation(/Проверьте/, { lat: 55.7305, lon: 37.4165 }, { livePeriod: 900 });
    const location = { latitude: 55.74, longitude: 37.405, live_period: 900 };
    await deliver({ edited_message: { message_id: 77, date: 0, edit_date: 1, chat, from, location } });
    expect(saidSince(live)).toEqual([]);
    expect(await draftOf()).toMatchObject({ place: { point: { lat: 55.7305 }, source: "live" } });
  });

  test("that nobody knows gets its district from a button, and the words stay", async () => {
    const ask = await maria.say("Нигдейная улица, 7", /В каком это районе/);
    await maria.press(ask, labelsOf(ask)[0]?.[0] ?? "", /Проверьте[^]*Нигдейная улица, 7/);
  });
});

describe("a text", () => {
  test("of 4096 characters is kept, and can be cut", async () => {
    await bot.store.db.delete(drafts);
    await maria.sendLocation(/К какой теме/);
    const topics = await maria.say("яма на дороге", /Это про что-то/);
    await maria.press(topics, "Ямы", /Опишите/);
    const long = "Очень длинный рассказ. ".repeat(200).slice(0, 4096);
    const ask = await maria.say(long, /4\d{3} знаков[^]*Ваш текст сохранён/);
    await maria.press(ask, "Оставить начало", /Пришлите фото/);
    expect((await draftOf())?.description?.length).toBeGreaterThan(900);
  });

  test("that looks like markup or code stays what it is", async () => {
    await maria.sendLocation(/Проверьте/);
    const ask = await maria.say("<b>яма</b> {{city}} $t(form:plain) & <a href='x'>", /Куда это записать/);
    expect(textOf(ask)).toContain("<b>яма</b> {{city}} $t(form:plain) & <a href='x'>");
    expect(ask.entities?.some(({ type }) => type === "text_link")).not.toBe(true);
  });

  test("with characters that no database keeps is taken without them, whoever sends it", async () => {
    await maria.sendLocation(/К какой теме|Проверьте/);
    const broken = "Яма\0 у школы \ud83d растёт с каждым днём\udc00, объезжают по тротуару";
    const ask = await maria.say(broken, /Куда это записать/);
    expect(textOf(ask)).toContain("Яма у школы  растёт с каждым днём, объезжают по тротуару");
    const named = { ...from, first_name: "Мария\0 \ud83d" };
    await deliver({ message: { message_id: 80_001, date: 0, chat, from: named, text: "/draft\0" } });
    expect(saidSince(ask)).toEqual([expect.stringContaining("Куда это записать")]);
    await deliver({ message: { message_id: 80_002, date: 0, chat, from, text: "\0\ud83d" } });
    expect(saidSince(ask)).toHaveLength(1);
  });

  test("may be the words of a button", async () => {
    await maria.sendLocation(/Проверьте/);
    await maria.say("отправить", /Номер вашего сообщения/);
    expect(await draftOf()).toBeNull();
  });

  test("corrected later corrects the description, and nothing else", async () => {
    await bot.store.db.delete(drafts);
    await maria.sendLocation(/К какой теме/);
    const told = "Во дворе второй месяц не вывозят мусор, контейнеры переполнены, и всё разносит ветер";
    await maria.say(told, /Записали как описание/);
    const own = maria.messages().find((message) => textOf(message) === told);
    if (own === undefined) throw new Error("It was not sent");
    await maria.edit(own, `${told}, и крысы`, /Описание исправлено/);
    expect((await draftOf())?.description).toBe(`${told}, и крысы`);
    await maria.edit(own, "мало", /хотя бы 10 знаков/);
    expect((await draftOf())?.description).toBe(`${told}, и крысы`);
  });
});

describe("a button", () => {
  test("of an older question is answered, and the present one is shown again", async () => {
    const check = await maria.sendLocation(/Проверьте/);
    await maria.say("Ярцевская, 14", /Проверьте|Куда это записать/);
    const since = maria.messages().at(-1) as PageMessage;
    const toast = await maria.tap(check, "Отправить");
    expect(toast.text).toMatch(/Это старый вопрос/);
    expect(saidSince(since)).toHaveLength(1);
    const [row] = await bot.store.db.select({ filed: count() }).from(reports);
    await maria.tap(check, "Отправить");
    expect(await bot.store.db.select({ filed: count() }).from(reports)).toEqual([row]);
  });

  test("tapped twice sends one report", async () => {
    const check = await maria.sendLocation(/Проверьте/);
    const [before] = await bot.store.db.select({ filed: count() }).from(reports);
    const data = dataOf(check, "Отправить");
    const toasts = await Promise.all([maria.forge(check, data), maria.forge(check, data)]);
    expect(toasts.map(({ text }) => text).toSorted()).toEqual(["Отправлено", "Эта кнопка уже отработала."]);
    const [after] = await bot.store.db.select({ filed: count() }).from(reports);
    expect(after?.filed).toBe((before?.filed ?? 0) + 1);
  });

  test.each([
    "f:zz",
    "f:0:send",
    "f:zz:!cancel",
    "f:1:e:own",
    "g:own-report:999999999.0",
    "g:lang:xx",
    "g:consent:99~",
    "r:accept:1:1",
    "x",
  ])("forged to say «%s» changes nothing and is answered", async (data) => {
    const check = await maria.sendLocation(/Проверьте/);
    const before = await draftOf();
    await maria.forge(check, data);
    expect(await draftOf()).toEqual(before);
    await maria.say("/draft", /Проверьте/);
  });

  test("on a message too old to be shown is answered like any other", async () => {
    const draft = await draftOf();
    await deliver({
      callback_query: {
        id: "1",
        from,
        chat_instance: "1",
        message: { chat, message_id: 5, date: 0 },
        data: `f:${((draft?.turn ?? 0) - 1).toString(36)}:send`,
      },
    });
    expect(saidSince(where)).toEqual([expect.stringContaining("Где это?")]);
  });
});

describe("in the middle of the form", () => {
  test.each([
    ["/help", /\/myreports/],
    ["/myreports", /Ваши сообщения|ещё ничего/],
    ["/language", /На каком языке/],
    ["/start", /С возвращением/],
    ["/nonsense", /.+/],
    ["🗂 Мои сообщения", /Ваши сообщения|ещё ничего/],
  ])("%s loses nothing", async (command, answer) => {
    const before = await draftOf();
    await maria.say(command, answer);
    expect(await draftOf()).toEqual(before);
    await maria.say("/draft", /Где это/);
  });

  test("an update delivered twice changes the draft once", async () => {
    const update = { message: { message_id: 70_001, date: 0, chat, from, text: "Ярцевская, 14" }, update_id: 42 };
    await bot.handle(update);
    const before = await draftOf();
    await bot.handle(update);
    expect(await draftOf()).toEqual(before);
    expect(saidSince(where)).toHaveLength(2);
  });
});

test("groups and channels are no place for reports: nothing is said and nothing is kept", async () => {
  const before = bot.messenger.messages(GROUP).length;
  const group = { id: GROUP, type: "supergroup", title: "Редакция" };
  const olga = { ...from, id: OLGA, first_name: "Ольга" };
  await deliver({ message: { message_id: 1, date: 0, chat: group, from: olga, text: "Во дворе на Ярцевской яма" } });
  await deliver({ channel_post: { message_id: 1, date: 0, chat: { ...group, type: "channel" }, text: "яма" } });
  expect(bot.messenger.messages(GROUP)).toHaveLength(before);
  expect(await draftOf(OLGA)).toBeNull();
});

test("whoever has not agreed yet is asked to, and nothing they sent is kept", async () => {
  const anna = phoneOf(bot, ANNA);
  await anna.sendPhotos(/Здравствуйте/, 1, CAPTION);
  await anna.sendLocation(/Здравствуйте/);
  expect(await draftOf(ANNA)).toBeNull();
});
