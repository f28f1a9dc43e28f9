import { asc, sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { markAnswered } from "../../../src/actions/mark-reach.ts";
import { record } from "../../../src/actions/record.ts";
import { DELIVER_QUEUE } from "../../../src/store/enqueue.ts";
import type { Store } from "../../../src/store/open.ts";
import { untypedRows } from "../../../src/store/raw.ts";
import { events, grants, notices } from "../../../src/store/schema/index.ts";
import { aGroup, tellAssigned, tellSubmitted } from "../../support/delivery.ts";
import { city } from "../../support/notices.ts";
import { aReport, aResident, NOON } from "../../support/people.ts";
import { freshStore, STORE_KINDS } from "../../support/store.ts";

const open = async (kind: Store["kind"]): Promise<Store> => {
  const store = await freshStore(kind);
  onTestFinished(() => store.close());
  return store;
};

const noticesOf = (store: Store) =>
  store.db
    .select({ kind: notices.kind, chatId: notices.chatId, dueAt: notices.dueAt })
    .from(notices)
    .orderBy(asc(notices.id));

const wokenChats = async (store: Store): Promise<unknown[]> =>
  untypedRows(store.db, sql`select singleton_key as chat from pgboss.job where name = 'deliver' order by 1`);

// Whoever needs the embedded database first makes its template, which takes long on a busy machine.
const SLOW = { timeout: 90_000 };

describe.each(STORE_KINDS)("a fact on %s", SLOW, (kind) => {
  test("is written with its notices and the wake-up of their chats, in one transaction", async () => {
    const store = await open(kind);
    const authorId = await aResident(store.db, { telegramId: 7 });
    await aGroup(store, -100, authorId);
    await tellSubmitted(store, await aReport(store.db, authorId));
    expect(await noticesOf(store)).toEqual([
      { kind: "received", chatId: 7, dueAt: NOON },
      { kind: "queue_card", chatId: -100, dueAt: NOON },
    ]);
    expect(await wokenChats(store)).toEqual([{ chat: "-100" }, { chat: "7" }]);
    expect(await store.db.select({ kind: events.kind }).from(events)).toEqual([{ kind: "submitted" }]);
  });

  test("that its actor is answered on the spot wakes their chat only after the answer", async () => {
    const store = await open(kind);
    const authorId = await aResident(store.db, { telegramId: 7 });
    await aGroup(store, -100, authorId);
    const report = await aReport(store.db, authorId);
    const fact = { report, actorId: authorId, actorRole: "author", kind: "submitted", data: {} } as const;
    await store.db.transaction((tx) => record(tx, { store, city }, fact, NOON));
    expect(await wokenChats(store)).toEqual([{ chat: "-100" }]);
    await markAnswered({ store }, 7);
    expect(await wokenChats(store)).toEqual([{ chat: "-100" }, { chat: "7" }]);
  });

  test("that is rolled back leaves no event, no notice and no job", async () => {
    const store = await open(kind);
    const authorId = await aResident(store.db, { telegramId: 7 });
    const report = await aReport(store.db, authorId);
    const fact = { report, actorId: authorId, actorRole: "author", kind: "submitted", data: {} } as const;
    const failing = store.db.transaction(async (tx) => {
      await record(tx, { store, city }, fact, NOON);
      throw new Error("the action failed afterwards");
    });
    await expect(failing).rejects.toThrow("the action failed afterwards");
    expect(await noticesOf(store)).toEqual([]);
    expect(await wokenChats(store)).toEqual([]);
    expect(await store.db.$count(events)).toBe(0);
  });

  test("told twice for the same version is said once", async () => {
    const store = await open(kind);
    const authorId = await aResident(store.db, { telegramId: 7 });
    const report = await aReport(store.db, authorId);
    await tellSubmitted(store, report);
    await tellSubmitted(store, report);
    expect(await noticesOf(store)).toHaveLength(1);
  });
});

describe("who hears of a new report", () => {
  const editorsTold = async (store: Store): Promise<number[]> => {
    const told = await noticesOf(store);
    return told.filter(({ kind }) => kind === "queue_card").map(({ chatId }) => chatId);
  };

  test("groups bound to its district or to all, and no other", async () => {
    const store = await open("postgres");
    const authorId = await aResident(store.db, { telegramId: 7 });
    await aResident(store.db, { telegramId: 8, role: "editor" });
    await aGroup(store, -100, authorId);
    await aGroup(store, -200, authorId, ["kuntsevo", "ramenki"]);
    await aGroup(store, -300, authorId, ["ramenki"]);
    await tellSubmitted(store, await aReport(store.db, authorId));
    expect((await editorsTold(store)).toSorted((a, b) => a - b)).toEqual([-200, -100]);
  });

  test("every editor and admin in private where no group covers the district, each once", async () => {
    const store = await open("postgres");
    const authorId = await aResident(store.db, { telegramId: 7 });
    const both = await aResident(store.db, { telegramId: 8, role: "editor" });
    await aResident(store.db, { telegramId: 9, role: "admin" });
    await aResident(store.db, { telegramId: 10, role: "inspector" });
    await store.db.insert(grants).values({ residentId: both, role: "admin", grantedAt: NOON });
    await aGroup(store, -300, authorId, ["ramenki"]);
    await tellSubmitted(store, await aReport(store.db, authorId));
    expect((await editorsTold(store)).toSorted((a, b) => a - b)).toEqual([8, 9]);
  });

  test("a decision goes to whoever holds the card, even if the group has been bound elsewhere since", async () => {
    const store = await open("postgres");
    const authorId = await aResident(store.db, { telegramId: 7 });
    const editorId = await aResident(store.db, { telegramId: 8, role: "editor" });
    const report = await aReport(store.db, authorId);
    await tellSubmitted(store, report);
    await aGroup(store, -100, authorId);
    await tellAssigned(store, report, editorId);
    const decided = (await noticesOf(store)).filter((notice) => notice.kind === "queue_decided");
    expect(decided.map(({ chatId }) => chatId)).toEqual([8]);
  });

  test("a report whose author was erased still reaches the editors", async () => {
    const store = await open("postgres");
    const editorId = await aResident(store.db, { telegramId: 8, role: "editor" });
    await tellSubmitted(store, await aReport(store.db, editorId, { authorId: null }));
    expect(await noticesOf(store)).toMatchObject([{ kind: "queue_card", chatId: 8 }]);
  });
});

test("a chat is looked at after the fact is committed, even if a job for it was waiting and ran just before", async () => {
  const store = await open("postgres");
  const authorId = await aResident(store.db, { telegramId: 7 });
  await tellSubmitted(store, await aReport(store.db, authorId));
  const second = await aReport(store.db, authorId);
  await store.db.transaction(async (tx) => {
    const fact = { report: second, actorId: null, actorRole: "clock", kind: "submitted", data: {} } as const;
    await record(tx, { store, city }, fact, NOON);
    // A worker elsewhere looks for work now, and would see only what is committed.
    for (const { id } of await store.boss.fetch(DELIVER_QUEUE)) await store.boss.complete(DELIVER_QUEUE, id);
  });
  expect(await store.boss.fetch(DELIVER_QUEUE)).toMatchObject([{ data: { chatId: 7 } }]);
});
