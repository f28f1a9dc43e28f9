/** What editors put right before deciding, cards in hand, and what they type: over the wire, in Russian and English. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PageMessage } from "../../../src/local-telegram/page-api.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import {
  ANNA,
  BORIS,
  dataOf,
  GROUP,
  labelsOf,
  MARIA,
  OLGA,
  startBot,
  textOf,
  type RunningBot,
} from "../../support/bot.ts";
import { hoursAfter, NOON } from "../../support/people.ts";
import { phoneOf, type Phone } from "../../support/resident.ts";

let city: RunningBot;
let maria: Phone;

beforeAll(async () => {
  city = await startBot({ roles: { [ANNA]: "editor", [BORIS]: "editor" } });
  maria = phoneOf(city, MARIA);
  await city.tell(OLGA, "/bind", /всех районов/, { chatId: GROUP });
  const agreed = { consentVersion: city.city.consent.version, consentAt: NOON };
  await city.store.db.update(residents).set(agreed);
  await maria.say("/start", /С возвращением/);
  await city.tell(ANNA, "/start", /С возвращением/);
  await city.tell(BORIS, "/start", /Welcome back|back/);
});
afterAll(() => city.close());

const viewOf = (id: number) => findReportView(city.store.db, id);

const aCard = async (how: Parameters<RunningBot["file"]>[0] = {}): Promise<{ id: number; card: PageMessage }> => {
  const after = city.messenger.lastEventId();
  const { id } = await city.file(how);
  return { id, card: await city.hear(GROUP, new RegExp(`№ ${id} `), after) };
};

/** Opens «Ещё…», presses what asks for words, and replies to the question with them. */
const correct = async (card: PageMessage, label: string, words: string, said: RegExp): Promise<PageMessage> => {
  await city.press(ANNA, city.look(card), "Ещё");
  const before = city.messenger.lastEventId();
  await city.press(ANNA, city.look(card), label);
  const prompt = await city.hear(GROUP, /Ответьте на это сообщение/, before);
  return city.tell(ANNA, words, said, { chatId: GROUP, replyTo: prompt.message_id });
};

describe("putting right", () => {
  test("the topic routes the report anew, and the card suggests the other agency", async () => {
    const { id, card } = await aCard();
    await city.press(ANNA, card, "Ещё");
    await city.press(ANNA, city.look(card), "Тема");
    await city.press(ANNA, city.look(card), "дорога");
    const toast = await city.press(ANNA, city.look(card), "Ямы");
    expect(toast.text).toMatch(/тема теперь «Ямы/);
    expect(textOf(city.look(card))).toMatch(/Ямы и выбоины/);
    expect(labelsOf(city.look(card))[0]).toEqual(["✅ Дорожная служба"]);
    expect(await viewOf(id)).toMatchObject({ topicId: "pothole", status: "submitted" });
  });

  test("the place takes an address or nothing: what fits several houses changes nothing", async () => {
    const { id, card } = await aCard();
    await correct(card, "Место", "Небывалая улица, 999", /Не знаю такого адреса/);
    expect(await viewOf(id)).toMatchObject({ address: "Ярцевская улица, 14", version: 1 });
    await correct(card, "Место", "Осенний бульвар, 2", /место теперь — Осенний бульвар, 2/);
    expect(await viewOf(id)).toMatchObject({ address: "Осенний бульвар, 2", districtId: "krylatskoye" });
  });

  test("other days send it on at once, with a reason its author reads", async () => {
    const { id, card } = await aCard();
    await correct(card, "Другой срок", "очень долго", /число дней и причину/);
    const after = city.messenger.lastEventId();
    await correct(card, "Другой срок", "12 Нужна закупка", /передано: .*до 31 июля включительно/);
    await city.hear(MARIA, new RegExp(`№ ${id}[^]*передано[^]*Редактор назначил другой срок: Нужна закупка`), after);
  });

  test("the public text is the editor's, the resident's words stay and they see that it was edited", async () => {
    const { id, card } = await aCard();
    await correct(card, "Текст", "Фонарь у первого подъезда не горит", /публичный текст изменён/);
    expect(await viewOf(id)).toMatchObject({
      description: "Фонарь у подъезда не горит вторую неделю",
      publicText: "Фонарь у первого подъезда не горит",
    });
    await maria.say(`/myreports ${id}`, /Редактор поправил публичный текст:\nФонарь у первого подъезда/);
    // Others read the public text, once, and not that there was another.
    await city.tell(ANNA, `/accept ${id}`, /передано/);
    const toOthers = textOf(await city.tell(BORIS, `/myreports ${id}`, /Фонарь у первого подъезда/));
    expect(toOthers.match(/Фонарь у/g)).toHaveLength(1);
    expect(toOthers).not.toContain("changed the public text");
  });

  test("a phone number in the words is pointed out until it is taken out", async () => {
    const { id, card } = await aCard({ description: "Фонарь не горит, звоните 8 916 123-45-67" });
    expect(textOf(card)).toContain("⚠️ В тексте, похоже, есть телефон");
    await correct(card, "Текст", "Фонарь у арки не горит", /публичный текст изменён/);
    expect(textOf(await city.tell(ANNA, `/report ${id}`, /История/))).not.toContain("⚠️ В тексте");
  });

  test("in private it leads back to a card that can be decided on at once", async () => {
    const { id } = await aCard();
    const card = await city.tell(ANNA, `/report ${id}`, /История/);
    await city.press(ANNA, card, "Ещё");
    const before = city.messenger.lastEventId();
    await city.press(ANNA, city.look(card), "Текст");
    const prompt = await city.hear(ANNA, /Ответьте на это сообщение/, before);
    const after = city.messenger.lastEventId();
    await city.tell(ANNA, "Фонарь у арки не горит", /публичный текст изменён/, { replyTo: prompt.message_id });
    const again = await city.hear(ANNA, /Публичный текст:\nФонарь у арки[^]*Предлагаем передать/, after);
    // Nobody works for that agency here, which the editor has to know before the resident waits in vain.
    expect(await city.press(ANNA, again, "Освещение")).toMatchObject({
      text: expect.stringMatching(/передано[^]*⚠️ Здесь её пока нет/),
    });
    expect(await viewOf(id)).toMatchObject({ status: "assigned" });
  });

  test("a photo is hidden from the public and shown again", async () => {
    const { card } = await aCard({ photos: await city.photograph(2) });
    await city.press(ANNA, card, "Ещё");
    await city.press(ANNA, city.look(card), "Фото");
    expect((await city.press(ANNA, city.look(card), "Скрыть фото 2")).text).toMatch(/скрыто/);
    expect(labelsOf(city.look(card)).flat()).toContain("👁 Показать фото 2");
    expect((await city.press(ANNA, city.look(card), "Показать фото 2")).text).toMatch(/снова видно/);
  });
});

describe("a decided report", () => {
  test("can still have its public words changed and its photos hidden, and nothing else", async () => {
    const { id, card } = await aCard({ photos: await city.photograph(1) });
    await city.press(ANNA, card, "Освещение");
    const whole = await city.tell(ANNA, `/report ${id}`, /История/);
    expect(labelsOf(whole).flat()).toEqual(["Ещё…"]);
    await city.press(ANNA, whole, "Ещё");
    expect(labelsOf(city.look(whole)).flat()).toEqual(["Текст…", "Фото…", "← Назад"]);
    await city.press(ANNA, city.look(whole), "Фото");
    expect((await city.press(ANNA, city.look(whole), "Скрыть фото 1")).text).toMatch(/скрыто/);
    expect(labelsOf(city.look(whole)).flat()).toContain("👁 Показать фото 1");
    await city.press(ANNA, city.look(whole), "Назад");
    const before = city.messenger.lastEventId();
    await city.press(ANNA, city.look(whole), "Текст");
    const prompt = await city.hear(ANNA, /Ответьте на это сообщение/, before);
    await city.tell(ANNA, "Фонарь у арки не горит", /публичный текст изменён/, { replyTo: prompt.message_id });
    expect(await viewOf(id)).toMatchObject({ status: "assigned", publicText: "Фонарь у арки не горит" });
    expect((await city.press(ANNA, whole, "Ещё")).alert).toBe(true);
  });
});

describe("a card in hand", () => {
  test("says who has it, refuses everybody else until they let go or a quarter of an hour is over", async () => {
    const { id, card } = await aCard();
    expect((await city.press(ANNA, card, "Беру")).text).toMatch(/у вас до 12:15/);
    expect(textOf(city.look(card))).toMatch(/Читает Анна, до 12:15/);
    expect(await city.press(BORIS, city.look(card), "Освещение")).toEqual({
      text: `Анна is reading No. ${id} right now, until 12:15.`,
      alert: true,
    });
    await city.tell(ANNA, "/queue мои", new RegExp(`Ждёт модерации 1 [^]*№ ${id}`));
    await city.tell(BORIS, "/queue mine", /Nothing waits under this filter/);
    const whatAnnaSees = city.look(card);
    city.travel(hoursAfter(NOON, 0.25));
    await city.settle();
    expect(textOf(city.look(card))).not.toContain("Читает");
    expect(labelsOf(city.look(card)).flat()).toContain("✋ Беру");
    // Whatever she began is still good.
    expect(dataOf(whatAnnaSees, "Освещение")).toBe(dataOf(city.look(card), "Освещение"));
    expect((await city.press(BORIS, city.look(card), "Освещение")).text).toMatch(/passed on/);
    city.travel(NOON);
  });
});

describe("typed", () => {
  test("/find finds by words in any form, by an address and by a number", async () => {
    const { id } = await aCard({ description: "Разбитая скамейка перед библиотекой" });
    for (const words of ["скамейки библиотека", "скамейку перед библиотеками"]) {
      expect(textOf(await city.tell(ANNA, `/find ${words}`, /Найдено/))).toContain(`№ ${id}`);
    }
    const found = await city.tell(BORIS, "/find Ярцевская", /Found for/);
    expect(textOf(found)).toContain("No. ");
    expect(labelsOf(found).flat().join(" ")).toMatch(/^No\. \d/);
    await city.tell(ANNA, `/find ${id}`, /Разбитая скамейка[^]*История/);
    await city.tell(ANNA, "/find жираф", /ничего не нашлось/);
  });

  test("/note is read in the history by editors, and never told to the author", async () => {
    const { id } = await aCard();
    await city.tell(ANNA, `/note ${id} Звонили в службу`, /Заметка к №/);
    await city.tell(ANNA, `/report ${id}`, /История[^]*заметка: Звонили в службу \(Анна\)/);
    await maria.say(`/myreports ${id}`, /Что было|отправлено/);
    expect(maria.transcript()).not.toContain("Звонили");
  });

  test("/undo takes one's own last decision back, and whoever was told hears it", async () => {
    const { id, card } = await aCard();
    const after = city.messenger.lastEventId();
    await city.tell(ANNA, `/reject ${id} unclear`, /отклонено/);
    await city.hear(MARIA, new RegExp(`№ ${id}[^]*Причина`), after);
    await city.hear(MARIA, new RegExp(`№ ${id}[^]*отклонено`), after);
    const undone = city.messenger.lastEventId();
    await city.tell(
      ANNA,
      "/undo",
      new RegExp(`№ ${id}: ваше решение отменено \\(отклонено\\)\\. Теперь: на модерации`),
    );
    await city.hear(GROUP, new RegExp(`№ ${id} · ждёт`), undone);
    await city.hear(MARIA, new RegExp(`№ ${id}[^]*прежнее решение отменено`), after);
    expect(await viewOf(id)).toMatchObject({ status: "submitted" });
    await city.tell(ANNA, "/undo", new RegExp(`№ ${id}: последнее решение вы уже отменили`));
    expect((await city.press(BORIS, city.look(card), "Освещение")).text).toMatch(/passed on/);
  });

  test("/ban tells the author until when and why, the form refuses kindly, and /unban ends it", async () => {
    const { id } = await aCard();
    const after = city.messenger.lastEventId();
    await city.tell(ANNA, `/ban ${id} 7 Оскорбления`, /до 22 июля включительно/);
    await city.hear(MARIA, /не принимаются до 22 июля включительно[^]*Оскорбления/, after);
    await maria.say("Яма на дороге у школы, пробил колесо", /не принимаются до 22 июля включительно/);
    await city.tell(ANNA, `/unban ${id}`, /снова может/);
    await maria.say("/new", /Что случилось|Продолжим его/);
  });

  test.each([
    ["/ask", /номер сообщения[^]*\/ask 15/],
    ["/ask 1", /слова после номера[^]*\/ask 15/],
    ["/merge 1", /два номера[^]*\/merge 15 12/],
    ["/merge 1 999999", /нет\. Проверьте номер/],
    ["/unmerge 999999", /Сообщения № 999999 нет/],
    ["/note 1", /слова после номера/],
    ["/ban 1 Оскорбления", /число дней/],
    ["/ban 1 999 Оскорбления", /от 1 до 365/],
    ["/find", /Что искать\?/],
    ["/queue Атлантида", /Не знаю такого фильтра/],
    ["/accept 1 0 дней: просто так", /Дней — от 1 до 365|уже решено|Читает/],
  ])("%s is answered with an example and changes nothing", async (command, answer) => {
    await city.tell(ANNA, command, answer);
  });
});
