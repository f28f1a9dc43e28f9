/** Rejected reports that come back: repaired up to three times within seven days, appealed once to somebody else; and what is taken back. */
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { appealRejection } from "../../../src/actions/appeal-rejection.ts";
import { askResident } from "../../../src/actions/ask-resident.ts";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { continueDraft } from "../../../src/actions/continue-draft.ts";
import { rejectReport } from "../../../src/actions/reject-report.ts";
import { beginRepair } from "../../../src/actions/repair-report.ts";
import { replyToQuestion } from "../../../src/actions/reply-to-question.ts";
import { undoDecision } from "../../../src/actions/undo-decision.ts";
import { readDraft } from "../../../src/form/draft.ts";
import { drafts } from "../../../src/store/schema/drafts.ts";
import { events } from "../../../src/store/schema/events.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import { type ReportRow } from "../../../src/store/schema/reports.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { findVisit } from "../../../src/store/queries/residents.ts";
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
  const { version } = deps.city.consent;
  const agreed = { consentVersion: version, consentAt: NOON };
  await deps.store.db.update(residents).set(agreed).where(eq(residents.id, authorId));
});
afterAll(() => deps.store.close());

const now = hoursAfter(NOON, 1);
const DAY = 24;

const stored = (id: number): Promise<ReportRow> => storedReport(deps, id);
const kindsOf = async (id: number) =>
  (await deps.store.db.select().from(events).where(eq(events.reportId, id)).orderBy(asc(events.id))).map(
    ({ kind }) => kind,
  );
const reject = (reportId: number, actorId = ilyaId, at = now) =>
  rejectReport(deps, { actorId, reportId, version: null, reason: { code: "unclear" } }, at);
const begin = (reportId: number, at = now, replace = false) =>
  beginRepair(deps, { residentId: authorId, reportId, replace, turn: 5000 }, at);

const aReportWithPhoto = async (differs: Parameters<typeof aReport>[2] = {}): Promise<ReportRow> => {
  const report = await aReport(deps.store.db, authorId, { answers: { lamps: "one" }, ...differs });
  const photo = {
    reportId: report.id,
    position: 0,
    fileId: "file-1",
    fileUniqueId: `u${report.id}`,
    isDocument: false,
  };
  await deps.store.db.insert(photos).values(photo);
  return report;
};

let lastUpdate = 1000;
/** The author answers with this press, or simply sends, at the draft's present turn. */
const press = async (what: string, at = now) => {
  const [{ telegramId } = { telegramId: null }] = await deps.store.db
    .select({ telegramId: residents.telegramId })
    .from(residents)
    .where(eq(residents.id, authorId));
  const updateId = (lastUpdate += 1);
  const visit = await findVisit(deps.store.db, telegramId ?? 0, updateId);
  if (visit === null) throw new Error("Nobody");
  const turn = visit.draft === null ? 0 : readDraft(visit.draft.content).turn;
  return continueDraft(deps, { visit, updateId, input: { kind: "press", turn, press: what } }, at);
};

describe("repairing", () => {
  test("opens a draft with everything in it, and sending it keeps the number", async () => {
    const { id } = await aReportWithPhoto();
    await reject(id);
    expect(await begin(id)).toEqual({ ok: true });
    const [draft] = await deps.store.db.select().from(drafts).where(eq(drafts.residentId, authorId));
    expect(draft).toMatchObject({ repairsId: id });
    expect(readDraft(draft?.content)).toMatchObject({
      topicId: "yard-light",
      description: "Фонарь у подъезда не горит вторую неделю",
      place: { address: "Ярцевская улица, 14", point: { lat: 55.73, lon: 37.42 }, districtId: "kuntsevo" },
      photos: [{ fileId: "file-1" }],
    });
    const later = hoursAfter(now, DAY);
    expect(await press("send", later)).toMatchObject({ kind: "sent", reportId: id });
    expect(await stored(id)).toMatchObject({
      status: "submitted",
      repairs: 1,
      moderatorId: null,
      createdAt: NOON,
      dueAt: new Date("2026-07-17T21:00:00.000Z"),
    });
    expect(await deps.store.db.$count(photos, eq(photos.reportId, id))).toBe(1);
    expect(await deps.store.db.$count(drafts, eq(drafts.residentId, authorId))).toBe(0);
    expect(await kindsOf(id)).toEqual(["rejected", "repaired"]);
  });

  test("never throws away another draft unasked", async () => {
    const [first, second] = [await aReportWithPhoto(), await aReportWithPhoto()];
    await reject(first.id);
    await reject(second.id);
    await begin(first.id);
    expect(await begin(second.id)).toEqual({ ok: false, why: "draft_exists" });
    expect(await begin(second.id, now, true)).toEqual({ ok: true });
    const [draft] = await deps.store.db.select().from(drafts).where(eq(drafts.residentId, authorId));
    expect(draft?.repairsId).toBe(second.id);
  });

  test("goes three times and no fourth", async () => {
    const { id } = await aReportWithPhoto();
    for (let repairs = 1; repairs <= 3; repairs += 1) {
      await reject(id);
      await begin(id);
      await press("send");
      expect(await stored(id)).toMatchObject({ status: "submitted", repairs });
    }
    await reject(id);
    expect(await begin(id)).toEqual({ ok: false, why: "no_more" });
  });

  test("goes until the end of the seventh day; a draft begun in time and sent later becomes a report of its own", async () => {
    const { id } = await aReportWithPhoto();
    await reject(id);
    const until = new Date("2026-07-22T21:00:00.000Z");
    expect(await begin(id, until)).toEqual({ ok: false, why: "lapsed", until });
    expect(await begin(id, new Date(until.getTime() - 1))).toEqual({ ok: true });
    expect(await press("send", until)).toMatchObject({ kind: "repair_over", number: id });
    expect(await stored(id)).toMatchObject({ status: "rejected", repairs: 0 });
    const sent = await press("send", until);
    if (sent.kind !== "sent") throw new Error(sent.kind);
    expect(sent.reportId).not.toBe(id);
  });

  test("is the author's alone, and only of a rejected report", async () => {
    const { id } = await aReportWithPhoto();
    expect(await begin(id)).toEqual({ ok: false, why: "wrong_status", status: "submitted" });
    await reject(id);
    const stranger = { residentId: olgaId, reportId: id, replace: false, turn: 1 };
    expect(await beginRepair(deps, stranger, now)).toEqual({ ok: false, why: "not_allowed" });
  });
});

describe("appealing", () => {
  const appeal = (reportId: number, words = "Там видно трещину", at = now) =>
    appealRejection(deps, { actorId: authorId, reportId, words }, at);

  test("goes once, on top of the queue, to another editor than whoever rejected it", async () => {
    const { id } = await aReportWithPhoto();
    await reject(id, ilyaId);
    expect(await appeal(id)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ status: "submitted", hasAppealed: true, isOnTop: true });

    const accept = (actorId: number) =>
      assignReport(deps, { actorId, reportId: id, version: null, agencyId: null }, now);
    expect(await findReportView(deps.store.db, id)).toMatchObject({ rejection: { code: expect.any(String) } });
    expect(await accept(ilyaId)).toEqual({ ok: false, why: "own_decision" });
    expect(await reject(id, ilyaId)).toEqual({ ok: false, why: "own_decision" });
    expect(await reject(id, olgaId)).toMatchObject({ ok: true });
    expect(await appeal(id)).toEqual({ ok: false, why: "no_more" });
    // Repaired it is nobody's appeal any more.
    await begin(id);
    await press("send");
    expect(await accept(olgaId)).toMatchObject({ ok: true });
  });

  test.each([
    [" ", "reason_missing"],
    ["щ".repeat(501), "reason_too_long"],
  ])("is refused without words that will do", async (words, why) => {
    const { id } = await aReportWithPhoto();
    await reject(id);
    expect(await appeal(id, words)).toEqual({ ok: false, why });
    expect(await stored(id)).toMatchObject({ status: "rejected", hasAppealed: false });
  });

  test("lapses with the repair", async () => {
    const { id } = await aReportWithPhoto();
    await reject(id);
    expect(await appeal(id, "Поздно", hoursAfter(now, 8 * DAY))).toMatchObject({ ok: false, why: "lapsed" });
  });

  test("twice at the same moment counts once", async () => {
    const { id } = await aReportWithPhoto();
    await reject(id);
    const results = await Promise.all([appeal(id), appeal(id)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await kindsOf(id)).toEqual(["rejected", "appealed"]);
  });
});

describe("taking a decision back", () => {
  const undo = (actorId = ilyaId, at = now) => undoDecision(deps, { actorId }, at);
  const noticesOf = async (id: number) =>
    (await deps.store.db.select().from(notices).where(eq(notices.reportId, id)).orderBy(notices.id)).map(
      ({ kind, state, residentId }) => ({ kind, state, isAuthors: residentId === authorId }),
    );

  test("lets the report stand as before, and what waits for the morning is never told", async () => {
    const report = await aReport(deps.store.db, authorId);
    const night = hoursAfter(NOON, 11);
    await assignReport(deps, { actorId: ilyaId, reportId: report.id, version: null, agencyId: null }, night);
    const undoneAt = hoursAfter(night, 0.05);
    expect(await undo(ilyaId, undoneAt)).toMatchObject({ ok: true, kind: "assigned" });
    const differs = { version: 3, updatedAt: undoneAt, nextTickAt: report.dueAt };
    expect(await stored(report.id)).toEqual({ ...report, ...differs });
    expect(await kindsOf(report.id)).toEqual(["assigned", "undone"]);
    const told = await noticesOf(report.id);
    expect(told.filter(({ kind }) => kind === "assigned")).toEqual([
      { kind: "assigned", state: "dropped", isAuthors: true },
    ]);
    expect(told.filter(({ kind, isAuthors }) => kind === "undone" && isAuthors)).toEqual([]);
  });

  test("tells whoever was told already that it does not count", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    await reject(id);
    const sent = { state: "sent", settledAt: now } as const;
    await deps.store.db.update(notices).set(sent).where(eq(notices.reportId, id));
    await undo();
    expect(await noticesOf(id)).toContainEqual({ kind: "undone", state: "waiting", isAuthors: true });
  });

  test("goes for five minutes, for one's own last decision, and only if nothing followed", async () => {
    const first = await aReport(deps.store.db, authorId);
    await reject(first.id);
    expect(await undo(ilyaId, hoursAfter(now, 5.1 / 60))).toEqual({ ok: false, why: "too_late", reportId: first.id });

    const second = await aReport(deps.store.db, authorId);
    await askResident(deps, { actorId: ilyaId, reportId: second.id, version: null, words: "Где это?" }, now);
    const message = { chatId: authorId, messageId: 77_000 + second.id, albumId: null };
    const reply = { actorId: authorId, reportId: second.id, words: "У дома", photos: [], message };
    await replyToQuestion(deps, reply, hoursAfter(now, 0.01));
    const refused = { ok: false, why: "followed", reportId: second.id, what: "replied" };
    expect(await undo(ilyaId, hoursAfter(now, 0.02))).toEqual(refused);
    expect(await stored(second.id)).toMatchObject({ status: "submitted", isOnTop: true });
  });

  test("is refused to whoever decided nothing, or is no editor, and twice", async () => {
    expect(await undo(authorId)).toEqual({ ok: false, why: "not_allowed" });
    const freshId = await aResident(deps.store.db, { role: "editor" });
    expect(await undo(freshId)).toEqual({ ok: false, why: "nothing" });
    const { id } = await aReport(deps.store.db, authorId);
    await reject(id, freshId);
    expect(await undo(freshId)).toMatchObject({ ok: true });
    expect(await undo(freshId)).toEqual({ ok: false, why: "again", reportId: id });
  });
});
