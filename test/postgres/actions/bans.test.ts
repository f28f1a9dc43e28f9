/** What a ban keeps people from, what stays open to them, and that being forgotten is no way out of it. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addToReport } from "../../../src/actions/add-to-report.ts";
import { appealRejection } from "../../../src/actions/appeal-rejection.ts";
import { banAuthor } from "../../../src/actions/ban-author.ts";
import { castVote } from "../../../src/actions/cast-vote.ts";
import { contest } from "../../../src/actions/contest.ts";
import { followReport } from "../../../src/actions/follow-report.ts";
import { forgetPerson } from "../../../src/actions/forget-person.ts";
import { giveData } from "../../../src/actions/give-data.ts";
import { meetResident } from "../../../src/actions/meet-resident.ts";
import { beginRepair } from "../../../src/actions/repair-report.ts";
import { replyToQuestion } from "../../../src/actions/reply-to-question.ts";
import { volunteer } from "../../../src/actions/volunteer.ts";
import { withdrawReport } from "../../../src/actions/withdraw-report.ts";
import { keepHouse } from "../../../src/jobs/housekeeping.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { banMarks } from "../../../src/store/schema/ban-marks.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { ensureAssisted } from "../../../src/store/writes/intakes.ts";
import { resumeBan } from "../../../src/actions/refuse-banned.ts";
import { freshDeps, type FreshDeps } from "../../support/deps.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";

let deps: FreshDeps;
let editorId: number;
let authorId: number;
let telegramId = 777_000_000;

const now = hoursAfter(NOON, 1);
const DAYS = 7;
const UNTIL = new Date("2026-07-22T21:00:00.000Z");
const BANNED = { ok: false, why: "banned", until: UNTIL, reason: "Оскорбления" };

beforeAll(async () => {
  deps = await freshDeps();
  editorId = await aResident(deps.store.db, { name: "Илья", role: "editor" });
});
afterAll(() => deps.store.close());

beforeEach(async () => {
  telegramId += 1;
  authorId = await aResident(deps.store.db, { telegramId, name: "Мария" });
});

const report = (differs: Parameters<typeof aReport>[2] = {}): Promise<ReportRow> =>
  aReport(deps.store.db, authorId, differs);

const ban = async (): Promise<void> => {
  const { id } = await report();
  const done = await banAuthor(deps, { actorId: editorId, reportId: id, days: DAYS, reason: "Оскорбления" }, now);
  expect(done).toEqual({ ok: true, until: UNTIL });
};

const told = { words: "Лампа так и не горит", photos: [], question: null };
const message = () => ({ chatId: telegramId, messageId: telegramId % 1000, albumId: null });

describe("somebody who is banned", () => {
  const done = { status: "closed", outcome: "unverified", dueAt: null, publishedAt: NOON } as const;
  const tries: Record<string, (at: Date) => Promise<unknown>> = {
    "repairs nothing": async (at) => {
      const { id } = await report({ status: "rejected", dueAt: null });
      return beginRepair(deps, { residentId: authorId, reportId: id, replace: false, turn: 1000 }, at);
    },
    "adds nothing": async (at) => {
      const { id } = await report({ status: "assigned" });
      return addToReport(deps, { actorId: authorId, reportId: id, ...told, message: message() }, at);
    },
    "does not vote": async (at) => {
      const { id } = await report({ status: "published", dueAt: hoursAfter(NOON, 24 * 10) });
      return castVote(deps, { voterId: authorId, reportId: id, cycle: 1, value: "refutation", ...told }, at);
    },
    "does not object to how a report was closed": async (at) => {
      const { id } = await report(done);
      return contest(deps, { actorId: authorId, reportId: id, ...told }, at);
    },
    "follows nothing new": async (at) => {
      const other = await aReport(deps.store.db, await aResident(deps.store.db), { status: "assigned" });
      return followReport(deps, { residentId: authorId, reportId: other.id }, at);
    },
    "becomes no volunteer": (at) =>
      volunteer(deps, { residentId: authorId, home: { lat: 55.73, lon: 37.42 }, question: null }, at),
  };

  test.each(Object.keys(tries))("%s until the ban's end, and hears that end", async (name) => {
    await ban();
    expect(await tries[name]?.(hoursAfter(UNTIL, -0.001))).toMatchObject(BANNED);
    expect(await tries[name]?.(UNTIL)).not.toMatchObject({ why: "banned" });
  });

  test("answers a question, appeals, withdraws, sees and takes what is theirs", async () => {
    await ban();
    const asked = await report({ status: "needs_info", returnsTo: "submitted", dueAt: hoursAfter(NOON, 72) });
    const reply = { actorId: authorId, reportId: asked.id, words: "Второй подъезд", photos: [], message: message() };
    expect(await replyToQuestion(deps, reply, now)).toMatchObject({ ok: true });
    const rejected = await report({ status: "rejected", dueAt: null });
    const appeal = { actorId: authorId, reportId: rejected.id, words: "На фото именно этот двор" };
    expect(await appealRejection(deps, appeal, now)).toMatchObject({ ok: true });
    const open = await report();
    expect(await withdrawReport(deps, { actorId: authorId, reportId: open.id, version: null }, now)).toMatchObject({
      ok: true,
    });
    expect(await giveData(deps, { actorId: authorId, reportId: null }, now)).toMatchObject({ ok: true });
  });
});

describe("a ban of somebody who was forgotten", () => {
  const forget = async (at = now): Promise<void> =>
    expect(await forgetPerson(deps, { actorId: authorId, reportId: null }, at)).toEqual({ ok: true });
  const meet = async (at: Date, id = telegramId) =>
    (await meetResident(deps, { telegramId: id, name: "Мария", locale: "ru" }, 1, at)).resident;
  const marks = () => deps.store.db.select().from(banMarks);

  test("goes on when they are back, without its reason, and leaves no mark behind", async () => {
    await ban();
    await forget();
    expect(JSON.stringify(await marks())).not.toContain(String(telegramId));
    expect(await meet(now, telegramId + 500_000)).toMatchObject({ bannedUntil: null });
    const back = await meet(now);
    expect(back).toMatchObject({ bannedUntil: UNTIL, banReason: null });
    expect(back.id).not.toBe(authorId);
    expect(await deps.store.db.query.residents.findFirst({ where: eq(residents.id, back.id) })).toEqual(back);
    expect(await marks()).toEqual([]);
    authorId = back.id;
    await forget();
    expect(await meet(hoursAfter(now, 1))).toMatchObject({ bannedUntil: UNTIL });
  });

  test("ends when it would have ended, and the mark with it", async () => {
    await ban();
    await forget();
    expect(await meet(UNTIL)).toMatchObject({ bannedUntil: null });
    await keepHouse(deps.store, hoursAfter(UNTIL, -1), NOON);
    expect(await marks()).toHaveLength(1);
    await keepHouse(deps.store, UNTIL, NOON);
    expect(await marks()).toEqual([]);
  });

  test("is none where it was over or there was none", async () => {
    await forget();
    expect(await marks()).toEqual([]);
    authorId = (await meet(now)).id;
    await ban();
    await forget(UNTIL);
    expect(await marks()).toEqual([]);
  });

  test("finds a person without Telegram by phone and name, and nobody else of that phone", async () => {
    const intake = { name: "Пётр Дятлов", phone: "+79160000077", consentVersion: 1 };
    const assist = (name: string) =>
      deps.store.db.transaction(async (tx) => {
        const person = await ensureAssisted(tx, { ...intake, name }, "ru", now);
        return { ...person, resumed: await resumeBan(tx, person, now) };
      });
    const operatorId = await aResident(deps.store.db, { role: "operator" });
    authorId = (await assist(intake.name)).id;
    const { id } = await report({ operatorId });
    await banAuthor(deps, { actorId: editorId, reportId: id, days: DAYS, reason: "Оскорбления" }, now);
    expect(await forgetPerson(deps, { actorId: operatorId, reportId: id }, now)).toEqual({ ok: true });
    expect(await assist("Анна Дятлова")).toMatchObject({ resumed: null });
    expect(await assist("пётр дятлов")).toMatchObject({ resumed: UNTIL });
  });
});
