/** An answer being written: what restarts, redeliveries, double taps and colleagues do to it, on both databases. */
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { continueAnswer, type ContinuedAnswer } from "../../../src/actions/continue-answer.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { withdrawReport } from "../../../src/actions/withdraw-report.ts";
import { readAnswer } from "../../../src/form/answer-draft.ts";
import type { Input } from "../../../src/form/input.ts";
import { openStore, type Store } from "../../../src/store/open.ts";
import { findAnswerDraft } from "../../../src/store/queries/answer-drafts.ts";
import { findReport } from "../../../src/store/queries/report.ts";
import { findVisit } from "../../../src/store/queries/residents.ts";
import type { Act } from "../../../src/report/status.ts";
import { answers, grants, photos } from "../../../src/store/schema/index.ts";
import { PERFORM } from "../../support/acts.ts";
import { demoCity } from "../../support/city.ts";
import { photo, text } from "../../support/form.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshDatabase, quietLog, STORE_KINDS } from "../../support/store.ts";

const now = hoursAfter(NOON, 1);
const WORDS = "Фонарь заменили, он горит";
let updateId = 1000;

describe.each(STORE_KINDS)("an answer on %s", (kind) => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let deps: Deps & { store: Store };
  let editorId: number;

  const open = (): Promise<Store> => openStore(database.database, quietLog, { jobs: false });
  /** The process ends, and another one opens the database. */
  const restart = async (): Promise<void> => {
    await deps.store.close();
    deps = { ...deps, store: await open() };
  };

  beforeAll(async () => {
    database = await freshDatabase(kind);
    deps = { store: await open(), city: await demoCity(), log: quietLog };
    editorId = await aResident(deps.store.db, { role: "editor" });
  });
  afterAll(async () => {
    await deps.store.close();
    await database.remove();
  });

  const anOfficer = async (telegramId?: number) => {
    const id = await aResident(deps.store.db, {
      ...{ role: "officer", agencyId: "lighting" },
      ...(telegramId !== undefined && { telegramId }),
    });
    const tell = (reportId: number, input: Input, isHandled = false): Promise<ContinuedAnswer> => {
      const told = { officer: { id, locale: "ru" }, reportId, input, isHandled, readLabel: () => null };
      return continueAnswer(deps, { ...told, updateId: (updateId += 1) }, now);
    };
    const turn = async (reportId: number): Promise<number> =>
      readAnswer((await findAnswerDraft(deps.store.db, { officerId: id, reportId }))?.content).turn;
    const press = async (reportId: number, choice: string): Promise<ContinuedAnswer> =>
      tell(reportId, { kind: "press", turn: await turn(reportId), press: choice });
    return { id, tell, turn, press };
  };

  const anAssigned = async (): Promise<{ id: number; authorId: number }> => {
    const authorId = await aResident(deps.store.db);
    const { id } = await aReport(deps.store.db, authorId);
    await assignReport(deps, { actorId: editorId, reportId: id, version: null, agencyId: "lighting" }, NOON);
    return { id, authorId };
  };

  const act = async (what: Act, actorId: number, reportId: number): Promise<void> => {
    const report = await findReport(deps.store.db, reportId);
    if (report === null) throw new Error("no report");
    const done = await PERFORM[what](deps, { actorId, report, version: null, spoken: false, originalId: 0 }, now);
    expect(done, what).toMatchObject({ ok: true });
  };

  const answersTo = async (reportId: number) =>
    deps.store.db.select().from(answers).where(eq(answers.reportId, reportId)).orderBy(asc(answers.id));

  test("is kept after every message and becomes one answer with its photos", async () => {
    const [officer, { id }] = [await anOfficer(), await anAssigned()];
    await officer.tell(id, photo("one", { caption: WORDS }));
    await officer.press(id, "k:fixed");
    expect(await officer.press(id, "send")).toMatchObject({ kind: "sent", answerKind: "fixed", isAtOnce: false });
    expect(await answersTo(id)).toMatchObject([{ words: WORDS, officerId: officer.id, state: "waiting" }]);
    expect(await deps.store.db.select().from(photos).where(eq(photos.reportId, id))).toHaveLength(1);
    expect(await findAnswerDraft(deps.store.db, { officerId: officer.id, reportId: id })).toBeNull();
  });

  test("is sent once by many confirmations, and a confirmation delivered again hears the same", async () => {
    const [officer, { id }] = [await anOfficer(), await anAssigned()];
    await officer.tell(id, photo("one", { caption: WORDS }));
    await officer.press(id, "k:fixed");
    const send: Input = { kind: "press", turn: await officer.turn(id), press: "send" };
    const said = await Promise.all(Array.from({ length: 5 }, () => officer.tell(id, send)));
    expect(said.filter((one) => one.kind === "sent")).toHaveLength(1);
    expect(await answersTo(id)).toHaveLength(1);
    expect(await officer.tell(id, send, true)).toMatchObject({ kind: "sent", summary: [] });
    expect(await officer.tell(id, send)).toEqual({ kind: "no_draft" });
  });

  test("loses nothing of an album whose pictures arrive at the same moment", async () => {
    const [officer, { id }] = [await anOfficer(), await anAssigned()];
    await officer.tell(id, text(WORDS));
    const album = Array.from({ length: 4 }, (_, i) => photo(`a${i}`, { albumId: "album" }));
    await Promise.all(album.map((one) => officer.tell(id, one)));
    const draft = await findAnswerDraft(deps.store.db, { officerId: officer.id, reportId: id });
    expect(draft?.content.photos.map(({ fileUniqueId }) => fileUniqueId).toSorted()).toEqual(["a0", "a1", "a2", "a3"]);
  });

  test("points out what a colleague said meanwhile before it replaces it", async () => {
    const [one, two, { id }] = [await anOfficer(), await anOfficer(), await anAssigned()];
    for (const officer of [one, two]) {
      await officer.tell(id, { kind: "show" });
      await officer.press(id, "k:planned");
      await officer.press(id, "d:2026-07-28");
      await officer.tell(id, text("Ждём лампу со склада"));
    }
    expect(await one.press(id, "send")).toMatchObject({ kind: "sent" });
    expect(await two.press(id, "send")).toMatchObject({
      reply: { kind: "stale", notes: [{ text: "answer.overtaken" }] },
    });
    expect(await two.press(id, "send")).toMatchObject({ kind: "sent" });
    expect((await answersTo(id)).map(({ state }) => state)).toEqual(["replaced", "waiting"]);
  });

  test("waits unsent when its report is withdrawn, and holds nothing else up", async () => {
    const telegramId = 7_000_001;
    const [officer, { id, authorId }] = [await anOfficer(telegramId), await anAssigned()];
    await officer.tell(id, photo("one", { caption: WORDS }));
    await officer.press(id, "k:fixed");
    expect((await findVisit(deps.store.db, telegramId, 1))?.answering).toBe(id);
    await withdrawReport(deps, { actorId: authorId, reportId: id, version: null }, now);
    expect(await officer.press(id, "send")).toMatchObject({ kind: "refused", refusal: { why: "decided" } });
    expect(await answersTo(id)).toEqual([]);
    expect((await findVisit(deps.store.db, telegramId, 1))?.answering).toBeNull();
  });

  test("of the officer who was slower waits for its cycle to end, and is no answer in the next", async () => {
    const [winner, telegramId] = [await anOfficer(), 7_000_002];
    const [loser, { id, authorId }] = [await anOfficer(telegramId), await anAssigned()];
    for (const [officer, fileUniqueId] of [
      [winner, "theirs"],
      [loser, "mine"],
    ] as const) {
      await officer.tell(id, photo(fileUniqueId, { caption: WORDS }));
      await officer.press(id, "k:fixed");
    }
    await winner.press(id, "send");
    expect(await loser.press(id, "send")).toMatchObject({ kind: "refused", refusal: { why: "decided" } });
    const answering = async (): Promise<number | null | undefined> =>
      (await findVisit(deps.store.db, telegramId, 1))?.answering;

    // Returned in the same cycle it is theirs again to look at, to replace or to drop.
    await act("return", editorId, id);
    expect(await answering()).toBe(id);
    expect(await loser.tell(id, { kind: "show" })).toMatchObject({ reply: { notes: [{ text: "answer.overtaken" }] } });
    await winner.tell(id, photo("theirs-2", { caption: WORDS }));
    await winner.press(id, "k:fixed");
    await winner.press(id, "send");

    const inspectorId = await aResident(deps.store.db, { role: "inspector" });
    await act("publish", editorId, id);
    await act("refute", authorId, id);
    await act("reopen", inspectorId, id);
    expect(await answering()).toBeNull();
    await loser.tell(id, photo("new", { caption: "Лампу заменили ещё раз" }));
    await loser.press(id, "k:fixed");
    expect(await loser.press(id, "send")).toMatchObject({ kind: "sent" });
    expect((await answersTo(id)).at(-1)).toMatchObject({ cycle: 2, words: "Лампу заменили ещё раз" });
  });

  test("catches no words once its report or its officer has gone elsewhere", async () => {
    const [handedOn, removed] = [await anAssigned(), await anAssigned()];
    const telegramId = 7_000_003;
    const officer = await anOfficer(telegramId);
    const answering = async (): Promise<number | null | undefined> =>
      (await findVisit(deps.store.db, telegramId, 1))?.answering;
    await officer.tell(removed.id, text(WORDS));
    await officer.tell(handedOn.id, text(WORDS));
    await act("reroute", editorId, handedOn.id);
    expect(await answering()).toBe(removed.id);
    await deps.store.db.update(grants).set({ removedAt: now }).where(eq(grants.residentId, officer.id));
    expect(await answering()).toBeNull();
  });

  test("is not for anybody outside the agency to begin", async () => {
    const { id, authorId } = await anAssigned();
    const strangerId = await aResident(deps.store.db, { role: "officer", agencyId: "roads" });
    for (const officerId of [strangerId, authorId, editorId]) {
      const told = { reportId: id, input: text(WORDS), updateId: 1, isHandled: false, readLabel: () => null };
      expect(await continueAnswer(deps, { ...told, officer: { id: officerId, locale: "ru" } }, now)).toEqual({
        kind: "refused",
        refusal: { ok: false, why: "not_allowed" },
      });
      expect(await findAnswerDraft(deps.store.db, { officerId, reportId: id })).toBeNull();
    }
  });

  test("goes on after a restart between any two messages", async () => {
    const [officer, { id }] = [await anOfficer(), await anAssigned()];
    const told: Input[] = [photo("one", { caption: WORDS }), photo("two")];
    for (const input of told) {
      await officer.tell(id, input);
      await restart();
    }
    await officer.press(id, "k:fixed");
    await restart();
    expect(await officer.press(id, "send")).toMatchObject({ kind: "sent" });
    expect(await deps.store.db.select().from(photos).where(eq(photos.reportId, id))).toHaveLength(2);
  });
});
