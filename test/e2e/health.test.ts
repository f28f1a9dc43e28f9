/** How delivery stands, for admins, and sending once more what was not delivered. */
import { eq, inArray } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { retryNotices } from "../../src/actions/retry-notices.ts";
import { events, notices, reports, residents } from "../../src/store/schema/index.ts";
import { ANNA, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { hoursAfter, NOON } from "../support/people.ts";

let bot: RunningBot;
beforeEach(async () => {
  bot = await startBot({ roles: { [ANNA]: "editor" } });
  for (const person of [MARIA, ANNA, OLGA]) await bot.tell(person, "/start", /Здравствуйте/);
});
afterEach(() => bot.close());

let keys = 0;
/** A notice for Мария that nobody delivers while the test looks at it. */
const aNotice = async (differs: Partial<typeof notices.$inferInsert> = {}): Promise<number> => {
  const [added] = await bot.store.db
    .insert(notices)
    .values({
      dedupeKey: `test:${(keys += 1)}`,
      chatId: MARIA,
      residentId: bot.residentId(MARIA),
      reportId: null,
      kind: "banned",
      params: {},
      createdAt: NOON,
      dueAt: hoursAfter(NOON, -2),
      ...differs,
    })
    .returning({ id: notices.id });
  if (added === undefined) throw new Error("No notice was added");
  return added.id;
};
const settled = (state: "sent" | "undeliverable", failure: string | null, hoursAgo: number) => ({
  state,
  failure,
  settledAt: hoursAfter(NOON, -hoursAgo),
});
const health = async (): Promise<string> => textOf(await bot.tell(OLGA, "/health", /Доставка/));
const rowOf = async (id: number) => (await bot.store.db.select().from(notices).where(eq(notices.id, id)))[0];

describe("/health", () => {
  test("is well when nothing is wrong, and says so first", async () => {
    await aNotice(settled("sent", null, 0.5));
    await aNotice(settled("sent", null, 2));
    await aNotice({ dueAt: hoursAfter(NOON, 8) });
    expect(await health()).toBe(
      "✅ Доставка в порядке\n\nЖдут отправки: 0\nЖдут утра: 1\nОтправлено за последний час: 1",
    );
  });

  test("tells what waits and since when, what was put off, who blocked the bot and what is stuck", async () => {
    const { id } = await bot.file();
    await bot.settle();
    // By wire time, which is real.
    const retryAt = hoursAfter(new Date(), 480);
    await bot.store.db.update(notices).set({ settledAt: hoursAfter(NOON, -2) });
    await aNotice({ retryAt, attempts: 3 });
    await aNotice({ dueAt: hoursAfter(NOON, -1), retryAt });
    await aNotice({ ...settled("undeliverable", "blocked", 1), chatId: ANNA });
    await bot.store.db.update(residents).set({ blockedAt: NOON }).where(eq(residents.telegramId, ANNA));
    await bot.store.db
      .update(reports)
      .set({ nextTickAt: hoursAfter(NOON, -2) })
      .where(eq(reports.id, id));
    expect(await health()).toMatch(
      new RegExp(
        "^⚠️ Доставка: есть на что посмотреть\n\nЖдут отправки: 2, дольше всех — с 15 июля в 10:00\n" +
          "из них отложил Telegram или не пустила сеть: 1\nОтправлено за последний час: 0\n" +
          "Остановили бота: 1, их уведомления ждут: 1\n\n⚠️ 1 сообщение больше часа ждёт",
      ),
    );
  });

  test("counts the undeliverable by reason, the latest first, each with its last report", async () => {
    const [first, second] = [await bot.file(), await bot.file()];
    await aNotice({ ...settled("undeliverable", "Bad Request: old", 30), reportId: first.id });
    await aNotice({ ...settled("undeliverable", "Bad Request: old", 29), reportId: second.id });
    expect(await health()).toMatch(/^✅[^]*Не доставлено: 2/);
    await aNotice(settled("undeliverable", "cannot be rendered", 1));
    const said = await health();
    expect(said).toContain(
      "Не доставлено: 3\n1 × программа не смогла составить текст, подробности в журнале, последний раз 15 июля в 11:00\n" +
        `2 × Bad Request: old, последний раз 14 июля в 07:00, № ${second.id}\n` +
        "Если причина устранена, отправьте ещё раз: /retry",
    );
    expect(said).toMatch(/^⚠️/);
  });

  test("shows the latest reasons where they are many, and counts the others", async () => {
    for (let i = 0; i < 10; i += 1) await aNotice(settled("undeliverable", `Bad Request: ${i}`, 10 - i));
    expect(await health()).toMatch(
      /Не доставлено: 10\n1 × Bad Request: 9[^]*Bad Request: 2[^]*\nи по другим причинам: 2\n/,
    );
  });
});

describe("/retry", () => {
  test("lets everything undeliverable be told anew within a minute, and stands in the log", async () => {
    const { id: reportId } = await bot.file();
    await bot.settle();
    const again = { ...settled("undeliverable", "Bad Request: something", 1), attempts: 4, kind: "received", reportId };
    const ids = [await aNotice(again), await aNotice(again)];
    const said = textOf(await bot.tell(OLGA, "/retry", /снова/));
    expect(said).toMatch(/^2 уведомления снова ждут отправки[^]*минуту/);
    await bot.settle();
    expect(
      (await bot.store.db.select().from(notices).where(inArray(notices.id, ids))).map(({ state }) => state),
    ).toEqual(["sent", "sent"]);
    const [event] = await bot.store.db.select().from(events).where(eq(events.kind, "notices_retried"));
    expect(event).toMatchObject({ actorId: bot.residentId(OLGA), actorRole: "admin", data: { count: 2 } });
    expect(textOf(await bot.tell(OLGA, "/audit", /Журнал/))).toContain("недоставленное отправлено снова");
  });

  test("leaves alone what waits for somebody to come back, and says when there is nothing", async () => {
    const id = await aNotice(settled("undeliverable", "blocked", 1));
    await bot.tell(OLGA, "/retry", /Недоставленного нет/);
    expect(await rowOf(id)).toMatchObject({ state: "undeliverable", failure: "blocked" });
    expect(await bot.store.db.$count(events, eq(events.kind, "notices_retried"))).toBe(0);
  });

  test("wakes no resident at night; what answers a press or is work goes out at once", async () => {
    const night = hoursAfter(NOON, 12);
    const failed = settled("undeliverable", "Bad Request: something", 1);
    const [news, work] = [
      await aNotice({ ...failed, kind: "banned" }),
      await aNotice({ ...failed, kind: "task_card" }),
    ];
    await retryNotices(bot.deps, { actorId: bot.residentId(OLGA) }, night);
    expect(await rowOf(news)).toMatchObject({ dueAt: new Date("2026-07-16T08:00:00+03:00"), attempts: 0 });
    expect(await rowOf(work)).toMatchObject({ dueAt: hoursAfter(NOON, -2) });
  });

  test("is for admins alone, whoever asks", async () => {
    const id = await aNotice(settled("undeliverable", "Bad Request: something", 1));
    await bot.tell(ANNA, "/retry", /для сотрудников/);
    const refused = await retryNotices(bot.deps, { actorId: bot.residentId(ANNA) }, NOON);
    expect(refused).toEqual({ ok: false, why: "not_allowed" });
    expect(await rowOf(id)).toMatchObject({ state: "undeliverable" });
  });
});
