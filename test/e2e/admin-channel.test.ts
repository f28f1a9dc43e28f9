/** `/bind channel` as admins type it, and what Telegram has to say to it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBoundChat } from "../../src/store/queries/bound-chats.ts";
import { ANNA, GROUP, MARIA, OLGA, startBot, type RunningBot } from "../support/bot.ts";

const all = { subscriberIds: [MARIA] };
const NEWS = { id: -1002000000011, title: "Вести", username: "city_news", adminIds: [OLGA], ...all };
const CLOSED = { id: -1002000000012, title: "Закрытый", adminIds: [ANNA, OLGA], ...all };
const FOREIGN = { id: -1002000000013, title: "Чужой", username: "foreign_news", adminIds: [ANNA], ...all };
const rights = { mayPost: true, mayEdit: true, mayDelete: false };
const CAREFUL = { id: -1002000000014, title: "Осторожный", username: "careful", adminIds: [OLGA], ...all, bot: rights };
const ABSENT = { id: -1002000000015, title: "Без бота", username: "no_bot", adminIds: [OLGA], ...all, bot: null };

let city: RunningBot;
beforeAll(async () => {
  city = await startBot({ channels: [NEWS, CLOSED, FOREIGN, CAREFUL, ABSENT], roles: { [ANNA]: "editor" } });
});
afterAll(() => city.close());

const bound = (id: number) => findBoundChat(city.store.db, id);

test("an admin binds a channel they administer by its name, and ends that", async () => {
  await city.tell(OLGA, "/bind channel @City_News", /Готово: в канале «Вести»/);
  expect(await bound(NEWS.id)).toMatchObject({ purpose: "channel", locale: "ru" });
  await city.tell(OLGA, "/unbind channel @city_news", /в канал ничего больше не выходит/);
  expect(await bound(NEWS.id)).toBeNull();
  await city.tell(OLGA, "/unbind channel", /и не привязан/);
});

test("a private channel is named by a link to one of its posts, a public one by any link", async () => {
  await city.tell(OLGA, "/bind канал https://t.me/c/2000000012/7", /в канале «Закрытый»/);
  await city.tell(OLGA, "/bind channel t.me/city_news/15", /в канале «Вести»/, { chatId: GROUP });
  expect([await bound(CLOSED.id), await bound(NEWS.id)]).toMatchObject([
    { purpose: "channel" },
    { purpose: "channel" },
  ]);
  await city.tell(OLGA, "/unbind channel", /в каналы ничего больше не выходит/);
});

test("nothing is bound where the bot or the admin has no say, and each hears what is missing", async () => {
  await city.tell(OLGA, "/bind channel", /Добавьте бота @otklik_test_bot в администраторы/);
  await city.tell(OLGA, "/bind channel @nobody_knows", /Канала «@nobody_knows» не вижу/);
  await city.tell(OLGA, "/bind channel что угодно", /не вижу/);
  await city.tell(OLGA, `/bind channel ${GROUP}`, /«Редакция» — не канал/);
  await city.tell(OLGA, "/bind channel @no_bot", /ещё не администратор канала «Без бота»/);
  await city.tell(OLGA, "/bind channel @careful", /не хватает прав/);
  await city.tell(OLGA, "/bind channel @foreign_news", /только его администратор/);
  await city.tell(ANNA, "/bind channel @foreign_news", /\/bind/);
  await city.tell(OLGA, "/bind", /Группу привязывают в ней самой/);
  for (const { id } of [FOREIGN, CAREFUL, ABSENT]) expect(await bound(id)).toBeNull();
});

test("a channel that puts the bot out is bound no more", async () => {
  await city.tell(OLGA, "/bind channel @city_news", /Готово/);
  await city.bot.api.leaveChat(NEWS.id);
  await expect.poll(() => bound(NEWS.id), { timeout: 20_000 }).toBeNull();
});
