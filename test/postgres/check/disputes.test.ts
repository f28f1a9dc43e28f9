/** Disputes: on whose desk they land, what a decision changes, and what its author may contest. */
import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contest } from "../../../src/actions/contest.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { publishAnswer } from "../../../src/actions/publish-answer.ts";
import { giveVerdict, type Verdict } from "../../../src/actions/give-verdict.ts";
import { tickReport } from "../../../src/actions/tick-report.ts";
import type { StaffRole } from "../../../src/report/status.ts";
import { type Store } from "../../../src/store/open.ts";
import { findDesk } from "../../../src/store/queries/audience.ts";
import { findCheck } from "../../../src/store/queries/check-view.ts";
import { listDisputes } from "../../../src/store/queries/disputes.ts";
import { events } from "../../../src/store/schema/events.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { addAddition } from "../../../src/store/writes/additions.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import {
  AGENCY,
  aCast,
  aPhoto,
  aPublished,
  answer,
  publish,
  PUBLISHED,
  vote,
  WINDOW_ENDS,
  type Cast,
} from "../../support/check.ts";
import { freshDeps, openElsewhere, storedReport, type FreshDeps } from "../../support/deps.ts";
import { aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, quietLog } from "../../support/store.ts";

let deps: FreshDeps;
let elsewhere: Deps & { store: Store };
let cast: Cast;
let inspectorId: number;
let otherInspectorId: number;
let adminId: number;
/** Who published none of the answers. */
let otherEditorId: number;

beforeAll(async () => {
  deps = await freshDeps();
  elsewhere = await openElsewhere(deps);
  cast = await aCast(deps);
  inspectorId = await aResident(deps.store.db, { name: "Вера", role: "inspector" });
  otherInspectorId = await aResident(deps.store.db, { name: "Глеб", role: "inspector" });
  adminId = await aResident(deps.store.db, { name: "Ольга", role: "admin" });
  otherEditorId = await aResident(deps.store.db, { name: "Лев", role: "editor" });
});
afterAll(async () => {
  await elsewhere.store.close();
  await deps.store.close();
});

const DISPUTED = hoursAfter(PUBLISHED, 1);
const DECIDED = hoursAfter(PUBLISHED, 3);
const REASON = "Фонарь не горит, проверено на месте";

/** An author of their own each time, so that no dispute is their third. */
const aDisputed = async (differs: Parameters<typeof aPublished>[2] = {}): Promise<ReportRow> => {
  const authorId = await aResident(deps.store.db);
  return refuted(await aPublished(deps, { ...cast, authorId }, differs), DISPUTED);
};

const refuted = async (report: ReportRow, now: Date): Promise<ReportRow> => {
  if (report.authorId === null) throw new Error("Nobody disputes");
  const disputed = await vote(deps, report.id, report.authorId, "refutation", now);
  if (!disputed.ok) throw new Error(`not disputed: ${disputed.why}`);
  return disputed.report;
};

const decide = (
  where: Deps,
  actorId: number,
  { id, version }: ReportRow,
  verdict: Verdict,
  now: Date,
  words: string | null = REASON,
) =>
  giveVerdict(where, { actorId, reportId: id, version, verdict, words, photos: [aPhoto("spot")], question: null }, now);

const deskOf = ({ id }: ReportRow) => findDesk(deps.store.db, id);

/** Given back to its agency, answered and published again, in the days from `now` on. */
const nextCycle = async (report: ReportRow, byId: number, now: Date): Promise<ReportRow> => {
  const reopened = await decide(deps, byId, report, "reopen", now);
  if (!reopened.ok) throw new Error(`not reopened: ${reopened.why}`);
  await answer(deps, cast, report.id, "fixed", hoursAfter(now, 1));
  return publish(deps, cast, report.id, hoursAfter(now, 2));
};

describe("a decision", () => {
  test("that the answer stands closes the report, with its reason", async () => {
    const report = await aDisputed();
    expect(await decide(deps, inspectorId, report, "uphold", DECIDED)).toMatchObject({
      ok: true,
      report: { status: "closed", outcome: "answer_upheld", dueAt: null, cycle: 1 },
    });
    const closing = await eventOf(report.id, "closed");
    expect(closing).toMatchObject({ actorId: inspectorId, actorRole: "inspector", at: DECIDED });
    expect(closing?.data).toMatchObject({ outcome: "answer_upheld", reason: REASON });
  });

  test("that it does not gives the agency half of the first cycle's days, and counts postponements anew", async () => {
    const report = await aDisputed();
    const reopened = await decide(deps, inspectorId, report, "reopen", DECIDED);
    // Four of the eight working days after Wednesday the 15th.
    const dueAt = new Date("2026-07-21T21:00:00.000Z");
    expect(reopened).toMatchObject({
      ok: true,
      report: {
        ...{ status: "assigned", cycle: 2, dueAt, handlingDueAt: dueAt, dayCount: 8, postponements: 0 },
        ...{ publishedAt: null, publisherId: null, answeredAt: null, agencyId: "lighting" },
        firstDueAt: report.firstDueAt,
      },
    });
    expect((await eventOf(report.id, "reopened"))?.data).toMatchObject({ cycle: 2, reason: REASON, due: { count: 4 } });
  });

  test("keeps its photo with it", async () => {
    const report = await aDisputed();
    const told = { words: REASON, photos: [aPhoto(`proof-${report.id}`)], question: null };
    const command = { actorId: inspectorId, reportId: report.id, version: report.version, verdict: "reopen" } as const;
    await giveVerdict(deps, { ...command, ...told }, DECIDED);
    const { verdictPhotos } = await findCheck(deps.store.db, await storedReport(deps, report.id));
    expect(verdictPhotos).toEqual([{ fileId: `file-proof-${report.id}`, kind: "photo" }]);
  });

  test.for([
    ["without a reason", null, { why: "lacking", lacks: ["words"], cycle: 1 }],
    ["with more than 500 characters", "а".repeat(501), { why: "reason_too_long" }],
  ] as const)("%s changes nothing", async ([, words, refusal]) => {
    const report = await aDisputed();
    expect(await decide(deps, inspectorId, report, "uphold", DECIDED, words)).toEqual({ ok: false, ...refusal });
    expect(await storedReport(deps, report.id)).toEqual(report);
  });

  test("of an inspector waits for the photo that shows it, and takes effect with it", async () => {
    const report = await aDisputed();
    const asked = { chatId: 1, messageId: 9, act: "reopen", reportId: report.id, albumId: null };
    const command = { actorId: inspectorId, reportId: report.id, version: report.version, verdict: "reopen" } as const;
    const words = { words: REASON, photos: [], question: { ...asked, answeredBy: 10, additionId: null } };
    expect(await giveVerdict(deps, { ...command, ...words }, DECIDED)).toEqual({
      ok: false,
      why: "lacking",
      lacks: ["photo"],
      cycle: 1,
    });
    expect(await storedReport(deps, report.id)).toEqual(report);
    const [said] = await deps.store.db.query.additions.findMany({
      where: (a, { and: both, eq: is }) => both(is(a.reportId, report.id), is(a.kind, "verdict")),
    });
    const question = { ...asked, answeredBy: 11, additionId: said?.id ?? 0 };
    const photo = { words: null, photos: [aPhoto(`late-${report.id}`)], question };
    expect(await giveVerdict(deps, { ...command, ...photo }, DECIDED)).toMatchObject({ ok: true });
    expect((await eventOf(report.id, "reopened"))?.data).toMatchObject({ reason: REASON });
    const { verdictPhotos } = await findCheck(deps.store.db, await storedReport(deps, report.id));
    expect(verdictPhotos).toEqual([{ fileId: `file-late-${report.id}`, kind: "photo" }]);
  });

  test("shows what its own inspector found, and nothing another began to say", async () => {
    const report = await aDisputed();
    const command = { reportId: report.id, version: report.version, verdict: "uphold", question: null } as const;
    const his = { actorId: otherInspectorId, words: REASON, photos: [aPhoto(`his-${report.id}`)] };
    expect(await giveVerdict(deps, { ...command, ...his }, DECIDED)).toMatchObject({ ok: true });
    const hers = { authorId: inspectorId, words: null, photos: [aPhoto(`hers-${report.id}`)] };
    await deps.store.db.transaction((tx) =>
      addAddition(tx, { reportId: report.id, kind: "verdict", ...hers }, DECIDED),
    );
    const { verdictPhotos } = await findCheck(deps.store.db, await storedReport(deps, report.id));
    expect(verdictPhotos).toEqual([{ fileId: `file-his-${report.id}`, kind: "photo" }]);
  });

  test("of two inspectors at once is one: the other is told who and what", async () => {
    for (let round = 0; round < 4; round += 1) {
      const report = await aDisputed();
      const results = await Promise.all([
        decide(deps, inspectorId, report, "uphold", DECIDED),
        decide(elsewhere, otherInspectorId, report, "reopen", DECIDED),
      ]);
      const [lost] = results.filter(({ ok }) => !ok);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(lost).toMatchObject({ why: "decided", by: { role: "inspector" } });
      const decisions = await deps.store.db.select().from(events).where(eq(events.reportId, report.id));
      expect(decisions.filter(({ kind }) => kind === "closed" || kind === "reopened")).toHaveLength(1);
    }
  });
});

describe("the desk", () => {
  test("is the inspectors': an editor is told so, an admin may", async () => {
    const report = await aDisputed();
    expect(await deskOf(report)).toBe("inspectors");
    const refused = await decide(deps, otherEditorId, report, "uphold", DECIDED);
    expect(refused).toEqual({ ok: false, why: "not_this_desk", desk: "inspectors" });
    expect(await decide(deps, cast.officerId, report, "uphold", DECIDED)).toEqual({ ok: false, why: "not_allowed" });
    expect(await decide(deps, adminId, report, "uphold", DECIDED)).toMatchObject({ ok: true });
  });

  test("is an editor's for an author's third dispute on the same place and topic, counted over reports", async () => {
    const authorId = await aResident(deps.store.db);
    const own = { ...cast, authorId };
    const first = await refuted(await aPublished(deps, own), DISPUTED);
    const second = await refuted(await nextCycle(first, inspectorId, hoursAfter(DISPUTED, 1)), hoursAfter(DISPUTED, 4));
    expect([await deskOf(first), await deskOf(second)]).toEqual(["inspectors", "inspectors"]);
    // Ninety meters further north is the same place.
    const near = await aPublished(deps, own, { differs: { lat: 55.73 + 90 / 111_195 } });
    const third = await refuted(near, hoursAfter(DISPUTED, 5));
    expect(await deskOf(third)).toBe("editors");
    const refused = await decide(deps, inspectorId, third, "uphold", hoursAfter(DISPUTED, 6));
    expect(refused).toEqual({ ok: false, why: "not_this_desk", desk: "editors" });
    expect(await decide(deps, otherEditorId, third, "uphold", hoursAfter(DISPUTED, 6))).toMatchObject({ ok: true });
  });

  test.for([
    ["of another topic", { topicId: "yard-bench" }],
    ["110 meters away", { lat: 55.73 + 110 / 111_195 }],
  ] as const)("stays the inspectors' for disputes %s", async ([, differs]) => {
    const authorId = await aResident(deps.store.db);
    const own = { ...cast, authorId };
    for (let count = 0; count < 2; count += 1) await refuted(await aPublished(deps, own), DISPUTED);
    const other = await refuted(await aPublished(deps, own, { differs }), DISPUTED);
    expect(await deskOf(other)).toBe("inspectors");
  });

  test("is the admins' in the third cycle, who assign again or close, with a reason", async () => {
    const authorId = await aResident(deps.store.db);
    const neighbourId = await aResident(deps.store.db);
    const published = await aPublished(deps, { ...cast, authorId }, { followedBy: [neighbourId] });
    const byNeighbour = async (report: ReportRow, now: Date): Promise<ReportRow> => {
      const disputed = await vote(deps, report.id, neighbourId, "refutation", now);
      if (!disputed.ok) throw new Error(`not disputed: ${disputed.why}`);
      return disputed.report;
    };
    const first = await byNeighbour(published, hoursAfter(PUBLISHED, 1));
    expect(await decide(deps, adminId, first, "give_up", hoursAfter(PUBLISHED, 2))).toEqual({
      ok: false,
      why: "not_allowed",
    });
    const second = await byNeighbour(
      await nextCycle(first, inspectorId, hoursAfter(PUBLISHED, 2)),
      hoursAfter(PUBLISHED, 5),
    );
    const third = await byNeighbour(
      await nextCycle(second, inspectorId, hoursAfter(PUBLISHED, 6)),
      hoursAfter(PUBLISHED, 9),
    );
    expect([third.cycle, await deskOf(third)]).toEqual([3, "admins"]);
    expect(await decide(deps, inspectorId, third, "reopen", hoursAfter(PUBLISHED, 10))).toEqual({
      ok: false,
      why: "not_this_desk",
      desk: "admins",
    });
    const fourth = await byNeighbour(
      await nextCycle(third, adminId, hoursAfter(PUBLISHED, 10)),
      hoursAfter(PUBLISHED, 13),
    );
    expect([fourth.cycle, await deskOf(fourth)]).toEqual([4, "admins"]);
    expect(await decide(deps, adminId, fourth, "give_up", hoursAfter(PUBLISHED, 14))).toMatchObject({
      report: { status: "closed", outcome: "not_fixable" },
    });
    const [card] = await deps.store.db
      .select()
      .from(notices)
      .where(and(eq(notices.reportId, third.id), eq(notices.kind, "dispute_card"), eq(notices.residentId, adminId)));
    expect(card?.params).toMatchObject({ desk: "admins" });
  });

  test("is an editor's where no inspector is appointed, and lists only what its people decide", async () => {
    const theirs = await aDisputed();
    const listed = await listDisputes(deps.store.db, { desks: ["inspectors"], districtIds: [] });
    expect(listed.map(({ id }) => id)).toContain(theirs.id);
    expect(listed.every(({ desk }) => desk === "inspectors")).toBe(true);
    const appointed = await deps.store.db
      .update(grants)
      .set({ removedAt: NOON })
      .where(eq(grants.role, "inspector"))
      .returning({ id: grants.id });
    try {
      const report = await aDisputed();
      expect(await deskOf(report)).toBe("editors");
      const waiting = await listDisputes(deps.store.db, { desks: ["editors"], districtIds: ["kuntsevo"] });
      expect(waiting.map(({ id }) => id)).toContain(report.id);
      expect(await listDisputes(deps.store.db, { desks: ["editors"], districtIds: ["krylatskoe"] })).toEqual([]);
      expect(await decide(deps, otherEditorId, report, "uphold", DECIDED)).toMatchObject({ ok: true });
    } finally {
      for (const { id } of appointed) {
        await deps.store.db.update(grants).set({ removedAt: null }).where(eq(grants.id, id));
      }
    }
  });
});

describe("whoever has a part in the answer", () => {
  const grant = async (residentId: number, role: StaffRole, agencyId: string | null = null): Promise<void> => {
    await deps.store.db.insert(grants).values({ residentId, role, agencyId, grantedAt: NOON });
  };
  const aJudge = async (role: StaffRole, officerOf?: string): Promise<number> => {
    const residentId = await aResident(deps.store.db, { role });
    if (officerOf !== undefined) await grant(residentId, "officer", officerOf);
    return residentId;
  };

  test.for(["inspector", "admin"] as const)("does not decide as an %s: an officer of the agency", async (role) => {
    const report = await aDisputed();
    const refused = { ok: false, why: "agency_staff" };
    for (const verdict of ["uphold", "reopen"] as const) {
      expect(await decide(deps, await aJudge(role, AGENCY), report, verdict, DECIDED)).toEqual(refused);
    }
    expect(await storedReport(deps, report.id)).toEqual(report);
    expect(await decide(deps, await aJudge(role, "roads"), report, "uphold", DECIDED)).toMatchObject({ ok: true });
  });

  test("does not decide as an editor who published it, nor as whoever sent it and left the agency", async () => {
    const editorId = await aJudge("editor");
    const officerId = await aResident(deps.store.db, { role: "officer", agencyId: AGENCY });
    const authorId = await aResident(deps.store.db);
    const report = await refuted(await aPublished(deps, { authorId, editorId, officerId }), DISPUTED);
    await grant(editorId, "inspector");
    await deps.store.db.update(grants).set({ removedAt: NOON }).where(eq(grants.residentId, officerId));
    await grant(officerId, "inspector");
    expect(await decide(deps, editorId, report, "uphold", DECIDED)).toEqual({ ok: false, why: "publisher" });
    expect(await decide(deps, officerId, report, "uphold", DECIDED)).toEqual({ ok: false, why: "own_answer" });
  });

  test("hears nothing of the dispute as an inspector; the others do", async () => {
    const insiderId = await aJudge("inspector", AGENCY);
    const report = await aDisputed();
    const told = await deps.store.db
      .select({ residentId: notices.residentId })
      .from(notices)
      .where(and(eq(notices.reportId, report.id), eq(notices.kind, "dispute_card")));
    const ids = told.map(({ residentId }) => residentId);
    expect(ids).toContain(inspectorId);
    expect(ids).not.toContain(insiderId);
  });

  test("leaves it to an admin where nobody else is left, and an interested admin only then", async () => {
    const { store, city } = { store: await freshStore("postgres"), city: deps.city };
    const town = { store, city, log: quietLog };
    try {
      const own = await aCast(town);
      await store.db.insert(grants).values({ residentId: own.officerId, role: "inspector", grantedAt: NOON });
      const mayorId = await aResident(store.db, { role: "admin" });
      await store.db.insert(grants).values({ residentId: mayorId, role: "officer", agencyId: AGENCY, grantedAt: NOON });
      const published = await aPublished(town, own);
      const disputed = await vote(town, published.id, own.authorId, "refutation", DISPUTED);
      if (!disputed.ok) throw new Error(`not disputed: ${disputed.why}`);
      expect(await findDesk(store.db, published.id)).toBe("admins");
      expect(await decide(town, own.officerId, disputed.report, "uphold", DECIDED)).toMatchObject({
        why: "own_answer",
      });
      const otherId = await aResident(store.db, { role: "admin" });
      expect(await decide(town, mayorId, disputed.report, "uphold", DECIDED)).toEqual({
        ok: false,
        why: "agency_staff",
      });
      await store.db.update(grants).set({ removedAt: NOON }).where(eq(grants.residentId, otherId));
      expect(await decide(town, mayorId, disputed.report, "uphold", DECIDED)).toMatchObject({ ok: true });
    } finally {
      await store.close();
    }
  });

  test("does not publish it: an officer of the agency, or whoever sent it, unless they are the last admin", async () => {
    const { db } = deps.store;
    const authorId = await aResident(db);
    const bothId = await aJudge("editor", AGENCY);
    const { id } = await aPublishedAgain({ ...cast, authorId, officerId: bothId });
    const report = await storedReport(deps, id);
    const tried = (actorId: number) => publishAnswer(deps, { actorId, reportId: id, version: null }, DECIDED);
    expect(await tried(bothId)).toEqual({ ok: false, why: "own_answer" });
    expect(await tried(await aJudge("editor", AGENCY))).toEqual({ ok: false, why: "agency_staff" });
    expect(await tried(await aJudge("admin", AGENCY))).toEqual({ ok: false, why: "agency_staff" });
    expect(await storedReport(deps, id)).toEqual(report);
    expect(await tried(await aJudge("editor", "roads"))).toMatchObject({ ok: true });
  });

  /** A report whose answer waits for an editor: in its second cycle, because that is quick to get. */
  const aPublishedAgain = async (own: Cast): Promise<ReportRow> => {
    const disputed = await refuted(await aPublished(deps, { ...own, officerId: cast.officerId }), DISPUTED);
    const reopened = await decide(deps, inspectorId, disputed, "reopen", DISPUTED);
    if (!reopened.ok) throw new Error(`not reopened: ${reopened.why}`);
    await answer(deps, own, reopened.report.id, "fixed", DISPUTED);
    return reopened.report;
  };
});

describe("its author", () => {
  const object = (report: ReportRow, actorId: number, now: Date, words: string | null = "Снова погас") =>
    contest(deps, { actorId, reportId: report.id, words, photos: [], question: null }, now);

  const aClosed = async (): Promise<ReportRow> => {
    const authorId = await aResident(deps.store.db);
    const neighbourId = await aResident(deps.store.db);
    const report = await aPublished(deps, { ...cast, authorId }, { followedBy: [neighbourId] });
    await vote(deps, report.id, authorId, "confirmation", DISPUTED);
    await vote(deps, report.id, neighbourId, "confirmation", DISPUTED);
    return storedReport(deps, report.id);
  };

  test("may contest a closed report until the end of day 10 after publication", async () => {
    const report = await aClosed();
    const disputed = await object(report, report.authorId ?? 0, new Date(WINDOW_ENDS.getTime() - 1));
    expect(disputed).toMatchObject({ ok: true, report: { status: "disputed", outcome: null } });
    expect((await eventOf(report.id, "disputed"))?.data).toMatchObject({ isContest: true, desk: "inspectors" });
    const { grounds } = await findCheck(deps.store.db, await storedReport(deps, report.id));
    expect(grounds).toEqual([{ words: "Снова погас", photos: [] }]);
  });

  test("may not later, not without a word, and nobody else may", async () => {
    const report = await aClosed();
    const { authorId } = report;
    if (authorId === null) throw new Error("No author");
    expect(await object(report, authorId, WINDOW_ENDS)).toEqual({ ok: false, why: "too_late", until: WINDOW_ENDS });
    expect(await object(report, authorId, DECIDED, null)).toEqual({ ok: false, why: "words_or_photo" });
    expect(await object(report, cast.editorId, DECIDED)).toEqual({ ok: false, why: "not_allowed" });
    expect(await storedReport(deps, report.id)).toEqual(report);
  });

  test("finds a report that is not closed as it stands", async () => {
    const report = await aDisputed();
    const tried = await object(report, report.authorId ?? 0, DECIDED);
    expect(tried).toEqual({ ok: false, why: "not_closed", status: "disputed" });
  });

  test("hears that the time is over when the window and the objection end together", async () => {
    const authorId = await aResident(deps.store.db);
    const report = await aPublished(deps, { ...cast, authorId });
    await tickReport(deps, report.id, WINDOW_ENDS);
    expect(await object(report, authorId, WINDOW_ENDS)).toMatchObject({ why: "too_late" });
  });
});

test("a vote of the first cycle's button counts for nothing in the second", async () => {
  const report = await aDisputed();
  const again = await nextCycle(report, inspectorId, DECIDED);
  const old = await vote(deps, again.id, again.authorId ?? 0, "confirmation", hoursAfter(DECIDED, 3), { cycle: 1 });
  expect(old).toMatchObject({ ok: false, why: "already", value: "refutation" });
  const fresh = await vote(deps, again.id, again.authorId ?? 0, "confirmation", hoursAfter(DECIDED, 3), { cycle: 2 });
  expect(fresh).toMatchObject({ ok: true });
});

const eventOf = async (reportId: number, kind: string) =>
  (
    await deps.store.db
      .select()
      .from(events)
      .where(and(eq(events.reportId, reportId), eq(events.kind, kind)))
      .orderBy(asc(events.id))
  ).at(-1);
