import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findActor } from "../../../src/actions/find-actor.ts";
import { allCommands } from "../../../src/bot/bot.ts";
import { setMenus } from "../../../src/bot/menus.ts";
import { findBoundChat } from "../../../src/store/queries/bound-chats.ts";
import { ANNA, BORIS, GROUP, MARIA, OLGA, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { hoursAfter, NOON } from "../../support/people.ts";

let city: RunningBot;

beforeAll(async () => {
  city = await startBot();
  await setMenus(city.bot.api, city.deps, allCommands);
});
afterAll(() => city.close());

const rolesOf = async (telegramId: number) =>
  (await findActor(city.store.db, city.residentId(telegramId))).grants.map(({ role }) => role);

const menu = async (chatId: number) =>
  (await city.bot.api.getMyCommands({ scope: { type: "chat", chat_id: chatId } })).map(({ command }) => command);

/** Ольга invites an editor: what a person has to send to use the link. */
const anInvitation = async (): Promise<string> => {
  const said = textOf(await city.tell(OLGA, "/invite editor", /t\.me\/otklik_test_bot\?start=inv-/));
  const [start] = /\/start inv-[\w-]+/.exec(said) ?? [];
  expect(said).toContain(`?start=${start?.slice("/start ".length)}`);
  expect(said).toContain("17 июля в 12:00");
  return start ?? "";
};

describe("an invitation", () => {
  test("makes whoever opens its link first an editor, with the editors' menu, and nobody else", async () => {
    const link = await anInvitation();
    await city.tell(ANNA, link, /Добро пожаловать! Ваша роль — редактор/);
    expect(await rolesOf(ANNA)).toEqual(["editor"]);
    expect(await menu(ANNA)).toEqual(expect.arrayContaining(["queue", "accept", "reject", "report"]));
    expect(await menu(ANNA)).not.toContain("invite");
    await city.tell(MARIA, link, /уже воспользовались/);
    expect(await rolesOf(MARIA)).toEqual([]);
    await city.tell(ANNA, link, /уже есть/);
  });

  test("is worth nothing after 48 hours, or when it was made up", async () => {
    const link = await anInvitation();
    city.travel(hoursAfter(NOON, 48));
    await city.tell(MARIA, link, /больше не действует/);
    city.travel(NOON);
    await city.tell(MARIA, "/start inv-made-up", /Такого приглашения нет/);
    expect(await rolesOf(MARIA)).toEqual([]);
  });

  test("is made by admins only, never in front of a group, and for a role there is", async () => {
    await city.tell(MARIA, "/invite editor", /для сотрудников/);
    await city.tell(OLGA, "/invite editor", /в личной переписке/, { chatId: GROUP });
    await city.tell(OLGA, "/invite", /Кого пригласить\? Например:\s+\/invite editor/);
    await city.tell(OLGA, "/invite мэра", /Не знаю, кто такой «мэра»/);
  });
});

describe("a group", () => {
  test("is told how to be bound when the bot comes in", () => {
    expect(city.messenger.messages(GROUP).map(textOf)).toContainEqual(expect.stringMatching(/\/bind/));
  });

  test("is bound by an admin to districts as people write them, to all without any, and unbound", async () => {
    const inGroup = { chatId: GROUP };
    await city.tell(OLGA, "/bind кунцево, Fili Davydkovo", /из районов Кунцево, Фили-Давыдково/, inGroup);
    expect(await findBoundChat(city.store.db, GROUP)).toMatchObject({ districtIds: ["kuntsevo", "fili-davydkovo"] });
    expect(await menu(GROUP)).toEqual(expect.arrayContaining(["queue", "accept", "help"]));
    await city.tell(
      OLGA,
      "/bind Кунцево, Марс",
      /Не знаю района «Марс», поэтому ничего не изменилось[^]*kuntsevo/,
      inGroup,
    );
    expect(await findBoundChat(city.store.db, GROUP)).toMatchObject({ districtIds: ["kuntsevo", "fili-davydkovo"] });
    await city.tell(OLGA, "/bind", /из всех районов/, inGroup);
    expect(await findBoundChat(city.store.db, GROUP)).toMatchObject({ districtIds: [] });
    await city.tell(OLGA, "/unbind", /больше не приходят/, inGroup);
    expect(await findBoundChat(city.store.db, GROUP)).toBeNull();
    expect(await menu(GROUP)).toEqual([]);
    await city.tell(OLGA, "/unbind", /и так не приходят/, inGroup);
  });

  test("is bound by nobody else: not by members, not by an admin who hides, not in private", async () => {
    await city.tell(MARIA, "/bind", /для сотрудников/, { chatId: GROUP });
    await city.tell(OLGA, "/bind", /от имени группы, и я не вижу, кто вы/, { chatId: GROUP, anonymous: true });
    await city.tell(OLGA, "/bind", /Группу привязывают в ней самой/);
    expect(await findBoundChat(city.store.db, GROUP)).toBeNull();
  });

  test("is no place to file a report, and its chatter is left alone", async () => {
    await city.tell(MARIA, "/start", /в личной переписке со мной: @otklik_test_bot/, { chatId: GROUP });
    const before = city.messenger.messages(GROUP).length;
    await city.act({ do: "text", personId: MARIA, chatId: GROUP, text: "Во дворе яма" });
    await city.act({ do: "text", personId: MARIA, chatId: GROUP, text: "/weather" });
    await city.act({ do: "text", personId: OLGA, chatId: GROUP, text: "Добрый день", anonymous: true });
    // Updates of one chat are handled in order, so by this answer the others were.
    await city.tell(MARIA, "/help@otklik_test_bot", /здесь их разбирают редакторы/, { chatId: GROUP });
    expect(city.messenger.messages(GROUP)).toHaveLength(before + 5);
  });
});

describe("what a person may do", () => {
  test("is what /help and Telegram's menu say, by role and language", async () => {
    const residents = textOf(await city.tell(MARIA, "/help", /Отклик/));
    expect(residents).toContain("/myreports");
    expect(residents).not.toMatch(/\/queue|\/invite/);
    const admins = textOf(await city.tell(OLGA, "/help", /Что вы можете здесь[^]*\/help queue/));
    // By theme, each command a line; what everybody may is no news to the staff.
    expect(admins).toMatch(/Модерация\n\/queue — [^\n]+\n\/accept — [^]*Ответы служб\n\/publish — /);
    expect(admins).toMatch(/Администрирование\n\/invite — пригласить сотрудника\n/);
    expect(admins).toMatch(/Как житель\n\/start \/new [^\n]+$/);
    expect(admins.split("\n").length).toBeLessThanOrEqual(48);
    expect(admins).toContain("/bind");
    expect(textOf(await city.tell(OLGA, "/help", /Что вы можете здесь/, { chatId: GROUP }))).toContain("/bind");
    for (const asked of ["/help invite", "/help /invite"]) {
      await city.tell(OLGA, asked, /^\/invite — пригласить сотрудника\s+\/invite editor/);
    }
    // Nobody is told how to write what they may not.
    expect(textOf(await city.tell(MARIA, "/help invite", /Отклик/))).not.toContain("/invite");

    const { api } = city.bot;
    const scope = { type: "all_private_chats" } as const;
    const [russian, english] = [
      await api.getMyCommands({ scope }),
      await api.getMyCommands({ scope, language_code: "en" }),
    ];
    expect(russian.map(({ command }) => command)).toEqual(english.map(({ command }) => command));
    expect(russian.find(({ command }) => command === "help")?.description).toBe("что я умею");
    expect(english.find(({ command }) => command === "help")?.description).toBe("what I can do");
    expect(await menu(OLGA)).toContain("invite");
    expect(await menu(BORIS)).toEqual([]);
  });

  test("that there is no such command is said in private", async () => {
    await city.tell(MARIA, "/fly", /Такой команды нет/);
  });
});
