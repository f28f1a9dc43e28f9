/** What ends because nobody can be told anything in a chat: nothing of somebody who is back, and nothing of another chat. */
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { migrateChat } from "../../../src/actions/migrate-chat.ts";
import { rows, wholeNumber } from "../../../src/store/raw.ts";
import { notices } from "../../../src/store/schema/index.ts";
import { markBack, markBlocked } from "../../../src/store/writes/blocks.ts";
import { postponeNotices, settleNotices } from "../../../src/store/writes/notices.ts";
import { settleUnreachable } from "../../../src/store/writes/unreachable.ts";
import { aGroup, tellSubmitted } from "../../support/delivery.ts";
import { aReport, aResident, NOON } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

const [AUTHOR, GROUP, SUPERGROUP] = [7, -100, -1002];

const aTown = async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const authorId = await aResident(store.db, { telegramId: AUTHOR });
  await aGroup(store, GROUP, authorId);
  await tellSubmitted(store, await aReport(store.db, authorId));
  const noticesOf = (chatId: number) => store.db.select().from(notices).where(eq(notices.chatId, chatId));
  return {
    store,
    idsOf: async (chatId: number) => (await noticesOf(chatId)).map(({ id }) => id),
    states: async (chatId: number) => (await noticesOf(chatId)).map(({ state }) => state),
  };
};

test("what waits for a person who comes back at this very moment goes on waiting", async () => {
  const { store, idsOf, states } = await aTown();
  await markBlocked(store.db, AUTHOR, NOON);
  const ids = await idsOf(AUTHOR);
  let isSettled = false;
  const settling = await store.db.transaction(async (tx) => {
    await markBack(tx, AUTHOR);
    const settled = settleUnreachable(store.db, AUTHOR, ids, NOON).then(() => (isSettled = true));
    // It has either been done already or waits for this transaction.
    await vi.waitFor(async () => {
      const waiting = sql`select count(*) as size from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      const [locked] = await rows(store.db, z.object({ size: wholeNumber }), waiting);
      expect(isSettled || locked?.size === 1).toBe(true);
    });
    return { settled };
  });
  await settling.settled;
  expect(await states(AUTHOR)).toEqual(["waiting"]);
});

test("what waits for a person who is blocked ends as that", async () => {
  const { store, idsOf, states } = await aTown();
  await markBlocked(store.db, AUTHOR, NOON);
  await settleUnreachable(store.db, AUTHOR, await idsOf(AUTHOR), NOON);
  expect(await states(AUTHOR)).toEqual(["undeliverable"]);
});

test("what went to another chat meanwhile is neither dropped nor ended with the old one", async () => {
  const { store, idsOf, states } = await aTown();
  const ids = await idsOf(GROUP);
  await migrateChat({ store }, GROUP, SUPERGROUP);
  await settleNotices(store.db, ids, { state: "dropped" }, NOON, GROUP);
  await settleUnreachable(store.db, GROUP, ids, NOON);
  expect(await states(SUPERGROUP)).toEqual(["waiting"]);
});

test("what ended while it was put off stays as it ended", async () => {
  const { store, idsOf } = await aTown();
  const [id = 0] = await idsOf(AUTHOR);
  await settleNotices(store.db, [id], { state: "dropped" }, NOON);
  await postponeNotices(store.db, [{ id, attempts: 0 }], NOON, "too late");
  const [row] = await store.db.select().from(notices).where(eq(notices.id, id));
  expect(row).toMatchObject({ state: "dropped", attempts: 0, retryAt: null, failure: null });
});
