/** A question to the author: what it stops, what the reply starts, and who is who at the same moment. */
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askResident } from "../../../src/actions/ask-resident.ts";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { replyToQuestion } from "../../../src/actions/reply-to-question.ts";
import { tickReport } from "../../../src/actions/tick-report.ts";
import { additions } from "../../../src/store/schema/additions.ts";
import { events } from "../../../src/store/schema/events.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import { type ReportRow } from "../../../src/store/schema/reports.ts";
import { freshDeps, storedReport, type FreshDeps } from "../../support/deps.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";

let deps: FreshDeps;
let authorId: number;
let editorId: number;

beforeAll(async () => {
  deps = await freshDeps();
  editorId = await aResident(deps.store.db, { name: "Илья", role: "editor" });
});
beforeEach(async () => {
  authorId = await aResident(deps.store.db, { name: "Анна" });
});
afterAll(() => deps.store.close());

const now = hoursAfter(NOON, 1);

const stored = (id: number): Promise<ReportRow> => storedReport(deps, id);
const kindsOf = async (id: number) =>
  (await deps.store.db.select().from(events).where(eq(events.reportId, id)).orderBy(asc(events.id))).map(
    ({ kind }) => kind,
  );
const saidOf = async (id: number) =>
  (await deps.store.db.select().from(additions).where(eq(additions.reportId, id)).orderBy(asc(additions.id))).map(
    ({ kind, words }) => ({ kind, words }),
  );

let lastMessage = 0;
const aMessage = (albumId: string | null = null) => ({ chatId: authorId, messageId: (lastMessage += 1), albumId });
const aPhoto = (name: string) => ({ fileId: `file-${name}`, fileUniqueId: name, kind: "photo" }) as const;

const ask = (reportId: number, words: string | { templateId: string } = "У какого подъезда?", at = now) =>
  askResident(deps, { actorId: editorId, reportId, version: null, words }, at);
const reply = (reportId: number, words: string | null, at = now) =>
  replyToQuestion(deps, { actorId: authorId, reportId, words, photos: [], message: aMessage() }, at);

describe("asking in moderation", () => {
  test("waits three days for the author, who is told the question", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    expect(await ask(id)).toMatchObject({ ok: true, report: { status: "needs_info" } });
    expect(await stored(id)).toMatchObject({
      returnsTo: "submitted",
      pausedAt: null,
      // The end of Saturday the 18th in Moscow; the first moment is the reminder after a day.
      dueAt: new Date("2026-07-18T21:00:00.000Z"),
      nextTickAt: hoursAfter(now, 24),
    });
    expect(await saidOf(id)).toEqual([{ kind: "question", words: "У какого подъезда?" }]);
    const told = await deps.store.db.select().from(notices).where(eq(notices.residentId, authorId));
    expect(told.map(({ kind }) => kind)).toContain("question");
    expect(JSON.stringify(told)).not.toContain("подъезда");
  });

  test("with a text of the city's list asks in the author's language", async () => {
    const borisId = await aResident(deps.store.db, { locale: "en" });
    const { id } = await aReport(deps.store.db, borisId);
    await ask(id, { templateId: "where" });
    expect((await saidOf(id))[0]?.words).toMatch(/^Where exactly is it/);
  });

  test.each([
    ["  ", "reason_missing"],
    ["щ".repeat(501), "reason_too_long"],
    [{ templateId: "nothing" }, "reason_missing"],
  ])("is refused without words that will do: %j", async (words, why) => {
    const report = await aReport(deps.store.db, authorId);
    expect(await ask(report.id, words)).toEqual({ ok: false, why });
    expect(await stored(report.id)).toEqual(report);
  });

  test("is refused where the author is erased", async () => {
    const { id } = await aReport(deps.store.db, authorId, { authorId: null });
    expect(await ask(id)).toEqual({ ok: false, why: "nobody_to_ask" });
  });
});

describe("the reply", () => {
  test("brings the report back on top of the queue, with a moderation date of its own", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    await ask(id);
    const later = hoursAfter(now, 24);
    expect(await reply(id, "У второго", later)).toMatchObject({ ok: true, isMore: false });
    expect(await stored(id)).toMatchObject({
      status: "submitted",
      returnsTo: null,
      isOnTop: true,
      dueAt: new Date("2026-07-17T21:00:00.000Z"),
    });
    expect(await kindsOf(id)).toEqual(["asked", "replied"]);
  });

  test("may be an album: one reply with all its photos, and no photo twice when it is delivered again", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    await ask(id);
    const messages = [aMessage("album"), aMessage("album")];
    const send = (i: 0 | 1) =>
      replyToQuestion(
        deps,
        {
          actorId: authorId,
          reportId: id,
          words: i === 0 ? "Вот" : null,
          photos: [aPhoto(`${id}-${i}`)],
          message: messages[i] ?? aMessage(),
        },
        now,
      );
    expect(await send(0)).toMatchObject({ ok: true, isMore: false });
    expect(await send(1)).toMatchObject({ ok: true, isMore: true });
    expect(await send(1)).toMatchObject({ ok: true, isMore: true });
    expect(await saidOf(id)).toEqual([
      { kind: "question", words: "У какого подъезда?" },
      { kind: "reply", words: "Вот" },
    ]);
    expect(await deps.store.db.$count(photos, eq(photos.reportId, id))).toBe(2);
    expect(await kindsOf(id)).toEqual(["asked", "replied"]);
  });

  test("gives the agency every working day back on which it could not work", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    await assignReport(deps, { actorId: editorId, reportId: id, version: null, agencyId: null }, now);
    const before = (await stored(id)).handlingDueAt;
    expect(before).toEqual(new Date("2026-07-27T21:00:00.000Z"));
    await ask(id);
    expect(await stored(id)).toMatchObject({ returnsTo: "assigned", pausedAt: now, handlingDueAt: before });
    // Asked on Wednesday, replied on Friday: Thursday and Friday.
    await reply(id, "Да, всё ещё", hoursAfter(now, 48));
    expect(await stored(id)).toMatchObject({
      status: "assigned",
      pausedAt: null,
      isOnTop: false,
      handlingDueAt: new Date("2026-07-29T21:00:00.000Z"),
      dueAt: new Date("2026-07-29T21:00:00.000Z"),
    });
  });

  test.each([
    [null, "words_or_photo"],
    ["щ".repeat(1001), "words_too_long"],
  ])("is refused when it is %j, and the question waits on", async (words, why) => {
    const { id } = await aReport(deps.store.db, authorId);
    await ask(id);
    expect(await reply(id, words)).toEqual({ ok: false, why });
    expect(await stored(id)).toMatchObject({ status: "needs_info" });
  });

  test("is nobody's but the author's", async () => {
    const { id } = await aReport(deps.store.db, authorId);
    await ask(id);
    const command = { reportId: id, words: "Я знаю", photos: [], message: aMessage() };
    expect(await replyToQuestion(deps, { ...command, actorId: editorId }, now)).toEqual({
      ok: false,
      why: "not_allowed",
    });
  });

  test("and the end of waiting at the same moment: one of them counts", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await aReport(deps.store.db, authorId);
      await ask(id);
      const end = hoursAfter(now, 24 * 5);
      const [replied] = await Promise.all([reply(id, "Поздно, но вот", end), tickReport(deps, id, end)]);
      const { status } = await stored(id);
      expect(status).toBe(replied.ok ? "submitted" : "rejected");
      if (!replied.ok) expect(replied).toEqual({ ok: false, why: "not_asked", status: "rejected" });
    }
  });
});
