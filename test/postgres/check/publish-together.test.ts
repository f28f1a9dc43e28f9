/** Two editors publish at the same moment, neighbours on both sides: each answer is told and looked at, and nobody waits for nobody. */
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import type { Deps } from "../../../src/actions/deps.ts";
import { publishAnswer } from "../../../src/actions/publish-answer.ts";
import { volunteer } from "../../../src/actions/volunteer.ts";
import { rows } from "../../../src/store/raw.ts";
import { checks, reports, volunteers } from "../../../src/store/schema/index.ts";
import { demoCity } from "../../support/city.ts";
import { aGroup } from "../../support/delivery.ts";
import { castOfLife, live } from "../../support/life.ts";
import { aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, quietLog } from "../../support/store.ts";

/** By the border of two districts: only the neighbours hear of both. */
const PARTS = [
  ["lighting", "kuntsevo"],
  ["roads", "ramenki"],
] as const;

test("two answers in one yard, each to a volunteer's report, are published at once", async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const deps: Deps = { store, city: await demoCity(), log: quietLog };
  const cast = await castOfLife(deps, NOON);
  const publish: (() => ReturnType<typeof publishAnswer>)[] = [];
  for (const [i, [agencyId, districtId]] of PARTS.entries()) {
    const author = await aResident(store.db, { name: "Анна" });
    const follower = await aResident(store.db, { name: "Фёдор" });
    await volunteer(deps, { residentId: author, home: { lat: 55.73, lon: 37.42 }, question: null }, NOON);
    const { report } = await live(deps, { cast: { ...cast, author, follower }, originalId: 0 }, "answered", NOON);
    await store.db.update(reports).set({ agencyId, districtId }).where(eq(reports.id, report.id));
    await aGroup(store, -100 - i, cast.admin, [districtId]);
    const actorId = await aResident(store.db, { role: "editor" });
    publish.push(() => publishAnswer(deps, { actorId, reportId: report.id, version: null }, hoursAfter(NOON, 5)));
  }
  const areHeldUp = async (): Promise<void> => {
    const waiting = sql`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    expect(await rows(store.db, z.object({ n: z.int() }), waiting)).toEqual([{ n: PARTS.length }]);
  };
  // Both come as far as they can while somebody else looks at the volunteers.
  const [published] = await store.db.transaction(async (tx) => {
    await tx.select().from(volunteers).for("update");
    const both = Promise.all(publish.map((go) => go()));
    both.catch(() => undefined);
    await vi.waitFor(areHeldUp, { timeout: 10_000 });
    return [both];
  });
  expect(await published).toMatchObject([{ ok: true }, { ok: true }]);
  // Each author is a neighbour of the other's.
  expect(await store.db.$count(checks)).toBe(4);
});
