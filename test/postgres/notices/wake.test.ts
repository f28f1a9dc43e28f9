/** Whom the sweep wakes, and before whom: what happens just now is told before what the morning lets go. */
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { sweep } from "../../../src/jobs/sweep.ts";
import { DELIVER_QUEUE } from "../../../src/store/enqueue.ts";
import type { Store } from "../../../src/store/open.ts";
import { listDueChats } from "../../../src/store/queries/due-notices.ts";
import { rows } from "../../../src/store/raw.ts";
import { notices } from "../../../src/store/schema/index.ts";
import { city } from "../../support/notices.ts";
import { hoursAfter, NOON } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

/** Wire time is far from city time, so that one taken for the other is seen. */
const WIRE = new Date("2031-01-01T00:00:00Z");

const open = async (): Promise<Store> => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  return store;
};

const aNotice = (chatId: number, differs: Partial<typeof notices.$inferInsert> = {}) => ({
  dedupeKey: `${chatId} ${Math.random()}`,
  ...{ chatId, kind: "banned", params: {}, dueAt: NOON, createdAt: NOON },
  ...differs,
});

const at = (noticesPerSecond: number) => ({ limits: { ...city.limits, noticesPerSecond } });

/** The next chats that somebody looks at; within a batch they come in no order. */
const woken = async (store: Store, batchSize = 1000): Promise<number[]> => {
  const jobs = await store.boss.fetch<unknown>(DELIVER_QUEUE, { batchSize });
  return jobs.map(({ data }) => z.object({ chatId: z.int() }).parse(data).chatId);
};

const countJobs = async (store: Store): Promise<number> => {
  const Size = z.object({ size: z.int() });
  const [found] = await rows(store.db, Size, sql`select count(*)::int as size from pgboss.job where state = 'created'`);
  return found?.size ?? 0;
};

test("as many as can be told at the city's rate until the next sweep, and on the next one no others", async () => {
  const store = await open();
  const people = Array.from({ length: 400 }, (_, index) => index + 1);
  // All of them at the same eight o'clock.
  await store.db.insert(notices).values(people.map((chatId) => aNotice(chatId)));
  for (const processes of [1, 3]) {
    for (let left = processes; left > 0; left -= 1) await sweep({ store, city: at(2) }, NOON, WIRE);
    expect(await countJobs(store)).toBe(150);
  }
  await sweep({ store, city: at(5) }, NOON, WIRE);
  expect(await countJobs(store)).toBe(375);
  expect((await woken(store)).toSorted((a, b) => a - b)).toEqual(people.slice(0, 375));
});

test("whoever is told of what happens just now is looked at before all whom the sweep woke, and who was woken anyhow keeps their place", async () => {
  const store = await open();
  await store.db.insert(notices).values([1, 2, 3, 4].map((chatId) => aNotice(chatId)));
  await store.db.transaction((tx) => store.wakeChats(tx, [4]));
  await sweep({ store, city: at(28) }, NOON, WIRE);
  await store.db.transaction((tx) => store.wakeChats(tx, [9, 3]));
  const inOrder: number[] = [];
  for (let left = 5; left > 0; left -= 1) inOrder.push(...(await woken(store, 1)));
  expect(inOrder.slice(0, 3)).toEqual([4, 3, 9]);
  expect(inOrder.slice(3).toSorted()).toEqual([1, 2]);
});

test("a chat whose first word Telegram put off waits for that, whatever stands behind it", async () => {
  const store = await open();
  const soon = hoursAfter(WIRE, 1);
  await store.db.insert(notices).values([
    ...[aNotice(1, { retryAt: soon }), aNotice(1)],
    ...[aNotice(2), aNotice(2, { retryAt: soon })],
    // Its first word is not due yet.
    ...[aNotice(3, { retryAt: soon, dueAt: hoursAfter(NOON, 1) }), aNotice(3)],
  ]);
  expect(await listDueChats(store.db, NOON, WIRE, 10)).toEqual([2, 3]);
  expect(await listDueChats(store.db, NOON, soon, 10)).toEqual([1, 2, 3]);
});

test("a chat that is being told has one look waiting behind it, however often it is swept", async () => {
  const store = await open();
  await store.db.insert(notices).values([aNotice(1)]);
  await sweep({ store, city: at(28) }, NOON, WIRE);
  expect(await woken(store)).toEqual([1]);
  for (let left = 3; left > 0; left -= 1) await sweep({ store, city: at(28) }, NOON, WIRE);
  expect(await countJobs(store)).toBe(1);
});
