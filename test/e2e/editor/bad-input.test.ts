/** Every command of editors and admins, written wrongly, too early, too late, or by somebody else: a clear answer, and nothing changed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allCommands } from "../../../src/bot/bot.ts";
import { ANNA, GROUP, MARIA, OLGA, startBot, type RunningBot } from "../../support/bot.ts";
import { aReport } from "../../support/people.ts";
import { snapshotOf } from "../../support/snapshot.ts";

let city: RunningBot;
const ids: Record<string, number> = {};

beforeAll(async () => {
  city = await startBot({ roles: { [ANNA]: "editor" } });
  const { db } = city.store;
  const authorId = city.residentId(MARIA);
  ids["OPEN"] = (await aReport(db, authorId)).id;
  ids["ASSIGNED"] = (await aReport(db, authorId, { status: "assigned" })).id;
  ids["CLOSED"] = (await aReport(db, authorId, { status: "closed", outcome: "confirmed", dueAt: null })).id;
  ids["STAFFS"] = (await aReport(db, city.residentId(OLGA))).id;
  ids["ERASED"] = (await aReport(db, authorId, { authorId: null })).id;
  for (const person of [ANNA, MARIA, OLGA]) await city.tell(person, "/help", /\/report|\/myreports/);
});
afterAll(() => city.close());

const typed = (text: string): string => text.replaceAll(/[A-Z]{4,}/g, (name) => String(ids[name] ?? name));

const LONG = "щ".repeat(501);

describe("an editor who writes", () => {
  test.each<[string, RegExp]>([
    ["/queue Атлантида", /Не знаю такого фильтра: «Атлантида»[^]*\/queue Кунцево/],
    ["/report", /номер сообщения[^]*\/report 15/],
    ["/report пятнадцать", /номер сообщения[^]*\/report 15/],
    ["/report 999999", /Сообщения № 999999 нет/],
    ["/accept CLOSED", /уже решено: закрыто/],
    ["/reject CLOSED no_photo", /уже решено: закрыто/],
    ["/reject 999999 no_photo", /Сообщения № 999999 нет/],
    ["/ask", /номер сообщения[^]*\/ask 15/],
    ["/ask OPEN", /слова после номера[^]*\/ask 15/],
    ["/ask CLOSED Где это?", /уже решено: закрыто/],
    [`/ask OPEN ${LONG}`, /слишком длинная/],
    ["/ask ERASED Где это?", /Спросить некого/],
    ["/merge OPEN", /два номера[^]*\/merge 15 12/],
    ["/merge OPEN второе", /два номера[^]*\/merge 15 12/],
    ["/merge OPEN OPEN", /это оно само и есть/],
    ["/merge OPEN CLOSED", /только с открытым публичным/],
    ["/merge OPEN 999999", /нет\. Проверьте номер/],
    ["/merge CLOSED ASSIGNED", /уже решено: закрыто/],
    ["/unmerge", /номер сообщения[^]*\/unmerge 15/],
    ["/unmerge OPEN", /сейчас на модерации, поэтому так с ним нельзя/],
    ["/reroute", /номер сообщения[^]*\/reroute 15/],
    ["/reroute ASSIGNED Дорожная служба", /после двоеточия причину[^]*\/reroute 15/],
    ["/reroute ASSIGNED : так", /после двоеточия причину/],
    ["/reroute ASSIGNED Атлантида: не наше", /Не знаю службы «Атлантида»/],
    ["/reroute ASSIGNED Освещение: их лампа", /уже у этой службы/],
    [`/reroute ASSIGNED Дорожная служба: ${LONG}`, /слишком длинная/],
    ["/reroute OPEN Дорожная служба: дорога", /сейчас на модерации/],
    ["/reroute CLOSED Дорожная служба: дорога", /уже решено: закрыто/],
    ["/reroute 999999 Дорожная служба: дорога", /Сообщения № 999999 нет/],
    ["/undo", /Отменять нечего/],
    ["/find", /Что искать\?[^]*\/find/],
    ["/find …", /ничего не нашлось/],
    ["/note", /номер сообщения[^]*\/note 15/],
    ["/note OPEN", /слова после номера[^]*\/note 15/],
    ["/note 999999 Звонили", /Сообщения № 999999 нет/],
    [`/note OPEN ${LONG}`, /слишком длинн/],
    ["/ban", /номер сообщения[^]*\/ban 15/],
    ["/ban OPEN", /число дней[^]*\/ban 15/],
    ["/ban OPEN 30", /число дней[^]*\/ban 15/],
    ["/ban OPEN 30 дней", /число дней[^]*\/ban 15/],
    ["/ban OPEN 0 Оскорбления", /от 1 до 365/],
    [`/ban OPEN 30 ${LONG}`, /слишком длинная/],
    ["/ban STAFFS 30 Оскорбления", /сотрудник/],
    ["/ban ERASED 30 Оскорбления", /Ограничивать некого/],
    ["/ban 999999 30 Оскорбления", /Сообщения № 999999 нет/],
    ["/unban", /номер сообщения[^]*\/unban 15/],
    ["/unban OPEN", /и так может отправлять/],
    ["/unban ERASED", /некого/],
  ])("%s is told why", async (text, answer) => {
    const before = await snapshotOf(city.store.db);
    await city.tell(ANNA, typed(text), answer);
    expect(await snapshotOf(city.store.db)).toBe(before);
  });
});

describe("an admin who writes", () => {
  test.each<[string, RegExp]>([
    ["/invite", /Кого пригласить\?[^]*\/invite editor/],
    ["/invite мэра", /Не знаю, кто такой «мэра»/],
    ["/invite editor Освещение", /Не знаю, кто такой «editor Освещение»/],
    ["/invite officer", /Из какой службы\?[^]*\/invite officer/],
    ["/invite officer Атлантида", /Не знаю службы «Атлантида»/],
    ["/invite head жилслужба", /подходит несколько служб/],
    ["/audit Никто", /нет «Никто»[^]*\/audit/],
  ])("%s is told why", async (text, answer) => {
    const before = await snapshotOf(city.store.db);
    await city.tell(OLGA, text, answer);
    expect(await snapshotOf(city.store.db)).toBe(before);
  });

  test.each<[string, RegExp]>([
    ["/bind Атлантида", /Не знаю района «Атлантида»[^]*\/bind Кунцево/],
    ["/bind agency", /Не знаю службы/],
    ["/bind agency Атлантида", /Не знаю службы «Атлантида»/],
    ["/unbind", /и так не приходят/],
  ])("%s in a group is told why", async (text, answer) => {
    const before = await snapshotOf(city.store.db);
    await city.tell(OLGA, text, answer, { chatId: GROUP });
    expect(await snapshotOf(city.store.db)).toBe(before);
  });
});

describe("whoever may not", () => {
  const staffs = allCommands.filter(({ by }) => by !== "everyone");

  test.each(staffs.map((entry) => ({ name: entry.name, entry })))("type /$name is told so", async ({ entry }) => {
    const chatId = entry.where.includes("private") ? MARIA : GROUP;
    const before = await snapshotOf(city.store.db);
    await city.tell(MARIA, `/${entry.name} ${ids["OPEN"]} 3 слова`, /для сотрудников, и у вас такого права нет/, {
      chatId,
    });
    expect(await snapshotOf(city.store.db)).toBe(before);
  });

  test.each(staffs.filter(({ where }) => where.length === 1).map((entry) => ({ name: entry.name, entry })))(
    "type /$name where it does not belong is told where it does",
    async ({ entry }) => {
      const before = await snapshotOf(city.store.db);
      const [chatId, answer] = entry.where.includes("private")
        ? ([GROUP, /в личной переписке/] as const)
        : ([OLGA, /только в группе/] as const);
      await city.tell(OLGA, `/${entry.name}`, answer, { chatId });
      expect(await snapshotOf(city.store.db)).toBe(before);
    },
  );
});
