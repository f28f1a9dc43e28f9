/** What officers write without pressing anything first, and what editors of a group decide for them. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PageMessage } from "../../../src/local-telegram/page-api.ts";
import { findAnswerDraft } from "../../../src/store/queries/answer-drafts.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { ANNA, BORIS, CREW, GROUP, OLGA, PETR, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { officerOf } from "../../support/officer.ts";

let city: RunningBot;
let petr: ReturnType<typeof officerOf>;
let boris: ReturnType<typeof officerOf>;
let anna: ReturnType<typeof officerOf>;

beforeAll(async () => {
  const roles = { [ANNA]: "editor", [BORIS]: { officerOf: "roads" }, [PETR]: { officerOf: "lighting" } } as const;
  city = await startBot({ roles });
  [petr, boris, anna] = [officerOf(city, PETR), officerOf(city, BORIS), officerOf(city, ANNA)];
  for (const one of [petr, boris]) await one.open();
  await city.tell(OLGA, "/bind agency Освещение", /поручения службы/, { chatId: CREW });
  await city.tell(OLGA, "/bind", /Готово/, { chatId: GROUP });
});
afterAll(() => city.close());

const aTask = async (agency = "Освещение", chatId = CREW): Promise<{ id: number; card: PageMessage }> => {
  const { id } = await city.file();
  const after = city.messenger.lastEventId();
  await city.tell(ANNA, `/accept ${id} ${agency}`, new RegExp(`№ ${id} передано`));
  return { id, card: await city.hear(chatId, new RegExp(`(№|No\\.) ${id} `), after) };
};

const draftOf = async (reportId: number) =>
  (await findAnswerDraft(city.store.db, { officerId: city.residentId(PETR), reportId }))?.content;

/** Throws away what Пётр is writing. */
const drop = async (): Promise<void> => {
  const dropping = await petr.say("/cancel", /Отменить ответ/);
  await petr.press(dropping, "Отменить ответ", /отменён/);
};

describe("words an officer writes in private, to no card", () => {
  test("are begun nothing with where there is nothing to answer", async () => {
    expect(textOf(await boris.say("Asphalt is laid in the yard", /./))).not.toMatch(/answer to a task/);
  });

  test("are kept until the officer says which task they answer, one's own first, and are answered once", async () => {
    const [first, second] = [await aTask(), await aTask()];
    await petr.press(second.card, "В работу", /В работе: Пётр/);
    const asked = await petr.say("Готово", /Это ответ по поручению/);
    expect(petr.labels(asked)[0]).toContain(`№ ${second.id} · Ярцевская улица, 14`);
    expect(petr.labels(asked)[1]).toContain(`№ ${first.id}`);
    await petr.say("плафон заменили, горит", /И это сохранено/);
    await petr.photos(1, /И это сохранено/);
    expect((await city.pressData(PETR, city.look(asked), "g:task-words:999999")).text).toMatch(/слова сохранены/);
    const kinds = await petr.press(asked, `№ ${second.id}`, new RegExp(`Ответ по № ${second.id}[^]*Что ответить`));
    await petr.press(kinds, "Устранено", /Проверьте[^]*Фото: 1[^]*Готово\nплафон заменили, горит/);
    expect((await city.pressData(PETR, city.look(asked), `g:task-words:${first.id}`)).text).toMatch(/уже записано/);
    expect(await draftOf(first.id)).toBeUndefined();
    await drop();
  });

  test("may be an album, which is asked about once and kept whole", async () => {
    const { id, card } = await aTask();
    await petr.press(card, "В работу", /В работе: Пётр/);
    const asked = await petr.photos(3, /Это ответ по поручению/, { caption: "Все три фонаря горят" });
    // The rest of the album is kept without a word; what comes after it shows that it has arrived.
    await petr.say("Проверили вечером", /И это сохранено/);
    await petr.press(asked, `№ ${id} `, /Что ответить/);
    expect(await draftOf(id)).toMatchObject({
      description: "Все три фонаря горят\nПроверили вечером",
      photos: [{}, {}, {}],
    });
    await drop();
  });

  test("may be the officer's own report, for which the consent comes first", async () => {
    await aTask();
    const asked = await petr.say("У моего дома яма на дороге", /Это ответ по поручению/);
    await petr.press(asked, "новое сообщение", /соглас/i);
    await petr.say("У моего дома яма на дороге", /Это ответ по поручению/);
  });

  test("go on with the answer that is open, and nobody is asked", async () => {
    const { id, card } = await aTask();
    const after = city.messenger.lastEventId();
    await petr.tap(card, "Ответить");
    await city.hear(PETR, /Что ответить/, after);
    await petr.say("Лампу заменили на новую", new RegExp(`Ответ по № ${id}[^]*Записали как текст`));
    await drop();
  });
});

describe("what comes when the answer is with an editor", () => {
  test("is said not to be kept, and when it could be", async () => {
    const { id, card } = await aTask();
    const reply = { chatId: CREW, heardIn: CREW, replyTo: card.message_id };
    const begun = city.messenger.lastEventId();
    await petr.say("Опора на балансе частного лица", /записал в ответ/, reply);
    const kinds = await city.hear(PETR, new RegExp(`Ответ по № ${id}`), begun);
    const preview = await petr.press(kinds, "Устранить нельзя", /Проверьте/);
    await petr.press(preview, "Отправить", /отправлен/);
    await petr.say("И вот ещё что", new RegExp(`№ ${id}: ответ уже у редактора.*пришлите это ещё раз`), reply);
    await city.tell(ANNA, `/publish ${id}`, /опубликован/);
    await petr.photos(1, new RegExp(`№ ${id} · ответ опубликован. Ответ службы сейчас не нужен`), reply);
    expect(await draftOf(id)).toBeUndefined();
  });
});

describe("in the agency's group", () => {
  test("a reply to what is no card is led to one, and ordinary talk is left alone", async () => {
    await aTask();
    const list = await city.tell(PETR, "/tasks", /поручени/, { chatId: CREW });
    await city.tell(PETR, "Первое уже сделали", /ответьте на его карточку/, { chatId: CREW, replyTo: list.message_id });
    const said = (): number => city.messenger.messages(CREW).filter(({ from }) => from?.is_bot === true).length;
    const before = said();
    await city.act({ do: "text", personId: PETR, chatId: CREW, text: "Кто едет на Ярцевскую?" });
    await city.tell(PETR, "/tasks", /поручени/, { chatId: CREW });
    expect(said()).toBe(before + 1);
  });
});

describe("a second «not ours»", () => {
  test("waits in the editors' group with what happened before, and goes on at their word", async () => {
    const { id, card } = await aTask("roads", BORIS);
    const kinds = await boris.press(card, "Answer", /What is your answer/);
    await boris.press(kinds, "Not ours", /Whose is it/);
    await boris.say("Lighting", /Why is it not yours/);
    const preview = await boris.say("The lamp stands in a yard", /Please check|right/i);
    let after = city.messenger.lastEventId();
    await boris.press(preview, "Send", /handed on. Thank you/);
    const theirs = await city.hear(CREW, new RegExp(`№ ${id} `), after);

    after = city.messenger.lastEventId();
    await petr.tap(theirs, "Ответить");
    const again = await city.hear(PETR, /Что ответить/, after);
    await petr.press(again, "Это не наше", /Чьё это/);
    await petr.say("Дорожная служба", /Почему это не ваше/);
    const ready = await petr.say("Опора стоит на проезжей части", /Проверьте/);
    after = city.messenger.lastEventId();
    await petr.press(ready, "Отправить", /отправлена редактору. Срок не останавливается/);
    const request = await city.hear(GROUP, new RegExp(`№ ${id} · просят передать`), after);
    expect(textOf(request)).toMatch(/Опора стоит на проезжей части[^]*До этого передавали 1 раз/);
    expect(anna.labels(request)).toEqual([
      expect.stringContaining("Передать: "),
      "✅ Передать и добавить дней…",
      "✖️ Отказать…",
    ]);
    await city.press(ANNA, request, "Передать: ");
    expect(await findReportView(city.store.db, id)).toMatchObject({ agencyId: "roads", hops: 2, status: "assigned" });
  });
});
