/** What an agency's own system says of a report: an answer for the editors' check, a note, or no answer at all. */
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { giveVerdict } from "../../../src/actions/give-verdict.ts";
import { publishAnswer } from "../../../src/actions/publish-answer.ts";
import { returnAnswer } from "../../../src/actions/return-answer.ts";
import { tickReport } from "../../../src/actions/tick-report.ts";
import { additions } from "../../../src/store/schema/additions.ts";
import { answers } from "../../../src/store/schema/answers.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import { aCast, AGENCY, answer, aPhoto, publish, vote } from "../../support/check.ts";
import { storedReport } from "../../support/deps.ts";
import { aResident, hoursAfter } from "../../support/people.ts";
import { answering, aRelayCity, filedThere, type Fault, type RelayCity } from "../../support/relays.ts";

let city: RelayCity;
beforeEach(async () => {
  city = await aRelayCity();
});
afterEach(() => city.close());

type Update = { id: string; status?: "open" | "closed"; words?: string; photo?: string };

/** The list of updates as they would write it, about this number. */
const saying =
  (theirId: string, ...updates: Update[]): Fault =>
  () =>
    answering(
      200,
      `<service_request_updates>${updates
        .map(
          ({ id, status = "open", words = "", photo = "" }) =>
            `<request_update><update_id>${id}</update_id><service_request_id>${theirId}</service_request_id><status>${status}</status><updated_datetime>2026-07-15T12:00:00Z</updated_datetime><description>${words}</description><media_url>${photo}</media_url></request_update>`,
        )
        .join("")}</service_request_updates>`,
    );

/** A report that stands there, and its number there. */
const anOpen = async (): Promise<{ id: number; theirId: string }> => {
  const { id } = await city.assigned();
  await city.work();
  const { theirId } = await city.relay(id);
  if (theirId === null) throw new Error("It has no number there");
  return { id, theirId };
};

const notesOf = async (reportId: number): Promise<(string | null)[]> => {
  const found = await city.ours.store.db.select().from(additions).where(eq(additions.reportId, reportId));
  return found.filter(({ kind }) => kind === "note").map(({ words }) => words);
};
const answersOf = (reportId: number) =>
  city.ours.store.db.select().from(answers).where(eq(answers.reportId, reportId)).orderBy(answers.id);
const closedNews = async (): Promise<unknown[]> => {
  const found = await city.ours.store.db.select().from(notices).where(eq(notices.kind, "system_closed"));
  return found.map(({ params }) => params);
};

const DONE = { id: "2", status: "closed", words: "Заменили лампу, фонарь горит" } as const;
const PHOTO = "https://light.example/photos/after.jpg";

test("«closed» with words and a photo is an answer that waits for an editor, and is published like any other", async () => {
  const { id, theirId } = await anOpen();
  city.fail(saying(theirId, { ...DONE, photo: PHOTO }));
  await city.work(11);
  expect(await storedReport(city.ours, id)).toMatchObject({ status: "answered" });
  expect(await answersOf(id)).toMatchObject([{ kind: "fixed", state: "waiting", words: DONE.words, agencyId: AGENCY }]);
  const found = await city.ours.store.db.select().from(photos).where(eq(photos.reportId, id));
  expect(found).toMatchObject([{ sourceUrl: PHOTO, fileId: null }]);
  const decided = { actorId: city.cast.editorId, reportId: id, version: null };
  expect(await publishAnswer(city.ours, decided, hoursAfter(city.clock.now(), 1))).toMatchObject({ ok: true });
});

test("the same update heard again makes no second answer", async () => {
  const { id, theirId } = await anOpen();
  const said = saying(theirId, { ...DONE, photo: PHOTO }, { ...DONE, photo: PHOTO });
  city.fail(said);
  await city.work(11);
  const back = { actorId: city.cast.editorId, reportId: id, version: null, remark: "Не видно, что это тот фонарь" };
  expect(await returnAnswer(city.ours, back, city.clock.now())).toMatchObject({ ok: true });
  city.fail(said);
  await city.work(11);
  expect(await answersOf(id)).toHaveLength(1);
  expect(await storedReport(city.ours, id)).toMatchObject({ status: "assigned" });
});

test("a picture that came with an earlier update is the answer's", async () => {
  const { id, theirId } = await anOpen();
  const earlier = { id: "1", words: "Приехала бригада", photo: PHOTO };
  city.fail(saying(theirId, earlier));
  await city.work(11);
  city.fail(saying(theirId, DONE), saying(theirId, earlier, DONE));
  await city.work(120);
  expect(await storedReport(city.ours, id)).toMatchObject({ status: "answered" });
});

test.each([
  ["without a photo", { ...DONE }, false],
  ["without words", { ...DONE, words: "", photo: PHOTO }, true],
])("«closed» %s is no answer: the editors are told, and the agency's date goes on", async (_, update, hasPhoto) => {
  const { id, theirId } = await anOpen();
  const { dueAt } = await storedReport(city.ours, id);
  city.fail(saying(theirId, update));
  await city.work(11);
  expect(await storedReport(city.ours, id)).toMatchObject({ status: "assigned", dueAt });
  expect(await answersOf(id)).toEqual([]);
  expect(await closedNews()).toContainEqual({ number: id, agencyId: AGENCY, hasPhoto });
});

test("«open» with words is a note for the editors, and without words nothing", async () => {
  const { id, theirId } = await anOpen();
  city.fail(saying(theirId, { id: "1", words: "Назначен мастер" }, { id: "2" }));
  await city.work(11);
  expect(await notesOf(id)).toEqual(["Назначен мастер"]);
  expect(await closedNews()).toEqual([]);
});

test("what is said of somebody else's requests there concerns nobody", async () => {
  const { id } = await anOpen();
  city.fail(saying("999", { ...DONE, photo: PHOTO }));
  await city.work(11);
  expect(await storedReport(city.ours, id)).toMatchObject({ status: "assigned" });
});

test("a system without a list of updates is asked for the request itself, and says a thing once", async () => {
  const { id, theirId } = await anOpen();
  const none: Fault = () => answering(404, "");
  const stands: Fault = () =>
    answering(
      200,
      `<service_requests><request><service_request_id>${theirId}</service_request_id><status>open</status><status_notes>Ждём лампу</status_notes></request></service_requests>`,
    );
  city.fail(none, stands);
  await city.work(11);
  city.fail(none, stands);
  await city.work(11);
  expect(await notesOf(id)).toEqual(["Ждём лампу"]);
});

test("rubbish instead of updates is heard as nothing, and asked for again", async () => {
  const { id, theirId } = await anOpen();
  city.fail(() => answering(200, "<html>Wartung</ht"));
  await city.work(11);
  expect(await storedReport(city.ours, id)).toMatchObject({ status: "assigned" });
  city.fail(saying(theirId, { ...DONE, photo: PHOTO }));
  await city.work(2);
  expect(await storedReport(city.ours, id)).toMatchObject({ status: "answered" });
});

test.each(["2999-01-01T00:00:00Z", "+275760-09-13T00:00:00Z", "-000001-01-01T00:00:00Z", "2026-07-15T09:05:00Z"])(
  "a list that may be cut off and names the moment %s makes nobody deaf",
  async (at) => {
    const { id, theirId } = await anOpen();
    const told = Array.from({ length: 500 }, (_, index) => ({
      ...{ update_id: `u${index}`, service_request_id: "another", status: "open", updated_datetime: at },
    }));
    const items = told.map((update) =>
      Object.entries(update)
        .map(([name, value]) => `<${name}>${value}</${name}>`)
        .join(""),
    );
    const list = items.map((item) => `<request_update>${item}</request_update>`).join("");
    city.fail(() => answering(200, `<service_request_updates>${list}</service_request_updates>`));
    await city.work(11);
    const { heardUntil } = await city.relay(id);
    expect(heardUntil?.getTime()).toBeLessThanOrEqual(city.clock.now().getTime());
    city.fail(saying(theirId, { id: "w", words: "Бригада выехала" }));
    await city.work(11);
    expect(await notesOf(id)).toEqual(["Бригада выехала"]);
  },
);

test("words that no database keeps are heard without what is wrong with them", async () => {
  const { id, theirId } = await anOpen();
  city.fail(saying(theirId, { id: "n", words: "Бригада\0 выехала" }));
  await city.work(11);
  expect(await notesOf(id)).toEqual(["Бригада выехала"]);
});

test("a report that was answered, disputed and reopened is handed over again, under a number of its own", async () => {
  const { id, theirId } = await anOpen();
  city.fail(saying(theirId, { ...DONE, photo: PHOTO }));
  await city.work(11);
  const now = city.clock.now();
  await publishAnswer(city.ours, { actorId: city.cast.editorId, reportId: id, version: null }, now);
  const inspector = await aResident(city.ours.store.db, { role: "inspector" });
  await vote(city.ours, id, city.cast.authorId, "refutation", hoursAfter(now, 1));
  const verdict = { words: "Не горит, проверено на месте", photos: [aPhoto("verdict")], question: null };
  const reopen = { actorId: inspector, reportId: id, version: null, verdict: "reopen", ...verdict } as const;
  expect(await giveVerdict(city.ours, reopen, hoursAfter(now, 2))).toMatchObject({ ok: true });
  await city.work(180);
  const [first, second] = await filedThere(city);
  expect(String(first?.id)).toBe(theirId);
  expect(second?.description).toContain("Повторно");
});

test("what the other side's own life comes to arrives here: published, checked and closed there, it is answered here", async () => {
  const { id, theirId } = await anOpen();
  const there = await aCast(city.theirs);
  const number = Number(theirId);
  const assign = { actorId: there.editorId, reportId: number, version: null, agencyId: AGENCY };
  expect(await assignReport(city.theirs, assign, city.clock.now())).toMatchObject({ ok: true });
  await answer(city.theirs, there, number, "fixed", city.clock.now());
  const copy = { storedAs: "a".repeat(64), nextTickAt: null };
  await city.theirs.store.db.update(photos).set(copy).where(eq(photos.reportId, number));
  await publish(city.theirs, there, number, city.clock.now());
  await city.work(11);
  expect(await storedReport(city.ours, id)).toMatchObject({ status: "assigned" });
  const inspector = await aResident(city.theirs.store.db, { role: "inspector" });
  await vote(city.theirs, number, inspector, "confirmation", city.clock.now());
  city.clock.moveSeconds(11 * 24 * 3600);
  await tickReport(city.theirs, number, city.clock.now());
  expect(await storedReport(city.theirs, number)).toMatchObject({ status: "closed", outcome: "confirmed" });
  await city.work(11);
  expect(await storedReport(city.ours, id)).toMatchObject({ status: "answered" });
});
