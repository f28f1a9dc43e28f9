/** What both databases promise; the rest of the program does not know which of them it has. */
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { emptyDraft, type Draft } from "../../../src/form/draft.ts";
import { DELIVER_QUEUE, wakeChats } from "../../../src/store/enqueue.ts";
import type { Store } from "../../../src/store/open.ts";
import { at, rows, timestamp, wholeNumber } from "../../../src/store/raw.ts";
import { drafts } from "../../../src/store/schema/drafts.ts";
import { events } from "../../../src/store/schema/events.ts";
import { reports } from "../../../src/store/schema/reports.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { claimReport, saveReport } from "../../../src/store/writes/reports.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { refusalOf } from "../../support/refusal-of.ts";
import { freshStore, STORE_KINDS, type FreshStore } from "../../support/store.ts";

describe.each(STORE_KINDS)("the store on %s", (kind) => {
  let store: FreshStore;
  let authorId: number;
  beforeAll(async () => {
    store = await freshStore(kind);
    authorId = await aResident(store.db);
  });
  afterAll(() => store.close());

  const wakesOf = async (): Promise<unknown[]> => (await store.boss.findJobs(DELIVER_QUEUE)).map(({ data }) => data);

  test("is ready once it is open", async () => {
    expect(await store.ready()).toEqual({ database: true, migrations: true });
  });

  test("keeps dates to the millisecond, Telegram's longest ids and everything JSON can hold", async () => {
    const longest = 2 ** 52 - 1;
    const moment = new Date("2026-12-31T20:59:59.999Z");
    const residentId = await aResident(store.db, { telegramId: longest, name: "<b>«Ёж»</b> 🦔 '\\" });
    const content: Draft = {
      ...emptyDraft(0),
      topicId: "yard-light",
      place: { point: { lat: 55.7, lon: 37.123456789 }, address: "д. 1, «б»", districtId: "kuntsevo", source: "venue" },
      description: null,
      photos: [{ fileId: "f", fileUniqueId: "u", kind: "document" }],
      answers: { lamps: "all", dark_days: 3, danger: false },
    };
    const plain = { repairsId: null, intake: null };
    const row = { residentId, draftId: randomUUID(), version: 1, content, updatedAt: moment, ...plain };
    await store.db.insert(drafts).values(row);

    const [found] = await store.db
      .select({ draft: drafts, telegramId: residents.telegramId, name: residents.name })
      .from(drafts)
      .innerJoin(residents, eq(residents.id, drafts.residentId))
      .where(eq(drafts.residentId, residentId));
    expect(found).toEqual({ draft: row, telegramId: longest, name: "<b>«Ёж»</b> 🦔 '\\" });
  });

  test("answers raw SQL with the same rows, ids and moments", async () => {
    const shape = z.object({
      id: wholeNumber,
      count: wholeNumber,
      moment: timestamp,
      json: z.unknown(),
      none: z.null(),
    });
    const [row, ...more] = await rows(
      store.db,
      shape,
      sql`select ${2 ** 52}::bigint as id, count(*) as count, ${at(NOON)} as moment, '{"a":[1]}'::jsonb as json, null as none
          from residents where id = ${authorId}`,
    );
    expect(row).toEqual({ id: 2 ** 52, count: 1, moment: NOON, json: { a: [1] }, none: null });
    expect(more).toEqual([]);
  });

  test("refuses raw rows of another shape than was claimed", async () => {
    await expect(rows(store.db, z.object({ id: wholeNumber }), sql`select 'x' as id`)).rejects.toThrow(z.ZodError);
  });

  test("writes a job with the fact it follows", async () => {
    await store.db.transaction(async (tx) => {
      await aResident(tx, { telegramId: 501 });
      await store.wakeChats(tx, [501, -1001, 501]);
    });
    expect(await wakesOf()).toEqual(expect.arrayContaining([{ chatId: 501 }, { chatId: -1001 }]));
  });

  test("forgets a job with the fact that did not come about", async () => {
    const jobs = await wakesOf();
    const undone = store.db.transaction(async (tx) => {
      await aResident(tx, { telegramId: 502 });
      await store.wakeChats(tx, [502, 503]);
      throw new Error("the rest of the act failed");
    });
    await expect(undone).rejects.toThrow("the rest of the act failed");
    expect(await wakesOf()).toEqual(jobs);
    expect(await store.db.select().from(residents).where(eq(residents.telegramId, 502))).toEqual([]);
  });

  test("wakes a chat once, however often it is asked", async () => {
    for (let i = 0; i < 3; i++) await store.db.transaction((tx) => store.wakeChats(tx, [504]));
    expect((await store.boss.findJobs(DELIVER_QUEUE, { key: "504" })).length).toBe(1);
  });

  test("wakes a chat now, although its job was to be tried again only later", async () => {
    await store.db.transaction((tx) => store.wakeChats(tx, [505]));
    const job = sql`pgboss.job where name = ${DELIVER_QUEUE} and singleton_key = '505'`;
    await store.db.execute(sql`update pgboss.job set state = 'retry', start_after = now() + interval '1 hour'
      where name = ${DELIVER_QUEUE} and singleton_key = '505'`);
    await store.db.transaction((tx) => store.wakeChats(tx, [505]));
    const due = await rows(
      store.db,
      z.object({ due: z.boolean() }),
      sql`select start_after <= now() as due from ${job}`,
    );
    expect(due).toEqual([{ due: true }]);
  });

  test("wakes a chat although the job in the way was taken at that very moment", async () => {
    const answers = [[], [], ["written"]];
    const upsert: Store["boss"]["upsert"] = () =>
      Promise.resolve({ jobs: answers.shift() ?? [], updated: 0, inserted: 0 });
    await store.db.transaction((tx) => wakeChats({ upsert }, tx, [506]));
    expect(answers).toEqual([]);
  });

  test("needs nothing to wake nobody", async () => {
    const jobs = await wakesOf();
    await store.db.transaction((tx) => store.wakeChats(tx, []));
    expect(await wakesOf()).toEqual(jobs);
  });

  test("raises a report's version with every change, and refuses a change of an older one", async () => {
    const read = await aReport(store.db, authorId);
    const later = hoursAfter(NOON, 1);
    const saved = await store.db.transaction((tx) =>
      saveReport(tx, read, { description: "Стало хуже прежнего" }, later),
    );
    expect(saved).toEqual({ ...read, version: 2, description: "Стало хуже прежнего", updatedAt: later });
    await expect(
      store.db.transaction((tx) => saveReport(tx, read, { description: "Поздно пришло" }, later)),
    ).rejects.toThrow(`Report ${read.id} is not at version 1`);
    expect(await store.db.transaction((tx) => claimReport(tx, read.id))).toEqual(saved);
  });

  test("knows no report that was never filed", async () => {
    expect(await store.db.transaction((tx) => claimReport(tx, 999_999))).toBeNull();
  });

  test("lets nobody change, delete or clear away an event", async () => {
    const event = { at: NOON, actorId: authorId, actorRole: "resident", kind: "consented", data: { version: 1 } };
    await store.db.insert(events).values(event);
    const attempts = [
      () => store.db.update(events).set({ kind: "rejected" }),
      () => store.db.delete(events).where(eq(events.actorId, authorId)),
      () => store.db.execute(sql`truncate events cascade`),
      () => store.db.execute(sql`truncate residents cascade`),
    ];
    for (const attempt of attempts) expect(await refusalOf(attempt())).toBe("23001");
    expect(await store.db.select().from(events)).toEqual([{ ...event, id: expect.any(Number), reportId: null }]);
  });

  test("gives a person each role once, and an ended one again", async () => {
    const residentId = await aResident(store.db, { role: "editor" });
    const again = { residentId, role: "editor" as const, grantedAt: NOON };
    expect(await refusalOf(store.db.insert(grants).values(again))).toBe("grants_current");
    await store.db.update(grants).set({ removedAt: NOON }).where(eq(grants.residentId, residentId));
    await store.db.insert(grants).values(again);
  });

  test("makes one report of a draft", async () => {
    const { draftId } = await aReport(store.db, authorId);
    expect(await refusalOf(aReport(store.db, authorId, { draftId }))).toBe("reports_draft_id");
    expect(await store.db.select().from(reports).where(eq(reports.draftId, draftId))).toHaveLength(1);
  });
});
