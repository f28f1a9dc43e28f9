/** What comes after `/forget`: words of nobody's that no editor ever passes, and what arrives at the same moment. */
import { eq, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { forgetPerson } from "../../../src/actions/forget-person.ts";
import { rejectReport } from "../../../src/actions/reject-report.ts";
import { beginRepair } from "../../../src/actions/repair-report.ts";
import { undoDecision } from "../../../src/actions/undo-decision.ts";
import { withdrawReport } from "../../../src/actions/withdraw-report.ts";
import { emptyDraft } from "../../../src/form/draft.ts";
import { rows } from "../../../src/store/raw.ts";
import { drafts } from "../../../src/store/schema/drafts.ts";
import { reports, type ReportRow } from "../../../src/store/schema/reports.ts";
import { addDraft } from "../../../src/store/writes/drafts.ts";
import { claimReport } from "../../../src/store/writes/reports.ts";
import { freshDeps, type FreshDeps } from "../../support/deps.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";

let deps: FreshDeps;
let authorId: number;
let editorId: number;
let operatorId: number;
const now = hoursAfter(NOON, 1);

beforeAll(async () => {
  deps = await freshDeps();
  editorId = await aResident(deps.store.db, { name: "Илья", role: "editor" });
  operatorId = await aResident(deps.store.db, { role: "operator" });
});
beforeEach(async () => {
  authorId = await aResident(deps.store.db, { name: "Мария" });
});
afterAll(() => deps.store.close());

const forget = () => forgetPerson(deps, { actorId: authorId, reportId: null }, now);
const stored = async (id: number) => (await deps.store.db.select().from(reports).where(eq(reports.id, id)))[0];
const reject = (reportId: number) =>
  rejectReport(deps, { actorId: editorId, reportId, version: null, reason: { words: "Не наш город" } }, now);

describe("a report of somebody who was forgotten", () => {
  const EMPTY = { description: "", publicText: null, answers: {}, address: null, lat: null, lon: null, before: null };

  test("keeps its words while an editor has to read them, and loses them with the rejection", async () => {
    const { id, description } = await aReport(deps.store.db, authorId, { answers: { lamps: "one" } });
    await forget();
    expect(await stored(id)).toMatchObject({ authorId: null, description, answers: { lamps: "one" } });
    expect(await reject(id)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ status: "rejected", topicId: "yard-light", ...EMPTY });
    // What is gone cannot come back.
    expect(await undoDecision(deps, { actorId: editorId }, now)).toMatchObject({ ok: false, why: "followed" });
  });

  test("loses them when an operator withdraws it", async () => {
    const { id } = await aReport(deps.store.db, authorId, { operatorId });
    await forgetPerson(deps, { actorId: operatorId, reportId: id }, now);
    const command = { actorId: operatorId, reportId: id, version: null };
    expect(await withdrawReport(deps, command, now)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ status: "withdrawn", ...EMPTY });
  });

  test("keeps them through a rejection where somebody is still its author", async () => {
    const { id, description } = await aReport(deps.store.db, authorId);
    await reject(id);
    expect(await stored(id)).toMatchObject({ status: "rejected", description });
  });
});

describe("a repair that is begun at the moment of /forget", () => {
  /** Until so many transactions of this database wait for a lock. */
  const waiting = (count: number) =>
    expect
      .poll(async () => {
        const asked = sql`select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        return (await rows(deps.store.db, z.object({ n: z.number() }), asked))[0]?.n;
      })
      .toBe(count);

  test.each(["author", "operator"] as const)("by the %s leaves no draft behind", async (who) => {
    const report: ReportRow = await aReport(deps.store.db, authorId, { status: "rejected", dueAt: null, operatorId });
    const residentId = who === "author" ? authorId : operatorId;
    const content = { ...emptyDraft(5000), description: "Сойкина пишет" };
    const draft = { residentId, draftId: randomUUID(), repairsId: report.id, content };
    // As the repair does it: the report locked, then the draft; in between the person is forgotten.
    let forgotten: ReturnType<typeof forget> | undefined;
    await deps.store.db.transaction(async (tx) => {
      await claimReport(tx, report.id);
      forgotten = who === "author" ? forget() : forgetPerson(deps, { actorId: operatorId, reportId: report.id }, now);
      await waiting(1);
      expect(await addDraft(tx, draft, now)).toBe(true);
    });
    expect(await forgotten).toEqual({ ok: true });
    expect(await deps.store.db.$count(drafts, eq(drafts.residentId, residentId))).toBe(0);
  });

  test("waits, where it replaces another draft, and then finds nobody's report", async () => {
    const { id } = await aReport(deps.store.db, authorId, { status: "rejected", dueAt: null });
    const other = { residentId: authorId, draftId: randomUUID(), repairsId: null, content: emptyDraft(5000) };
    await deps.store.db.transaction((tx) => addDraft(tx, other, now));
    const repair = { residentId: authorId, reportId: id, replace: true, turn: 6000 };
    const [begun] = await Promise.all([beginRepair(deps, repair, now), forget()]);
    expect([{ ok: true }, { ok: false, why: "not_allowed" }]).toContainEqual(begun);
    expect(await deps.store.db.$count(drafts, eq(drafts.residentId, authorId))).toBe(0);
  });
});
