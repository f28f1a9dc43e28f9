/** Random lives: whoever does whatever whenever, a report never gets where it must not, and never where nobody can help it. */
import { count, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deps } from "../../../src/actions/deps.ts";
import { followReport } from "../../../src/actions/follow-report.ts";
import { tickReport } from "../../../src/actions/tick-report.ts";
import { undoDecision } from "../../../src/actions/undo-decision.ts";
import { cityDate } from "../../../src/city/city-time.ts";
import { MOST_POSTPONEMENTS } from "../../../src/report/answer.ts";
import { LAST_CYCLE } from "../../../src/report/dispute.ts";
import { MOST_REPAIRS } from "../../../src/report/repair.ts";
import { ACT_NAMES, actsFrom, ruleOfAct, STATUS_NAMES, STATUSES, type Act } from "../../../src/report/status.ts";
import type { Db } from "../../../src/store/open.ts";
import { events, reports, type ReportRow } from "../../../src/store/schema/index.ts";
import { PERFORM, requestDate, type Done } from "../../support/acts.ts";
import { ACTORS, aNewReport, roleOf, startLives, toDoing, type ActorName, type Cast } from "../../support/life.ts";
import { aResident, hoursAfter, NOON } from "../../support/people.ts";
import { inVain } from "../../support/snapshot.ts";
import type { FreshStore } from "../../support/store.ts";

let store: FreshStore;
let deps: Deps;
let people: Cast;
let originalId: number;

beforeAll(async () => {
  ({ store, deps, cast: people, originalId } = await startLives());
});
afterAll(() => store.close());

/** Where a report may rest for ever. */
const RESTS = STATUS_NAMES.filter((status) => STATUSES[status].owes === null);

describe("the table alone", () => {
  test("has no status that nobody and no clock can leave but merged, withdrawn, closed and a lapsed rejected", () => {
    const leaves = (act: Act): boolean => ruleOfAct(act).by.length > 0;
    const stuck = STATUS_NAMES.filter((status) => !actsFrom(status, ...ruleRoles).some(leaves));
    expect(stuck).toEqual(["withdrawn"]);
    expect(RESTS).toEqual(["rejected", "merged", "withdrawn", "closed"]);
    for (const status of STATUS_NAMES) {
      const onward = actsFrom(status, ...ruleRoles).flatMap((act) => ruleOfAct(act).to);
      if (!RESTS.includes(status))
        expect(
          onward.some((to) => to !== status),
          status,
        ).toBe(true);
    }
  });

  test("leads to every status, and from every status to one where it may rest", () => {
    const onwardFrom = (from: string) =>
      ACT_NAMES.map(ruleOfAct).flatMap((rule) => (rule.from.some((s) => s === from) ? rule.to : []));
    const reach = (start: string): Set<string> => {
      const seen = new Set([start]);
      for (const status of seen) for (const to of onwardFrom(status)) seen.add(to);
      return seen;
    };
    expect([...reach("submitted")].toSorted()).toEqual([...STATUS_NAMES].toSorted());
    for (const status of STATUS_NAMES)
      expect(
        RESTS.some((rest) => reach(status).has(rest)),
        status,
      ).toBe(true);
  });
});
const ruleRoles = [...new Set(ACT_NAMES.flatMap((act) => ruleOfAct(act).by))];

/** What happens next: something the table allows, an attempt of anybody at anything, a decision taken back, or time. */
type Happening =
  | { kind: "allowed"; pick: number }
  | { kind: "attempt"; act: Act; actor: ActorName }
  | { kind: "request" }
  | { kind: "join" }
  | { kind: "undo"; actor: "editor" | "moderator" }
  | { kind: "time"; hours: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("allowed" as const), pick: fc.nat({ max: 9999 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("attempt" as const),
      act: fc.constantFrom(...ACT_NAMES),
      actor: fc.constantFrom(...ACTORS),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: "request" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "join" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("undo" as const),
      actor: fc.constantFrom("editor" as const, "moderator" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("time" as const), hours: fc.constantFrom(1, 20, 50, 80, 250) }),
  },
);

type World = { cast: Cast; reportId: number; now: Date };
type Seen = { report: ReportRow; eventCount: number };

const see = async (reportId: number): Promise<Seen> => {
  const report = await store.db.query.reports.findFirst({ where: eq(reports.id, reportId) });
  const [told] = await store.db.select({ n: count() }).from(events).where(eq(events.reportId, reportId));
  if (report === undefined) throw new Error("The report is gone");
  return { report, eventCount: told?.n ?? 0 };
};

/** Everybody with everything the table allows them in this status. */
const cells = (status: ReportRow["status"]): { act: Act; actor: ActorName }[] =>
  ACTORS.flatMap((actor) => {
    const role = roleOf(actor);
    return role === null ? [] : actsFrom(status, role).map((act) => ({ act, actor }));
  });

/** The acts that lead a life on; the others are tried as often all together, and what ends one seldom. */
const ONWARD: readonly Act[] = [
  "accept",
  "reply",
  "answer",
  "publish",
  "refute",
  "reopen",
  "contest",
  "repair",
  "unmerge",
];
const ENDING: readonly Act[] = ["withdraw", "merge"];

const pickOf = (status: ReportRow["status"], pick: number): { act: Act; actor: ActorName } | undefined => {
  const all = cells(status);
  const onward = all.filter(({ act }) => ONWARD.includes(act));
  const lasting = all.filter(({ act }) => !ENDING.includes(act));
  const from = pick % 3 < 2 && onward.length > 0 ? onward : pick % 13 === 0 ? all : lasting;
  return from[Math.floor(pick / 39) % Math.max(1, from.length)];
};

const perform = (world: World, seen: Seen, { act, actor }: { act: Act; actor: ActorName }, by = deps): Promise<Done> =>
  PERFORM[act](by, toDoing(world.cast, actor, seen.report, originalId), world.now);

/** The clock stops at every moment of the report's on the way, as the sweep does. */
const pass = async (world: World, hours: number): Promise<void> => {
  const end = hoursAfter(world.now, hours);
  for (;;) {
    const { report } = await see(world.reportId);
    if (report.nextTickAt === null || report.nextTickAt > end) break;
    await tickReport(deps, world.reportId, report.nextTickAt > world.now ? report.nextTickAt : world.now);
    const again = (await see(world.reportId)).report.nextTickAt;
    expect(again?.getTime(), "the moment that was done comes again").not.toBe(report.nextTickAt.getTime());
  }
  world.now = end;
};

/** What was done, for the rules below; null when it was refused. */
const happen = async (
  world: World,
  seen: Seen,
  next: Happening,
): Promise<Act | "request" | "join" | "undo" | "clock" | null> => {
  switch (next.kind) {
    case "allowed": {
      const cell = pickOf(seen.report.status, next.pick);
      return cell !== undefined && (await perform(world, seen, cell)).ok ? cell.act : null;
    }
    case "attempt":
      return (await perform(world, seen, next)).ok ? next.act : null;
    case "request": {
      const { handlingDueAt } = seen.report;
      const from = handlingDueAt !== null && handlingDueAt > world.now ? handlingDueAt : world.now;
      const day = cityDate(deps.city, from).add({ days: 6 }).toString();
      const doing = toDoing(world.cast, "officer", seen.report, originalId);
      return (await requestDate(deps, doing, day, world.now)).ok ? "request" : null;
    }
    case "join": {
      const joining = { residentId: world.cast.follower, reportId: world.reportId };
      const joined = await followReport(deps, joining, world.now);
      return joined.ok && joined.report.id === world.reportId ? "join" : null;
    }
    case "undo": {
      const undone = await undoDecision(deps, { actorId: world.cast[next.actor] }, world.now);
      return undone.ok && undone.report.id === world.reportId ? "undo" : null;
    }
    case "time":
      await pass(world, next.hours);
      return "clock";
  }
};

/** What moves the agency's date: PRODUCT.md, "Dates". */
const MOVES_DATE: readonly string[] = [
  ...ACT_NAMES.filter((act) => ruleOfAct(act).date !== undefined && ruleOfAct(act).date !== "pauses"),
  "undo",
  "clock",
];

const checkWhole = async ({ report }: Seen): Promise<void> => {
  const { status } = report;
  expect(report.outcome !== null, "an outcome exactly where it is closed").toBe(status === "closed");
  expect(report.dueAt !== null, "a date exactly where somebody owes a step").toBe(STATUSES[status].owes !== null);
  expect(report.returnsTo !== null).toBe(status === "needs_info" || status === "merged");
  expect(report.pausedAt !== null).toBe(status === "needs_info" && report.returnsTo === "assigned");
  expect(report.postponements).toBeLessThanOrEqual(MOST_POSTPONEMENTS);
  expect(report.repairs).toBeLessThanOrEqual(MOST_REPAIRS);
  if (report.cycle > LAST_CYCLE) {
    const again = await store.db.query.events.findMany({
      where: (t, { and }) => and(eq(t.reportId, report.id), eq(t.kind, "reopened")),
      orderBy: (t, { asc }) => asc(t.id),
    });
    expect(again.slice(LAST_CYCLE - 1).map(({ actorRole }) => actorRole)).not.toContain("inspector");
    expect(again.slice(LAST_CYCLE - 1).every(({ actorRole }) => actorRole === "admin")).toBe(true);
  }
};

const checkStep = (before: Seen, after: Seen, done: Awaited<ReturnType<typeof happen>>): void => {
  const [was, is] = [before.report, after.report];
  if (done === null) {
    expect(after, "a refusal changes nothing").toEqual(before);
    return;
  }
  expect(after.eventCount, "the log only grows").toBeGreaterThanOrEqual(before.eventCount);
  const ticked = { tickedAt: null, nextTickAt: null };
  const isChanged = JSON.stringify({ ...was, ...ticked }) !== JSON.stringify({ ...is, ...ticked });
  if (done !== "clock") {
    expect(is.version - was.version, `${done}: one version a change`).toBe(isChanged ? 1 : 0);
    expect(after.eventCount, `${done} is in the log`).toBeGreaterThan(before.eventCount);
  } else if (isChanged) expect(is.version).toBeGreaterThan(was.version);
  if (!MOVES_DATE.includes(done))
    expect(is.handlingDueAt, `${done} leaves the agency's date`).toEqual(was.handlingDueAt);
  if (done !== "clock" && done !== "undo" && done !== "request" && done !== "join") {
    const { from, to } = ruleOfAct(done);
    expect(from, `${done} from ${was.status}`).toContain(was.status);
    expect(to, `${done} to ${is.status}`).toContain(is.status);
  }
};

/** Somebody or the clock can really lead it on: tried, and taken back. */
const checkHelp = async (world: World, seen: Seen): Promise<void> => {
  const { status, nextTickAt } = seen.report;
  if (RESTS.includes(status) || (nextTickAt !== null && actsFrom(status, "clock").length > 0)) return;
  for (const cell of cells(status)) {
    const done = await inVain(store.db, (db: Db) => perform(world, seen, cell, { ...deps, store: { ...store, db } }));
    if (done.ok) return;
  }
  expect.fail(`Nobody can do anything about a report that is ${status}`);
};

describe("a random life", () => {
  test("keeps every promise of the table and never gets stuck", { timeout: 120_000 }, async () => {
    const visited = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 20, maxLength: 45 }), async (life) => {
        const author = await aResident(store.db, { name: "Анна" });
        const report = await aNewReport(deps, author, people.operator, NOON);
        const world: World = { cast: { ...people, author }, reportId: report.id, now: hoursAfter(NOON, 1) };
        let seen = await see(report.id);
        for (const next of life) {
          if (seen.report.status === "withdrawn") break;
          const done = await happen(world, seen, next);
          const after = await see(report.id);
          visited.add(after.report.status);
          checkStep(seen, after, done);
          await checkWhole(after);
          seen = after;
          world.now = hoursAfter(world.now, 0.02);
        }
        await checkHelp(world, seen);
      }),
      { numRuns: 12 },
    );
    // Otherwise the promises were tried on too little.
    expect(visited.size).toBeGreaterThan(STATUS_NAMES.length / 2);
  });
});
