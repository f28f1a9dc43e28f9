/** What agencies answer and editors decide: what it changes, who may, and what happens when two want to at once. */
import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { postponeReport } from "../../../src/actions/postpone-report.ts";
import { publishAnswer } from "../../../src/actions/publish-answer.ts";
import { REASON_CHARACTERS } from "../../../src/actions/read-words.ts";
import { refuseRequest } from "../../../src/actions/refuse-request.ts";
import { rejectReport } from "../../../src/actions/reject-report.ts";
import { releaseTask } from "../../../src/actions/release-task.ts";
import { rerouteReport } from "../../../src/actions/reroute-report.ts";
import { returnAnswer } from "../../../src/actions/return-answer.ts";
import { sendAnswer } from "../../../src/actions/send-answer.ts";
import { takeTask } from "../../../src/actions/take-task.ts";
import { endOfDay } from "../../../src/city/city-time.ts";
import type { AnswerContent } from "../../../src/form/answer-draft.ts";
import { lastDayOf } from "../../../src/report/due.ts";
import { type Store } from "../../../src/store/open.ts";
import { findLastAnswer } from "../../../src/store/queries/answers.ts";
import { answers, events, photos, type ReportRow } from "../../../src/store/schema/index.ts";
import { freshDeps, openElsewhere, storedReport, type FreshDeps } from "../../support/deps.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";

let deps: FreshDeps;
/** The same database, opened by another process. */
let elsewhere: Deps & { store: Store };
let authorId: number;
let editorId: number;
let otherEditorId: number;
let officerId: number;
let colleagueId: number;
let strangerId: number;

const AGENCY = "lighting";
/** The demo topic's eight working days after Wednesday the 15th of July. */
const DUE = new Date("2026-07-27T21:00:00.000Z");
const now = hoursAfter(NOON, 1);

beforeAll(async () => {
  deps = await freshDeps();
  elsewhere = await openElsewhere(deps);
  editorId = await aResident(deps.store.db, { name: "Илья", role: "editor" });
  otherEditorId = await aResident(deps.store.db, { name: "Ольга", role: "editor" });
  officerId = await aResident(deps.store.db, { name: "Пётр", role: "officer", agencyId: AGENCY });
  colleagueId = await aResident(deps.store.db, { name: "Вера", role: "officer", agencyId: AGENCY });
  strangerId = await aResident(deps.store.db, { name: "Олег", role: "officer", agencyId: "roads" });
});
beforeEach(async () => {
  authorId = await aResident(deps.store.db, { name: "Анна" });
});
afterAll(async () => {
  await elsewhere.store.close();
  await deps.store.close();
});

/** A report its agency has had since noon of Wednesday, due on the 27th. */
const anAssigned = async (): Promise<ReportRow> => {
  const { id } = await aReport(deps.store.db, authorId);
  const assigned = await assignReport(deps, { actorId: editorId, reportId: id, version: null, agencyId: AGENCY }, NOON);
  if (!assigned.ok) throw new Error(`not assigned: ${assigned.why}`);
  return assigned.report;
};

const stored = (id: number): Promise<ReportRow> => storedReport(deps, id);

const eventsOf = async (reportId: number) =>
  (await deps.store.db.select().from(events).where(eq(events.reportId, reportId)).orderBy(asc(events.id))).filter(
    ({ kind }) => kind !== "assigned",
  );

const statesOf = async (reportId: number) =>
  (await deps.store.db.select().from(answers).where(eq(answers.reportId, reportId)).orderBy(asc(answers.id))).map(
    ({ kind, state }) => `${kind} ${state}`,
  );

const PHOTO = { fileId: "file-after", fileUniqueId: "after", kind: "photo" } as const;
const FIXED: AnswerContent = { kind: "fixed", words: "Фонарь заменили, он горит", photos: [PHOTO] };
const PLANNED: AnswerContent = { kind: "planned", words: "Ждём лампу со склада", photos: [], plannedOn: "2026-08-10" };
const planned = (plannedOn: string): AnswerContent => ({ ...PLANNED, kind: "planned", plannedOn });
const NOT_OURS: AnswerContent = {
  kind: "not_ours",
  words: "Фонарь стоит на дороге, он не наш",
  photos: [],
  successorId: "roads",
};

const send = (
  reportId: number,
  content: AnswerContent,
  {
    at = now,
    actorId = officerId,
    lastAnswerId = null,
    by = deps,
  }: { at?: Date; actorId?: number; lastAnswerId?: number | null; by?: Deps } = {},
) =>
  by.store.db.transaction((tx) =>
    sendAnswer(tx, by, { actorId, reportId, draftId: randomUUID(), content, lastAnswerId }, at),
  );

/** Sends, knowing what was said before. */
const sendNext = async (reportId: number, content: AnswerContent, at = now) =>
  send(reportId, content, { at, lastAnswerId: (await findLastAnswer(deps.store.db, reportId))?.id ?? null });

const act = (reportId: number, version: number | null = null, actorId = editorId) => ({ actorId, reportId, version });

describe("an answer", () => {
  test("stops the agency's clock, keeps words and photos, and waits one working day for an editor", async () => {
    const report = await anAssigned();
    const sent = await send(report.id, FIXED);
    expect(sent).toMatchObject({ ok: true, isAtOnce: false, answer: { kind: "fixed", state: "waiting", cycle: 1 } });
    expect(await stored(report.id)).toMatchObject({
      ...{ status: "answered", version: 3, statusAt: now, answeredAt: now, officerId },
      dueAt: new Date("2026-07-16T21:00:00.000Z"),
      handlingDueAt: DUE,
    });
    const [told] = await eventsOf(report.id);
    expect(told).toMatchObject({ kind: "answered", actorId: officerId, actorRole: "officer" });
    expect(told?.data).toMatchObject({ answerKind: "fixed", agencyId: AGENCY, isInTime: true });
    const kept = await deps.store.db.select().from(photos).where(eq(photos.reportId, report.id));
    expect(kept.map(({ fileId, answerId }) => ({ fileId, isOfAnswer: answerId !== null }))).toEqual([
      { fileId: "file-after", isOfAnswer: true },
    ]);
  });

  test("is late when it is sent at 24:00 of its last day, and in time a moment before", async () => {
    const [late, early] = [await anAssigned(), await anAssigned()];
    await send(late.id, FIXED, { at: DUE });
    await send(early.id, FIXED, { at: new Date(DUE.getTime() - 1) });
    expect((await eventsOf(late.id))[0]?.data).toMatchObject({ isInTime: false });
    expect((await eventsOf(early.id))[0]?.data).toMatchObject({ isInTime: true });
  });

  test.each<[string, Partial<AnswerContent>, string]>([
    ["fixed without a photo", { photos: [] }, "photo_missing"],
    ["with more photos than anybody looks at", { photos: Array.from({ length: 6 }, () => PHOTO) }, "too_many_photos"],
    ["without words", { words: " Сделано \n" }, "words_too_short"],
    ["with a story", { words: "щ".repeat(1001) }, "words_too_long"],
    ["planned for today", { ...PLANNED, plannedOn: "2026-07-15" }, "date_passed"],
    ["planned for the day that is promised already", { ...PLANNED, plannedOn: "2026-07-27" }, "date_not_later"],
    ["planned for another age", { ...PLANNED, plannedOn: "2036-07-27" }, "date_too_far"],
    ["not ours but an agency's nobody knows", { ...NOT_OURS, successorId: "ministry" }, "unknown_agency"],
    ["not ours but ours", { ...NOT_OURS, successorId: AGENCY }, "same_agency"],
  ])("is refused when it is %s, and changes nothing", async (_, differs, why) => {
    const report = await anAssigned();
    expect(await send(report.id, { ...FIXED, ...differs } as AnswerContent)).toEqual({ ok: false, why });
    expect(await stored(report.id)).toEqual(report);
    expect(await eventsOf(report.id)).toEqual([]);
    expect(await statesOf(report.id)).toEqual([]);
  });

  test("is nobody's but an officer's of the agency that has the report", async () => {
    const report = await anAssigned();
    for (const actorId of [strangerId, authorId, editorId]) {
      expect(await send(report.id, FIXED, { actorId })).toEqual({ ok: false, why: "not_allowed" });
    }
    expect(await send(2_000_000_000, FIXED)).toEqual({ ok: false, why: "not_found" });
    expect(await stored(report.id)).toEqual(report);
  });

  test("is given by one of two officers who answer at once, and the other is told by whom", async () => {
    const report = await anAssigned();
    const [one, two] = await Promise.all([
      send(report.id, FIXED),
      send(report.id, { ...FIXED, kind: "cannot_fix" }, { actorId: colleagueId, by: elsewhere }),
    ]);
    const [won, lost] = one.ok ? [one, two] : [two, one];
    expect(won).toMatchObject({ ok: true });
    expect(lost).toMatchObject({ ok: false, why: "decided", status: "answered", kind: "answered" });
    expect(await statesOf(report.id)).toHaveLength(1);
    expect(await eventsOf(report.id)).toHaveLength(1);
  });

  test("does not overrule unseen what a colleague said meanwhile", async () => {
    const report = await anAssigned();
    const asked = await send(report.id, PLANNED, { actorId: colleagueId });
    const refused = await send(report.id, FIXED);
    expect(refused).toEqual({ ok: false, why: "overtaken", lastAnswerId: asked.ok ? asked.answer.id : 0 });
    expect(await sendNext(report.id, FIXED)).toMatchObject({ ok: true });
    expect(await statesOf(report.id)).toEqual(["planned replaced", "fixed waiting"]);
  });
});

describe("publishing", () => {
  test("lets residents check until the end of the tenth day", async () => {
    const report = await anAssigned();
    await send(report.id, FIXED);
    const published = await publishAnswer(deps, act(report.id, 3), hoursAfter(now, 2));
    expect(published).toMatchObject({ ok: true });
    expect(await stored(report.id)).toMatchObject({
      ...{ status: "published", publisherId: editorId, publishedAt: hoursAfter(now, 2) },
      dueAt: new Date("2026-07-25T21:00:00.000Z"),
    });
    expect(await statesOf(report.id)).toEqual(["fixed accepted"]);
    expect((await eventsOf(report.id)).at(-1)).toMatchObject({
      kind: "published",
      data: { answerKind: "fixed", until: "2026-07-25" },
    });
  });

  test("happens once, when one editor publishes while another returns", async () => {
    const report = await anAssigned();
    await send(report.id, FIXED);
    const [published, returned] = await Promise.all([
      publishAnswer(deps, act(report.id, 3), now),
      returnAnswer(elsewhere, { ...act(report.id, 3, otherEditorId), remark: "На фото другой фонарь" }, now),
    ]);
    expect([published.ok, returned.ok].filter(Boolean)).toHaveLength(1);
    expect([published, returned].find(({ ok }) => !ok)).toMatchObject({ why: "decided" });
    expect((await eventsOf(report.id)).map(({ kind }) => kind)).toEqual([
      "answered",
      published.ok ? "published" : "returned",
    ]);
  });

  test("is refused to an officer, and on a report with no answer, where nothing changes", async () => {
    const report = await anAssigned();
    expect(await publishAnswer(deps, act(report.id), now)).toMatchObject({ ok: false, why: "decided" });
    await send(report.id, FIXED);
    expect(await publishAnswer(deps, act(report.id, null, officerId), now)).toEqual({ ok: false, why: "not_allowed" });
    expect(await stored(report.id)).toMatchObject({ status: "answered", version: 3 });
  });
});

describe("returning", () => {
  test("keeps the agency's date, even one that has passed, and the remark", async () => {
    const report = await anAssigned();
    const late = hoursAfter(DUE, 5);
    await send(report.id, FIXED, { at: hoursAfter(DUE, 1) });
    expect(await returnAnswer(deps, { ...act(report.id), remark: " Не видно фонаря " }, late)).toMatchObject({
      ok: true,
    });
    expect(await stored(report.id)).toMatchObject({ status: "assigned", dueAt: DUE, handlingDueAt: DUE });
    expect((await eventsOf(report.id)).at(-1)).toMatchObject({ kind: "returned", data: { remark: "Не видно фонаря" } });
    expect(await statesOf(report.id)).toEqual(["fixed returned"]);
  });

  test("goes back to planned when the agency had a later date", async () => {
    const report = await anAssigned();
    await send(report.id, PLANNED);
    await postponeReport(deps, act(report.id), now);
    await sendNext(report.id, FIXED);
    await returnAnswer(deps, { ...act(report.id), remark: "Не видно фонаря" }, now);
    expect(await stored(report.id)).toMatchObject({ status: "planned", dueAt: new Date("2026-08-10T21:00:00.000Z") });
  });

  test.each([
    ["", "reason_missing"],
    ["щ".repeat(REASON_CHARACTERS + 1), "reason_too_long"],
  ])("wants a remark of a few words", async (remark, why) => {
    const report = await anAssigned();
    await send(report.id, FIXED);
    expect(await returnAnswer(deps, { ...act(report.id), remark }, now)).toEqual({ ok: false, why });
    expect(await stored(report.id)).toMatchObject({ status: "answered", version: 3 });
  });
});

describe("a postponement", () => {
  test("stops no clock while it is asked for, and moves the date when it is given; the first date stays", async () => {
    const report = await anAssigned();
    await send(report.id, PLANNED);
    expect(await stored(report.id)).toMatchObject({ status: "assigned", dueAt: DUE, version: 3, officerId });
    expect(await postponeReport(deps, act(report.id, 3), now)).toMatchObject({ ok: true });
    const dueAt = endOfDay(deps.city, lastDayOf(deps.city, new Date("2026-08-10T21:00:00.000Z")));
    expect(await stored(report.id)).toMatchObject({
      ...{ status: "planned", dueAt, handlingDueAt: dueAt, firstDueAt: DUE, postponements: 1 },
    });
    expect((await eventsOf(report.id)).at(-1)).toMatchObject({
      kind: "postponed",
      data: { from: "2026-07-27", to: "2026-08-10", reason: "Ждём лампу со склада", count: 1 },
    });
  });

  test("is given twice and never a third time", async () => {
    const report = await anAssigned();
    for (const plannedOn of ["2026-08-10", "2026-08-20"]) {
      expect(await sendNext(report.id, planned(plannedOn))).toMatchObject({ ok: true });
      expect(await postponeReport(deps, act(report.id), now)).toMatchObject({ ok: true });
    }
    const before = await stored(report.id);
    expect(await sendNext(report.id, planned("2026-08-30"))).toEqual({
      ok: false,
      why: "no_more_postponements",
    });
    expect(await stored(report.id)).toEqual(before);
    expect(before.postponements).toBe(2);
  });

  test("is not given for a day that passed while it waited", async () => {
    const report = await anAssigned();
    await send(report.id, PLANNED);
    const late = new Date("2026-08-10T09:00:00.000Z");
    expect(await postponeReport(deps, act(report.id), late)).toEqual({ ok: false, why: "date_passed" });
    expect(await statesOf(report.id)).toEqual(["planned waiting"]);
  });

  test("that is refused changes nothing but what the agency reads", async () => {
    const report = await anAssigned();
    await send(report.id, PLANNED);
    expect(await refuseRequest(deps, { ...act(report.id, 3), remark: "Лампы есть на складе" }, now)).toMatchObject({
      ok: true,
    });
    expect(await stored(report.id)).toMatchObject({ status: "assigned", dueAt: DUE, postponements: 0 });
    expect(await statesOf(report.id)).toEqual(["planned returned"]);
    expect(await postponeReport(deps, act(report.id), now)).toMatchObject({ ok: false, why: "decided" });
  });

  test("is decided once when one editor gives it and another refuses it", async () => {
    const report = await anAssigned();
    await send(report.id, PLANNED);
    const decided = await Promise.all([
      postponeReport(deps, act(report.id, 3), now),
      refuseRequest(elsewhere, { ...act(report.id, 3, otherEditorId), remark: "Нет" }, now),
    ]);
    expect(decided.filter(({ ok }) => ok)).toHaveLength(1);
    expect(decided.find(({ ok }) => !ok)).toMatchObject({ why: "decided" });
  });

  test("asked for waits no longer once the report moves on", async () => {
    const report = await anAssigned();
    await send(report.id, PLANNED);
    await rerouteReport(
      deps,
      { ...act(report.id), ask: { agencyId: "roads", reason: "Это дорога" }, added: null },
      now,
    );
    expect(await statesOf(report.id)).toEqual(["planned replaced"]);
  });
});

describe("a report that is not ours", () => {
  test("goes to its successor at once within two working days, with its clock running on", async () => {
    const report = await anAssigned();
    // Friday, 23:59:59.999 in Moscow: the second working day after Wednesday.
    const lastMoment = new Date("2026-07-17T20:59:59.999Z");
    expect(await send(report.id, NOT_OURS, { at: lastMoment })).toMatchObject({ ok: true, isAtOnce: true });
    expect(await stored(report.id)).toMatchObject({
      ...{ status: "assigned", agencyId: "roads", hops: 1, officerId: null },
      ...{ dueAt: DUE, handlingDueAt: DUE, assignedAt: NOON },
    });
    expect((await eventsOf(report.id))[0]).toMatchObject({
      ...{ kind: "rerouted", actorRole: "officer" },
      data: { from: AGENCY, to: "roads", hops: 1, added: null, until: "2026-07-27", reason: NOT_OURS.words },
    });
    expect(await statesOf(report.id)).toEqual(["not_ours accepted"]);
  });

  test("waits for an editor after that, and the second time always", async () => {
    const late = await anAssigned();
    const sent = await send(late.id, NOT_OURS, { at: new Date("2026-07-17T21:00:00.000Z") });
    expect(sent).toMatchObject({ ok: true, isAtOnce: false });
    expect(await stored(late.id)).toMatchObject({ agencyId: AGENCY, hops: 0 });

    const again = await anAssigned();
    await send(again.id, NOT_OURS);
    const back = { ...NOT_OURS, successorId: AGENCY } as AnswerContent;
    const { id: lastAnswerId } = (await findLastAnswer(deps.store.db, again.id)) ?? { id: 0 };
    expect(await send(again.id, back, { actorId: strangerId, lastAnswerId })).toMatchObject({ isAtOnce: false });
    expect(await stored(again.id)).toMatchObject({ agencyId: "roads", hops: 1 });
  });

  test("is handed on by an editor, who may add days with a public reason", async () => {
    const report = await anAssigned();
    await send(report.id, NOT_OURS, { at: hoursAfter(NOON, 24 * 6) });
    const added = { days: 3, reason: "Первая служба ответила поздно" };
    expect(
      await rerouteReport(deps, { ...act(report.id, 3), ask: null, added }, hoursAfter(NOON, 24 * 6)),
    ).toMatchObject({
      ok: true,
    });
    // Three working days after Monday the 27th.
    const dueAt = new Date("2026-07-30T21:00:00.000Z");
    expect(await stored(report.id)).toMatchObject({
      agencyId: "roads",
      hops: 1,
      dueAt,
      handlingDueAt: dueAt,
      firstDueAt: DUE,
    });
    expect((await eventsOf(report.id)).at(-1)?.data).toMatchObject({ added, until: "2026-07-30", hops: 1 });
    expect(await statesOf(report.id)).toEqual(["not_ours accepted"]);
  });

  test.each([
    [{ ask: null, added: null }, "unknown_agency"],
    [{ ask: { agencyId: AGENCY, reason: "Ошибка" }, added: null }, "same_agency"],
    [{ ask: { agencyId: "ministry", reason: "Ошибка" }, added: null }, "unknown_agency"],
    [{ ask: { agencyId: "roads", reason: " " }, added: null }, "reason_missing"],
    [{ ask: { agencyId: "roads", reason: "Дорога" }, added: { days: 9, reason: "Поздно" } }, "days_wrong"],
    [{ ask: { agencyId: "roads", reason: "Дорога" }, added: { days: 2, reason: "" } }, "reason_missing"],
  ])("is not handed on by an editor with %j", async (how, why) => {
    const report = await anAssigned();
    expect(await rerouteReport(deps, { ...act(report.id), ...how }, now)).toEqual({ ok: false, why });
    expect(await stored(report.id)).toEqual(report);
  });
});

describe("a task", () => {
  test("is in the hands of whoever took it last; a tap on an old card takes nothing", async () => {
    const report = await anAssigned();
    expect(await takeTask(deps, act(report.id, 2, officerId), now)).toMatchObject({ ok: true });
    expect(await takeTask(deps, act(report.id, 3, officerId), now)).toMatchObject({ ok: true });
    expect(await takeTask(deps, act(report.id, 2, colleagueId), now)).toMatchObject({ ok: false, why: "decided" });
    expect(await stored(report.id)).toMatchObject({ officerId, version: 3 });
    expect(await takeTask(deps, act(report.id, 3, colleagueId), now)).toMatchObject({ ok: true });
    expect(await stored(report.id)).toMatchObject({ officerId: colleagueId, status: "assigned", dueAt: DUE });
    expect((await eventsOf(report.id)).map(({ kind }) => kind)).toEqual(["task_taken", "task_taken"]);
    expect(await takeTask(deps, act(report.id, null, strangerId), now)).toEqual({ ok: false, why: "not_allowed" });
  });

  test("is taken by a double tap once, and the second tap hears the same", async () => {
    const report = await anAssigned();
    for (let tap = 0; tap < 2; tap += 1) {
      expect(await takeTask(deps, act(report.id, 2, officerId), now)).toMatchObject({ ok: true });
    }
    expect((await eventsOf(report.id)).map(({ kind }) => kind)).toEqual(["task_taken"]);
  });

  test("is put down by whoever has it, from whichever card, and by nobody else", async () => {
    const { id } = await anAssigned();
    const by = (actorId: number) => ({ actorId, reportId: id });
    expect(await releaseTask(deps, by(officerId), now)).toEqual({ ok: false, why: "not_in_hand", by: null });
    await takeTask(deps, act(id, null, officerId), now);
    const taken = await stored(id);
    expect(await releaseTask(deps, by(colleagueId), now)).toMatchObject({ ok: false, why: "not_in_hand" });
    for (const actorId of [strangerId, authorId, editorId]) {
      expect(await releaseTask(deps, by(actorId), now)).toEqual({ ok: false, why: "not_allowed" });
    }
    expect(await stored(id)).toEqual(taken);
    expect(await releaseTask(deps, by(officerId), now)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ officerId: null, status: "assigned", handlingDueAt: DUE });
    expect((await eventsOf(id)).map(({ kind, actorId }) => [kind, actorId])).toEqual([
      ["task_taken", officerId],
      ["task_released", officerId],
    ]);
  });

  test("is nobody's before it is assigned or after it was rejected", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    expect(await takeTask(deps, act(id, null, officerId), now)).toEqual({ ok: false, why: "not_allowed" });
    await rejectReport(deps, { ...act(id), reason: { code: "no_photo" } }, now);
    expect(await takeTask(deps, act(id, null, officerId), now)).toEqual({ ok: false, why: "not_allowed" });
  });
});
