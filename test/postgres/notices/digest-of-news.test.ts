/** Whoever asked for a digest reads their news once a day, in order, and what needs them at once. */
import { and, eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { record } from "../../../src/actions/record.ts";
import { setDigest } from "../../../src/actions/set-digest.ts";
import { setQuietHours } from "../../../src/actions/set-quiet-hours.ts";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import type { EventData, EventKind } from "../../../src/report/event.ts";
import type { Store } from "../../../src/store/open.ts";
import { notices, reports, type ReportRow } from "../../../src/store/schema/index.ts";
import { dropUnsent } from "../../../src/store/writes/notices.ts";
import { aCast, AGENCY, at } from "../../support/clocks.ts";
import { aDelivery, tellAssigned } from "../../support/delivery.ts";
import { city, eightDays } from "../../support/notices.ts";
import { aReport } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

const AUTHOR = 1;
const NOON = at("2026-07-20T12:00");
const MORNING = at("2026-07-21T09:00");
const never = new AbortController().signal;

const aTown = async () => {
  const store: Store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const { author, editor } = await aCast(store);
  const { deps, messenger, clock } = aDelivery(store);
  const town = { store, city };
  return {
    store,
    town,
    author,
    choose: (wantsDigest: boolean, now = NOON) => setDigest(town, { residentId: author, wantsDigest }, now),
    assign: async (now = NOON) => tellAssigned(store, await aReport(store.db, author), editor, now),
    /** Lets the report go on to this status, and tells so. */
    move: async <Kind extends EventKind>(
      report: ReportRow,
      change: Partial<ReportRow>,
      kind: Kind,
      data: EventData[Kind],
      now = NOON,
    ): Promise<ReportRow> => {
      const set = { ...change, version: report.version + 1 };
      const [moved] = await store.db.update(reports).set(set).where(eq(reports.id, report.id)).returning();
      if (moved === undefined) throw new Error("The report is gone");
      const fact = { report: moved, actorId: null, actorRole: "clock", kind, data } as const;
      await store.db.transaction((tx) => record(tx, town, fact, now));
      return moved;
    },
    read: async (now: Date): Promise<string[]> => {
      clock.moveTo(now);
      await deliverChat(deps, AUTHOR, never);
      return messenger.sent.splice(0).map(({ message }) => message.text.text);
    },
    waiting: () => store.db.$count(notices, and(eq(notices.chatId, AUTHOR), eq(notices.state, "waiting"))),
  };
};

const reopened = { cycle: 2, agencyId: AGENCY, reason: "Фонарь так и не горит", due: eightDays };

test("a day's news is read next morning in one message, in order, and nothing of it before", async () => {
  const { choose, assign, read, move } = await aTown();
  await choose(true);
  const [first, second] = [await assign(), await assign(at("2026-07-20T23:30"))];
  const dates = { from: "2026-07-24", to: "2026-08-10", reason: "Ждём опору", count: 1 };
  await move(first, { status: "planned" }, "postponed", { answerId: 1, agencyId: AGENCY, ...dates }, NOON);
  expect(await read(at("2026-07-21T08:59"))).toEqual([]);
  const [digest, ...more] = await read(MORNING);
  expect(more).toEqual([]);
  expect(digest?.split("\n\n").map((paragraph) => paragraph.match(/№ (\d+)/)?.[1])).toEqual([
    undefined,
    String(first.id),
    String(second.id),
    String(first.id),
  ]);
});

test("what needs them is told at once, and what they do not know of that report yet comes before it", async () => {
  const { choose, assign, read, move } = await aTown();
  await choose(true);
  const [other, report] = [await assign(), await assign()];
  const again = await move(report, { cycle: 2 }, "reopened", reopened);
  expect(await read(NOON)).toEqual([]);
  const overdue = { due: "2026-07-20", escalatesOn: "2026-07-23" };
  await move(again, {}, "overdue", overdue, at("2026-07-20T15:00"));
  const [told, ...more] = await read(at("2026-07-20T15:00"));
  expect(more).toEqual([]);
  const story = told?.split("\n\n").map((paragraph) => paragraph.split(" ")[0]) ?? [];
  expect(story).toEqual(["📬", "🔧", "↩️", "⏰"]);
  expect(told).not.toContain(`№ ${other.id} `);
  // What is not of that report waits on.
  expect((await read(MORNING)).join("")).toContain(`№ ${other.id} `);
});

test("what waits for the morning follows the choice, whichever way, and nothing is lost or told twice", async () => {
  const { choose, assign, read, waiting } = await aTown();
  const night = at("2026-07-20T23:00");
  const report = await assign(night);
  await choose(true, night);
  expect(await read(at("2026-07-21T08:00"))).toEqual([]);
  await choose(false, at("2026-07-21T08:30"));
  const [told, ...more] = await read(at("2026-07-21T08:30"));
  expect([told?.includes(`№ ${report.id} `), more]).toEqual([true, []]);
  expect(await read(MORNING)).toEqual([]);
  expect(await waiting()).toBe(0);
});

test("turned off at night, what waits comes when the night is over", async () => {
  const { choose, assign, read } = await aTown();
  await choose(true);
  await assign();
  await choose(false, at("2026-07-20T23:00"));
  expect(await read(at("2026-07-21T07:59"))).toEqual([]);
  expect(await read(at("2026-07-21T08:00"))).toHaveLength(1);
});

test("other quiet hours move the digest, and leave it one", async () => {
  const { author, town, choose, assign, read } = await aTown();
  await choose(true);
  await assign();
  await setQuietHours(town, { residentId: author, quiet: { from: 23, until: 10 } }, NOON);
  expect(await read(MORNING)).toEqual([]);
  expect(await read(at("2026-07-21T10:00"))).toHaveLength(1);
});

test("a decision taken back before the digest is not in it, and nobody is told of either", async () => {
  const { choose, assign, read, store, town } = await aTown();
  await choose(true);
  const report = await assign();
  await store.db.transaction((tx) => dropUnsent(tx, report, at("2026-07-20T12:03")));
  const undone = { ...report, version: report.version + 1 };
  await store.db.update(reports).set({ version: undone.version }).where(eq(reports.id, report.id));
  const fact = {
    report: undone,
    actorId: null,
    actorRole: "clock",
    kind: "undone",
    data: { kind: "assigned" },
  } as const;
  await store.db.transaction((tx) => record(tx, town, fact, at("2026-07-20T12:03")));
  expect(await read(at("2026-07-20T12:03"))).toEqual([]);
  expect(await read(MORNING)).toEqual([]);
});
