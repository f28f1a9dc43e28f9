/** Neighbours who are asked to look, and followers: who is invited, how often, and who may follow what. */
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Deps } from "../../../src/actions/deps.ts";
import { followReport } from "../../../src/actions/follow-report.ts";
import { unfollowReport } from "../../../src/actions/unfollow-report.ts";
import { tickReport } from "../../../src/actions/tick-report.ts";
import { stopVolunteering, volunteer } from "../../../src/actions/volunteer.ts";
import { type Store } from "../../../src/store/open.ts";
import { findLastDecision } from "../../../src/store/queries/decisions.ts";
import { isFollowing } from "../../../src/store/queries/followers.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { reports } from "../../../src/store/schema/reports.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { volunteers, checks } from "../../../src/store/schema/votes.ts";
import {
  aCast,
  aFollower,
  AGENCY,
  answer,
  aPublished,
  aVolunteer,
  invitedTo,
  publish,
  PUBLISHED,
  SENT,
  vote,
  type Cast,
} from "../../support/check.ts";
import { at } from "../../support/clocks.ts";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { freshDeps, openElsewhere, storedReport, type FreshDeps } from "../../support/deps.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";

let deps: FreshDeps;
let elsewhere: Deps & { store: Store };
let cast: Cast;

beforeAll(async () => {
  deps = await freshDeps();
  elsewhere = await openElsewhere(deps);
  cast = await aCast(deps);
});
beforeEach(async () => {
  await deps.store.db.delete(volunteers);
});
afterAll(async () => {
  await elsewhere.store.close();
  await deps.store.close();
});

const sorted = (ids: readonly number[]): number[] => ids.toSorted((a, b) => a - b);

describe("a published answer invites", () => {
  test("the five nearest volunteers within a kilometre", async () => {
    const near: number[] = [];
    for (const meters of [900, 500, 700, 100, 300, 995]) near.push(await aVolunteer(deps, meters));
    await aVolunteer(deps, 1010);
    const [m900, m500, m700, m100, m300] = near as [number, number, number, number, number];
    const { id } = await aPublished(deps, cast);
    expect(await invitedTo(deps, id)).toEqual(sorted([m100, m300, m500, m700, m900]));
    const told = await deps.store.db
      .select({ residentId: notices.residentId })
      .from(notices)
      .where(and(eq(notices.reportId, id), eq(notices.kind, "check_invited")));
    expect(sorted(told.map(({ residentId }) => residentId ?? 0))).toEqual(await invitedTo(deps, id));
  });

  test("nobody twice on one day more than twice, and the next day anew", async () => {
    const volunteerId = await aVolunteer(deps, 100);
    const asked: boolean[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { id } = await aPublished(deps, cast);
      asked.push((await invitedTo(deps, id)).includes(volunteerId));
    }
    expect(asked).toEqual([true, true, false]);
    const { id } = await aReport(deps.store.db, cast.authorId);
    await assignReport(deps, { actorId: cast.editorId, reportId: id, version: null, agencyId: AGENCY }, NOON);
    await answer(deps, cast, id, "fixed", SENT);
    await publish(deps, cast, id, hoursAfter(PUBLISHED, 24));
    expect(await invitedTo(deps, id)).toEqual([volunteerId]);
  });

  test("no more than twice a day when two reports are published at once", async () => {
    for (let round = 0; round < 4; round += 1) {
      await deps.store.db.delete(volunteers);
      const volunteerId = await aVolunteer(deps, 100);
      const ids: number[] = [];
      for (let count = 0; count < 3; count += 1) {
        const { id } = await aReport(deps.store.db, cast.authorId);
        await assignReport(deps, { actorId: cast.editorId, reportId: id, version: null, agencyId: AGENCY }, NOON);
        await answer(deps, cast, id, "fixed", SENT);
        ids.push(id);
      }
      await Promise.all(ids.map((id, index) => publish(index === 1 ? elsewhere : deps, cast, id, PUBLISHED)));
      const invited = await deps.store.db.select().from(checks).where(eq(checks.residentId, volunteerId));
      expect(invited).toHaveLength(2);
    }
  });

  test("whoever was asked twice on that day the next morning, until five were asked, and nobody a second time", async () => {
    const near: number[] = [];
    for (const meters of [100, 200, 300]) near.push(await aVolunteer(deps, meters));
    for (let count = 0; count < 2; count += 1) await aPublished(deps, cast);
    const [fresh, full] = [await aVolunteer(deps, 400), await aPublished(deps, cast)];
    expect(await invitedTo(deps, full.id)).toEqual([fresh]);

    expect(await tickReport(deps, full.id, at("2026-07-16T08:59"))).toEqual([]);
    expect(await tickReport(deps, full.id, at("2026-07-16T09:00"))).toEqual(["more_invited"]);
    // Whoever presses an old card is told what was decided.
    expect(await findLastDecision(deps.store.db, full.id)).toMatchObject({ kind: "published" });
    expect(await invitedTo(deps, full.id)).toEqual(sorted([fresh, ...near]));
    for (const meters of [10, 20]) near.push(await aVolunteer(deps, meters));
    expect(await tickReport(deps, full.id, at("2026-07-17T09:00"))).toEqual(["last_invited"]);
    const invited = await invitedTo(deps, full.id);
    expect(invited).toHaveLength(5);

    const { db } = deps.store;
    const told = await db
      .select({ residentId: notices.residentId })
      .from(notices)
      .where(and(eq(notices.reportId, full.id), eq(notices.kind, "check_invited")));
    expect(sorted(told.map(({ residentId }) => residentId ?? 0))).toEqual(invited);
  });

  test("nobody any more when the window is about to close, as after an outage of a week", async () => {
    const report = await aPublished(deps, cast);
    await aVolunteer(deps, 100);
    expect(await tickReport(deps, report.id, at("2026-07-24T09:00"))).toContain("last_invited");
    expect(await invitedTo(deps, report.id)).toEqual([]);
  });

  test("nobody whom something ties to the report, and nobody who cannot be reached", async () => {
    const [author, follower, officer, publisher, blocked] = [
      await aVolunteer(deps, 10),
      await aVolunteer(deps, 20),
      await aVolunteer(deps, 30),
      await aVolunteer(deps, 40),
      await aVolunteer(deps, 50),
    ];
    const { db } = deps.store;
    await db.insert(grants).values({ residentId: officer, role: "officer", agencyId: AGENCY, grantedAt: NOON });
    await db.insert(grants).values({ residentId: publisher, role: "editor", grantedAt: NOON });
    await db.update(residents).set({ blockedAt: NOON }).where(eq(residents.id, blocked));
    const own = { ...cast, authorId: author, editorId: publisher };
    const { id } = await aPublished(deps, own, { followedBy: [follower] });
    expect(await invitedTo(deps, id)).toEqual([]);
  });

  test("nobody to see that something cannot be fixed, or to a place on no map", async () => {
    await aVolunteer(deps, 10);
    const unfixable = await aPublished(deps, cast, { kind: "cannot_fix" });
    const nowhere = await aPublished(deps, cast, { differs: { lat: null, lon: null } });
    expect([await invitedTo(deps, unfixable.id), await invitedTo(deps, nowhere.id)]).toEqual([[], []]);
  });

  test("and an invitation is a vote in its cycle, whether or not they volunteer any longer", async () => {
    const volunteerId = await aVolunteer(deps, 10);
    const report = await aPublished(deps, cast);
    await stopVolunteering(deps, { residentId: volunteerId }, PUBLISHED);
    expect(await vote(deps, report.id, volunteerId, "confirmation", hoursAfter(PUBLISHED, 1))).toMatchObject({
      ok: true,
    });
  });
});

describe("volunteering", () => {
  const home = { lat: 55.73, lon: 37.42 };

  test("keeps the home once, moves it, and forgets it", async () => {
    const residentId = await aResident(deps.store.db);
    const homes = () => deps.store.db.select().from(volunteers).where(eq(volunteers.residentId, residentId));
    await volunteer(deps, { residentId, home, question: null }, NOON);
    await volunteer(deps, { residentId, home: { lat: 55.74, lon: 37.43 }, question: null }, NOON);
    expect(await homes()).toMatchObject([{ lat: 55.74, lon: 37.43 }]);
    expect(await stopVolunteering(deps, { residentId }, NOON)).toEqual({ ok: true });
    expect(await homes()).toEqual([]);
    expect(await stopVolunteering(deps, { residentId }, NOON)).toEqual({ ok: false, why: "no_volunteer" });
  });

  test("is refused outside the city", async () => {
    const residentId = await aResident(deps.store.db);
    const far = { lat: 59.94, lon: 30.31 };
    expect(await volunteer(deps, { residentId, home: far, question: null }, NOON)).toEqual({
      ok: false,
      why: "outside",
    });
  });
});

describe("following", () => {
  test("is for public reports: not one in moderation, rejected, or one's own", async () => {
    const residentId = await aResident(deps.store.db);
    const { db } = deps.store;
    const submitted = await aReport(db, cast.authorId);
    const rejected = await aReport(db, cast.authorId, { status: "rejected", dueAt: null });
    for (const { id } of [submitted, rejected]) {
      expect(await followReport(deps, { residentId, reportId: id }, NOON)).toEqual({ ok: false, why: "not_public" });
    }
    const { id } = await aPublished(deps, cast);
    expect(await followReport(deps, { residentId: cast.authorId, reportId: id }, NOON)).toEqual({
      ok: false,
      why: "own",
    });
    expect(await followReport(deps, { residentId, reportId: 999_999 }, NOON)).toEqual({ ok: false, why: "not_found" });
    expect(await followReport(deps, { residentId, reportId: id }, NOON)).toMatchObject({ ok: true });
    expect(await followReport(deps, { residentId, reportId: id }, NOON)).toEqual({ ok: false, why: "already" });
  });

  test("a merged report is following the one that goes on", async () => {
    const residentId = await aResident(deps.store.db);
    const original = await aPublished(deps, cast);
    const merged = await aReport(deps.store.db, cast.authorId, {
      status: "merged",
      dueAt: null,
      mergedIntoId: original.id,
      returnsTo: "submitted",
    });
    const followed = await followReport(deps, { residentId, reportId: merged.id }, NOON);
    expect(followed).toMatchObject({ ok: true, report: { id: original.id } });
  });

  test("ends, and who comes back after the answer has no vote", async () => {
    const residentId = await aResident(deps.store.db);
    const report = await aPublished(deps, cast, { followedBy: [residentId] });
    expect(await unfollowReport(deps, { residentId, reportId: report.id }, PUBLISHED)).toEqual({ ok: true });
    expect(await unfollowReport(deps, { residentId, reportId: report.id }, PUBLISHED)).toMatchObject({ ok: false });
    expect(await isFollowing(deps.store.db, report.id, residentId)).toBe(false);
    await followReport(deps, { residentId, reportId: report.id }, hoursAfter(PUBLISHED, 1));
    const late = await vote(deps, report.id, residentId, "confirmation", hoursAfter(PUBLISHED, 2));
    expect(late).toEqual({ ok: false, why: "joined_late" });
  });

  test("an answer is told to those who may vote with the buttons, to later followers without", async () => {
    const [early, late] = [await aResident(deps.store.db), await aResident(deps.store.db)];
    const { id } = await aReport(deps.store.db, cast.authorId);
    await assignReport(deps, { actorId: cast.editorId, reportId: id, version: null, agencyId: AGENCY }, NOON);
    await aFollower(deps, id, early);
    await answer(deps, cast, id, "fixed", SENT);
    await aFollower(deps, id, late, hoursAfter(SENT, 0.5));
    await publish(deps, cast, id, PUBLISHED);
    const kindsTo = async (residentId: number) =>
      (
        await deps.store.db
          .select({ kind: notices.kind })
          .from(notices)
          .where(and(eq(notices.reportId, id), eq(notices.residentId, residentId)))
      )
        .map(({ kind }) => kind)
        .filter((kind) => kind.startsWith("answer_"));
    expect(await kindsTo(cast.authorId)).toEqual(["answer_published"]);
    expect(await kindsTo(early)).toEqual(["answer_published"]);
    expect(await kindsTo(late)).toEqual(["answer_followed"]);
    expect((await storedReport(deps, id)).status).toBe("published");
  });
});

test("whoever cannot be a follower leaves no trace", async () => {
  const { id, version } = await aReport(deps.store.db, cast.authorId);
  await followReport(deps, { residentId: await aResident(deps.store.db), reportId: id }, NOON);
  expect(await deps.store.db.query.reports.findFirst({ where: eq(reports.id, id) })).toMatchObject({ version });
});
