import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import type { PageMessage } from "../../../src/local-telegram/page-api.ts";
import { ANNA, BORIS, GROUP, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { hoursAfter, NOON } from "../../support/people.ts";

let city: RunningBot;

beforeAll(async () => {
  city = await startBot({ roles: { [ANNA]: "editor", [BORIS]: "editor" } });
  await city.tell(OLGA, "/bind", /всех районов/, { chatId: GROUP });
});
afterAll(() => city.close());

const statusOf = async (id: number) => (await findReportView(city.store.db, id))?.status;

/** Files a report and waits for its card in the group. */
const aCard = async (how: Parameters<RunningBot["file"]>[0] = {}): Promise<{ id: number; card: PageMessage }> => {
  const after = city.messenger.lastEventId();
  const { id } = await city.file(how);
  return { id, card: await city.hear(GROUP, new RegExp(`№ ${id} `), after) };
};

describe("a new report in the editors' group", () => {
  test("arrives as an album and a card in reply to it, with topic, place, text and the suggested agency", async () => {
    const photos = await city.photograph(2);
    const { card } = await aCard({ photos });
    const album = city.messenger.messages(GROUP).filter(({ photo }) => photo !== undefined);
    expect(album.map(({ media_group_id: group }) => group)).toEqual([
      album[0]?.media_group_id,
      album[0]?.media_group_id,
    ]);
    expect(card.reply_to_message?.message_id).toBe(album[0]?.message_id);
    expect(textOf(card)).toContain("Ярцевская улица, 14");
    expect(textOf(card)).toContain("Фонарь у подъезда не горит");
    expect(card.entities?.some((entity) => entity.type === "text_link" && entity.url.includes("55.73"))).toBe(true);
    expect(labelsOf(card).flat()).toEqual(
      expect.arrayContaining(["✅ Освещение", "Другой службе…", "✖️ Отклонить…", "Ещё…"]),
    );
  });

  test("is accepted by one press: the card says who and until when, and has no buttons left", async () => {
    const { id, card } = await aCard();
    const toast = await city.press(ANNA, card, "Освещение");
    expect(toast).toEqual({
      text: expect.stringMatching(new RegExp(`№ ${id} передано: .*до .* включительно`)),
      alert: false,
    });
    const after = city.look(card);
    expect(textOf(after)).toMatch(/передано.*\nАнна/);
    expect(labelsOf(after)).toEqual([]);
    expect(await statusOf(id)).toBe("assigned");
  });

  test("goes to another agency from the list, those of its district first, page by page and back", async () => {
    const { id, card } = await aCard();
    await city.press(ANNA, card, "Другой службе");
    const first = labelsOf(city.look(card)).flat();
    expect(first).toContain("Жилслужба Кунцево");
    expect(textOf(city.look(card))).toBe(textOf(card));
    await city.press(ANNA, city.look(card), "›");
    expect(labelsOf(city.look(card)).flat()).not.toContain("Жилслужба Кунцево");
    await city.press(ANNA, city.look(card), "‹");
    expect(labelsOf(city.look(card)).flat()).toEqual(first);
    await city.press(ANNA, city.look(card), "Назад");
    expect(labelsOf(city.look(card))).toEqual(labelsOf(card));
    await city.press(ANNA, city.look(card), "Другой службе");
    await city.press(ANNA, city.look(card), "Жилслужба Кунцево");
    expect(await findReportView(city.store.db, id)).toMatchObject({ status: "assigned", agencyId: "housing-kuntsevo" });
  });

  test("is rejected for a reason of the list, and its author is told that reason", async () => {
    const { id, card } = await aCard();
    const after = city.messenger.lastEventId();
    await city.press(ANNA, card, "Отклонить");
    await city.press(ANNA, city.look(card), "Место указано неточно");
    expect(await statusOf(id)).toBe("rejected");
    expect(textOf(city.look(card))).toContain("Место указано неточно");
    await city.hear(MARIA, new RegExp(`№ ${id}[^]*отклонено[^]*Место указано неточно`), after);
  });

  test("is rejected in own words by whoever replies to the question, once those words are text and short enough", async () => {
    const { id, card } = await aCard();
    await city.press(ANNA, card, "Отклонить");
    const before = city.messenger.lastEventId();
    await city.press(ANNA, city.look(card), "Своими словами");
    const question = await city.hear(GROUP, /Ответьте на это сообщение/, before);
    expect(question.reply_markup).toMatchObject({ force_reply: true, selective: true });
    expect(question.entities?.[0]).toMatchObject({ type: "text_mention", user: { id: ANNA } });
    expect(labelsOf(city.look(card))).toEqual(labelsOf(card));

    const reply = { chatId: GROUP, replyTo: question.message_id };
    await city.tell(MARIA, "Я сама", /только редакторы/, reply);
    await city.tell(ANNA, "слово ".repeat(100), /слишком длинная/, reply);
    expect(await statusOf(id)).toBe("submitted");
    await city.tell(BORIS, "На фото <b>другой</b> двор", /отклонено: На фото <b>другой<\/b> двор/, reply);
    expect(await statusOf(id)).toBe("rejected");
  });
});

describe("a decision somebody else was quicker with", () => {
  test("is told by name, what and when, changes nothing, and the pressed card shows it", async () => {
    const { id, card } = await aCard();
    await city.tell(BORIS, `/reject ${id} unclear`, /rejected: We could not understand/);
    const toast = await city.press(ANNA, card, "Освещение");
    expect(toast).toEqual({ text: `№ ${id} — уже решено: Boris, отклонено в 12:00`, alert: true });
    expect(await statusOf(id)).toBe("rejected");
    expect(textOf(city.look(card))).toMatch(/отклонено[^]*Boris/);
  });

  test("is told with its date when it was not today", async () => {
    const { id, card } = await aCard();
    await city.tell(BORIS, `/accept ${id}`, /passed on/);
    city.travel(hoursAfter(NOON, 48));
    const toast = await city.press(ANNA, card, "Отклонить");
    city.travel(NOON);
    expect(toast.text).toMatch(new RegExp(`№ ${id} — уже решено: Boris, в работе 15 июля в 12:00`));
  });

  test("is told in the language of whoever pressed, while the card stays in the group's", async () => {
    const { id, card } = await aCard();
    await city.tell(ANNA, `/accept ${id}`, /передано/);
    const toast = await city.press(BORIS, card, "Отклонить");
    expect(toast.text).toBe(`No. ${id} is already decided: Анна, in progress at 12:00`);
    expect(textOf(city.look(card))).toMatch(/передано[^]*Анна/);
  });

  test("of two presses at the same moment one is carried out, the other hears of it", async () => {
    const { id, card } = await aCard();
    const toasts = await Promise.all([city.press(ANNA, card, "Освещение"), city.press(BORIS, card, "Освещение")]);
    expect(toasts.map(({ alert }) => alert).toSorted()).toEqual([false, true]);
    expect(toasts.find(({ alert }) => alert)?.text).toMatch(/уже решено|already decided/);
    expect(await statusOf(id)).toBe("assigned");
  });
});

describe("a press that must not count", () => {
  test("a stranger's in the group is refused with the reason and leaves the card as it was", async () => {
    const { id, card } = await aCard();
    for (const label of ["Освещение", "Другой службе", "Отклонить"]) {
      expect(await city.press(MARIA, card, label)).toMatchObject({
        text: expect.stringMatching(/только редакторы/),
        alert: true,
      });
    }
    expect(city.look(card)).toEqual(card);
    expect(await statusOf(id)).toBe("submitted");
  });

  test.each([
    ["an act nobody has", "r:explode:1:1"],
    ["an act every object has", "r:constructor:1:1"],
    ["a report that does not exist", "r:accept:zzzz:1:lighting"],
    ["a place that does not exist", "g:moon"],
    ["a page made up", "g:queue:after.x"],
    ["a report made up", "g:report:!"],
    ["no data of ours at all", "привет"],
  ])("with %s in it is answered and changes nothing", async (_what, data) => {
    const { id, card } = await aCard();
    expect(await city.pressData(ANNA, card, data)).toEqual({
      text: expect.stringMatching(/больше не действует/),
      alert: false,
    });
    expect(city.look(card)).toEqual(card);
    expect(await statusOf(id)).toBe("submitted");
  });

  test("to an agency the city does not have, or for a reason it does not list, is refused", async () => {
    const { id, card } = await aCard();
    const [hex, version] = [id.toString(36), "1"];
    expect((await city.pressData(ANNA, card, `r:accept:${hex}:${version}:mars`)).text).toMatch(
      /Такой службы в городе нет/,
    );
    expect((await city.pressData(ANNA, card, `r:reject:${hex}:${version}:mars`)).text).toMatch(/Нужна причина/);
    expect(await statusOf(id)).toBe("submitted");
  });

  test("from an older version of the card shows how things stand", async () => {
    const { id, card } = await aCard();
    const toast = await city.pressData(ANNA, card, `r:reject:${id.toString(36)}:0`);
    expect(toast).toEqual({ text: expect.stringMatching(/Карточка устарела/), alert: true });
    expect(await statusOf(id)).toBe("submitted");
  });
});

describe("the button «Разобрать очередь» of a group that gets too many", () => {
  test("opens the queue in the presser's private chat, and says so when there is none yet", async () => {
    const { card } = await aCard();
    const after = city.messenger.lastEventId();
    expect(await city.pressData(BORIS, card, "g:queue")).toEqual({
      text: "The queue is in our private chat.",
      alert: false,
    });
    await city.hear(BORIS, /waiting for moderation|Жд/, after);
    expect(await city.pressData(OLGA, card, "g:queue")).toEqual({
      text: expect.stringMatching(/нажмите «Старт»/),
      alert: true,
    });
    expect(await city.pressData(MARIA, card, "g:queue")).toMatchObject({ alert: true });
  });
});
