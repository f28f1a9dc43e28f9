/** What Telegram will never take: the admins hear of each kind and reason once, and never of that news itself. */
import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import { mayHear, rolesToHear } from "../../../src/notices/hearers.ts";
import type { Sent } from "../../../src/notices/send.ts";
import { grants, notices } from "../../../src/store/schema/index.ts";
import { aDelivery, aGroup, tellSubmitted } from "../../support/delivery.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, type FreshStore } from "../../support/store.ts";

const [AUTHOR, ADMIN, SECOND_ADMIN, GROUP] = [7, 9, 10, -100];
const never = new AbortController().signal;
const refused = (words: string): Sent => ({ kind: "refused", words });

const aTown = async () => {
  const store: FreshStore = await freshStore("postgres");
  onTestFinished(() => store.close());
  const authorId = await aResident(store.db, { telegramId: AUTHOR, name: "Мария Сойкина" });
  const adminId = await aResident(store.db, { telegramId: ADMIN, role: "admin" });
  await aGroup(store, GROUP, adminId);
  const delivery = aDelivery(store);
  const deliver = (chatId: number): Promise<number | null> => {
    delivery.wire.moveSeconds(3600);
    return deliverChat(delivery.deps, chatId, never);
  };
  return {
    ...delivery,
    store,
    adminId,
    deliver,
    /** A new report whose card the chat is told; what the messenger says to that is prepared before. */
    report: async (chatId: number, now = NOON) => {
      const report = await aReport(store.db, authorId, { createdAt: now });
      await tellSubmitted(store, report, now);
      await deliver(chatId);
      return report.id;
    },
    heard: async (chatId = ADMIN) => {
      const before = delivery.messenger.sent.length;
      await deliver(chatId);
      return delivery.messenger.sent.slice(before).map(({ message }) => message.text.text);
    },
    news: () => store.db.select().from(notices).where(eq(notices.kind, "undeliverable")),
  };
};

describe("a notice that Telegram refuses for good", () => {
  test("is told to the admins with its kind, its reason and its report, and nobody's name", async () => {
    const town = await aTown();
    town.messenger.answer(refused("Bad Request: BUTTON_DATA_INVALID"));
    const number = await town.report(AUTHOR);
    const [news, ...more] = await town.heard();
    expect(more).toEqual([]);
    expect(news).toMatch(
      new RegExp(
        `Вид: received\nПричина: Bad Request: BUTTON_DATA_INVALID\nСообщение: № ${number}\n\n[^]*/health[^]*/retry`,
      ),
    );
    expect(news).not.toContain("Мария");
  });

  test("is told once for all of its kind and reason, whichever numbers the reason names", async () => {
    const town = await aTown();
    for (const offset of [12, 345]) {
      town.messenger.answer(refused(`Bad Request: can't parse entities at byte offset ${offset}`));
      await town.report(AUTHOR);
    }
    expect(await town.heard()).toHaveLength(1);
    town.messenger.answer(refused("Bad Request: something else"));
    await town.report(AUTHOR);
    town.messenger.answer(refused("Bad Request: something else"));
    await town.report(GROUP);
    // Another reason, and then another kind.
    expect(await town.heard()).toEqual([
      expect.stringContaining("Вид: received\nПричина: Bad Request: something else"),
      expect.stringContaining("Вид: queue_card\nПричина: Bad Request: something else"),
    ]);
  });

  test("is told to every admin, and to nobody who is none any more", async () => {
    const town = await aTown();
    await aResident(town.store.db, { telegramId: SECOND_ADMIN, role: "admin" });
    town.messenger.answer(refused("Bad Request: something"));
    await town.report(AUTHOR);
    expect((await town.news()).map(({ chatId }) => chatId).toSorted()).toEqual([SECOND_ADMIN, ADMIN].toSorted());
    await town.store.db.update(grants).set({ removedAt: NOON }).where(eq(grants.residentId, town.adminId));
    expect(await town.heard(ADMIN)).toEqual([]);
    expect(await town.heard(SECOND_ADMIN)).toHaveLength(1);
  });

  test("waits for the morning, for nothing can be done about it at night", async () => {
    const town = await aTown();
    const night = hoursAfter(NOON, 12);
    town.clock.moveTo(night);
    town.messenger.answer(refused("Bad Request: something"));
    await town.report(AUTHOR, night);
    expect(await town.heard()).toEqual([]);
    town.clock.moveTo(hoursAfter(NOON, 20));
    expect(await town.heard()).toHaveLength(1);
  });

  test("is never told of the news itself: an admin whom nothing reaches starts no loop", async () => {
    const town = await aTown();
    town.messenger.answer(refused("Bad Request: something"), refused("Bad Request: something"));
    await town.report(AUTHOR);
    await town.deliver(ADMIN);
    expect((await town.news()).map(({ state }) => state)).toEqual(["undeliverable"]);
    expect(await town.heard()).toEqual([]);
  });
});

test("a person who stopped the bot is not told of: they are in the digest, and the message was none the worse", async () => {
  const town = await aTown();
  town.messenger.answer({ kind: "gone", reason: "blocked", words: "Forbidden: bot was blocked by the user" });
  await town.report(AUTHOR);
  expect(await town.heard()).toEqual([]);
});

test("what our own program cannot word is told as that, in the admin's language", async () => {
  const town = await aTown();
  const authorId = await aResident(town.store.db, { telegramId: 11 });
  const broken = { dedupeKey: "broken", kind: "assigned", reportId: null, params: {}, dueAt: NOON, createdAt: NOON };
  await town.store.db.insert(notices).values({ ...broken, chatId: 11, residentId: authorId });
  for (let tries = 0; tries < 6; tries += 1) await town.deliver(11);
  expect(await town.heard()).toEqual([expect.stringContaining("программа не смогла составить текст")]);
});

test("only admins may hear it", () => {
  expect(rolesToHear("undeliverable")).toEqual(["admin"]);
  const notice = { kind: "undeliverable", agencyId: null, params: {} };
  expect(mayHear([{ role: "editor", agencyId: null }], notice)).toBe(false);
});
