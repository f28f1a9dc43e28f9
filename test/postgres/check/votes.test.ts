/** Votes on a published answer: what they change, and what happens when several come at once. */
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { castVote } from "../../../src/actions/cast-vote.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { recordWord } from "../../../src/actions/record-word.ts";
import { tickReport } from "../../../src/actions/tick-report.ts";
import { authorFirstUntil } from "../../../src/report/ticks.ts";
import { type Store } from "../../../src/store/open.ts";
import { listAudit } from "../../../src/store/queries/audit.ts";
import { findCheck, listCheckVotes } from "../../../src/store/queries/check-view.ts";
import { events } from "../../../src/store/schema/events.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { votes } from "../../../src/store/schema/votes.ts";
import {
  aCast,
  aFollower,
  AGENCY,
  aPhoto,
  aPublished,
  aVolunteer,
  PUBLISHED,
  vote,
  WINDOW_ENDS,
  type Cast,
} from "../../support/check.ts";
import { freshDeps, openElsewhere, storedReport, type FreshDeps } from "../../support/deps.ts";
import { aResident, hoursAfter } from "../../support/people.ts";

let deps: FreshDeps;
/** The same database, opened by another process. */
let elsewhere: Deps & { store: Store };
let cast: Cast;

beforeAll(async () => {
  deps = await freshDeps();
  elsewhere = await openElsewhere(deps);
  cast = await aCast(deps);
});
afterAll(async () => {
  await elsewhere.store.close();
  await deps.store.close();
});

const soon = hoursAfter(PUBLISHED, 1);
const kindsOf = async (reportId: number): Promise<string[]> => {
  const found = await deps.store.db.select().from(events).where(eq(events.reportId, reportId)).orderBy(asc(events.id));
  return found.map(({ kind }) => kind).filter((kind) => ["voted", "disputed", "closed"].includes(kind));
};
const aNeighbour = () => aResident(deps.store.db, { name: "Сосед" });

describe("a confirmation", () => {
  test("waits for a second one", async () => {
    const report = await aPublished(deps, cast);
    expect(await vote(deps, report.id, cast.authorId, "confirmation", soon)).toMatchObject({
      ok: true,
      report: { status: "published", dueAt: WINDOW_ENDS },
    });
  });

  test("of a follower closes the report when its author has confirmed, shown with how many and by whom", async () => {
    const followerId = await aNeighbour();
    const report = await aPublished(deps, cast, { followedBy: [followerId] });
    await vote(deps, report.id, cast.authorId, "confirmation", soon);
    const closed = await vote(deps, report.id, followerId, "confirmation", soon);
    expect(closed).toMatchObject({ ok: true, report: { status: "closed", outcome: "confirmed", dueAt: null } });
    expect(await kindsOf(report.id)).toEqual(["voted", "voted", "closed"]);
    const closing = await deps.store.db.query.events.findFirst({
      where: (e, { and, eq: is }) => and(is(e.reportId, report.id), is(e.kind, "closed")),
    });
    expect(closing?.data).toEqual({ cycle: 1, outcome: "confirmed", by: { author: true, others: 1 }, reason: null });
  });

  test("counts once a person and cycle: a second press is told so, whatever it says", async () => {
    const report = await aPublished(deps, cast);
    await vote(deps, report.id, cast.authorId, "confirmation", soon);
    for (const value of ["confirmation", "refutation"] as const) {
      expect(await vote(deps, report.id, cast.authorId, value, soon)).toEqual({
        ok: false,
        why: "already",
        value: "confirmation",
      });
    }
    expect(await storedReport(deps, report.id)).toMatchObject({ status: "published" });
    expect(await listCheckVotes(deps.store.db, report)).toHaveLength(1);
  });

  test("of two neighbours alone closes it only 48 hours after publication, by the clock", async () => {
    const [one, two] = [await aNeighbour(), await aNeighbour()];
    const report = await aPublished(deps, cast, { followedBy: [one, two] });
    await vote(deps, report.id, one, "confirmation", soon);
    await vote(deps, report.id, two, "confirmation", soon);
    await tickReport(deps, report.id, hoursAfter(PUBLISHED, 47));
    expect(await storedReport(deps, report.id)).toMatchObject({ status: "published" });
    expect((await storedReport(deps, report.id)).nextTickAt).toEqual(authorFirstUntil(PUBLISHED));
    await tickReport(deps, report.id, authorFirstUntil(PUBLISHED));
    expect(await storedReport(deps, report.id)).toMatchObject({ status: "closed", outcome: "confirmed" });
  });

  test("alone is enough at the window's end", async () => {
    const report = await aPublished(deps, cast);
    await vote(deps, report.id, cast.authorId, "confirmation", soon);
    await tickReport(deps, report.id, WINDOW_ENDS);
    expect(await storedReport(deps, report.id)).toMatchObject({ status: "closed", outcome: "confirmed" });
  });

  test("by nobody leaves it unverified", async () => {
    const report = await aPublished(deps, cast);
    await tickReport(deps, report.id, WINDOW_ENDS);
    expect(await storedReport(deps, report.id)).toMatchObject({ status: "closed", outcome: "unverified" });
  });

  test("of an answer that it cannot be fixed confirms nothing", async () => {
    const followerId = await aNeighbour();
    const report = await aPublished(deps, cast, { kind: "cannot_fix", followedBy: [followerId] });
    await vote(deps, report.id, cast.authorId, "confirmation", soon);
    expect(await vote(deps, report.id, followerId, "confirmation", soon)).toMatchObject({
      report: { status: "published" },
    });
    await tickReport(deps, report.id, WINDOW_ENDS);
    expect(await storedReport(deps, report.id)).toMatchObject({ status: "closed", outcome: "not_fixable" });
  });
});

describe("a refutation", () => {
  test("disputes the report at once, with three working days for whoever decides", async () => {
    const report = await aPublished(deps, cast);
    const disputed = await vote(deps, report.id, cast.authorId, "refutation", soon, { words: "Горит через раз" });
    expect(disputed).toMatchObject({
      ok: true,
      report: { status: "disputed", dueAt: new Date("2026-07-20T21:00:00.000Z"), publishedAt: PUBLISHED },
    });
    const { grounds } = await findCheck(deps.store.db, await storedReport(deps, report.id));
    expect(grounds).toEqual([{ words: "Горит через раз", photos: [] }]);
  });

  test("of a volunteer needs a photo; the words they sent first are kept for it", async () => {
    const volunteerId = await aVolunteer(deps, 200);
    const report = await aPublished(deps, cast);
    const asked = { chatId: 1, messageId: 7, act: "refute", reportId: report.id };
    const question = { ...asked, answeredBy: 8, albumId: null, additionId: null };
    const command = { voterId: volunteerId, reportId: report.id, cycle: 1, value: "refutation" } as const;
    const told = { words: "Темно", photos: [], question };
    expect(await castVote(deps, { ...command, ...told }, soon)).toEqual({ ok: false, why: "photo" });
    expect(await storedReport(deps, report.id)).toMatchObject({ status: "published" });
    const [{ id: additionId } = { id: 0 }] = await deps.store.db.query.additions.findMany({
      where: (a, { eq: is }) => is(a.reportId, report.id),
    });
    const more = { words: null, photos: [aPhoto("fresh")], question: { ...question, answeredBy: 9, additionId } };
    expect(await castVote(deps, { ...command, ...more }, soon)).toMatchObject({ report: { status: "disputed" } });
    const { grounds } = await findCheck(deps.store.db, await storedReport(deps, report.id));
    expect(grounds).toEqual([{ words: "Темно", photos: [{ fileId: "file-fresh", kind: "photo" }] }]);
  });

  test.for([
    ["without anything", null, "words_or_photo"],
    ["longer than a thousand characters", "а".repeat(1001), "words_too_long"],
  ] as const)("%s changes nothing", async ([, words, why]) => {
    const report = await aPublished(deps, cast);
    const command = { voterId: cast.authorId, reportId: report.id, cycle: null, value: "refutation" } as const;
    expect(await castVote(deps, { ...command, words, photos: [], question: null }, soon)).toEqual({ ok: false, why });
    expect(await storedReport(deps, report.id)).toEqual(report);
    expect(await kindsOf(report.id)).toEqual([]);
  });
});

describe("who has no vote", () => {
  test.for([
    ["an officer of the agency", () => cast.officerId, "agency_staff"],
    ["the editor who published it", () => cast.editorId, "publisher"],
    ["a stranger", () => aNeighbour(), "no_voter"],
  ] as const)("%s is told why, and nothing changes", async ([, who, why]) => {
    const report = await aPublished(deps, cast);
    expect(await vote(deps, report.id, await who(), "confirmation", soon)).toEqual({ ok: false, why });
    expect(await storedReport(deps, report.id)).toEqual(report);
  });

  test("a follower who joined after the answer was sent, and one who left", async () => {
    const [late, gone] = [await aNeighbour(), await aNeighbour()];
    const report = await aPublished(deps, cast);
    await aFollower(deps, report.id, late, PUBLISHED);
    expect(await vote(deps, report.id, late, "confirmation", soon)).toEqual({ ok: false, why: "joined_late" });
    expect(await vote(deps, report.id, gone, "confirmation", soon)).toEqual({ ok: false, why: "no_voter" });
  });

  test("an author who became the agency's officer meanwhile", async () => {
    const insiderId = await aResident(deps.store.db, { role: "officer", agencyId: AGENCY });
    const report = await aPublished(deps, { ...cast, authorId: insiderId });
    expect(await vote(deps, report.id, insiderId, "confirmation", soon)).toEqual({ ok: false, why: "agency_staff" });
  });

  test("anybody once the check is over, even before the clock has closed it", async () => {
    const report = await aPublished(deps, cast);
    for (const value of ["confirmation", "refutation"] as const) {
      expect(await vote(deps, report.id, cast.authorId, value, WINDOW_ENDS)).toMatchObject({ ok: false, why: "over" });
    }
    await tickReport(deps, report.id, WINDOW_ENDS);
    expect(await vote(deps, report.id, cast.authorId, "confirmation", hoursAfter(WINDOW_ENDS, 1))).toEqual({
      ok: false,
      why: "over",
      status: "closed",
      outcome: "unverified",
    });
  });
});

describe("the word of a person without Telegram", () => {
  test("is their vote, written down by an operator", async () => {
    const operatorId = await aResident(deps.store.db, { role: "operator" });
    const report = await aPublished(deps, cast, { differs: { operatorId } });
    const said = {
      operatorId,
      reportId: report.id,
      value: "refutation",
      words: "Не горит",
      photos: [],
      question: null,
    } as const;
    expect(await recordWord(deps, said, soon)).toMatchObject({ ok: true, report: { status: "disputed" } });
    expect(await deps.store.db.select().from(votes).where(eq(votes.reportId, report.id))).toMatchObject([
      { voterId: cast.authorId, kind: "author", value: "refutation", recordedById: operatorId },
    ]);
  });

  test("is taken by nobody else, and not for a person with Telegram", async () => {
    const operatorId = await aResident(deps.store.db, { role: "operator" });
    const own = await aPublished(deps, cast);
    const filed = await aPublished(deps, cast, { differs: { operatorId } });
    const said = { value: "confirmation", words: null, photos: [], question: null } as const;
    expect(await recordWord(deps, { ...said, operatorId, reportId: own.id }, soon)).toEqual({
      ok: false,
      why: "no_voter",
    });
    for (const strangerId of [cast.editorId, cast.authorId]) {
      const tried = await recordWord(deps, { ...said, operatorId: strangerId, reportId: filed.id }, soon);
      expect(tried).toEqual({ ok: false, why: "no_voter" });
    }
  });

  test("is not taken by an operator who answers for the work, or who published the answer", async () => {
    const { db } = deps.store;
    const operatorId = await aResident(db, { role: "operator" });
    const ofAgency = await aResident(db, { role: "officer", agencyId: AGENCY });
    const by = { role: "operator", agencyId: null, grantedAt: PUBLISHED } as const;
    await db.insert(grants).values([ofAgency, cast.editorId].map((residentId) => ({ ...by, residentId })));
    const report = await aPublished(deps, cast, { differs: { operatorId } });
    const said = { reportId: report.id, value: "confirmation", words: null, photos: [], question: null } as const;
    const refused = { ok: false, why: "agency_staff" };
    expect(await recordWord(deps, { ...said, operatorId: ofAgency }, soon)).toEqual(refused);
    expect(await recordWord(deps, { ...said, operatorId: cast.editorId }, soon)).toEqual({
      ok: false,
      why: "publisher",
    });
    expect(await kindsOf(report.id)).toEqual([]);
    await db.delete(grants).where(eq(grants.role, "operator"));
  });

  test("and a vote of one's own are never by one hand, whichever comes first", async () => {
    const [first, second, otherId] = [
      await aResident(deps.store.db, { role: "operator" }),
      await aResident(deps.store.db, { role: "operator" }),
      await aResident(deps.store.db, { role: "operator" }),
    ];
    const report = await aPublished(deps, cast, { differs: { operatorId: otherId }, followedBy: [first, second] });
    const said = { reportId: report.id, value: "confirmation", words: null, photos: [], question: null } as const;
    expect(await vote(deps, report.id, first, "confirmation", soon)).toMatchObject({ ok: true });
    expect(await recordWord(deps, { ...said, operatorId: first }, soon)).toEqual({ ok: false, why: "own_vote" });
    expect(await kindsOf(report.id)).toEqual(["voted"]);
    expect(await recordWord(deps, { ...said, operatorId: otherId }, soon)).toMatchObject({
      ok: true,
      report: { status: "closed", outcome: "confirmed" },
    });
    const another = await aPublished(deps, cast, { differs: { operatorId: otherId }, followedBy: [second] });
    const words = { ...said, reportId: another.id, operatorId: second };
    expect(await recordWord(deps, words, soon)).toMatchObject({ ok: true });
    for (const value of ["confirmation", "refutation"] as const) {
      expect(await vote(deps, another.id, second, value, soon)).toEqual({ ok: false, why: "recorded_word" });
    }
    expect(await storedReport(deps, another.id)).toMatchObject({ status: "published" });
  });

  test("stands in the audit only when the check is over", async () => {
    const operatorId = await aResident(deps.store.db, { role: "operator" });
    const report = await aPublished(deps, cast, { differs: { operatorId } });
    const said = { words: null, photos: [], question: null, operatorId, reportId: report.id } as const;
    const done = async (): Promise<string[]> => {
      const filter = { residentId: operatorId, from: null, until: null };
      const { entries } = await listAudit(deps.store.db, filter, { before: null, size: 10 });
      return entries.map(({ kind }) => kind);
    };
    expect(await recordWord(deps, { ...said, value: "confirmation" }, soon)).toMatchObject({ ok: true });
    expect(await done()).toEqual([]);
    await tickReport(deps, report.id, WINDOW_ENDS);
    expect((await storedReport(deps, report.id)).status).toBe("closed");
    expect(await done()).toEqual(["voted"]);
  });
});

describe("at once", () => {
  test("two confirmations that make the quorum close the report once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const followerId = await aNeighbour();
      const report = await aPublished(deps, cast, { followedBy: [followerId] });
      const results = await Promise.all([
        vote(deps, report.id, cast.authorId, "confirmation", soon),
        vote(elsewhere, report.id, followerId, "confirmation", soon),
      ]);
      expect(results.map((result) => result.ok && result.report.status).toSorted()).toEqual(["closed", "published"]);
      expect(await kindsOf(report.id)).toEqual(["voted", "voted", "closed"]);
    }
  });

  test("two presses of one person count once", async () => {
    const report = await aPublished(deps, cast);
    const results = await Promise.all(
      [deps, elsewhere, deps].map((one) => vote(one, report.id, cast.authorId, "confirmation", soon)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await kindsOf(report.id)).toEqual(["voted"]);
  });

  test("a refutation and the confirmation that would have closed it leave one of the two, whole", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await aNeighbour(), await aNeighbour()];
      const report = await aPublished(deps, cast, { followedBy: [one, two] });
      await vote(deps, report.id, cast.authorId, "confirmation", soon);
      await Promise.all([
        vote(deps, report.id, one, "refutation", soon),
        vote(elsewhere, report.id, two, "confirmation", soon),
      ]);
      const { status } = await storedReport(deps, report.id);
      const told = await kindsOf(report.id);
      // Whoever came second found the check over.
      expect(told).toEqual(["voted", "voted", status]);
      expect(["disputed", "closed"]).toContain(status);
    }
  });

  test("a vote while the window closes is counted whole or not at all", async () => {
    for (let round = 0; round < 5; round += 1) {
      const report = await aPublished(deps, cast);
      const [voted] = await Promise.all([
        vote(deps, report.id, cast.authorId, "confirmation", new Date(WINDOW_ENDS.getTime() - 1)),
        tickReport(elsewhere, report.id, WINDOW_ENDS),
      ]);
      const { status, outcome } = await storedReport(deps, report.id);
      expect([status, outcome]).toEqual(["closed", voted.ok ? "confirmed" : "unverified"]);
      expect((await kindsOf(report.id)).filter((kind) => kind === "closed")).toHaveLength(1);
    }
  });
});

test("no event tells what a vote said", async () => {
  const followerId = await aNeighbour();
  const report = await aPublished(deps, cast, { followedBy: [followerId] });
  await vote(deps, report.id, followerId, "confirmation", soon);
  const voted = await deps.store.db.query.events.findFirst({
    where: (e, { and, eq: is }) => and(is(e.reportId, report.id), is(e.kind, "voted")),
  });
  expect(voted?.data).toEqual({ cycle: 1 });
});
