/** Followers and volunteers over the wire: joining by command, button and link, invitations, and what a neighbour never learns. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Photo } from "../../../src/form/draft.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { followers, volunteers, votes } from "../../../src/store/schema/votes.ts";
import { ANNA, BORIS, GROUP, labelsOf, MARIA, PETR, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { aCast, aPublished, PUBLISHED, type Cast } from "../../support/check.ts";
import { storedReport } from "../../support/deps.ts";
import { phoneOf } from "../../support/resident.ts";

let bot: RunningBot;
let cast: Cast;
let afterPhotos: Photo[];

beforeAll(async () => {
  bot = await startBot();
  cast = { ...(await aCast(bot)), authorId: bot.residentId(MARIA) };
  bot.travel(PUBLISHED);
  const { version } = bot.city.consent;
  await bot.store.db.update(residents).set({ consentVersion: version, consentAt: PUBLISHED });
  for (const person of [ANNA, BORIS]) await bot.tell(person, "/start", /С возвращением|Welcome back/);
  afterPhotos = await bot.photograph(1);
});
afterAll(() => bot.close());

test("a link opens the public card, a button follows and unfollows, and so do the commands", async () => {
  const { id } = await aPublished(bot.deps, cast, { photos: afterPhotos });
  const anna = phoneOf(bot, ANNA);
  const card = await anna.say(`/start r_${id}`, new RegExp(`№ ${id}\\b`));
  expect(labelsOf(card).flat()).toEqual(["🔔 Следить"]);
  await anna.press(card, "Следить", new RegExp(`следите за сообщением № ${id}`));
  await anna.say(`/follow ${id}`, /Вы уже следите/);
  const again = await anna.say(`/start r_${id}`, new RegExp(`№ ${id}\\b`));
  expect(labelsOf(again).flat()).toEqual(["🔕 Больше не следить"]);
  await anna.say(`/unfollow № ${id}`, /Больше не пишу вам/);
  await anna.say(`/unfollow ${id}`, /и так не следите/);
  await anna.say(`/follow https://t.me/otklik?start=r_${id}`, /следите за сообщением/);
  await anna.say("/myreports", new RegExp(`Вы следите: № ${id}\\b`));
  await anna.say("/follow", /Напишите номер сообщения, например:\n\/follow 15/);
  await anna.say("/follow 999999", /Сообщения № 999999 нет/);
  await phoneOf(bot, MARIA).say(`/follow ${id}`, /ваше сообщение/);
});

test("whoever has not agreed to anything yet is asked first, and nothing is kept that they follow", async () => {
  const { id } = await aPublished(bot.deps, cast, { photos: afterPhotos });
  const petrId = bot.residentId(PETR);
  await bot.store.db.update(residents).set({ consentVersion: null, consentAt: null }).where(eq(residents.id, petrId));
  const follows = () => bot.store.db.select().from(followers).where(eq(followers.residentId, petrId));
  const petr = phoneOf(bot, PETR);
  const consent = await petr.say(`/follow ${id}`, /сломано в городе/);
  await bot.pressData(PETR, consent, `g:follow:${id}`);
  expect(await follows()).toEqual([]);
  const card = await petr.press(consent, "Даю согласие", new RegExp(`№ ${id}\\b`));
  await petr.press(card, "Следить", new RegExp(`следите за сообщением № ${id}`));
  expect(await follows()).toMatchObject([{ reportId: id }]);
});

test("a forged press in a group makes nobody a follower, and tells nobody there what its presser thinks of an answer", async () => {
  const { id } = await aPublished(bot.deps, cast, { photos: afterPhotos });
  const said = await bot.tell(BORIS, `/help@${bot.bot.botInfo.username}`, /./, { chatId: GROUP });
  expect((await bot.pressData(BORIS, said, `g:follow:${id}`)).text).not.toBe("");
  for (const act of ["confirm", "refute"]) {
    expect((await bot.pressData(MARIA, said, `r:${act}:${id.toString(36)}:0:1`)).text).toMatch(/больше не действует/);
    expect(textOf(bot.look(said))).toBe(textOf(said));
    expect(bot.messenger.messages(GROUP).at(-1)?.message_id).toBe(said.message_id);
  }
  expect(await bot.store.db.select().from(votes).where(eq(votes.reportId, id))).toEqual([]);
  const all = await bot.store.db.select().from(followers).where(eq(followers.reportId, id));
  expect(all.map(({ residentId }) => residentId)).not.toContain(bot.residentId(BORIS));
});

test("a report in moderation cannot be followed", async () => {
  const { id } = await bot.file();
  await phoneOf(bot, ANNA).say(`/follow ${id}`, /следить нельзя/);
});

test("a volunteer tells their home, is invited blindly, and needs a photo to say that it is not fixed", async () => {
  const anna = phoneOf(bot, ANNA);
  await anna.say("/volunteer", /Соседская проверка/);
  await anna.sendLocation(/Буду звать посмотреть/, { lat: 55.731, lon: 37.42 });
  const after = bot.messenger.lastEventId();
  const report = await aPublished(bot.deps, cast, { photos: afterPhotos });
  const invitation = await bot.hear(ANNA, /Проверьте, пожалуйста, рядом с домом/, after);
  expect(textOf(invitation)).toContain("Ярцевская улица, 14");
  expect(textOf(invitation)).toContain("Неисправное освещение во дворе");
  expect(invitation.reply_to_message?.photo).toBeDefined();
  // Neither the number, nor the author's words, nor the author, nor anybody's vote.
  expect(textOf(invitation)).not.toMatch(/№|второю|вторую неделю|Мария|голос/);
  await anna.press(invitation, "Не устранено", /свежее фото/);
  await anna.say("Темно, как и было", /Теперь нужно свежее фото/);
  expect((await storedReport(bot.deps, report.id)).status).toBe("published");
  await anna.sendPhotos(/на контроле/, 1);
  expect((await storedReport(bot.deps, report.id)).status).toBe("disputed");
});

test("a volunteer changes their mind, and their home is forgotten", async () => {
  const boris = phoneOf(bot, BORIS);
  await boris.say("/volunteer", /Checking in the neighbourhood/);
  await boris.sendLocation(/outside the city/, { lat: 59.94, lon: 30.31 });
  await boris.sendLocation(/Thank you! I will ask you/, { lat: 55.731, lon: 37.42 });
  const now = await boris.say("/volunteer", /You help to check/);
  await boris.press(now, "Do not invite me", /is erased/);
  const homes = await bot.store.db
    .select()
    .from(volunteers)
    .where(eq(volunteers.residentId, bot.residentId(BORIS)));
  expect(homes).toEqual([]);
});

test("whoever was asked for their home and sends a photo instead begins a report", async () => {
  const boris = phoneOf(bot, BORIS);
  await boris.say("/volunteer", /Checking in the neighbourhood/);
  await boris.sendPhotos(/Photo and description received/, 1, "The swing is broken");
});
