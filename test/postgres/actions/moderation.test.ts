/** The two decisions of an editor: what they change, who may, and what happens when two want to at once. */
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { REASON_CHARACTERS } from "../../../src/actions/read-words.ts";
import { rejectReport } from "../../../src/actions/reject-report.ts";
import { type Store } from "../../../src/store/open.ts";
import { events } from "../../../src/store/schema/events.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { reports, type ReportRow } from "../../../src/store/schema/reports.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { freshDeps, openElsewhere, type FreshDeps } from "../../support/deps.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";

let deps: FreshDeps;
/** The same database, opened by another process. */
let elsewhere: Deps & { store: Store };
let authorId: number;
let ilyaId: number;
let olgaId: number;

beforeAll(async () => {
  deps = await freshDeps();
  elsewhere = await openElsewhere(deps);
  ilyaId = await aResident(deps.store.db, { name: "Илья", role: "editor" });
  olgaId = await aResident(deps.store.db, { name: "Ольга", role: "editor" });
});
beforeEach(async () => {
  authorId = await aResident(deps.store.db, { name: "Анна" });
});
afterAll(async () => {
  await elsewhere.store.close();
  await deps.store.close();
});

const stored = (id: number): Promise<ReportRow | undefined> =>
  deps.store.db.query.reports.findFirst({ where: eq(reports.id, id) });

const eventsOf = (reportId: number) =>
  deps.store.db.select().from(events).where(eq(events.reportId, reportId)).orderBy(asc(events.id));

/** The decisions they are told of; that their card is rewritten is not a message of its own. */
const decisionsTo = async (residentId: number): Promise<string[]> => {
  const told = await deps.store.db.select().from(notices).where(eq(notices.residentId, residentId)).orderBy(notices.id);
  return told.map(({ kind }) => kind).filter((kind) => kind !== "author_card");
};

const now = hoursAfter(NOON, 1);

describe("accepting", () => {
  test("sends the report to the agency routing names, due after the topic's working days, and tells its author", async () => {
    const report = await aReport(deps.store.db, authorId);
    const result = await assignReport(deps, { actorId: ilyaId, reportId: report.id, version: 1, agencyId: null }, now);

    // Eight working days after Wednesday the 15th of July, 24:00 in Moscow.
    const dueAt = new Date("2026-07-27T21:00:00.000Z");
    expect(deps.city.topics.get("yard-light")?.days).toEqual({ count: 8, kind: "working" });
    expect(result).toMatchObject({ ok: true, dueAt });
    expect(await stored(report.id)).toEqual({
      ...report,
      ...{ status: "assigned", version: 2, updatedAt: now, statusAt: now, assignedAt: now, moderatorId: ilyaId },
      // For as long as it may be taken back.
      before: expect.objectContaining({ status: "submitted" }),
      agencyId: deps.city.routes.get("yard-light")?.get("kuntsevo"),
      ...{ dueAt, handlingDueAt: dueAt, firstDueAt: dueAt, dayCount: 8 },
      // The first reminder, in the morning three days before.
      nextTickAt: new Date("2026-07-24T06:00:00.000Z"),
    });
    const [event] = await eventsOf(report.id);
    expect(event).toMatchObject({ kind: "assigned", actorId: ilyaId, actorRole: "editor", at: now });
    expect(event?.data).toMatchObject({ agencyId: "lighting", due: { dueAt: dueAt.toISOString() } });
    expect(await decisionsTo(authorId)).toEqual(["assigned"]);
  });

  test("sends it to another agency if the editor says so", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    const command = { actorId: ilyaId, reportId: id, version: null, agencyId: "housing-kuntsevo" };
    expect(await assignReport(deps, command, now)).toMatchObject({
      ok: true,
      report: { agencyId: "housing-kuntsevo" },
    });
  });

  test("refuses an agency the city does not have, and changes nothing", async () => {
    const report = await aReport(deps.store.db, authorId);
    const command = { actorId: ilyaId, reportId: report.id, version: 1, agencyId: "ministry" };
    expect(await assignReport(deps, command, now)).toEqual({ ok: false, why: "unknown_agency" });
    expect(await stored(report.id)).toEqual(report);
    expect(await eventsOf(report.id)).toEqual([]);
  });
});

describe("rejecting", () => {
  test("stops the clock of moderation, keeps the reason and tells the author", async () => {
    const report = await aReport(deps.store.db, authorId);
    const command = { actorId: ilyaId, reportId: report.id, version: 1, reason: { code: "wrong_place" } };
    expect(await rejectReport(deps, command, now)).toMatchObject({ ok: true, report: { status: "rejected" } });
    expect(await stored(report.id)).toEqual({
      ...report,
      ...{ status: "rejected", version: 2, updatedAt: now, statusAt: now, dueAt: null, moderatorId: ilyaId },
      // The end of the days in which it can be repaired or appealed.
      nextTickAt: new Date("2026-07-22T21:00:00.000Z"),
      before: expect.objectContaining({ status: "submitted" }),
    });
    expect((await eventsOf(report.id)).map(({ kind, data }) => ({ kind, data }))).toEqual([
      { kind: "rejected", data: { code: "wrong_place", words: null } },
    ]);
    expect(await decisionsTo(authorId)).toEqual(["rejected"]);
  });

  test("takes the editor's own words as they are, but for the spaces around them", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    const reason = { words: "  Это <b>частная</b> территория \n" };
    await rejectReport(deps, { actorId: ilyaId, reportId: id, version: 1, reason }, now);
    expect((await eventsOf(id))[0]?.data).toEqual({ code: null, words: "Это <b>частная</b> территория" });
  });

  test.each([
    [{ code: "mood" }, "reason_missing"],
    [{ words: " \n " }, "reason_missing"],
    [{ words: "щ".repeat(REASON_CHARACTERS + 1) }, "reason_too_long"],
  ])("refuses the reason %j", async (reason, why) => {
    const report = await aReport(deps.store.db, authorId);
    expect(await rejectReport(deps, { actorId: ilyaId, reportId: report.id, version: 1, reason }, now)).toEqual({
      ok: false,
      why,
    });
    expect(await stored(report.id)).toEqual(report);
  });
});

const acts = {
  accept: (by: Deps, actorId: number, reportId: number, version: number | null) =>
    assignReport(by, { actorId, reportId, version, agencyId: null }, now),
  reject: (by: Deps, actorId: number, reportId: number, version: number | null) =>
    rejectReport(by, { actorId, reportId, version, reason: { code: "unclear" } }, now),
};

describe.each(Object.entries(acts))("whoever wants to %s", (_name, act) => {
  test("and is nobody of the staff is refused", async () => {
    const report = await aReport(deps.store.db, authorId);
    for (const actorId of [
      authorId,
      await aResident(deps.store.db, { role: "officer", agencyId: "lighting" }),
      999_999,
    ]) {
      expect(await act(deps, actorId, report.id, 1)).toEqual({ ok: false, why: "not_allowed" });
    }
    expect(await stored(report.id)).toEqual(report);
    expect(await eventsOf(report.id)).toEqual([]);
  });

  test("and has lost the role is refused from that moment on", async () => {
    const report = await aReport(deps.store.db, authorId);
    const formerId = await aResident(deps.store.db, { role: "editor" });
    await deps.store.db.update(grants).set({ removedAt: NOON }).where(eq(grants.residentId, formerId));
    expect(await act(deps, formerId, report.id, 1)).toEqual({ ok: false, why: "not_allowed" });
    expect(await stored(report.id)).toEqual(report);
  });

  test("names a report that does not exist is told so", async () => {
    expect(await act(deps, ilyaId, 999_999, null)).toEqual({ ok: false, why: "not_found" });
  });

  test("presses a card from before a change learns that it is old", async () => {
    const report = await aReport(deps.store.db, authorId, { version: 3 });
    expect(await act(deps, ilyaId, report.id, 2)).toEqual({
      ok: false,
      why: "decided",
      status: "submitted",
      by: null,
      kind: null,
      at: NOON,
      isOldCard: true,
    });
    expect(await stored(report.id)).toEqual(report);
  });

  test("presses twice does it once and learns that it was they", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    const results = [await act(deps, ilyaId, id, 1), await act(deps, ilyaId, id, 1)];
    expect(results).toMatchObject([
      { ok: true },
      { ok: false, why: "decided", by: { name: "Илья", role: "editor" }, at: now },
    ]);
    expect(await eventsOf(id)).toHaveLength(1);
    expect(await decisionsTo(authorId)).toHaveLength(1);
  });
});

describe("two editors at once, each through a process of their own", () => {
  const pairs = Object.entries(acts).flatMap(([mine, first]) =>
    Object.entries(acts).map(([theirs, second]) => [mine, theirs, first, second] as const),
  );

  test.each(pairs)("%s against %s: one wins, the other learns who and what", async (_mine, _theirs, first, second) => {
    for (let round = 0; round < 10; round++) {
      const residentId = await aResident(deps.store.db);
      const { id } = await aReport(deps.store.db, residentId);
      const [ilyas, olgas] = await Promise.all([first(deps, ilyaId, id, 1), second(elsewhere, olgaId, id, 1)]);

      expect([ilyas.ok, olgas.ok].filter(Boolean)).toHaveLength(1);
      const [winner, won, lost] = ilyas.ok ? ["Илья", ilyas, olgas] : ["Ольга", olgas, ilyas];
      if (!won.ok) throw new Error("Nobody won");
      expect(lost).toEqual({
        ok: false,
        why: "decided",
        status: won.report.status,
        by: { name: winner, role: "editor" },
        kind: won.report.status,
        at: now,
      });
      expect(await stored(id)).toEqual(won.report);
      expect(await eventsOf(id)).toHaveLength(1);
      expect(await decisionsTo(residentId)).toHaveLength(1);
    }
  });
});

test("an act that fails in the middle leaves no trace", async () => {
  const report = await aReport(deps.store.db, authorId);
  const store: Store = { ...deps.store, wakeChats: () => Promise.reject(new Error("the queue is gone")) };
  const command = { actorId: ilyaId, reportId: report.id, version: 1, agencyId: null };
  await expect(assignReport({ ...deps, store }, command, now)).rejects.toThrow("the queue is gone");
  expect(await stored(report.id)).toEqual(report);
  expect(await eventsOf(report.id)).toEqual([]);
  expect(await decisionsTo(authorId)).toEqual([]);
});
