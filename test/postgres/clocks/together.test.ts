/** Many processes and long outages: whoever comes, and however late, each thing happens once and in its order. */
import { asc, isNotNull } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { tickDue } from "../../../src/jobs/tick-due.ts";
import { createLog } from "../../../src/log.ts";
import { DIGEST_KINDS } from "../../../src/report/digest.ts";
import { openStore, type Store } from "../../../src/store/open.ts";
import { events, reports } from "../../../src/store/schema/index.ts";
import { addDigests } from "../../../src/store/writes/digests.ts";
import { aCast, aPublished, aTicking, at, endOf, toldTo } from "../../support/clocks.ts";
import { aGroup } from "../../support/delivery.ts";
import { city } from "../../support/notices.ts";
import { freshStore, quietLog } from "../../support/store.ts";

const PROCESSES = 10;
const EACH = 6;

/** Ten hours after the last moment at which anything below is due. */
const AFTER = at("2026-07-28T10:00");

/** As many reports of each sort, all of one district and agency: everything that is said goes to the same chats. */
const aNightsWork = async (store: Store): Promise<void> => {
  const { author, follower, officer } = await aCast(store);
  // Groups have negative numbers: they are woken before people, and after them where a second fact follows in one breath.
  await aGroup(store, -100, author);
  for (let i = 0; i < EACH; i += 1) {
    await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-22") });
    await aTicking(store, follower, { status: "planned", dueAt: endOf("2026-07-27") });
    await aTicking(store, author, {
      status: "needs_info",
      returnsTo: "assigned",
      pausedAt: at("2026-07-24T12:00"),
      dueAt: endOf("2026-07-27"),
      handlingDueAt: endOf("2026-07-23"),
    });
    await aTicking(store, follower, { status: "answered", dueAt: endOf("2026-07-27") });
    await aPublished(store, author, officer, at("2026-07-17T12:00"), endOf("2026-07-27"));
  }
  await addDigests(store.db, new Map(DIGEST_KINDS.map((kind) => [kind, at("2026-07-28T09:00")])));
};

/** What was recorded, report by report and in its order, without the moment at which somebody came. */
const lifeOf = async (store: Store): Promise<string[]> => {
  const rows = await store.db.select().from(events).where(isNotNull(events.reportId)).orderBy(asc(events.id));
  const lines = rows.map(({ reportId, kind, data }) => ({
    reportId,
    line: `${reportId} ${kind} ${JSON.stringify(data)}`,
  }));
  return lines.toSorted((a, b) => Number(a.reportId) - Number(b.reportId)).map(({ line }) => line);
};

const sweep = (store: Store, now: Date, log = quietLog): Promise<void> =>
  tickDue({ store, city, log, signal: new AbortController().signal }, now);

/** How every report stands; when it came there is all that may differ. */
const standingOf = (store: Store) =>
  store.db
    .select({
      id: reports.id,
      status: reports.status,
      outcome: reports.outcome,
      dueAt: reports.dueAt,
      handlingDueAt: reports.handlingDueAt,
      nextTickAt: reports.nextTickAt,
    })
    .from(reports)
    .orderBy(asc(reports.id));

test("ten hours without the program change nothing but the hour: the same is recorded, and every date is the same", async () => {
  const [inTime, late] = [await freshStore("postgres"), await freshStore("postgres")];
  onTestFinished(async () => void (await Promise.all([inTime.close(), late.close()])));
  await aNightsWork(inTime);
  await aNightsWork(late);
  for (const moment of [endOf("2026-07-27"), at("2026-07-28T09:00"), AFTER]) await sweep(inTime, moment);
  await sweep(late, AFTER);
  expect(await lifeOf(late)).toEqual(await lifeOf(inTime));
  expect(await standingOf(late)).toEqual(await standingOf(inTime));
  expect((await toldTo(late)).toSorted()).toEqual((await toldTo(inTime)).toSorted());
}, 60_000);

test("ten processes do a night's work together: each thing once, as one alone would, and nobody stumbles over another", async () => {
  const alone = await freshStore("postgres");
  onTestFinished(() => alone.close());
  await aNightsWork(alone);
  await sweep(alone, AFTER);

  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  await aNightsWork(store);
  const lines: string[] = [];
  const log = createLog("warn", { write: (line) => lines.push(line) });
  const processes = await Promise.all(
    Array.from({ length: PROCESSES }, () => openStore(store.database, quietLog, { jobs: false })),
  );
  onTestFinished(async () => void (await Promise.all(processes.map((one) => one.close()))));
  await Promise.all(processes.map((one) => sweep(one, AFTER, log)));

  expect(lines).toEqual([]);
  expect(await lifeOf(store)).toEqual(await lifeOf(alone));
  expect(await standingOf(store)).toEqual(await standingOf(alone));
  expect((await toldTo(store)).toSorted()).toEqual((await toldTo(alone)).toSorted());
  const waiting = await store.db.select().from(reports).where(isNotNull(reports.nextTickAt));
  for (const { nextTickAt } of waiting) expect(nextTickAt?.getTime()).toBeGreaterThan(AFTER.getTime());
}, 60_000);
