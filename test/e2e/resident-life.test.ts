import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PageMessage } from "../../src/local-telegram/page-api.ts";
import { listHistory } from "../../src/store/queries/history.ts";
import { findReportView } from "../../src/store/queries/report-view.ts";
import { additions, photos, reports, residents } from "../../src/store/schema/index.ts";
import { ANNA, BORIS, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { aReport } from "../support/people.ts";
import { aJpeg } from "../support/pictures.ts";
import { phoneOf } from "../support/resident.ts";

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ roles: { [ANNA]: "editor" } });
  // Nobody hears from a bot they never wrote to.
  await bot.tell(MARIA, "/start", /Здравствуйте/);
  await bot.tell(ANNA, "/start", /Здравствуйте/);
});
afterAll(() => bot.close());

const statusOf = async (id: number) => (await findReportView(bot.store.db, id))?.status;
const countReports = () => bot.store.db.$count(reports);
const saidTo = (id: number) => bot.store.db.select().from(additions).where(eq(additions.reportId, id));

/** A report of Мария's and the message by which she heard that it was received. */
const filed = async (): Promise<{ id: number; card: PageMessage }> => {
  const after = bot.messenger.lastEventId();
  const { id } = await bot.file();
  return { id, card: await bot.hear(MARIA, new RegExp(`№ ${id}\\b`), after) };
};

describe("a reply to what the bot said of a report", () => {
  test("adds words and photos to that report, reaches the editor, and begins no other report", async () => {
    const { id, card } = await filed();
    const before = await countReports();
    let after = bot.messenger.lastEventId();
    const thanks = await bot.tell(MARIA, "И второй фонарь погас", new RegExp(`Добавил к сообщению № ${id}`), {
      replyTo: card.message_id,
    });
    await bot.hear(ANNA, new RegExp(`№ ${id}[^]*дополнил[^]*И второй фонарь погас`), after);

    // An answer to the answer is about the same report, and so is a whole album.
    after = bot.messenger.lastEventId();
    const album = [{ upload: "a" }, { upload: "b" }];
    const files = new Map([
      ["a", { name: "a.jpg", mime: "image/jpeg", bytes: await aJpeg(90, 60) }],
      ["b", { name: "b.jpg", mime: "image/jpeg", bytes: await aJpeg(91, 60) }],
    ]);
    await bot.act(
      { do: "photos", personId: MARIA, chatId: MARIA, photos: album, caption: "Вот так", replyTo: thanks.message_id },
      files,
    );
    await bot.hear(MARIA, new RegExp(`Добавил к сообщению № ${id}`), after);
    await expect.poll(async () => bot.store.db.$count(photos, eq(photos.reportId, id))).toBe(2);

    expect(await saidTo(id)).toMatchObject([
      { kind: "addition", words: "И второй фонарь погас", authorId: bot.residentId(MARIA) },
      { kind: "addition", words: "Вот так" },
    ]);
    expect(await countReports()).toBe(before);
    await bot.tell(MARIA, "/draft", /Черновика нет/);
  });

  test("keeps the words under a picture that nobody could open, and says how to send it", async () => {
    const { id, card } = await filed();
    const after = bot.messenger.lastEventId();
    const heic = { name: "IMG_0412.HEIC", mime: "image/heic", bytes: new Uint8Array(2_000) };
    await bot.act(
      {
        ...{ do: "document", personId: MARIA, chatId: MARIA, file: { upload: "heic" } },
        ...{ caption: "Вот этот столб", replyTo: card.message_id },
      },
      new Map([["heic", heic]]),
    );
    await bot.hear(MARIA, new RegExp(`Добавил к сообщению № ${id}[^]*как фото, а не как файл`), after);
    expect(await saidTo(id)).toMatchObject([{ kind: "addition", words: "Вот этот столб" }]);
    expect(await bot.store.db.$count(photos, eq(photos.reportId, id))).toBe(0);
  });

  test("reaches the agency once the report is there", async () => {
    const { id, card } = await filed();
    await bot.tell(ANNA, `/accept ${id} lighting`, /передано/);
    await bot.tell(MARIA, "Код домофона прежний", /увидят те, кто его выполняет/, { replyTo: card.message_id });
    const events = await listHistory(bot.store.db, id);
    expect(events.at(-1)).toMatchObject({ kind: "added", actorRole: "author", data: { reader: "officers" } });
    expect(JSON.stringify(events)).not.toContain("домофона");
  });

  test("of somebody else, or about a report nobody works on, is explained and changes nothing", async () => {
    const { id, card } = await filed();
    await bot.tell(ANNA, `/report ${id}`, /История/);
    const shown = bot.messenger.messages(ANNA).at(-1);
    await bot.tell(ANNA, "Ясно", new RegExp(`Ответ на карточку № ${id} никуда не отправлен`), {
      replyTo: shown?.message_id ?? 0,
    });
    await bot.tell(ANNA, `/reject ${id} unclear`, /отклонено/);
    await bot.tell(MARIA, "Почему?", new RegExp(`№ ${id} отклонено[^]*/myreports ${id}`), { replyTo: card.message_id });
    expect(await saidTo(id)).toEqual([]);
    expect(await statusOf(id)).toBe("rejected");
  });

  test("that is neither words nor a photo is asked for again, with what was written under it kept", async () => {
    const { id, card } = await filed();
    const after = bot.messenger.lastEventId();
    const text = new Map([["list", { name: "list.txt", mime: "text/plain", bytes: new Uint8Array([1, 2]) }]]);
    const chat = { personId: MARIA, chatId: MARIA, replyTo: card.message_id };
    await bot.act({ do: "document", ...chat, file: { upload: "list" } }, text);
    await bot.hear(MARIA, new RegExp(`Дополнить сообщение № ${id} можно текстом или фотографией`), after);
    await bot.tell(MARIA, "я".repeat(1001), /длиннее 1000 знаков/, { replyTo: card.message_id });
    expect(await saidTo(id)).toEqual([]);
  });

  test("is taken ten times a day and not more", async () => {
    const { id, card } = await filed();
    for (let i = 1; i <= 10; i += 1) {
      await bot.tell(MARIA, `Ещё ${i}`, new RegExp(`Добавил к сообщению № ${id}`), { replyTo: card.message_id });
    }
    await bot.tell(MARIA, "И ещё", /сколько можно \(дополнений: 10\)/, { replyTo: card.message_id });
    expect(await saidTo(id)).toHaveLength(10);
  });
});

describe("/withdraw", () => {
  test("asks once more, tells the editors' card, and nobody works on it any more", async () => {
    const start = bot.messenger.lastEventId();
    const { id } = await filed();
    const queued = await bot.hear(ANNA, new RegExp(`№ ${id} · ждёт`), start);
    const asked = await bot.tell(MARIA, `/withdraw ${id}`, /Отозвать сообщение/);
    expect(labelsOf(asked)).toEqual([["Да, отозвать"], ["Нет, оставить"]]);
    await bot.press(MARIA, asked, "Нет");
    expect(textOf(bot.look(asked))).toMatch(/остаётся/);
    expect(await statusOf(id)).toBe("submitted");

    const again = await bot.tell(MARIA, `/withdraw № ${id}`, /Отозвать сообщение/);
    const after = bot.messenger.lastEventId();
    expect(await bot.press(MARIA, again, "Да")).toEqual({ text: "Отозвано", alert: false });
    expect(textOf(bot.look(again))).toMatch(new RegExp(`№ ${id} отозвано`));
    const settled = await bot.hear(ANNA, new RegExp(`№ ${id} · отозвано`), after);
    expect(settled.message_id).toBe(queued.message_id);
    expect(labelsOf(settled)).toEqual([]);
    expect((await listHistory(bot.store.db, id)).at(-1)).toMatchObject({ kind: "withdrawn", actorRole: "author" });
    await bot.tell(MARIA, `/withdraw ${id}`, /уже отозвано/);
  });

  test("works from the card in /myreports, which tells the story in plain words", async () => {
    const { id, card } = await filed();
    await bot.tell(MARIA, "Адрес точный", /Добавил/, { replyTo: card.message_id });
    await bot.tell(ANNA, `/accept ${id} lighting`, /передано/);
    const shown = await bot.tell(MARIA, `/myreports ${id}`, /Что было/);
    expect(textOf(shown)).toMatch(
      /в работе[^]*Почему такой срок[^]*8 рабочих дней[^]*отправлено\n.*автор дополнил сообщение\. Адрес точный\n.*передано: /,
    );
    expect(labelsOf(shown).flat()).toEqual(["Отозвать", "🔕 Без звука"]);
    const after = bot.messenger.lastEventId();
    await bot.press(MARIA, shown, "Отозвать");
    const asked = await bot.hear(MARIA, /Отозвать сообщение/, after);
    await bot.press(MARIA, asked, "Да");
    expect(await statusOf(id)).toBe("withdrawn");
    expect(labelsOf(await bot.tell(MARIA, `/myreports ${id}`, /отозвано автором/))).toEqual([]);
  });

  test("of a report that changed meanwhile asks again, of one that is answered says what is possible", async () => {
    const { id } = await filed();
    const asked = await bot.tell(MARIA, `/withdraw ${id}`, /Отозвать сообщение/);
    await bot.tell(ANNA, `/accept ${id} lighting`, /передано/);
    expect((await bot.press(MARIA, asked, "Да")).text).toMatch(/за это время изменилось/);
    expect(await statusOf(id)).toBe("assigned");
    await bot.press(MARIA, bot.look(asked), "Да");
    expect(await statusOf(id)).toBe("withdrawn");

    const at = new Date("2026-07-20T09:00:00Z");
    const held = { agencyId: "lighting", assignedAt: at, handlingDueAt: at, firstDueAt: at, dueAt: at, answeredAt: at };
    const answered = await aReport(bot.store.db, bot.residentId(MARIA), { status: "answered", ...held });
    await bot.tell(MARIA, `/withdraw ${answered.id}`, /сейчас не отозвать: ответ на проверке/);
  });

  test.each([
    ["no number", "/withdraw", /Напишите его номер, например:\s+\/withdraw 15/],
    ["no number but words", "/withdraw моё сообщение", /например:\s+\/withdraw 15/],
    ["a number nobody has", "/withdraw 999999", /Сообщения № 999999 нет/],
  ])("with %s says so with an example", async (_what, text, answer) => {
    await bot.tell(MARIA, text, answer);
  });

  test("of somebody else's report is refused, by a forged button, too", async () => {
    const { id } = await filed();
    const refused = await bot.tell(BORIS, `/withdraw ${id}`, /is not your report/);
    await bot.pressData(BORIS, refused, `r:withdraw:${id.toString(36)}:1:yes`);
    expect(await statusOf(id)).toBe("submitted");
  });
});

describe("/mydata and /forget", () => {
  test("send everything as a file, and erase it only when asked twice", async () => {
    const boris = phoneOf(bot, BORIS);
    const greeting = await boris.say("/start", /Hello/);
    await boris.press(greeting, "I agree", /What has happened\?/);
    const { id } = await aReport(bot.store.db, bot.residentId(BORIS), { description: "A lamp is out" });
    const file = await boris.say("/mydata", /everything that is held about you/);
    expect(file.document).toMatchObject({ file_name: "otklik-2026-07-15.json" });
    const { file_path: path } = await bot.bot.api.getFile(file.document?.file_id ?? "");
    const held = (await (await fetch(`${bot.apiRoot}/file/bot${bot.bot.token}/${path}`)).json()) as Record<
      string,
      unknown[]
    >;
    expect(held["profile"]).toMatchObject([{ name: "Boris", telegramId: BORIS }]);
    expect(held["reports"]).toMatchObject([{ id, description: "A lamp is out" }]);

    const kept = await boris.say("/forget", /Erase everything about you\?/);
    await boris.press(kept, "No, keep", /stays as it was/);
    const asked = await boris.say("/forget", /Erase everything/);
    await boris.press(asked, "Yes, erase", /everything that names you is erased/);
    const [row] = await bot.store.db
      .select()
      .from(residents)
      .where(eq(residents.id, bot.residentId(BORIS)));
    expect(row).toMatchObject({ telegramId: null, name: null, consentVersion: null });
    expect((await bot.store.db.select().from(reports).where(eq(reports.id, id)))[0]).toMatchObject({
      authorId: null,
      status: "submitted",
    });
    // Whoever comes back is met anew.
    await boris.say("/myreports", /You have not sent anything yet|not sent/);
    expect((await findReportView(bot.store.db, id))?.status).toBe("submitted");
  });

  test("are no button that can be pressed an hour later, and not for staff", async () => {
    await bot.tell(OLGA, "/forget", /сначала снимают роль/);
    const asked = await bot.tell(MARIA, "/forget", /Стереть всё о вас\?/);
    bot.travel(new Date("2026-07-15T10:01:00.000Z"));
    const { text } = await bot.press(MARIA, asked, "Да, стереть");
    expect(text).toMatch(/давно задан/);
    await bot.pressData(MARIA, asked, "g:forget:zzzzzzzzzz");
    const [row] = await bot.store.db
      .select()
      .from(residents)
      .where(eq(residents.id, bot.residentId(MARIA)));
    expect(row?.name).toBe("Мария");
  });

  test("take no number from a resident, and a right one from the staff", async () => {
    await bot.tell(MARIA, "/forget 12", /только своё/);
    await bot.tell(OLGA, "/forget двенадцать", /например:\s+\/forget 15/);
    await bot.tell(OLGA, "/mydata 999999", /Сообщения № 999999 нет/);
  });
});
