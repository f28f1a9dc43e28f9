/** Two reports of one thing: merging, and standing for itself again with the date it had. Also what an editor corrects, and cards in hand. */
import { and, asc, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { banAuthor, unbanAuthor } from "../../../src/actions/ban-author.ts";
import { changePlace, changeTopic, editPublicText, hidePhoto } from "../../../src/actions/correct-report.ts";
import { followReport } from "../../../src/actions/follow-report.ts";
import { mergeReports } from "../../../src/actions/merge-reports.ts";
import { rejectReport } from "../../../src/actions/reject-report.ts";
import { releaseCard, takeCard } from "../../../src/actions/take-card.ts";
import { undoDecision } from "../../../src/actions/undo-decision.ts";
import { unmergeReport } from "../../../src/actions/unmerge-report.ts";
import { nearestOf, similarBox } from "../../../src/report/duplicate.ts";
import { listSimilar } from "../../../src/store/queries/similar.ts";
import { events } from "../../../src/store/schema/events.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import { type ReportRow } from "../../../src/store/schema/reports.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { followers } from "../../../src/store/schema/votes.ts";
import { freshDeps, storedReport, type FreshDeps } from "../../support/deps.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";

let deps: FreshDeps;
let authorId: number;
let ilyaId: number;
let olgaId: number;

beforeAll(async () => {
  deps = await freshDeps();
  ilyaId = await aResident(deps.store.db, { name: "Илья", role: "editor" });
  olgaId = await aResident(deps.store.db, { name: "Ольга", role: "editor" });
});
beforeEach(async () => {
  authorId = await aResident(deps.store.db, { name: "Анна" });
});
afterAll(() => deps.store.close());

const now = hoursAfter(NOON, 1);

const stored = (id: number): Promise<ReportRow> => storedReport(deps, id);
const accept = async (reportId: number, more: Partial<Parameters<typeof assignReport>[1]> = {}) =>
  assignReport(deps, { actorId: ilyaId, reportId, version: null, agencyId: null, ...more }, now);
const anOpenReport = async (differs: Parameters<typeof aReport>[2] = {}): Promise<ReportRow> => {
  const { id } = await aReport(deps.store.db, await aResident(deps.store.db), differs);
  await accept(id);
  return stored(id);
};
const merge = (reportId: number, originalId: number, at = now) =>
  mergeReports(deps, { actorId: ilyaId, reportId, version: null, originalId }, at);
const unmerge = (reportId: number, at = now) => unmergeReport(deps, { actorId: olgaId, reportId, version: null }, at);
const saidTo = async (residentId: number, reportId: number) =>
  (
    await deps.store.db
      .select({ kind: notices.kind })
      .from(notices)
      .where(and(eq(notices.residentId, residentId), eq(notices.reportId, reportId)))
      .orderBy(asc(notices.id))
  ).map(({ kind }) => kind);
const followersOf = async (reportId: number) =>
  (
    await deps.store.db
      .select()
      .from(followers)
      .where(and(eq(followers.reportId, reportId), isNull(followers.leftAt)))
      .orderBy(asc(followers.residentId))
  ).map(({ residentId }) => residentId);

describe("similar reports", () => {
  test("are open public ones on the same topic within 100 meters, the nearest first", async () => {
    const at = { lat: 55.61, lon: 37.3 };
    // A ten-thousandth of a degree of latitude is eleven meters.
    const near = await anOpenReport({ ...at, lat: at.lat + 0.0005 });
    const nearer = await anOpenReport({ ...at, lat: at.lat + 0.0001 });
    await anOpenReport({ ...at, lat: at.lat + 0.001 });
    // Within the box, but not within the circle.
    await anOpenReport({ lat: at.lat + 0.0008, lon: at.lon + 0.0014 });
    await anOpenReport({ ...at, topicId: "pothole" });
    await aReport(deps.store.db, authorId, at);
    const found = await listSimilar(deps.store.db, { topicId: "yard-light", box: similarBox(at) });
    expect(nearestOf(at, found).map(({ id, meters }) => ({ id, meters }))).toEqual([
      { id: nearer.id, meters: 11 },
      { id: near.id, meters: 56 },
    ]);
  });
});

describe("merging", () => {
  test("makes author and followers follow the other one, and stops the clock", async () => {
    const [original, other] = [await anOpenReport(), await aReport(deps.store.db, authorId)];
    await accept(other.id);
    const fanId = await aResident(deps.store.db);
    await followReport(deps, { residentId: fanId, reportId: other.id }, now);
    expect(await merge(other.id, original.id)).toMatchObject({ ok: true });
    expect(await stored(other.id)).toMatchObject({
      status: "merged",
      mergedIntoId: original.id,
      returnsTo: "assigned",
      dueAt: null,
      nextTickAt: null,
    });
    expect(await followersOf(original.id)).toEqual([authorId, fanId].toSorted((a, b) => a - b));
  });

  test("and standing for itself again are told to followers once each, who then hear of it alone", async () => {
    const [original, other] = [await anOpenReport(), await aReport(deps.store.db, authorId)];
    await accept(other.id);
    const [fanId, loyalId] = [await aResident(deps.store.db), await aResident(deps.store.db)];
    for (const residentId of [fanId, loyalId]) await followReport(deps, { residentId, reportId: other.id }, NOON);
    await followReport(deps, { residentId: loyalId, reportId: original.id }, NOON);
    await merge(other.id, original.id);
    for (const id of [fanId, loyalId]) expect(await saidTo(id, other.id)).toEqual(["merged_followers"]);
    await unmerge(other.id, hoursAfter(now, 2));
    for (const id of [fanId, loyalId]) {
      expect(await saidTo(id, other.id)).toEqual(["merged_followers", "unmerged_followers"]);
    }
    expect(await followersOf(original.id)).toEqual([loyalId]);
    expect(await followersOf(other.id)).toEqual([fanId, loyalId].toSorted((a, b) => a - b));
  });

  test("does not make the author follow their own report", async () => {
    const original = await aReport(deps.store.db, authorId);
    await accept(original.id);
    const other = await aReport(deps.store.db, authorId);
    await merge(other.id, original.id);
    expect(await followersOf(original.id)).toEqual([]);
  });

  test("is refused into itself, into nothing and into what is not open and public", async () => {
    const report = await aReport(deps.store.db, authorId);
    const waiting = await aReport(deps.store.db, authorId);
    expect(await merge(report.id, report.id)).toEqual({ ok: false, why: "same" });
    expect(await merge(report.id, 999_999)).toEqual({ ok: false, why: "no_original" });
    expect(await merge(report.id, waiting.id)).toEqual({ ok: false, why: "not_open" });
    expect(await stored(report.id)).toEqual(report);
  });

  test("two reports into each other at the same moment merges one of them", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, two] = [await anOpenReport(), await anOpenReport()];
      const results = await Promise.all([merge(one.id, two.id), merge(two.id, one.id)]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    }
  });
});

describe("standing for itself again", () => {
  test("brings the report back to its agency with its own date, even a past one", async () => {
    const [original, { id }] = [await anOpenReport(), await aReport(deps.store.db, authorId)];
    await accept(id);
    const { dueAt } = await stored(id);
    await merge(id, original.id);
    const muchLater = hoursAfter(now, 24 * 60);
    expect(await unmerge(id, muchLater)).toMatchObject({ ok: true, originalId: original.id });
    expect(await stored(id)).toMatchObject({
      status: "assigned",
      dueAt,
      handlingDueAt: dueAt,
      mergedIntoId: null,
      returnsTo: null,
    });
    expect(await followersOf(original.id)).toEqual([]);
  });

  test("brings it back to the queue with the date of its moderation", async () => {
    const [original, report] = [await anOpenReport(), await aReport(deps.store.db, authorId)];
    await merge(report.id, original.id);
    await unmerge(report.id, hoursAfter(now, 2));
    expect(await stored(report.id)).toMatchObject({ status: "submitted", dueAt: report.dueAt });
  });

  test("leaves alone whoever followed the other one before", async () => {
    const [original, { id }] = [await anOpenReport(), await aReport(deps.store.db, authorId)];
    await followReport(deps, { residentId: authorId, reportId: original.id }, NOON);
    await merge(id, original.id);
    await unmerge(id);
    expect(await followersOf(original.id)).toEqual([authorId]);
  });

  test("is the same when the merge is taken back", async () => {
    const [original, report] = [await anOpenReport(), await aReport(deps.store.db, authorId)];
    await merge(report.id, original.id);
    expect(await undoDecision(deps, { actorId: ilyaId }, now)).toMatchObject({ ok: true, kind: "merged" });
    expect(await stored(report.id)).toMatchObject({ status: "submitted", dueAt: report.dueAt, mergedIntoId: null });
    expect(await followersOf(original.id)).toEqual([]);
  });
});

describe("a card in hand", () => {
  const take = (actorId: number, reportId: number, at = now) =>
    takeCard(deps, { actorId, reportId, version: null }, at);
  const reject = (actorId: number, reportId: number, at = now) =>
    rejectReport(deps, { actorId, reportId, version: null, reason: { code: "unclear" } }, at);

  test("is kept from other editors for fifteen minutes, and from nobody after that", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    const until = hoursAfter(now, 0.25);
    expect(await take(ilyaId, id)).toMatchObject({ ok: true, until });
    expect(await take(olgaId, id)).toEqual({ ok: false, why: "taken", by: "Илья", until });
    expect(await reject(olgaId, id)).toEqual({ ok: false, why: "taken", by: "Илья", until });
    expect(await reject(olgaId, id, until)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ takenById: null, takenUntil: null });
  });

  test("is let go before that by whoever has it", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    await take(ilyaId, id);
    expect(await releaseCard(deps, { actorId: ilyaId, reportId: id, version: null }, now)).toMatchObject({ ok: true });
    expect(await take(olgaId, id)).toMatchObject({ ok: true });
  });

  test("is taken by one of two who press at the same moment", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await aReport(deps.store.db, authorId);
      const results = await Promise.all([take(ilyaId, id), take(olgaId, id)]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    }
  });
});

describe("what an editor corrects", () => {
  test("topic and place route the report anew", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    const to = { actorId: ilyaId, reportId: id, version: null };
    expect(await changeTopic(deps, { ...to, topicId: "pothole" }, now)).toMatchObject({ ok: true });
    const place = { point: { lat: 55.75, lon: 37.4 }, address: "Осенний бульвар, 2", districtId: "krylatskoye" };
    expect(await changePlace(deps, { ...to, place }, now)).toMatchObject({ ok: true });
    await accept(id);
    expect((await stored(id)).agencyId).toBe(deps.city.routes.get("pothole")?.get("krylatskoye"));
    expect(await changeTopic(deps, { ...to, topicId: "moon" }, now)).toMatchObject({ ok: false, why: "decided" });
  });

  test("other days than the topic's count from now and keep their reason", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    const refused = { count: 0, reason: "Нужна закупка" };
    expect(await accept(id, { days: refused })).toEqual({ ok: false, why: "days_wrong" });
    expect(await accept(id, { days: { count: 12, reason: " " } })).toEqual({ ok: false, why: "reason_missing" });
    expect(await accept(id, { days: { count: 12, reason: "Нужна закупка" } })).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ dayCount: 12, dueAt: new Date("2026-07-31T21:00:00.000Z") });
    const [event] = await deps.store.db.select().from(events).where(eq(events.reportId, id));
    expect(event?.data).toMatchObject({ reason: "Нужна закупка", due: { count: 12, kind: "working" } });
  });

  test("the public text stands beside the resident's own words, which stay", async () => {
    const { id, description } = await aReport(deps.store.db, authorId);
    const edit = (text: string | null) =>
      editPublicText(deps, { actorId: ilyaId, reportId: id, version: null, text }, now);
    expect(await edit("Коротко")).toEqual({ ok: false, why: "text_wrong" });
    expect(await edit("  Фонарь у подъезда не горит  ")).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ description, publicText: "Фонарь у подъезда не горит" });
    await edit(null);
    expect(await stored(id)).toMatchObject({ description, publicText: null });
  });

  test("a photo of the report is hidden and shown again, nobody else's", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    const row = { reportId: id, position: 0, fileId: "f", fileUniqueId: `h${id}`, isDocument: false };
    const [photo] = await deps.store.db.insert(photos).values(row).returning();
    const hide = (reportId: number, isHidden: boolean) =>
      hidePhoto(deps, { actorId: ilyaId, reportId, version: null, photoId: photo?.id ?? 0, isHidden }, now);
    expect(await hide(id, true)).toMatchObject({ ok: true });
    const isHidden = async () =>
      (await deps.store.db.select().from(photos).where(eq(photos.reportId, id)))[0]?.isHidden;
    expect(await isHidden()).toBe(true);
    const other = await aReport(deps.store.db, authorId);
    expect(await hide(other.id, false)).toEqual({ ok: false, why: "no_photo" });
    await hide(id, false);
    expect(await isHidden()).toBe(false);
  });
});

describe("a ban", () => {
  test("lasts until the end of its last day, with the reason, and is no matter for staff", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    const ban = (days: number, reportId = id) =>
      banAuthor(deps, { actorId: ilyaId, reportId, days, reason: "Оскорбления" }, now);
    expect(await ban(0)).toEqual({ ok: false, why: "days_wrong" });
    const until = new Date("2026-07-22T21:00:00.000Z");
    expect(await ban(7)).toEqual({ ok: true, until });
    const person = await deps.store.db.query.residents.findFirst({ where: eq(residents.id, authorId) });
    expect(person).toMatchObject({ bannedUntil: until, banReason: "Оскорбления" });
    const ofStaff = await aReport(deps.store.db, olgaId);
    expect(await ban(7, ofStaff.id)).toEqual({ ok: false, why: "staff" });
  });

  test("is ended early, once", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    const unban = () => unbanAuthor(deps, { actorId: ilyaId, reportId: id }, now);
    expect(await unban()).toEqual({ ok: false, why: "not_banned" });
    await banAuthor(deps, { actorId: ilyaId, reportId: id, days: 7, reason: "Оскорбления" }, now);
    expect(await unban()).toEqual({ ok: true });
    expect(await unban()).toEqual({ ok: false, why: "not_banned" });
  });
});
