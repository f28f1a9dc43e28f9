import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listHistory } from "../../../src/store/queries/history.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { ANNA, BORIS, GROUP, labelsOf, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { hoursAfter, NOON } from "../../support/people.ts";

let city: RunningBot;

beforeAll(async () => {
  city = await startBot({ roles: { [ANNA]: "editor" } });
});
afterAll(() => city.close());
beforeEach(() => city.travel(NOON));

const viewOf = async (id: number) => findReportView(city.store.db, id);

describe("/accept", () => {
  test("sends to the suggested agency, or to the one named by id, name or its beginning", async () => {
    for (const [typed, agencyId] of [
      ["", "lighting"],
      [" roads", "roads"],
      [" дорожная служба", "roads"],
      [" водок", "water"],
    ]) {
      const { id } = await city.file();
      await city.tell(ANNA, `/accept ${id}${typed}`, new RegExp(`✅ № ${id} передано`));
      expect(await viewOf(id)).toMatchObject({ status: "assigned", agencyId });
    }
  });

  test.each([
    ["no number", "/accept", /Напишите номер сообщения, например:\s+\/accept 15/],
    ["something that is no number", "/accept пятнадцать", /Напишите номер сообщения/],
    ["a number nobody has", "/accept 999999", /Сообщения № 999999 нет/],
    ["an agency the city does not have", "/accept ID Марсианская", /Не знаю службы «Марсианская»[^]*\/accept 15/],
    ["a name several agencies have", "/accept ID жилслужба", /подходит несколько служб[^]*housing-kuntsevo/],
  ])("with %s says so with an example and changes nothing", async (_what, text, answer) => {
    const { id } = await city.file();
    await city.tell(ANNA, text.replace("ID", String(id)), answer);
    expect(await viewOf(id)).toMatchObject({ status: "submitted", version: 1 });
  });

  test("of a report that was decided says who decided what", async () => {
    const { id } = await city.file();
    await city.tell(ANNA, `/reject ${id} unclear`, /отклонено/);
    await city.tell(ANNA, `/accept ${id}`, new RegExp(`№ ${id} — уже решено: Анна, отклонено в 12:00`));
    expect(await viewOf(id)).toMatchObject({ status: "rejected" });
  });
});

describe("/reject", () => {
  test("takes a reason of the list by code or title, and anything else as own words", async () => {
    for (const [typed, data] of [
      ["wrong_place", { code: "wrong_place", words: null }],
      ["место указано неточно", { code: "wrong_place", words: null }],
      ["Это не наш\nдвор", { code: null, words: "Это не наш\nдвор" }],
    ] as const) {
      const { id } = await city.file();
      await city.tell(ANNA, `/reject № ${id} ${typed}`, new RegExp(`№ ${id} отклонено`));
      expect((await viewOf(id))?.decision?.data).toEqual(data);
    }
  });

  test.each([
    ["no number", "/reject", /Напишите номер/],
    ["no reason", "/reject ID", /Нужна причина[^]*\/reject 15[^]*no_photo — Проблему не видно на фото/],
    ["a reason of 501 letters", `/reject ID ${"я".repeat(501)}`, /слишком длинная/],
  ])("with %s says so and changes nothing", async (_what, text, answer) => {
    const { id } = await city.file();
    await city.tell(ANNA, text.replace("ID", String(id)), answer);
    expect(await viewOf(id)).toMatchObject({ status: "submitted", version: 1 });
  });
});

describe("/report", () => {
  test("shows an editor everything with the author's name and the history, and the look is an event", async () => {
    const { id } = await city.file({ photos: await city.photograph(1) });
    await city.tell(ANNA, `/accept ${id}`, /передано/);
    const card = await city.tell(ANNA, `/report ${id}`, /История/);
    expect(textOf(card)).toMatch(/Автор: Мария/);
    expect(textOf(card)).toMatch(
      /— отправлено\n(.*↳.*\n)?.*передано: Служба уличного освещения .*\(Анна\)\n(.*↳.*\n)?.*открыто целиком \(Анна\)/,
    );
    expect(card.reply_to_message).toBeDefined();
    const viewed = (await listHistory(city.store.db, id)).filter(({ kind }) => kind === "viewed");
    expect(viewed).toEqual([expect.objectContaining({ name: "Анна", actorRole: "editor", data: {} })]);
  });

  test("names no author in a group, where others read along", async () => {
    const { id } = await city.file();
    const card = await city.tell(ANNA, `/report ${id}`, /История/, { chatId: GROUP });
    expect(textOf(card)).not.toContain("Мария");
    expect((await listHistory(city.store.db, id)).map(({ kind }) => kind)).toEqual(["submitted"]);
  });

  test("is refused to a resident, and a number nobody has is said to be none", async () => {
    const { id } = await city.file();
    await city.tell(BORIS, `/report ${id}`, /for staff/);
    await city.tell(ANNA, "/report 999999", /Сообщения № 999999 нет/);
    await city.tell(ANNA, "/report", /\/report 15/);
    expect((await listHistory(city.store.db, id)).filter(({ kind }) => kind === "viewed")).toEqual([]);
  });
});

describe("/queue", () => {
  test("lists those that wait, the longest first, page by page without losing or repeating any", async () => {
    const quiet = await startBot({ roles: { [ANNA]: "editor" } });
    try {
      await quiet.tell(ANNA, "/queue", /Очередь пуста/);
      const numbers: number[] = [];
      for (let hour = 0; hour < 12; hour += 1) {
        quiet.travel(hoursAfter(NOON, hour));
        numbers.push((await quiet.file()).id);
      }
      // Two moderation days later the oldest are late.
      quiet.travel(hoursAfter(NOON, 48));
      const queue = await quiet.tell(ANNA, "/queue", /Ждут модерации 12 сообщений/);
      expect(textOf(queue)).toContain("⏰ срок прошёл");
      const shown = () => (labelsOf(quiet.look(queue))[0] ?? []).map((label) => Number(label.replace("№ ", "")));
      expect(shown()).toEqual(numbers.slice(0, 5));
      await quiet.press(ANNA, queue, "Позже");
      expect(shown()).toEqual(numbers.slice(5, 10));
      expect(textOf(quiet.look(queue))).toContain("Показаны 6–10");
      await quiet.press(ANNA, quiet.look(queue), "Позже");
      expect(shown()).toEqual(numbers.slice(10));
      expect(labelsOf(quiet.look(queue))[1]).toEqual(["← Раньше"]);
      await quiet.press(ANNA, quiet.look(queue), "Раньше");
      expect(shown()).toEqual(numbers.slice(5, 10));
      // One before the page is decided meanwhile: the way back begins at the beginning and misses none.
      await quiet.tell(ANNA, `/accept ${numbers[0]}`, /передано/);
      await quiet.press(ANNA, quiet.look(queue), "Раньше");
      expect(shown()).toEqual(numbers.slice(1, 6));

      const after = quiet.messenger.lastEventId();
      await quiet.press(ANNA, quiet.look(queue), `№ ${numbers[1]}`);
      const card = await quiet.hear(ANNA, new RegExp(`№ ${numbers[1]} · ждёт`), after);
      await quiet.press(ANNA, card, "Освещение");
      expect(textOf(quiet.look(card))).toMatch(/передано/);
    } finally {
      await quiet.close();
    }
  });
});
