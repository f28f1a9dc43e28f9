/** A question, its reply, a rejection that comes back and reports that belong together, over the wire. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PageMessage } from "../../../src/local-telegram/page-api.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { drafts } from "../../../src/store/schema/drafts.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { followers } from "../../../src/store/schema/votes.ts";
import { ANNA, BORIS, GROUP, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../../support/bot.ts";
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
});
beforeEach(async () => {
  await city.store.db.delete(drafts);
});
afterAll(() => city.close());

const viewOf = (id: number) => findReportView(city.store.db, id);

const aCard = async (how: Parameters<RunningBot["file"]>[0] = {}): Promise<{ id: number; card: PageMessage }> => {
  const after = city.messenger.lastEventId();
  const { id } = await city.file(how);
  return { id, card: await city.hear(GROUP, new RegExp(`№ ${id} `), after) };
};

/** An editor asks with a text of the city's list; the question as Мария gets it. */
const ask = async (card: PageMessage, id: number): Promise<PageMessage> => {
  const after = city.messenger.lastEventId();
  await city.press(ANNA, card, "Спросить");
  await city.press(ANNA, city.look(card), "Где именно");
  return city.hear(MARIA, new RegExp(`№ ${id}[^]*у редактора вопрос`), after);
};

describe("a question", () => {
  test("is asked from the card, answered by simply writing, and the report is back on top with the reply on its card", async () => {
    const { id, card } = await aCard();
    const question = await ask(card, id);
    expect(textOf(question)).toMatch(/у какого подъезда[^]*до 18 июля включительно/);
    expect(textOf(city.look(card))).toMatch(/задан вопрос[^]*Анна/);
    expect(labelsOf(city.look(card))).toEqual([]);

    const after = city.messenger.lastEventId();
    await maria.say("У второго подъезда, со двора", new RegExp(`ответ записан: № ${id}`));
    const again = await city.hear(GROUP, new RegExp(`№ ${id} [^]*У второго подъезда`), after);
    expect(textOf(again)).toMatch(/Вернулось от жителя[^]*Вопрос:[^]*Ответ: У второго подъезда/);
    expect(labelsOf(again).flat()).toContain("✅ Освещение");
    expect(await viewOf(id)).toMatchObject({ status: "submitted", isOnTop: true });
  });

  test("is asked in own words by whoever replies to the bot, and answered with an album", async () => {
    const { id, card } = await aCard();
    const before = city.messenger.lastEventId();
    await city.press(ANNA, card, "Спросить");
    await city.press(ANNA, city.look(card), "Своими словами");
    const prompt = await city.hear(GROUP, new RegExp(`Что спросить у автора № ${id}`), before);
    const reply = { chatId: GROUP, replyTo: prompt.message_id };
    await city.tell(ANNA, "Какого цвета столб?", /вопрос отправлен/, reply);
    await city.hear(MARIA, /Какого цвета столб\?/, before);
    const after = city.messenger.lastEventId();
    await maria.sendPhotos(new RegExp(`ответ записан: № ${id}`), 2, "Зелёный");
    await city.hear(GROUP, new RegExp(`№ ${id} [^]*Ответ: Зелёный`), after);
    expect((await viewOf(id))?.said.at(-1)?.photos.length).toBeGreaterThanOrEqual(1);
    expect(await city.store.db.$count(drafts)).toBe(0);
  });

  test("by an editor of a report at work: whoever replies is thanked with the agency's date as it is now", async () => {
    const { id, card } = await aCard();
    await city.press(ANNA, card, "Освещение");
    const before = city.messenger.lastEventId();
    await city.tell(ANNA, `/ask ${id} У какого подъезда?`, /вопрос отправлен/);
    await city.hear(MARIA, /У какого подъезда\?/, before);
    expect(textOf(await maria.say(`/myreports ${id}`, /Почему такой срок|Вопрос жителю/))).toContain(
      "Вопрос жителю: срок стоит, ответа ждём до 18 июля включительно",
    );
    await maria.say("У второго", new RegExp(`ответ записан: № ${id}. Служба работает дальше, её срок — до 27 июля`));
    expect(await viewOf(id)).toMatchObject({ status: "assigned" });
  });

  test("that might be meant while a report is being written is asked about, and nothing is lost either way", async () => {
    const { id, card } = await aCard();
    await ask(card, id);
    await maria.say("/new", /Что случилось/);
    const whose = await maria.say("Во дворе за аркой стоит", /Куда это отнести/);
    expect(labelsOf(whose).flat()).toEqual([expect.stringContaining(`Это ответ по № ${id}`), "Это новое сообщение"]);
    await maria.press(whose, "новое сообщение", /Отношу к новому/);
    expect(await viewOf(id)).toMatchObject({ status: "needs_info" });
    const second = await maria.say("Слева от арки, у клумбы", /Куда это отнести/);
    await maria.press(second, `№ ${id}`, new RegExp(`ответ записан: № ${id}`));
    expect(await viewOf(id)).toMatchObject({ status: "submitted" });
    expect((await maria.tap(second, `№ ${id}`)).text).toMatch(/уже отработала/);
  });
});

describe("a rejection", () => {
  const reject = async (id: number): Promise<PageMessage> => {
    const after = city.messenger.lastEventId();
    await city.tell(ANNA, `/reject ${id} unclear`, /отклонено/);
    // The group's card is rewritten in its own time, by what the report is then.
    await city.hear(GROUP, new RegExp(`№ ${id} [^]*[Оо]тклонено`), after);
    return city.hear(MARIA, new RegExp(`№ ${id}[^]*отклонено[^]*Причина`), after);
  };

  test("opens the draft with everything in it, and comes back under its number", async () => {
    const { id } = await aCard();
    const told = await reject(id);
    expect(labelsOf(told)).toEqual([["✏️ Исправить и отправить"], ["✋ Обжаловать"]]);
    // The lamp question of the topic has no answer yet.
    const asked = await maria.press(told, "Исправить", /Сколько фонарей/);
    const preview = await maria.press(asked, "Один", /Проверьте/);
    expect(textOf(preview)).toMatch(/отклонено: [^]*Ярцевская улица, 14[^]*Фонарь у подъезда не горит/);
    const after = city.messenger.lastEventId();
    await maria.press(preview, "Отправить", new RegExp(`№ ${id} снова у редактора`));
    const card = await city.hear(GROUP, new RegExp(`№ ${id} `), after);
    expect(labelsOf(card).flat()).toContain("✅ Освещение");
    expect(await viewOf(id)).toMatchObject({ status: "submitted", repairs: 1 });
  });

  test("is appealed once, and whoever rejected it may not decide on that", async () => {
    const { id } = await aCard();
    const told = await reject(id);
    const why = await maria.press(told, "Обжаловать", /С чем вы не согласны/);
    expect(textOf(why)).toContain(`№ ${id}`);
    const after = city.messenger.lastEventId();
    await maria.say("На фото видно и фонарь, и подъезд", new RegExp(`№ ${id} снова на рассмотрении`));
    const card = await city.hear(GROUP, new RegExp(`№ ${id} [^]*Обжалование: На фото видно`), after);
    expect(await city.press(ANNA, card, "Освещение")).toMatchObject({
      text: expect.stringMatching(/обжаловал ваше же решение/),
      alert: true,
    });
    expect(await viewOf(id)).toMatchObject({ status: "submitted" });
    await city.press(BORIS, card, "Освещение");
    expect(await viewOf(id)).toMatchObject({ status: "assigned" });
  });

  test("can no longer be repaired after seven days", async () => {
    const { id } = await aCard();
    const told = await reject(id);
    city.travel(hoursAfter(NOON, 24 * 8));
    const toast = await maria.tap(told, "Исправить");
    city.travel(NOON);
    expect(toast).toMatchObject({ text: expect.stringMatching(/до 22 июля включительно/), alert: true });
  });
});

describe("reports of one thing", () => {
  test("are shown before sending, and one tap joins", async () => {
    const anna = phoneOf(city, BORIS);
    const { id } = await aCard();
    await city.tell(ANNA, `/accept ${id}`, /передано/);
    await anna.say("/start t_yard-light", /Where is it/);
    const similar = await anna.sendLocation(/reported already/, { lat: 55.73, lon: 37.42 });
    expect(textOf(similar)).toContain(`No. ${id}`);
    await anna.press(similar, `Join No. ${id}`, new RegExp(`you follow report No. ${id}`));
    expect(await city.store.db.$count(drafts)).toBe(0);
    expect(await city.store.db.$count(followers, eq(followers.reportId, id))).toBe(1);
  });

  test("are told apart by one tap, and not asked about again", async () => {
    const boris = phoneOf(city, BORIS);
    await boris.say("/start t_yard-light", /Where is it/);
    const similar = await boris.sendLocation(/reported already/, { lat: 55.73, lon: 37.42 });
    await boris.press(similar, "something else", /Describe|happened|wrong/);
    await boris.say("The other lamp, by the garage, is out", /lamps|How many|photo/);
  });

  test("are offered to editors on the card, merged by one press, and taken apart again", async () => {
    const first = await aCard({ districtId: "krylatskoye" });
    await city.tell(ANNA, `/accept ${first.id}`, /передано/);
    const { id, card } = await aCard({ districtId: "krylatskoye" });
    expect(textOf(card)).toContain("Похоже на №");
    const after = city.messenger.lastEventId();
    const label =
      labelsOf(card)
        .flat()
        .find((one) => one.includes("Объединить")) ?? "";
    const original = Number(/\d+/.exec(label)?.[0]);
    expect((await city.press(ANNA, card, label)).text).toMatch(new RegExp(`№ ${id} объединено с № ${original}`));
    await city.hear(MARIA, new RegExp(`№ ${id}[^]*объединено с № ${original}`), after);
    expect(await viewOf(id)).toMatchObject({ status: "merged", mergedIntoId: original });
    await city.tell(ANNA, `/unmerge ${id}`, new RegExp(`№ ${id} снова отдельное`));
    expect(await viewOf(id)).toMatchObject({ status: "submitted" });
  });
});
