/** Which photos are served to everybody, and how long they are kept. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { largeOf, thumbnailOf } from "../../../src/report/photo.ts";
import { STATUS_NAMES, STATUSES, type Status } from "../../../src/report/status.ts";
import { additions, answers, photos } from "../../../src/store/schema/index.ts";
import { anAnswer } from "../../support/photos.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { aStoredPhoto, inMemoryPhotos } from "../../support/stored-photos.ts";
import { freshWeb, type FreshWeb } from "../../support/web.ts";

const files = inMemoryPhotos();
let web: FreshWeb;
let authorId: number;
beforeAll(async () => {
  web = await freshWeb({ files });
  authorId = await aResident(web.store.db, { name: "Анна" });
});
afterAll(() => web.store.close());

const shown = { status: "assigned", handlingDueAt: hoursAfter(NOON, 24) } as const;
const statusOf = async (name: string): Promise<number> => (await web.get(`/photos/${name}`)).status;
const aPhotoOf = (row: Omit<Parameters<typeof aStoredPhoto>[2], never>) => aStoredPhoto(web.store.db, files, row);

describe("a photo", () => {
  test("of a shown report is there in both sizes, as a picture that only browsers keep", async () => {
    const { id } = await aReport(web.store.db, authorId, shown);
    const storedAs = await aPhotoOf({ reportId: id });
    for (const name of [largeOf(storedAs), thumbnailOf(storedAs)]) {
      const { status, headers } = await web.get(`/photos/${name}`);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toBe("image/jpeg");
      expect(headers.get("cache-control")).toBe("private, max-age=604800, immutable");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test("is not sent again to whoever has it", async () => {
    const { id } = await aReport(web.store.db, authorId, shown);
    const path = `/photos/${largeOf(await aPhotoOf({ reportId: id }))}`;
    const etag = (await web.get(path)).headers.get("etag") ?? "";
    const again = await web.get(path, { "if-none-match": etag });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  test("is gone the moment an editor hides it, for whoever had it as well, and back when shown", async () => {
    const { id } = await aReport(web.store.db, authorId, shown);
    const storedAs = await aPhotoOf({ reportId: id });
    const path = `/photos/${largeOf(storedAs)}`;
    const etag = (await web.get(path)).headers.get("etag") ?? "";
    await web.store.db.update(photos).set({ isHidden: true }).where(eq(photos.storedAs, storedAs));
    expect(await statusOf(largeOf(storedAs))).toBe(404);
    expect(await statusOf(thumbnailOf(storedAs))).toBe(404);
    expect((await web.get(path, { "if-none-match": etag })).status).toBe(404);
    await web.store.db.update(photos).set({ isHidden: false }).where(eq(photos.storedAs, storedAs));
    expect(await statusOf(largeOf(storedAs))).toBe(200);
  });

  test.each(STATUS_NAMES)("of a report that is %s is seen exactly if the report is", async (status: Status) => {
    const { shows, owes } = STATUSES[status];
    const returnsTo = shows === "before" ? "submitted" : null;
    const outcome = status === "closed" ? "confirmed" : null;
    const mergedIntoId = status === "merged" ? (await aReport(web.store.db, authorId, shown)).id : null;
    const dueAt = owes === null ? null : NOON;
    const { id } = await aReport(web.store.db, authorId, { status, returnsTo, outcome, mergedIntoId, dueAt });
    expect(await statusOf(largeOf(await aPhotoOf({ reportId: id })))).toBe(shows === "all" ? 200 : 404);
  });

  test.each([
    ["waiting", "fixed", 404],
    ["returned", "fixed", 404],
    ["replaced", "fixed", 404],
    ["accepted", "not_ours", 404],
    ["accepted", "fixed", 200],
    ["accepted", "cannot_fix", 200],
  ] as const)("of an answer that is %s (%s) answers %i", async (state, kind, expected) => {
    const report = await aReport(web.store.db, authorId, shown);
    const decidedAt = state === "waiting" ? null : NOON;
    const remark = state === "returned" ? "Не видно" : null;
    const successorId = kind === "not_ours" ? "roads" : null;
    const answerId = await anAnswer(web.store, report, { state, kind, decidedAt, remark, successorId });
    const storedAs = await aPhotoOf({ reportId: report.id, answerId });
    expect(await statusOf(largeOf(storedAs))).toBe(expected);
    await web.store.db.update(answers).set({ state: "replaced", decidedAt: NOON }).where(eq(answers.id, answerId));
    expect(await statusOf(largeOf(storedAs))).toBe(404);
  });

  test("that somebody added later is never there", async () => {
    const { id } = await aReport(web.store.db, authorId, shown);
    const [addition] = await web.store.db
      .insert(additions)
      .values({ reportId: id, kind: "vote", authorId, words: null, at: NOON })
      .returning();
    expect(await statusOf(largeOf(await aPhotoOf({ reportId: id, additionId: addition?.id ?? null })))).toBe(404);
  });

  test.each(["x.jpg", "a".repeat(64), `${"a".repeat(64)}.jpg`, `${"a".repeat(64)}-640.jpg`, "..%2f..%2fetc%2fpasswd"])(
    "that nobody has is not there: %s",
    async (name) => expect(await statusOf(name)).toBe(404),
  );

  test("asked for without its ending is no address of it", async () => {
    const { id } = await aReport(web.store.db, authorId, shown);
    expect(await statusOf(await aPhotoOf({ reportId: id }))).toBe(404);
  });

  test("whose file is lost is 404 and no error", async () => {
    const { id } = await aReport(web.store.db, authorId, shown);
    const storedAs = await aPhotoOf({ reportId: id });
    await files.remove(largeOf(storedAs));
    expect(await statusOf(largeOf(storedAs))).toBe(404);
  });
});
