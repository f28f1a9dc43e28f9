import { asc, eq, isNotNull } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { createLog } from "../../../src/log.ts";
import { tickDue } from "../../../src/jobs/tick-due.ts";
import { openStore, type Store } from "../../../src/store/open.ts";
import { events, reports } from "../../../src/store/schema/index.ts";
import { aCast, aPublished, aTicking, at, clockEvents, endOf, reload, toldTo } from "../../support/clocks.ts";
import { city } from "../../support/notices.ts";
import { freshStore, quietLog } from "../../support/store.ts";

const open = async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  return store;
};

const sweep = (store: Store, now: Date, { log = quietLog, signal = new AbortController().signal } = {}) =>
  tickDue({ store, city, log, signal }, now);

describe("an outage of five days", () => {
  test("is worked off report by report, whoever was due first, and each in the order of its own moments", async () => {
    const store = await open();
    const { author, officer } = await aCast(store);
    // The program was away from 15 July, 12:00 to 20 July, 12:00.
    const moderation = await aTicking(store, author, { status: "submitted", dueAt: endOf("2026-07-16") });
    const missed = await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-15") });
    const soon = await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-20") });
    const question = await aTicking(store, author, {
      status: "needs_info",
      returnsTo: "assigned",
      pausedAt: at("2026-07-15T12:00"),
      dueAt: endOf("2026-07-18"),
      // Missed before the question was asked: it comes back late.
      handlingDueAt: endOf("2026-07-14"),
    });
    const check = await aPublished(store, author, officer, at("2026-07-15T12:00"), endOf("2026-07-25"));
    await sweep(store, at("2026-07-20T12:00"));
    const told = await store.db
      .select({ report: events.reportId, kind: events.kind })
      .from(events)
      .where(eq(events.actorRole, "clock"))
      .orderBy(asc(events.id));
    expect(told.map(({ report, kind }) => `${report} ${kind}`)).toEqual([
      `${missed.id} overdue`,
      `${check.id} check_reminder`,
      // A reminder that came too late to be one is not told: the question's and the first two of `soon`.
      `${question.id} wait_ended`,
      `${question.id} overdue`,
      `${moderation.id} moderation_late`,
      `${moderation.id} moderation_escalated`,
      `${soon.id} due_today`,
    ]);
    // Two working days were waited for, as promised; the outage gave and took nothing.
    expect(await reload(store, question)).toMatchObject({ status: "assigned", dueAt: endOf("2026-07-16") });
    const late = await store.db.select().from(reports).where(isNotNull(reports.nextTickAt));
    for (const { nextTickAt } of late) expect(nextTickAt?.getTime()).toBeGreaterThan(at("2026-07-20T12:00").getTime());
  });

  test("may leave more than one batch of reports, and two processes work it off together", async () => {
    const store = await open();
    const other = await openStore(store.database, quietLog, { jobs: false });
    onTestFinished(() => other.close());
    const { author } = await aCast(store);
    for (let i = 0; i < 230; i += 1) await aTicking(store, author, { status: "submitted", dueAt: endOf("2026-07-16") });
    await Promise.all([store, other].map((one) => sweep(one, endOf("2026-07-16"))));
    const told = await clockEvents(store);
    expect(told).toHaveLength(230);
    expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(["moderation_late"]));
  }, 60_000);
});

test("a report that cannot be ticked is told to the log and holds up nobody", async () => {
  const store = await open();
  const { author } = await aCast(store);
  // Published without an answer: no action can leave that behind.
  const publishedAt = at("2026-07-10T12:00");
  const broken = await aTicking(store, author, {
    status: "published",
    statusAt: publishedAt,
    publishedAt,
    dueAt: endOf("2026-07-20"),
  });
  await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-15") });
  const lines: string[] = [];
  const log = createLog("error", { write: (line) => lines.push(line) });
  await sweep(store, endOf("2026-07-15"), { log });
  expect(await toldTo(store)).toContain("overdue → 1");
  expect(lines.map((line) => JSON.parse(line) as { reportId: number })).toMatchObject([{ reportId: broken.id }]);
});

test("stopping ends it between two reports; the rest waits for whoever works next", async () => {
  const store = await open();
  const { author } = await aCast(store);
  await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-15") });
  const stopping = new AbortController();
  stopping.abort();
  await sweep(store, endOf("2026-07-15"), { signal: stopping.signal });
  expect(await clockEvents(store)).toEqual([]);
  await sweep(store, endOf("2026-07-15"));
  expect(await clockEvents(store)).toMatchObject([{ kind: "overdue" }]);
});
