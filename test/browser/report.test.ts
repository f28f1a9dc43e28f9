import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAST } from "../../src/cast.ts";
import { launchBrowser, screens, type TestBrowser } from "../support/browser.ts";
import { findVisit } from "../../src/store/queries/residents.ts";
import { write } from "../support/chat-page.ts";
import { aTicking, endOf } from "../support/clocks.ts";
import { anS3Server } from "../support/photo-stores.ts";
import { startWholeProgram } from "../support/whole-program.ts";

let browser: TestBrowser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** A Wednesday morning without a holiday near it: eight working days later is Monday, the 30th of March. */
const wednesday = (): Date => new Date("2026-03-18T07:00:00Z");

const column = (page: Page, chatId: number): Locator =>
  page.locator(`.column[data-seat="${chatId < 0 ? "g" : "p"}${chatId}"]`);

/** Brings a person or group to the screen, as one does on a phone or when the column was hidden. */
const show = async (page: Page, chatId: number): Promise<Locator> => {
  const seat = column(page, chatId);
  if (!(await seat.isVisible())) await page.locator(`.chip[data-seat$="${chatId}"]`).click();
  await seat.waitFor();
  return seat;
};

/** Sends a sample photo with words under it, by the paper clip and the shelf. */
const sendFromShelf = async (
  page: Page,
  seat: Locator,
  shelfId: string,
  words: Record<"attach" | "photo" | "caption" | "send", string>,
  caption: string,
): Promise<void> => {
  await seat.getByLabel(words.attach, { exact: true }).click();
  await page.getByRole("menuitem", { name: words.photo, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator(`[data-shelf="${shelfId}"]`).click();
  await dialog.getByLabel(words.caption).fill(caption);
  await dialog.getByRole("button", { name: words.send }).click();
  await dialog.waitFor({ state: "detached" });
};

/** Presses a key of the bot's keyboard that asks for a place, and chooses the middle of the map. */
const sendPlace = async (page: Page, seat: Locator, key: string, send: string): Promise<void> => {
  await seat.locator(".reply-key", { hasText: key }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator(".map.is-live").click();
  await dialog.getByRole("button", { name: send }).click();
  await dialog.waitFor({ state: "detached" });
};

const press = (seat: Locator, label: string): Promise<void> =>
  seat.locator(".inline-button", { hasText: label }).last().click();

const hear = (seat: Locator, ...words: (string | RegExp)[]): Promise<void> =>
  words
    .reduce((rows, hasText) => rows.filter({ hasText }), seat.locator(".row.in"))
    .last()
    .waitFor();

describe("a report is filed and accepted by clicking, and its author is told by when", { timeout: 120_000 }, () => {
  test("in Russian, on a desk", async () => {
    const { bucket } = await anS3Server();
    await using program = await startWholeProgram("embedded", wednesday, bucket);
    const { page, faults, close } = await browser.open(`${program.url}/chat`, screens.desktop);
    const maria = column(page, CAST.maria);
    const editors = column(page, CAST.editors);

    await maria.getByRole("button", { name: "Начать" }).click();
    await hear(maria, "Здравствуйте");
    await press(maria, "Даю согласие");
    await hear(maria, "Что случилось?");
    await sendFromShelf(
      page,
      maria,
      "pothole",
      { attach: "Прикрепить", photo: "Фото", caption: "Подпись", send: "Отправить" },
      "Огромная яма, вчера пробил колесо",
    );
    await press(maria, "Ямы и выбоины на дороге");
    await hear(maria, "Где это?");
    await sendPlace(page, maria, "Я сейчас там", "Отправить место");
    await hear(maria, "Проверьте", "Огромная яма");
    await press(maria, "Отправить");
    await hear(maria, "Номер вашего сообщения", "1");

    await hear(editors, "№ 1", "Огромная яма");
    await press(editors, "Дорожная служба");
    await hear(editors, "№ 1", "передано", "Анна Соколова");
    await hear(maria, "№ 1", "передано", "Дорожная служба Западного округа", "30 марта");

    // Whoever has no Telegram sees it on its page, with the photo that was fetched and stored meanwhile.
    const photo = async (): Promise<number> => {
      await page.goto(`${program.url}/r/1`);
      return page.locator(".photo").count();
    };
    await expect.poll(photo, { timeout: 30_000 }).toBe(1);
    await expect
      .poll(() => page.evaluate<number>("document.querySelector('.photo img').naturalWidth"))
      .toBeGreaterThan(0);
    await page.getByText("Огромная яма, вчера пробил колесо").first().waitFor();
    await page.getByText("Дорожная служба Западного округа: ответить до 30 марта включительно.").waitFor();
    await page.getByRole("link", { name: "Присоединиться" }).click();
    await hear(maria, "№ 1 — ваше сообщение");
    expect(faults).toEqual([]);
    await close();
  });

  test("in English, on a phone", async () => {
    await using program = await startWholeProgram("postgres", wednesday);
    const { page, faults, close } = await browser.open(`${program.url}/chat`, { ...screens.phone, locale: "en-GB" });
    const emma = await show(page, CAST.emma);

    await emma.getByRole("button", { name: "Start" }).click();
    await hear(emma, "Hello");
    await press(emma, "I agree");
    await hear(emma, "What has happened?");
    await sendFromShelf(
      page,
      emma,
      "lamp-broken",
      { attach: "Attach", photo: "Photos", caption: "Caption", send: "Send" },
      "The street light has been out for a week",
    );
    await press(emma, "Street light out");
    await hear(emma, "Where is it?");
    await sendPlace(page, emma, "I am there now", "Send location");
    await hear(emma, "How many days");
    await write(emma, "7");
    await hear(emma, "Number on the pole");
    await write(emma, "41-B");
    await hear(emma, "Please check", "The street light has been out", "41-B");
    await press(emma, "Send");
    await hear(emma, "The number of your report is 1");

    // The editors' group reads Russian, its author English.
    const editors = await show(page, CAST.editors);
    await hear(editors, "№ 1", "The street light has been out");
    await press(editors, "Освещение");
    await hear(editors, "№ 1", "передано");
    await show(page, CAST.emma);
    await hear(emma, "No. 1", "passed on", "Street Lighting Service", "March");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(faults).toEqual([]);
    await close();
  });
});

test("the city's clock is moved on the page: a weekend is passed over, and the messages bear the city's date", async () => {
  // A Friday evening.
  await using program = await startWholeProgram("embedded", () => new Date("2026-03-20T15:00:00Z"));
  const { page, faults, close } = await browser.open(`${program.url}/chat`, screens.desktop);
  const clock = page.getByTitle("Перевести часы города вперёд");
  await clock.filter({ hasText: "пт, 20 мар" }).waitFor();
  await clock.click();
  await page.getByRole("menuitem", { name: "+1 рабочий день" }).click();
  await clock.filter({ hasText: "пн, 23 мар" }).waitFor();
  const maria = column(page, CAST.maria);
  await maria.getByRole("button", { name: "Начать" }).click();
  await hear(maria, "Здравствуйте");
  await maria.getByText("23 марта").first().waitFor();
  // The digests of the morning are what comes next.
  await clock.click();
  await page.getByRole("menuitem", { name: "К следующему событию" }).click();
  await clock.filter({ hasText: "вт, 24 мар., 09:00" }).waitFor();
  expect(faults).toEqual([]);
  await close();
}, 60_000);

test("the city's clock shows a visitor the reminder, the missed date and the escalation, each to whom it concerns", async () => {
  await using program = await startWholeProgram("embedded", wednesday);
  const { page, faults, close } = await browser.open(`${program.url}/chat`, screens.desktop);
  const maria = column(page, CAST.maria);
  await maria.getByRole("button", { name: "Начать" }).click();
  await hear(maria, "Здравствуйте");
  const visit = await findVisit(program.store.db, CAST.maria, 0);
  const { id } = await aTicking(program.store, visit?.resident.id ?? 0, {
    ...{ status: "assigned", createdAt: wednesday(), statusAt: wednesday(), assignedAt: wednesday() },
    dueAt: endOf("2026-03-19"),
  });
  const number = `№ ${id}`;
  const clock = page.getByTitle("Перевести часы города вперёд");
  const leap = async (tool: string, shown: string): Promise<void> => {
    await clock.click();
    await page.getByRole("menuitem", { name: tool }).click();
    await clock.filter({ hasText: shown }).waitFor();
  };

  await leap("К следующему событию", "чт, 19 мар., 09:00");
  await hear(await show(page, CAST.housing), number, "Последний день: сегодня, 19 марта");

  await leap("+1 день", "пт, 20 мар., 09:00");
  await hear(await show(page, CAST.housing), number, "Срок прошёл 19 марта, ответа нет");
  await hear(maria, number, "срок прошёл 19 марта", "до 24 марта включительно");

  await leap("+1 неделя", "пт, 27 мар., 09:00");
  for (const chatId of [CAST.vera, CAST.olga]) {
    await hear(await show(page, chatId), number, "за три рабочих дня после него ответа не было");
  }
  expect(faults).toEqual([]);
  await close();
}, 120_000);
