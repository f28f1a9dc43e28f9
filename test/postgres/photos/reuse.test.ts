import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchPhotos } from "../../../src/jobs/photos.ts";
import { renderAnswerCard } from "../../../src/notices/answer-card.ts";
import { findReusedPhotos, listUnpublishedPhotoIds } from "../../../src/store/queries/photos.ts";
import { findAnswerView } from "../../../src/store/queries/answer-view.ts";
import { additions } from "../../../src/store/schema/additions.ts";
import { events } from "../../../src/store/schema/events.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { addPhotos, removePhotos } from "../../../src/store/writes/photos.ts";
import { aGroup } from "../../support/delivery.ts";
import { aView, city, i18n } from "../../support/notices.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { aDarkroom, anAnswer, aPhoto, photosOf } from "../../support/photos.ts";
import { aPicture, trimmed } from "../../support/pictures.ts";
import { freshStore, STORE_KINDS, type FreshStore } from "../../support/store.ts";

const going = new AbortController().signal;

describe.each(STORE_KINDS)("a picture shown again, on %s", { timeout: 90_000 }, (kind) => {
  let store: FreshStore;
  beforeAll(async () => {
    store = await freshStore(kind);
  });
  afterAll(() => store.close());

  let seeds = 0;
  /** A picture nobody has seen, a worse copy of it, and Telegram holding both. */
  const aScene = async () => {
    const darkroom = await aDarkroom(store);
    const original = await aPicture((seeds += 1));
    const copy = await sharp(await trimmed(original, { left: 0.05, bottom: 0.05 }))
      .jpeg({ quality: 50 })
      .toBuffer();
    darkroom.hold("original", original);
    darkroom.hold("copy", copy);
    // Each test has an agency of its own, so that none sees another's answers.
    const agencyId = `agency-${seeds}`;
    const report = (): Promise<ReportRow> => aResident(store.db).then((authorId) => aReport(store.db, authorId));
    const fetchAll = (): Promise<boolean> => fetchPhotos(darkroom.deps, going);
    return { ...darkroom, agencyId, report, fetchAll };
  };

  test("in an answer of the same agency is pointed out, with the report it comes from", async () => {
    const { agencyId, report, fetchAll, hold } = await aScene();
    hold("fresh", await aPicture((seeds += 1)));
    const [first, second] = [await report(), await report()];
    const earlier = await anAnswer(store, first, { agencyId, fileIds: ["fresh", "original"] });
    const answerId = await anAnswer(store, second, { agencyId, fileIds: ["copy"], sentAt: hoursAfter(NOON, 24 * 300) });
    expect(await findReusedPhotos(store.db, answerId)).toEqual([]);
    await fetchAll();
    expect(await findReusedPhotos(store.db, answerId)).toEqual([
      { position: 0, earlier: { reportId: first.id, answerId: earlier, position: 1 } },
    ]);
    expect(await findReusedPhotos(store.db, earlier)).toEqual([]);
    const told = await store.db.select().from(events).where(eq(events.kind, "photo_reused"));
    expect(told).toMatchObject([
      { reportId: second.id, actorId: null, at: NOON, data: { answerId, earlierReportId: first.id } },
    ]);
  });

  test("is on the editors' card of the answer, and the card is rewritten when it is found", async () => {
    const { agencyId, report, fetchAll } = await aScene();
    const editors = -100_000 - seeds;
    await aGroup(store, editors, await aResident(store.db));
    const filed = await report();
    await store.db.transaction((tx) => addPhotos(tx, { reportId: filed.id }, [aPhoto("original")]));
    await anAnswer(store, filed, { agencyId, state: "waiting", decidedAt: null, fileIds: ["copy"] });
    expect(await findAnswerView(store.db, filed.id)).toMatchObject({ isComparing: true, reused: [] });
    await fetchAll();
    const answer = await findAnswerView(store.db, filed.id);
    expect(answer).toMatchObject({ isComparing: false, reused: [{ reportId: filed.id, isBefore: true }] });
    const text = (locale: string): string =>
      renderAnswerCard({ i18n, city, locale, now: NOON }, aView({ id: filed.id, status: "answered", answer })).text
        .text;
    expect(text("ru")).toContain(`⚠️ Фото из ответа — то же, что приложили к сообщению № ${filed.id}.`);
    expect(text("en")).toContain(`⚠️ The answer’s photo is the one that report No. ${filed.id} was filed with.`);
    const waiting = await store.db.select().from(notices).where(eq(notices.chatId, editors));
    expect(waiting).toMatchObject([{ kind: "answer_decided", reportId: filed.id }]);
  });

  test("is pointed out even if the earlier one arrived later", async () => {
    const { agencyId, report, fetchAll, hold, wire } = await aScene();
    const [first, second] = [await report(), await report()];
    const original = await aPicture(seeds);
    hold("original", { ok: false, why: "retry", afterSeconds: null });
    await anAnswer(store, first, { agencyId, fileIds: ["original"] });
    const answerId = await anAnswer(store, second, { agencyId, fileIds: ["copy"] });
    await fetchAll();
    expect(await findReusedPhotos(store.db, answerId)).toEqual([]);
    hold("original", original);
    wire.moveSeconds(60);
    await fetchAll();
    expect(await findReusedPhotos(store.db, answerId)).toMatchObject([{ earlier: { reportId: first.id } }]);
  });

  test("from the report itself is pointed out", async () => {
    const { agencyId, report, fetchAll } = await aScene();
    const filed = await report();
    await store.db.transaction((tx) => addPhotos(tx, { reportId: filed.id }, [aPhoto("original")]));
    const answerId = await anAnswer(store, filed, { agencyId, fileIds: ["copy"] });
    await fetchAll();
    expect(await findReusedPhotos(store.db, answerId)).toEqual([
      { position: 0, earlier: { reportId: filed.id, answerId: null, position: 0 } },
    ]);
  });

  test("by another agency, after more than a year, or in a returned answer sent again is nobody's fault", async () => {
    const { agencyId, report, fetchAll } = await aScene();
    const [first, second] = [await report(), await report()];
    await anAnswer(store, first, { agencyId, fileIds: ["original"] });
    const others = [
      await anAnswer(store, first, { agencyId, fileIds: ["copy"] }),
      await anAnswer(store, second, { agencyId: `${agencyId}-other`, fileIds: ["copy"] }),
      await anAnswer(store, second, { agencyId, fileIds: ["copy"], sentAt: hoursAfter(NOON, 24 * 370) }),
    ];
    await fetchAll();
    for (const answerId of others) expect(await findReusedPhotos(store.db, answerId)).toEqual([]);
  });

  test("in the next cycle of the same report is pointed out", async () => {
    const { agencyId, report, fetchAll } = await aScene();
    const filed = await report();
    const first = await anAnswer(store, filed, { agencyId, fileIds: ["original"] });
    const answerId = await anAnswer(store, filed, { agencyId, cycle: 2, fileIds: ["copy"] });
    await fetchAll();
    expect(await findReusedPhotos(store.db, answerId)).toMatchObject([{ earlier: { answerId: first } }]);
  });

  test("by two residents is no matter, nor is one whose earlier photo was erased", async () => {
    const { agencyId, report, fetchAll } = await aScene();
    const [first, second] = [await report(), await report()];
    for (const [filed, fileId] of [
      [first, "original"],
      [second, "copy"],
    ] as const) {
      await store.db.transaction((tx) => addPhotos(tx, { reportId: filed.id }, [aPhoto(fileId)]));
    }
    const answerId = await anAnswer(store, first, { agencyId, fileIds: ["copy"] });
    await fetchAll();
    expect((await photosOf(store)).filter(({ reportId }) => reportId === second.id)).toMatchObject([
      { reusesId: null },
    ]);
    const [found] = await findReusedPhotos(store.db, answerId);
    expect(found?.earlier.reportId).toBe(first.id);
    const own = (await photosOf(store)).filter((photo) => photo.reportId === first.id && photo.answerId === null);
    await store.db.transaction((tx) =>
      removePhotos(
        tx,
        own.map(({ id }) => id),
      ),
    );
    expect(await findReusedPhotos(store.db, answerId)).toEqual([]);
  });

  test("erasing a person names their photos that the public does not see, and no others", async () => {
    const authorId = await aResident(store.db);
    const strangerId = await aResident(store.db);
    const passedOn = { status: "assigned", agencyId: "housing-kuntsevo", assignedAt: NOON } as const;
    const waiting = await aReport(store.db, authorId);
    const open = await aReport(store.db, authorId, passedOn);
    const foreign = await aReport(store.db, strangerId, passedOn);
    const addition = async (reportId: number, by: number, what: "addition" | "verdict"): Promise<number> => {
      const [added] = await store.db
        .insert(additions)
        .values({ reportId, kind: what, authorId: by, at: NOON })
        .returning({ id: additions.id });
      return added?.id ?? 0;
    };
    const of = async (fileId: string, owner: Parameters<typeof addPhotos>[1]): Promise<void> =>
      store.db.transaction((tx) => addPhotos(tx, owner, [aPhoto(fileId)]));
    await of("waiting", { reportId: waiting.id });
    await store.db.transaction((tx) => addPhotos(tx, { reportId: open.id }, [aPhoto("public"), aPhoto("hidden")]));
    await of("foreign", { reportId: foreign.id });
    await of("added", { reportId: foreign.id, additionId: await addition(foreign.id, authorId, "addition") });
    await of("added by a stranger", { reportId: open.id, additionId: await addition(open.id, strangerId, "addition") });
    await of("verdict", { reportId: foreign.id, additionId: await addition(foreign.id, authorId, "verdict") });
    await anAnswer(store, waiting, { fileIds: ["answer"] });
    const all = await photosOf(store);
    const hidden = all.find(({ fileId }) => fileId === "hidden");
    await store.db
      .update(photos)
      .set({ isHidden: true })
      .where(eq(photos.id, hidden?.id ?? 0));
    const ids = await listUnpublishedPhotoIds(store.db, authorId);
    expect(all.filter(({ id }) => ids.includes(id)).map(({ fileId }) => fileId)).toEqual([
      "waiting",
      "hidden",
      "added",
    ]);
  });
});
