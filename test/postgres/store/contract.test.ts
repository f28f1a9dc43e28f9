/** What both databases promise; the rest of the program does not know which of them it has. */
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { emptyDraft, type Draft } from "../../../src/form/draft.ts";
import { DELIVER_QUEUE } from "../../../src/store/enqueue.ts";
import { at, rows, timestamp, wholeNumber } from "../../../src/store/raw.ts";
import { chats } from "../../../src/store/schema/chats.ts";
import { drafts } from "../../../src/store/schema/drafts.ts";
import { events } from "../../../src/store/schema/events.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { photos, reports } from "../../../src/store/schema/reports.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { grants, invitations } from "../../../src/store/schema/staff.ts";
import { claimReport, saveReport } from "../../../src/store/writes/reports.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, STORE_KINDS, type FreshStore } from "../../support/store.ts";

/** Postgres's own word for what it refused; the messages around it repeat the parameters. */
const refusalOf = async (work: PromiseLike<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const { constraint, constraint_name: name, code } = cause as Record<string, unknown>;
    return constraint ?? name ?? code;
  }
  return "nothing refused";
};

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
    const row = { residentId, draftId: randomUUID(), version: 1, content, updatedAt: moment };
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

  test("needs nothing to wake nobody", async () => {
    const jobs = await wakesOf();
    await store.db.transaction((tx) => store.wakeChats(tx, []));
    expect(await wakesOf()).toEqual(jobs);
  });

  test("raises a report's version with every change, and refuses a change of an older one", async () => {
    const read = await aReport(store.db, authorId);
    const saved = await store.db.transaction((tx) => saveReport(tx, read, { description: "Стало хуже прежнего" }));
    expect(saved).toEqual({ ...read, version: 2, description: "Стало хуже прежнего" });
    await expect(store.db.transaction((tx) => saveReport(tx, read, { description: "Поздно пришло" }))).rejects.toThrow(
      `Report ${read.id} is not at version 1`,
    );
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
      () => store.db.execute(sql`truncate events`),
      () => store.db.execute(sql`truncate residents cascade`),
    ];
    for (const attempt of attempts) expect(await refusalOf(attempt())).toBe("23001");
    expect(await store.db.select().from(events)).toEqual([{ ...event, id: expect.any(Number), reportId: null }]);
  });

  const point = { lat: 55.7, lon: 37.4 };
  const nonsense: Record<string, (report: Promise<number>) => PromiseLike<unknown>> = {
    reports_status: () => aReport(store.db, authorId, { status: "lost" as "closed", dueAt: null }),
    reports_outcome: () =>
      aReport(store.db, authorId, { status: "closed", outcome: "fixed" as "confirmed", dueAt: null }),
    reports_closed_has_outcome: () => aReport(store.db, authorId, { status: "closed", dueAt: null }),
    reports_owed_has_date: () => aReport(store.db, authorId, { dueAt: null }),
    reports_passed_on_has_agency: () => aReport(store.db, authorId, { status: "assigned", assignedAt: NOON }),
    reports_point: () => aReport(store.db, authorId, { ...point, lat: 155.7 }),
    reports_version: () => aReport(store.db, authorId, { version: 0 }),
    photos_position: async (reportId) =>
      store.db
        .insert(photos)
        .values({ reportId: await reportId, position: 10, fileId: "f", fileUniqueId: "u", isDocument: false }),
    residents_telegram_id: () => aResident(store.db, { telegramId: -5 }),
    residents_consent: () => store.db.insert(residents).values({ locale: "ru", consentVersion: 1, createdAt: NOON }),
    grants_role: () => aResident(store.db, { role: "mayor" as "admin" }),
    grants_agency: () => aResident(store.db, { role: "officer" }),
    invitations_hash: () => store.db.insert(invitations).values({ ...invitation(), tokenHash: "the token itself" }),
    invitations_role: () => store.db.insert(invitations).values({ ...invitation(), role: "mayor" as "admin" }),
    invitations_agency: () => store.db.insert(invitations).values({ ...invitation(), agencyId: "lighting" }),
    invitations_expires: () => store.db.insert(invitations).values({ ...invitation(), expiresAt: NOON }),
    invitations_used: () => store.db.insert(invitations).values({ ...invitation(), usedById: authorId }),
    chats_purpose: () => store.db.insert(chats).values({ ...chat(), purpose: "fun" as "editors" }),
    chats_group: () => store.db.insert(chats).values({ ...chat(), chatId: 5 }),
    chats_agency: () => store.db.insert(chats).values({ ...chat(), agencyId: "lighting" }),
    notices_state: () => store.db.insert(notices).values({ ...notice(), state: "lost" as "sent", settledAt: NOON }),
    notices_settled: () => store.db.insert(notices).values({ ...notice(), state: "sent" }),
  };
  const invitation = () => ({
    tokenHash: randomUUID().replaceAll("-", "").repeat(2),
    role: "editor" as const,
    createdById: authorId,
    createdAt: NOON,
    expiresAt: hoursAfter(NOON, 48),
  });
  const chat = () => ({
    chatId: -7,
    purpose: "editors" as const,
    districtIds: [],
    locale: "ru",
    boundById: authorId,
    boundAt: NOON,
  });
  const notice = () => ({
    dedupeKey: randomUUID(),
    chatId: 5,
    kind: "received",
    params: {},
    createdAt: NOON,
    dueAt: NOON,
  });

  test.each(Object.entries(nonsense))("refuses nonsense: %s", async (constraint, write) => {
    const report = aReport(store.db, authorId).then(({ id }) => id);
    expect(await refusalOf(write(report))).toBe(constraint);
  });

  test("names every CHECK of the schema in a test", async () => {
    const checks = await rows(
      store.db,
      z.object({ name: z.string() }),
      sql`select conname as name from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`,
    );
    expect(Object.keys(nonsense).toSorted()).toEqual(checks.map(({ name }) => name).toSorted());
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
