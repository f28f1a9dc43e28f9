/** The links of a report's page: one joins, one opens the check for whoever has a vote and tells others why they have none. */
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followers } from "../../../src/store/schema/votes.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { BORIS, labelsOf, MARIA, OLGA, PETR, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { AGENCY, aCast, aPublished, PUBLISHED, type Cast } from "../../support/check.ts";
import { aReport } from "../../support/people.ts";

let bot: RunningBot;
let cast: Cast;

beforeAll(async () => {
  bot = await startBot({ roles: { [PETR]: { officerOf: AGENCY } } });
  cast = { ...(await aCast(bot)), authorId: bot.residentId(MARIA) };
  const { store, city } = bot.deps;
  await store.db.update(residents).set({ consentVersion: city.consent.version, consentAt: PUBLISHED });
  bot.travel(PUBLISHED);
});
afterAll(() => bot.close());

let places = 0;
const elsewhere = () => ({ lat: 55.73, lon: 37.42 + 0.005 * (places += 1) });

const aPublishedReport = async (how: Parameters<typeof aPublished>[2] = {}): Promise<number> =>
  (await aPublished(bot.deps, cast, { photos: await bot.photograph(1), differs: elsewhere(), ...how })).id;

const isFollowing = async (person: number, reportId: number): Promise<boolean> => {
  const found = await bot.deps.store.db
    .select()
    .from(followers)
    .where(and(eq(followers.reportId, reportId), eq(followers.residentId, bot.residentId(person))));
  return found.length === 1;
};

describe("the link to join", () => {
  test("joins at once, and says so when it was done already", async () => {
    const id = await aPublishedReport();
    await bot.tell(OLGA, `/start j_${id}`, new RegExp(`Теперь вы следите за сообщением № ${id}`));
    expect(await isFollowing(OLGA, id)).toBe(true);
    await bot.tell(OLGA, `/start j_${id}`, /уже следите/);
  });

  test("waits for a newcomer's consent and keeps nothing before", async () => {
    const id = await aPublishedReport();
    const nobody = { consentVersion: null, consentAt: null };
    await bot.deps.store.db
      .update(residents)
      .set(nobody)
      .where(eq(residents.id, bot.residentId(BORIS)));
    const asked = await bot.tell(BORIS, `/start j_${id}`, /./);
    expect(await isFollowing(BORIS, id)).toBe(false);
    const after = bot.messenger.lastEventId();
    await bot.press(BORIS, asked, "I agree");
    await bot.hear(BORIS, new RegExp(`You (now )?follow report No\\. ${id}|follow.*No\\. ${id}`), after);
    expect(await isFollowing(BORIS, id)).toBe(true);
  });

  test("tells kindly what cannot be joined", async () => {
    const { id } = await aReport(bot.deps.store.db, cast.authorId, elsewhere());
    await bot.tell(OLGA, `/start j_${id}`, new RegExp(`№ ${id}.*нельзя`));
    await bot.tell(OLGA, "/start j_999999", /№ 999999/);
  });
});

describe("the link to check", () => {
  test("shows the author the answer with the two buttons, which count", async () => {
    const id = await aPublishedReport();
    const shown = await bot.tell(MARIA, `/start v_${id}`, new RegExp(`№ ${id}.*служба пишет`));
    expect(textOf(shown)).toContain("Лампу заменили, фонарь горит");
    expect(labelsOf(shown)).toEqual([["✅ Устранено", "❌ Не устранено"]]);
    expect((await bot.press(MARIA, shown, "✅ Устранено")).text).toBe("Спасибо, учтено");
    await bot.tell(MARIA, `/start v_${id}`, /Ваш голос уже учтён: устранено/);
  });

  test("tells a stranger who checks, and the agency's own people that others must", async () => {
    const id = await aPublishedReport();
    await bot.tell(OLGA, `/start v_${id}`, /проверяют автор, те, кто следил/);
    await bot.tell(PETR, `/start v_${id}`, /Вы работаете в службе, которая отвечала/);
  });

  test("says of a report without an answer that there is nothing to check yet", async () => {
    const { id } = await aReport(bot.deps.store.db, cast.authorId, elsewhere());
    await bot.tell(MARIA, `/start v_${id}`, new RegExp(`Проверять пока нечего: сообщение № ${id}`));
    await bot.tell(MARIA, "/start v_999999", /Сообщения № 999999 нет/);
  });
});
