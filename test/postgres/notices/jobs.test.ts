import { sql } from "drizzle-orm";
import type { WorkHandler, WorkOptions } from "pg-boss";
import { describe, expect, onTestFinished, test } from "vitest";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import { startJobs } from "../../../src/jobs/jobs.ts";
import { DELIVER_QUEUE } from "../../../src/store/enqueue.ts";
import { openStore, type Store } from "../../../src/store/open.ts";
import { untypedRows } from "../../../src/store/raw.ts";
import { notices } from "../../../src/store/schema/index.ts";
import { aDelivery, tellAssigned, tellSubmitted } from "../../support/delivery.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, quietLog, STORE_KINDS } from "../../support/store.ts";

const statesOf = async (store: Store): Promise<string[]> =>
  (await store.db.select({ state: notices.state }).from(notices).orderBy(notices.id)).map(({ state }) => state);

type Overridden = {
  work?: (queue: string, options: WorkOptions, handler: WorkHandler<unknown>) => Promise<string>;
  complete?: Store["boss"]["complete"];
};

/** The store with a job queue of which the test does these things itself. */
const withBoss = (store: Store, overridden: Overridden): Store => ({
  ...store,
  boss: new Proxy(store.boss, {
    get: (boss, name) => {
      const member: unknown = Reflect.get(name in overridden ? overridden : boss, name);
      return typeof member === "function" ? member.bind(boss) : member;
    },
  }),
});

/** The chats for which a job waits for whoever is next to work. */
const waitingJobs = async (store: Store): Promise<(string | null | undefined)[]> =>
  (await store.boss.findJobs(DELIVER_QUEUE, { queued: true })).map(({ singletonKey }) => singletonKey);

/** Those of the sweep at the start, so that only what stopping hands over is seen. */
const removeWaitingJobs = (store: Store) =>
  untypedRows(store.db, sql`delete from pgboss.job where name = ${DELIVER_QUEUE} and state = 'created'`);

// Whoever needs the embedded database first makes its template, which takes long on a busy machine.
const SLOW = { timeout: 90_000 };

describe.each(STORE_KINDS)("background work on %s", SLOW, (kind) => {
  test("tells a fact as soon as it is committed", async () => {
    const store = await freshStore(kind, { jobs: true });
    onTestFinished(() => store.close());
    const { deps, messenger } = aDelivery(store);
    const jobs = await startJobs({ ...deps, isHurried: true });
    onTestFinished(() => jobs.stop());
    const authorId = await aResident(store.db, { telegramId: 7 });
    const report = await aReport(store.db, authorId);
    await tellSubmitted(store, report);
    await messenger.reaches(1);
    await tellAssigned(store, report, authorId);
    await messenger.reaches(3);
    expect(messenger.log()[2]).toContain("передано");
  });

  test("tells at its start what a crash left without a job", async () => {
    const store = await freshStore(kind, { jobs: true });
    onTestFinished(() => store.close());
    const { deps, messenger } = aDelivery(store);
    const authorId = await aResident(store.db, { telegramId: 7 });
    await tellSubmitted(store, await aReport(store.db, authorId));
    await untypedRows(store.db, sql`delete from pgboss.job`);
    const jobs = await startJobs(deps);
    onTestFinished(() => jobs.stop());
    await messenger.reaches(1);
  });
});

test("what the night held back is told by the first sweep of the morning", async () => {
  const store = await freshStore("postgres", { jobs: true });
  onTestFinished(() => store.close());
  const { deps, messenger, clock } = aDelivery(store);
  const night = hoursAfter(NOON, 11);
  clock.moveTo(night);
  const jobs = await startJobs({ ...deps, isHurried: true });
  onTestFinished(() => jobs.stop());
  const authorId = await aResident(store.db, { telegramId: 7 });
  const report = await aReport(store.db, authorId, { createdAt: night });
  await tellSubmitted(store, report, night);
  await tellAssigned(store, report, authorId, night);
  await messenger.reaches(2);
  await jobs.sweep();
  clock.moveTo(hoursAfter(NOON, 20));
  await jobs.sweep();
  await messenger.reaches(3);
  expect(messenger.log()[2]).toContain("передано");
});

test("what Telegram put off is told without waiting for the sweep", async () => {
  const store = await freshStore("postgres", { jobs: true });
  onTestFinished(() => store.close());
  const { deps, messenger } = aDelivery(store);
  messenger.answer({ kind: "retry", afterSeconds: 1 });
  const jobs = await startJobs({ ...deps, wireNow: () => new Date() });
  onTestFinished(() => jobs.stop());
  const authorId = await aResident(store.db, { telegramId: 7 });
  await tellSubmitted(store, await aReport(store.db, authorId));
  await messenger.reaches(2);
  expect(messenger.sent[1]).toEqual(messenger.sent[0]);
});

test("two processes never tell one chat at once, and every message is told once and in order", async () => {
  const first = await freshStore("postgres", { jobs: true });
  onTestFinished(() => first.close());
  const second = await openStore(first.database, quietLog, { jobs: true });
  onTestFinished(() => second.close());
  const { deps, messenger } = aDelivery(first);
  const busy = new Set<number>();
  const overlaps: number[] = [];
  const send: typeof deps.send = async (outgoing) => {
    if (busy.has(outgoing.chatId)) overlaps.push(outgoing.chatId);
    busy.add(outgoing.chatId);
    await new Promise((resolve) => setImmediate(resolve));
    const sent = await messenger.send(outgoing);
    busy.delete(outgoing.chatId);
    return sent;
  };
  for (const store of [first, second]) {
    const jobs = await startJobs({ ...deps, store, send, wireNow: () => new Date() });
    onTestFinished(() => jobs.stop());
  }
  const people = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const authors = await Promise.all(people.map((telegramId) => aResident(first.db, { telegramId })));
  // As many as a person may be told in one go, so that only the bot's own rate is waited for.
  const rounds = 4;
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(
      authors.map(async (authorId, index) => {
        const store = (round + index) % 2 === 0 ? first : second;
        await tellSubmitted(store, await aReport(store.db, authorId));
      }),
    );
  }
  await messenger.reaches(rounds * people.length);
  expect(overlaps).toEqual([]);
  for (const chatId of people) {
    const numbers = messenger.sent
      .filter((outgoing) => outgoing.chatId === chatId)
      .map(({ message }) => Number(/№ (\d+)/.exec(message.text.text)?.[1]));
    expect(numbers).toHaveLength(rounds);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
});

test("a chat that is told for long keeps those fetched with it from nothing that comes afterwards", async () => {
  const store = await freshStore("postgres", { jobs: true });
  onTestFinished(() => store.close());
  const [slow, quick] = [await aResident(store.db, { telegramId: 7 }), await aResident(store.db, { telegramId: 8 })];
  for (const authorId of [slow, quick]) await tellSubmitted(store, await aReport(store.db, authorId));
  const { deps, messenger } = aDelivery(store);
  const released = Promise.withResolvers<void>();
  const send: typeof deps.send = async (outgoing) => {
    if (outgoing.chatId === 7) await released.promise;
    return messenger.send(outgoing);
  };
  const completed = Promise.withResolvers<void>();
  const complete: Store["boss"]["complete"] = async (...args) => {
    const done = await store.boss.complete(...args);
    completed.resolve();
    return done;
  };
  const jobs = await startJobs({ ...deps, store: withBoss(store, { complete }), send, isHurried: true });
  onTestFinished(() => jobs.stop());
  onTestFinished(() => released.resolve());
  await completed.promise;
  await tellSubmitted(store, await aReport(store.db, quick));
  await messenger.reaches(2);
  expect(messenger.sent.map(({ chatId }) => chatId)).toEqual([8, 8]);
});

test("whoever loses its claim of a chat leaves the rest to the next look", async () => {
  const store = await freshStore("postgres", { jobs: true });
  onTestFinished(() => store.close());
  const authorId = await aResident(store.db, { telegramId: 7 });
  for (let left = 2; left > 0; left -= 1) await tellSubmitted(store, await aReport(store.db, authorId));
  const { deps, messenger } = aDelivery(store);
  const lost = new AbortController();
  let looks = 0;
  const toldIn: number[] = [];
  const work: Overridden["work"] = (queue, options, handler) =>
    store.boss.work(queue, options, (jobs) => {
      looks += 1;
      return handler(looks === 1 ? jobs.map((job) => ({ ...job, signal: lost.signal })) : jobs);
    });
  const send: typeof deps.send = (outgoing) => {
    toldIn.push(looks);
    lost.abort();
    return messenger.send(outgoing);
  };
  const jobs = await startJobs({ ...deps, store: withBoss(store, { work }), send, isHurried: true });
  onTestFinished(() => jobs.stop());
  await messenger.reaches(2);
  expect(toldIn[0]).toBe(1);
  expect(toldIn[1]).toBeGreaterThan(1);
});

test("stopping hands what Telegram put off to the other processes at once", async () => {
  const store = await freshStore("postgres", { jobs: true });
  onTestFinished(() => store.close());
  const { deps, messenger } = aDelivery(store);
  messenger.answer({ kind: "retry", afterSeconds: 3600 });
  const authorId = await aResident(store.db, { telegramId: 7 });
  await tellSubmitted(store, await aReport(store.db, authorId));
  const jobs = await startJobs({ ...deps, isHurried: true });
  await messenger.reaches(1);
  await removeWaitingJobs(store);
  await jobs.stop();
  expect(await waitingJobs(store)).toEqual(["7"]);
});

test("stopping finishes the message in hand, marks it, and leaves the next one waiting", async () => {
  const store = await freshStore("postgres", { jobs: true });
  onTestFinished(() => store.close());
  const { deps, messenger } = aDelivery(store);
  const authorId = await aResident(store.db, { telegramId: 7 });
  await tellSubmitted(store, await aReport(store.db, authorId));
  await tellSubmitted(store, await aReport(store.db, authorId));
  const inHand = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  messenger.answer(async () => {
    inHand.resolve();
    await released.promise;
    return { kind: "sent", messageId: 1 };
  });
  const jobs = await startJobs({ ...deps, isHurried: true });
  await inHand.promise;
  await removeWaitingJobs(store);
  const stopped = jobs.stop();
  released.resolve();
  await stopped;
  expect(messenger.sent).toHaveLength(1);
  expect(await statesOf(store)).toEqual(["sent", "waiting"]);
  expect(await waitingJobs(store)).toEqual(["7"]);
  // Another process, or the next start, goes on from there.
  await deliverChat({ ...deps, isHurried: true }, 7, new AbortController().signal);
  expect(await statesOf(store)).toEqual(["sent", "sent"]);
});
