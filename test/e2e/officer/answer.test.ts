/** From a task to a published answer, over the wire: an agency's group in Russian, an officer on their own in English. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { PageMessage } from "../../../src/local-telegram/page-api.ts";
import { findAnswerDraft } from "../../../src/store/queries/answer-drafts.ts";
import { findVisit } from "../../../src/store/queries/residents.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { ANNA, BORIS, CREW, dataOf, MARIA, OLGA, PETR, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { officerOf } from "../../support/officer.ts";
import { hoursAfter, NOON } from "../../support/people.ts";

let city: RunningBot;
let petr: ReturnType<typeof officerOf>;
let boris: ReturnType<typeof officerOf>;
let anna: ReturnType<typeof officerOf>;

beforeAll(async () => {
  // Анна edits, Пётр is of the agency with a group, Boris of one without.
  city = await startBot({ roles: { [ANNA]: "editor", [BORIS]: { officerOf: "roads" } } });
  [petr, boris, anna] = [officerOf(city, PETR), officerOf(city, BORIS), officerOf(city, ANNA)];
  await city.tell(OLGA, "/bind agency Освещение", /поручения службы: Служба уличного освещения/, { chatId: CREW });
  const link = textOf(await city.tell(OLGA, "/invite officer Освещение", /inv-/));
  await city.tell(PETR, `/start ${/inv-[\w-]+/.exec(link)?.[0]}`, /Добро пожаловать.*\/tasks/);
  await city.tell(BORIS, "/help", /\/tasks/);
  await city.tell(ANNA, "/help", /\/queue/);
  await city.tell(MARIA, "/help", /\/new/);
});
afterAll(() => city.close());

/** A report that Анна sent to the agency, and its card there. */
const aTask = async (agency = "", chatId = CREW): Promise<{ id: number; card: PageMessage }> => {
  const { id } = await city.file();
  const after = city.messenger.lastEventId();
  await city.tell(ANNA, `/accept ${id} ${agency}`, new RegExp(`№ ${id} передано`));
  return { id, card: await city.hear(chatId, new RegExp(`(№|No\\.) ${id} `), after) };
};

const viewOf = async (id: number) => {
  const view = await findReportView(city.store.db, id);
  if (view === null) throw new Error("no report");
  return view;
};

/** The pictures of the answer Пётр is writing. */
const photosIn = async (reportId: number): Promise<number | undefined> =>
  (await findAnswerDraft(city.store.db, { officerId: await idOf(PETR), reportId }))?.content.photos.length;

const idOf = async (telegramId: number): Promise<number> =>
  (await findVisit(city.store.db, telegramId, 0))?.resident.id ?? 0;

/** Анна hears in private of what waits for her. */
const answerCard = (id: number, after: number) => city.hear(ANNA, new RegExp(`№ ${id} · ответ на проверке`), after);

describe("a task in the agency's group", () => {
  test("tells what, where and how long there is, and nothing of the resident", async () => {
    const { card } = await aTask();
    expect(textOf(card)).toMatch(/до 27 июля включительно — осталось 8 рабочих дней/);
    expect(textOf(card)).toContain("Ярцевская улица, 14");
    expect(textOf(card)).toContain("Фонарь у подъезда не горит");
    expect(textOf(card)).not.toMatch(/Мария|2001/);
    expect(petr.labels(card)).toEqual(["✋ В работу", "📝 Ответить"]);
  });

  test("is taken by one press, and everybody sees by whom", async () => {
    const { card } = await aTask();
    await petr.press(card, "В работу", /В работе: Пётр/);
    expect(petr.labels(card)).toEqual(["✋ Взять себе", "↩️ Отпустить", "📝 Ответить"]);
  });

  test("is put down by one press, from the card and from the list, by whoever has it", async () => {
    const [{ id, card }, other] = [await aTask(), await aTask()];
    for (const task of [card, other.card]) await petr.press(task, "В работу", /В работе: Пётр/);
    expect(await city.press(OLGA, city.look(card), "Отпустить")).toMatchObject({ alert: true });
    expect(await viewOf(id)).toMatchObject({ officer: "Пётр" });
    expect(await petr.tap(card, "Отпустить")).toMatchObject({ text: /№ \d+ больше не у вас/, alert: false });
    expect(await viewOf(id)).toMatchObject({ officer: null, status: "assigned" });
    expect(petr.labels(card)).toEqual(["✋ В работу", "📝 Ответить"]);

    const list = await city.tell(PETR, "/tasks", /в работе у вас[^]*отпустить/);
    const own = petr.labels(list).filter((label) => label.startsWith("↩️"));
    const [button = ""] = own;
    expect((await city.press(PETR, list, button)).text).toMatch(/больше не у вас/);
    expect(petr.labels(list).filter((label) => label.startsWith("↩️"))).toEqual(own.slice(1));
    const pressed = Number(/\d+/.exec(button)?.[0]);
    expect((await city.pressData(PETR, list, `g:task-release:${pressed}.0`)).text).toMatch(/ни у кого не в работе/);
    expect((await city.pressData(PETR, list, "g:task-release:999999.0")).alert).toBe(true);
  });

  test("is answered by a reply with an album, returned, answered anew and published", async () => {
    const { id, card } = await aTask();
    const begun = city.messenger.lastEventId();
    await petr.photos(2, /Пётр, записал в ответ/, {
      ...{ chatId: CREW, heardIn: CREW, replyTo: card.message_id },
      caption: "Фонарь заменили, он горит",
    });
    const kinds = await city.hear(PETR, new RegExp(`Ответ по № ${id}[^]*Что ответить`), begun);
    // An album has no end: its second picture may come a moment later.
    await vi.waitFor(async () => expect(await photosIn(id)).toBe(2), { timeout: 10_000 });
    const preview = await petr.press(kinds, "Устранено", /Проверьте, всё ли так[^]*Фото: 2/);
    let after = city.messenger.lastEventId();
    await petr.press(preview, "Отправить", new RegExp(`Ответ по № ${id} отправлен`));
    const check = await answerCard(id, after);
    expect(textOf(check)).toMatch(/Устранено — .*Пётр[^]*Фонарь заменили, он горит[^]*ответ вовремя/);
    expect(await viewOf(id)).toMatchObject({ status: "answered" });

    after = city.messenger.lastEventId();
    await anna.tap(check, "Вернуть");
    const question = await anna.press(check, "Своими словами", /Почему вернуть ответ/);
    await city.tell(ANNA, "На фото другой фонарь", /ответ возвращён/, { replyTo: question.message_id });
    const again = await city.hear(CREW, new RegExp(`№ ${id} [^]*Редактор вернул ответ: На фото другой фонарь`), after);
    expect(textOf(again)).toMatch(/до 27 июля/);
    // The group's first card was rewritten before the new one came.
    expect(textOf(city.look(card))).toMatch(new RegExp(`№ ${id} · новая карточка ниже`));
    expect(petr.labels(card)).toEqual([]);
    expect(await viewOf(id)).toMatchObject({ status: "assigned" });

    after = city.messenger.lastEventId();
    await petr.tap(again, "Ответить");
    const anew = await city.hear(PETR, /Что ответить/, after);
    await petr.press(anew, "Устранено", /Пришлите фото/);
    await petr.photos(1, /Фото: 1 из 5/, { caption: "Вот этот фонарь, номер 14" });
    const ready = await petr.say("готово", /Проверьте, всё ли так/);
    after = city.messenger.lastEventId();
    await petr.press(ready, "Отправить", /отправлен/);
    const second = await answerCard(id, after);
    after = city.messenger.lastEventId();
    await anna.press(second, "Опубликовать", /ответ опубликован/);
    await city.hear(MARIA, /Вот этот фонарь, номер 14/, after);
    expect(await viewOf(id)).toMatchObject({ status: "published", check: { answer: { photos: [{}] } } });
    expect(petr.labels(again)).toEqual([]);
  });

  test("is nobody's but the agency's to take, answer or read", async () => {
    const { id, card } = await aTask();
    const before = await viewOf(id);
    expect((await city.press(MARIA, card, "В работу")).text).toMatch(/только исполнители/);
    expect((await city.press(BORIS, card, "Ответить")).text).toMatch(/not with your agency/);
    await city.tell(BORIS, `/report ${id}`, /not with your agency/);
    await city.tell(MARIA, `/report ${id}`, /для сотрудников/);
    expect(await viewOf(id)).toEqual(before);
  });
});

describe("an answer being written", () => {
  test("is for the report whose card was replied to, and the one touched last goes on", async () => {
    const [first, second] = [await aTask(), await aTask()];
    const reply = (task: { card: PageMessage }, text: string) =>
      petr.say(text, /Что ответить/, { chatId: CREW, replyTo: task.card.message_id });
    await reply(first, "Первый фонарь уже горит");
    const kinds = await reply(second, "Второй фонарь стоит на балансе дома");
    await petr.press(kinds, "Устранить нельзя", new RegExp(`№ ${second.id}[^]*Второй фонарь`));
    // Back to the first: nothing of it was lost.
    const after = city.messenger.lastEventId();
    await petr.tap(first.card, "Ответить");
    const back = await city.hear(PETR, new RegExp(`Ответ по № ${first.id}`), after);
    await petr.press(back, "Устранено", new RegExp(`№ ${first.id}[^]*Пришлите фото`));
    await petr.photos(1, /Фото: 1 из 5/);
    await petr.say("Готово", /Первый фонарь уже горит/);
    const dropping = await petr.say("/cancel", new RegExp(`Отменить ответ по № ${first.id}`));
    await petr.press(dropping, "Отменить ответ", /отменён/);
    await petr.say("/draft", new RegExp(`№ ${second.id}[^]*Второй фонарь`));
  });

  test("keeps to the form's manners: what is wrong is said, nothing is lost, an old button changes nothing", async () => {
    const { id, card } = await aTask();
    const kinds = await petr.say("Ок", /Записали начало: «Ок»[^]*Что ответить/, {
      chatId: CREW,
      replyTo: card.message_id,
    });
    await petr.press(kinds, "Устранено", /Пришлите фото/);
    await petr.say("лампа заменена, свет есть", /Пришлите фото/);
    const stale = await city.pressData(PETR, city.look(kinds), dataOf(kinds, "Это не наше"));
    expect(stale.text).toMatch(/прежнего вопроса/);
    await petr.say(`Слишком длинно: ${"щ".repeat(1100)}`, /Куда это записать|не поместится|Пришлите/);
    expect(await viewOf(id)).toMatchObject({ status: "assigned", answer: null });
    const dropping = await petr.say("/cancel", /Отменить ответ/);
    await petr.press(dropping, "Отменить ответ", /отменён/);
  });
});

describe("a later date", () => {
  const ask = async (card: PageMessage, day: string): Promise<number> => {
    let after = city.messenger.lastEventId();
    await petr.tap(card, "Ответить");
    const kinds = await city.hear(PETR, /Что ответить/, after);
    await petr.press(kinds, "Сделаем позже", /До какого дня/);
    await petr.say(day, /Почему не успеваете/);
    const preview = await petr.say("Ждём лампу со склада", /Проверьте/);
    after = city.messenger.lastEventId();
    await petr.press(preview, "Отправить", /Просьба о переносе/);
    return after;
  };

  test("is given twice, with both dates told to the resident, and not a third time", async () => {
    const { id, card } = await aTask();
    let latest = card;
    for (const [day, label] of [
      ["до 10 августа", "10 августа"],
      ["20.08", "20 августа"],
    ] as const) {
      const asked = await ask(latest, day);
      const request = await city.hear(ANNA, new RegExp(`№ ${id} · просят перенести`), asked);
      expect((await viewOf(id)).status).toBe(latest === card ? "assigned" : "planned");
      const after = city.messenger.lastEventId();
      await anna.press(request, `Перенести на ${label}`, new RegExp(`перенесено на ${label}`));
      const told = await city.hear(MARIA, new RegExp(`№ ${id}[^]*перенесён`), after);
      expect(textOf(told)).toMatch(new RegExp(`на ${label}[^]*Ждём лампу со склада[^]*Первый срок был 27 июля`));
      latest = await city.hear(CREW, new RegExp(`№ ${id} · запланировано до ${label}`), after);
    }
    const after = city.messenger.lastEventId();
    await petr.tap(latest, "Ответить");
    const kinds = await city.hear(PETR, /Перенести больше нельзя/, after);
    expect(petr.labels(kinds).join()).not.toContain("Сделаем позже");
    expect(await viewOf(id)).toMatchObject({ status: "planned", postponements: 2 });
  });

  test("that is refused leaves everything as it is but for the remark", async () => {
    const { id, card } = await aTask();
    const asked = await ask(card, "5 августа");
    const request = await city.hear(ANNA, new RegExp(`№ ${id} · просят перенести`), asked);
    await anna.tap(request, "Отказать");
    const question = await anna.press(request, "Своими словами", /Почему отказать/);
    const after = city.messenger.lastEventId();
    await city.tell(ANNA, "Лампы на складе есть", /отказано/, { replyTo: question.message_id });
    await city.hear(CREW, new RegExp(`№ ${id} [^]*не согласился перенести на 5 августа: Лампы на складе есть`), after);
    expect(await viewOf(id)).toMatchObject({ status: "assigned", postponements: 0 });
    await city.hear(ANNA, new RegExp(`№ ${id} · службе отказано: Лампы на складе есть`), after);
    expect(anna.labels(request)).toEqual([]);
  });
});

describe("a report that is not ours, in English", () => {
  const sayNotOurs = async (card: PageMessage, agency: string): Promise<PageMessage> => {
    const kinds = await boris.press(card, "Answer", /What is your answer/);
    await boris.press(kinds, "Not ours", /Whose is it/);
    await boris.say(agency, /Why is it not yours/);
    return boris.say("The lamp stands in a yard, not on a road", /Please check|right/i);
  };

  test("goes on at once within two working days, and the resident hears where", async () => {
    const { id, card } = await aTask("roads", BORIS);
    expect(textOf(card)).toMatch(/due by the end of 27 July – 8 working days left/);
    const preview = await sayNotOurs(card, "Lighting");
    const after = city.messenger.lastEventId();
    await boris.press(preview, "Send", /handed on. Thank you/);
    await city.hear(CREW, new RegExp(`№ ${id} · до 27 июля[^]*Передавали 1 раз`), after);
    const told = await city.hear(MARIA, new RegExp(`№ ${id}[^]*передано другой службе`), after);
    expect(textOf(told)).toMatch(/Срок прежний: до 27 июля[^]*Передавали 1 раз/);
    expect(await viewOf(id)).toMatchObject({ agencyId: "lighting", hops: 1, status: "assigned" });
  });

  test("waits for an editor after that, who may add days with a public reason", async () => {
    const { id, card } = await aTask("roads", BORIS);
    city.travel(hoursAfter(NOON, 24 * 5));
    const preview = await sayNotOurs(card, "Lighting");
    let after = city.messenger.lastEventId();
    await boris.press(preview, "Send", /with an editor. The clock goes on/);
    const request = await city.hear(ANNA, new RegExp(`№ ${id} · просят передать`), after);
    expect(await viewOf(id)).toMatchObject({ agencyId: "roads", hops: 0 });
    const question = await anna.press(request, "добавить дней", /Сколько дней добавить/);
    await city.tell(ANNA, "много", /сначала число дней/, { replyTo: question.message_id });
    await city.tell(ANNA, "40 просто так", /от одного дня/, { replyTo: question.message_id });
    after = city.messenger.lastEventId();
    await city.tell(ANNA, "2 Первая служба ответила поздно", /до 29 июля включительно/, {
      replyTo: question.message_id,
    });
    const told = await city.hear(MARIA, new RegExp(`№ ${id}[^]*передано другой службе`), after);
    expect(textOf(told)).toMatch(/до 29 июля[^]*добавил 2 дня. Первая служба ответила поздно/);
    expect(await viewOf(id)).toMatchObject({ agencyId: "lighting", hops: 1 });
    city.travel(NOON);
  });
});

describe("a question to the resident", () => {
  test("goes through an editor, stops the clock, and comes back with the reply", async () => {
    const { id, card } = await aTask();
    let after = city.messenger.lastEventId();
    await petr.tap(card, "Ответить");
    const kinds = await city.hear(PETR, /Что ответить/, after);
    await petr.press(kinds, "уточнить у жителя", /Что спросить/);
    const preview = await petr.say("Какой именно подъезд: второй или третий?", /Проверьте/);
    after = city.messenger.lastEventId();
    await petr.press(preview, "Отправить", /Вопрос по № .* отправлен редактору/);
    const request = await city.hear(ANNA, new RegExp(`№ ${id} · служба хочет спросить жителя`), after);
    expect(await viewOf(id)).toMatchObject({ status: "assigned" });
    after = city.messenger.lastEventId();
    await anna.press(request, "Спросить жителя", /вопрос передан жителю/);
    await city.hear(MARIA, /Какой именно подъезд/, after);
    await city.hear(CREW, new RegExp(`№ ${id} · ждём ответа жителя`), after);
    expect(await viewOf(id)).toMatchObject({ status: "needs_info" });
    after = city.messenger.lastEventId();
    await city.act({ do: "text", personId: MARIA, chatId: MARIA, text: "Второй подъезд, у самой двери" });
    await city.hear(CREW, new RegExp(`№ ${id}`), after);
    expect(await viewOf(id)).toMatchObject({ status: "assigned" });
  });
});

describe("/tasks", () => {
  test("lists what is due first, with the days left, page by page", async () => {
    const list = await city.tell(PETR, "/tasks", /поручен/);
    expect(textOf(list)).toMatch(/осталось 8 рабочих дней/);
    expect(petr.labels(list)).toContain("Позже →");
    const next = await petr.press(list, "Позже", /Показаны 6–/);
    await petr.press(next, "Раньше", /Показаны 1–5/);
    city.travel(new Date("2026-07-29T09:00:00.000Z"));
    expect(textOf(await city.tell(PETR, "/tasks", /поручен/))).toMatch(/просрочено на 2 дня/);
    city.travel(NOON);
  });

  test("is refused to everybody else with the reason", async () => {
    await city.tell(MARIA, "/tasks", /для сотрудников/);
    await city.tell(PETR, "/report", /Напишите номер/);
    await city.tell(PETR, "/report 99999", /не у вашей службы/);
  });
});
