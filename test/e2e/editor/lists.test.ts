/** The editors' lists, and days of one's own: pages, filters and typed words, over the wire. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { ANNA, BORIS, GROUP, labelsOf, MARIA, startBot, textOf, type RunningBot } from "../../support/bot.ts";

let city: RunningBot;
beforeAll(async () => {
  city = await startBot({ roles: { [ANNA]: "editor", [BORIS]: "editor" } });
  for (const editor of [ANNA, BORIS]) await city.tell(editor, "/help", /\/queue/);
});
afterAll(() => city.close());

describe("/find", () => {
  const ids: number[] = [];
  beforeAll(async () => {
    for (const where of ["арки", "школы", "пруда", "моста", "рынка", "почты"]) {
      ids.push((await city.file({ description: `Висит оборванный провод у ${where}` })).id);
    }
  });

  test("turns its pages on one message, and opens a report of them", async () => {
    const [oldest, newest] = [ids[0], ids.at(-1)];
    const found = await city.tell(ANNA, "/find оборванные провода", /Найдено по словам «оборванные провода»/);
    expect(textOf(found)).toContain(`№ ${newest} `);
    expect(textOf(found)).not.toContain("у арки");
    expect(labelsOf(found).at(-1)).toEqual(["Позже →"]);
    await city.press(ANNA, found, "Позже");
    expect(textOf(city.look(found))).toMatch(/Найдено по словам «оборванные провода»[^]*у арки/);
    expect(labelsOf(city.look(found))).toEqual([[`№ ${oldest}`], ["← Раньше"]]);
    const before = city.messenger.lastEventId();
    await city.press(ANNA, city.look(found), `№ ${oldest}`);
    await city.hear(ANNA, /у арки[^]*Предложение|у арки/, before);
    await city.press(ANNA, city.look(found), "Раньше");
    expect(textOf(city.look(found))).toContain("у почты");
  });

  test("finds by the topic's title together with words of the text, in either language", async () => {
    // «Неисправное освещение во дворе» stands in no text.
    expect(textOf(await city.tell(ANNA, "/find освещение у моста", /Найдено/))).toMatch(/у моста/);
    expect(textOf(await city.tell(BORIS, "/find lighting провод", /Found/))).toMatch(/у почты/);
  });

  test("shows nothing to whoever presses a page and is no editor", async () => {
    const found = await city.tell(ANNA, "/find провод", /Найдено/, { chatId: GROUP });
    expect(await city.pressData(MARIA, found, "g:find:1")).toMatchObject({ alert: true });
    expect(textOf(city.look(found))).toBe(textOf(found));
  });
});

describe("/queue", () => {
  test("is narrowed by district and category, and widened again, by buttons on one message", async () => {
    const { id } = await city.file({ districtId: "krylatskoye", description: "Сломана калитка у детского сада" });
    const queue = await city.tell(ANNA, "/queue", /Жд[её]т модерации|Ждут модерации/);
    await city.press(ANNA, queue, "Район");
    await city.press(ANNA, city.look(queue), "Крылатское");
    expect(textOf(city.look(queue))).toMatch(new RegExp(`Ждёт модерации 1 [^]*Фильтр: Крылатское[^]*№ ${id} `));
    await city.press(ANNA, city.look(queue), "Категория");
    await city.press(ANNA, city.look(queue), "Мой дом");
    expect(textOf(city.look(queue))).toMatch(/По этому фильтру ничего не ждёт[^]*Крылатское · Мой дом/);
    await city.press(ANNA, city.look(queue), "Категория");
    await city.press(ANNA, city.look(queue), "Назад");
    await city.press(ANNA, city.look(queue), "Вся очередь");
    expect(textOf(city.look(queue))).toMatch(/Ждут модерации 7 [^]*Показаны 1–5/);
    await city.press(ANNA, city.look(queue), "Позже");
    expect(textOf(city.look(queue))).toMatch(/Показаны 6–7/);
  });

  test("shows what one has in hand, and an old button of a page that is gone begins anew", async () => {
    const after = city.messenger.lastEventId();
    const { id } = await city.file();
    const card = await city.hear(ANNA, new RegExp(`№ ${id} `), after);
    await city.press(ANNA, card, "Беру");
    const queue = await city.tell(ANNA, "/queue", /модерации/);
    await city.press(ANNA, queue, "У меня");
    expect(textOf(city.look(queue))).toMatch(new RegExp(`Ждёт модерации 1 [^]*№ ${id} `));
    await city.press(ANNA, city.look(queue), "Не только у меня");
    expect(textOf(city.look(queue))).toMatch(/Ждут модерации 8 /);
    expect((await city.pressData(ANNA, city.look(queue), "g:queue:after.1.zzz.zzz~")).text).toBe("");
    expect(textOf(city.look(queue))).toMatch(/Показаны 1–5/);
  });

  test.each(["g:queue:sideways~", "g:queue:after.1~", "g:queue:first~d99x", "g:report:!"])(
    "%s, which no button of ours says, is answered and changes nothing",
    async (data) => {
      const queue = await city.tell(ANNA, "/queue", /модерации/);
      expect((await city.pressData(ANNA, queue, data)).text).toMatch(/больше не действует/);
      expect(textOf(city.look(queue))).toBe(textOf(queue));
    },
  );
});

describe("days of one's own", () => {
  test.each([
    ["12 дней: нужна закупка", /передано: Служба уличного освещения. Срок — до 31 июля/],
    ["Дорожная служба, 3 дня — двор у школы", /передано: Дорожная служба Западного округа. Срок — до 20 июля/],
  ])("/accept N %s", async (words, said) => {
    const { id } = await city.file();
    await city.tell(ANNA, `/accept ${id} ${words}`, said);
    expect(await findReportView(city.store.db, id)).toMatchObject({ status: "assigned" });
  });

  test.each([
    ["0 дней: так", /Дней — от 1 до 365/],
    ["366 дней: так", /Дней — от 1 до 365/],
    ["12 дней", /число дней и причину[^]*12 Нужна закупка/],
    [`12 дней: ${"щ".repeat(501)}`, /слишком длинная/],
    ["Атлантида, 12 дней: нужна закупка", /Не знаю службы «Атлантида»[^]*\/accept 15/],
  ])("/accept N %s is answered with why, and changes nothing", async (words, said) => {
    const { id } = await city.file();
    await city.tell(ANNA, `/accept ${id} ${words}`, said);
    expect(await findReportView(city.store.db, id)).toMatchObject({ status: "submitted", version: 1 });
  });
});
