/** What piled up while the program or Telegram was away: one message for what is alike, and nothing that is no longer so. */
import { and, eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import { notices, reports } from "../../../src/store/schema/index.ts";
import { aCast, aTicking, at, endOf, tickAt } from "../../support/clocks.ts";
import { aDelivery } from "../../support/delivery.ts";
import { freshStore } from "../../support/store.ts";

const OFFICER = 3;
const PLACE = "Ярцевская улица, 14";

const aTown = async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const { author } = await aCast(store);
  const { deps, messenger, clock } = aDelivery(store);
  return {
    store,
    author,
    /** What the officer reads at this moment, message by message. */
    read: async (now: Date): Promise<string[]> => {
      clock.moveTo(now);
      await deliverChat(deps, OFFICER, new AbortController().signal);
      return messenger.sent.splice(0).map(({ message }) => message.text.text);
    },
    /** Reminders that wait in other chats. */
    left: () => store.db.$count(notices, and(eq(notices.state, "waiting"), eq(notices.kind, "due_reminder"))),
  };
};

test("a morning after an outage is one message of what is due soon and one of what was missed, soonest first", async () => {
  const { store, author, read } = await aTown();
  const now = at("2026-07-20T12:00");
  for (const day of ["2026-07-21", "2026-07-20", "2026-07-17", "2026-07-20", "2026-07-16"]) {
    await tickAt(store, await aTicking(store, author, { status: "assigned", dueAt: endOf(day) }), now);
  }
  const line = (number: number, when: string): string => `№ ${number} · Неисправное освещение во дворе · ${when}`;
  expect(await read(now)).toEqual([
    [
      "📋 Сводка на сегодня: Жилищная служба района Кунцево\n",
      "Срок сегодня: 2",
      line(2, PLACE),
      line(4, PLACE),
      "",
      "Срок завтра: 1",
      line(1, PLACE),
    ].join("\n"),
    [
      "🔴 Срок прошёл у 2 сообщений\n",
      line(5, "срок прошёл 16 июля, 4 дня назад"),
      line(3, "срок прошёл 17 июля, 3 дня назад"),
    ].join("\n"),
  ]);
});

test("three reminders of one report that Telegram did not take are one, and say how near the date is by now", async () => {
  const { store, author, read, left } = await aTown();
  const one = await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-24") });
  const other = await aTicking(store, author, { status: "planned", dueAt: endOf("2026-07-25") });
  for (const morning of ["2026-07-21", "2026-07-22", "2026-07-23", "2026-07-24"]) {
    for (const report of [one, other]) await tickAt(store, report, at(`${morning}T09:00`));
  }
  expect(await read(at("2026-07-24T10:00"))).toEqual([
    "📋 Сводка на сегодня: Жилищная служба района Кунцево\n\nСрок сегодня: 1\n" +
      `№ ${one.id} · Неисправное освещение во дворе · ${PLACE}\n\nСрок завтра: 1\n` +
      `№ ${other.id} · Неисправное освещение во дворе · ${PLACE}`,
  ]);
  // What the head of the agency was to be told waits in another chat.
  expect(await left()).toBe(5);
});

test("what was answered meanwhile is not reminded of", async () => {
  const { store, author, read } = await aTown();
  const one = await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-20") });
  await tickAt(store, one, at("2026-07-19T09:00"));
  const answered = { status: "answered", answeredAt: at("2026-07-19T12:00") } as const;
  await store.db.update(reports).set(answered).where(eq(reports.id, one.id));
  expect(await read(at("2026-07-20T10:00"))).toEqual([]);
});
