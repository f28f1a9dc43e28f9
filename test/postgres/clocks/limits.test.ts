/** The clocks that nobody has to sweep: what may be done until a moment, done a millisecond before it and refused at it. */
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { createInvitation } from "../../../src/actions/create-invitation.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { takeCard } from "../../../src/actions/take-card.ts";
import { useInvitation } from "../../../src/actions/use-invitation.ts";
import type { Db } from "../../../src/store/open.ts";
import { checks } from "../../../src/store/schema/index.ts";
import { PERFORM, type Done } from "../../support/acts.ts";
import { at, endOf } from "../../support/clocks.ts";
import { live, startLives, toDoing, type ActorName, type Cast, type Life } from "../../support/life.ts";
import { aResident, hoursAfter, NOON } from "../../support/people.ts";
import { inVain } from "../../support/snapshot.ts";
import type { FreshStore } from "../../support/store.ts";

let store: FreshStore;
let deps: Deps;
let cast: Cast;
let originalId: number;
beforeAll(async () => {
  ({ store, deps, cast, originalId } = await startLives());
});
afterAll(() => store.close());

/** A try at this moment that leaves nothing behind. */
const tried = <Result>(attempt: (by: Deps) => Promise<Result>): Promise<Result> =>
  inVain(store.db, (db: Db) => attempt({ ...deps, store: { ...store, db } }));
const justBefore = (moment: Date): Date => new Date(moment.getTime() - 1);

type Limit = { life: Life; act: keyof typeof PERFORM; actor: ActorName; until: Date; why: string };

/** Everybody's steps come an hour after one another from Wednesday, 15 July, noon. */
const LIMITS: Record<string, Limit> = {
  "repair, until the end of the seventh day after the rejection": {
    ...{ life: "rejected", act: "repair", actor: "author", until: endOf("2026-07-22"), why: "lapsed" },
  },
  "an appeal, just as long": {
    ...{ life: "rejected", act: "appeal", actor: "author", until: endOf("2026-07-22"), why: "lapsed" },
  },
  "a confirmation, until the end of the tenth day after publication, also where the sweep is late": {
    ...{ life: "published", act: "confirm", actor: "author", until: endOf("2026-07-25"), why: "over" },
  },
  "a refutation, just as long": {
    ...{ life: "published", act: "refute", actor: "follower", until: endOf("2026-07-25"), why: "over" },
  },
  "its author's objection to a closing, just as long": {
    ...{ life: "closed", act: "contest", actor: "author", until: endOf("2026-07-25"), why: "too_late" },
  },
};

describe("until its moment and not at it:", () => {
  test.each(Object.entries(LIMITS))("%s", async (_, { life, act, actor, until, why }) => {
    const { report } = await live(deps, { cast, originalId }, life, NOON);
    const attempt = (now: Date): Promise<Done> =>
      tried((by) => PERFORM[act](by, toDoing(cast, actor, report, originalId), now));
    expect(await attempt(justBefore(until))).toMatchObject({ ok: true });
    expect(await attempt(until)).toMatchObject({ ok: false, why });
  });

  test("a report that an editor took is theirs for fifteen minutes", async () => {
    const { report, now } = await live(deps, { cast, originalId }, "submitted", NOON);
    const taken = { actorId: cast.editor, reportId: report.id, version: null };
    expect(await takeCard(deps, taken, now)).toMatchObject({ ok: true, until: hoursAfter(now, 0.25) });
    const accept = { actorId: cast.moderator, reportId: report.id, version: null, agencyId: null };
    const attempt = (moment: Date) => tried((by) => assignReport(by, accept, moment));
    expect(await attempt(justBefore(hoursAfter(now, 0.25)))).toMatchObject({ ok: false, why: "taken" });
    expect(await attempt(hoursAfter(now, 0.25))).toMatchObject({ ok: true });
  });

  test("an invitation is good for 48 hours", async () => {
    const made = await createInvitation(deps, { actorId: cast.admin, role: "editor", agencyId: null }, NOON);
    if (!made.ok) throw new Error(made.why);
    const residentId = await aResident(store.db);
    const attempt = (now: Date) => tried((by) => useInvitation(by, { residentId, token: made.token }, now));
    expect(made.expiresAt).toEqual(hoursAfter(NOON, 48));
    expect(await attempt(justBefore(made.expiresAt))).toMatchObject({ ok: true });
    expect(await attempt(made.expiresAt)).toMatchObject({ ok: false, why: "expired" });
  });

  test("an agency hands on what is not its own at once until the end of the second working day", async () => {
    // Assigned on Friday at ten in the evening: Tuesday is the second.
    const { report } = await live(deps, { cast, originalId }, "submitted", at("2026-07-17T21:00"));
    const doing = (actor: keyof Cast) => toDoing(cast, actor, report, originalId);
    const assigned = await PERFORM.accept(deps, doing("moderator"), at("2026-07-17T22:00"));
    if (!assigned.ok) throw new Error(assigned.why);
    const attempt = (now: Date) =>
      tried((by) => PERFORM.hand_over(by, toDoing(cast, "officer", assigned.report, originalId), now));
    const successor = { ok: true, report: { agencyId: "roads", hops: 1 } };
    expect(await attempt(justBefore(endOf("2026-07-21")))).toMatchObject(successor);
    const asks = { ok: true, report: { agencyId: assigned.report.agencyId, hops: 0 } };
    expect(await attempt(endOf("2026-07-21"))).toMatchObject(asks);
  });
});

test("a volunteer is asked twice on one day of the city and again from midnight on", async () => {
  const publish = async (now: Date): Promise<boolean> => {
    const { report } = await live(deps, { cast, originalId }, "answered", hoursAfter(now, -3));
    const published = await PERFORM.publish(deps, toDoing(cast, "editor", report, originalId), now);
    if (!published.ok) throw new Error(published.why);
    const invited = and(eq(checks.reportId, report.id), eq(checks.residentId, cast.volunteer));
    return (await store.db.$count(checks, invited)) > 0;
  };
  // Whatever the tests above left published does not count on these days.
  await store.db.delete(checks);
  expect(await publish(at("2026-08-03T12:00"))).toBe(true);
  expect(await publish(at("2026-08-03T18:00"))).toBe(true);
  expect(await publish(justBefore(endOf("2026-08-03")))).toBe(false);
  expect(await publish(endOf("2026-08-03"))).toBe(true);
});
