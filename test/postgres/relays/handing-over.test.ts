/** Reports handed over to an agency's own system, once each, whatever happens on the way. */
import { and, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { rerouteReport } from "../../../src/actions/reroute-report.ts";
import { undoDecision } from "../../../src/actions/undo-decision.ts";
import { withdrawReport } from "../../../src/actions/withdraw-report.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { listSystemTrouble } from "../../../src/store/queries/relays.ts";
import { addPhotos } from "../../../src/store/writes/photos.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import { aPhoto, AGENCY } from "../../support/check.ts";
import { answering, aRelayCity, filedThere, lost, type RelayCity } from "../../support/relays.ts";

let city: RelayCity;
beforeEach(async () => {
  city = await aRelayCity();
});
afterEach(() => city.close());

const newsOf = async (kind: string): Promise<unknown[]> => {
  const { db } = city.ours.store;
  const found = await db.select({ params: notices.params }).from(notices).where(eq(notices.kind, kind));
  return found.map(({ params }) => params);
};

test.each(["xml", "json"] as const)("a report stands there once it is the agency's, in %s", async (format) => {
  await city.close();
  city = await aRelayCity({ format, services: { "yard-light": "yard-light" } });
  const { id } = await city.assigned({ publicText: "Не горит фонарь у второго подъезда" });
  await city.work();
  const [there, ...others] = await filedThere(city);
  expect(others).toEqual([]);
  expect(there?.description).toContain("Не горит фонарь у второго подъезда");
  expect(there?.description).toContain(`https://otklik.example/r/${id}`);
  expect(there).toMatchObject({ topicId: "yard-light", lat: 55.73, lon: 37.42, answers: { lamps: "one" } });
  expect(await city.relay(id)).toMatchObject({ state: "open", theirId: String(there?.id), attempts: 0 });
});

test("nothing of a person leaves with it, nor a photo that is hidden", async () => {
  const { id } = await city.assigned({
    topicId: "entrance-light",
    description: "Темно в подъезде",
    address: "Ярцевская улица, 14, кв. 15",
    lat: 55.730123,
    lon: 37.420456,
    answers: {},
  });
  const { db } = city.ours.store;
  await db.transaction((tx) => addPhotos(tx, { reportId: id }, [aPhoto("seen"), aPhoto("hidden")]));
  for (const [position, isHidden] of [false, true].entries()) {
    const copy = { storedAs: String(position).repeat(64), nextTickAt: null, isHidden };
    await db
      .update(photos)
      .set(copy)
      .where(and(eq(photos.reportId, id), eq(photos.position, position)));
  }
  await city.work();
  const said = [...city.posted()].filter(([name]) => name !== "api_key");
  expect(said.map(([name]) => name)).not.toEqual(expect.arrayContaining(["email"]));
  const text = JSON.stringify(said);
  for (const secret of ["Анна", "кв. 15", "55.730123", "1".repeat(64)]) expect(text).not.toContain(secret);
  expect(city.posted().getAll("media_url")).toEqual([`https://otklik.example/photos/${"0".repeat(64)}.jpg`]);
});

describe("a report is there once", () => {
  test("though the answer to its posting was lost", async () => {
    const { id } = await city.assigned();
    city.fail(lost);
    await city.work();
    expect(await city.relay(id)).toMatchObject({ state: "unclear" });
    await city.work(11);
    expect(await filedThere(city)).toHaveLength(1);
    expect(await city.relay(id)).toMatchObject({ state: "open" });
  });

  test("though the other side remembers no keys: it is found by our mark", async () => {
    const { id } = await city.assigned();
    city.fail(() => ({ ok: false, why: "timed_out" }));
    await city.work();
    const mark = city.posted().get("description") ?? "";
    const list = `<service_requests><request><service_request_id>0042</service_request_id><status>open</status><description>${mark}</description></request></service_requests>`;
    city.fail(() => answering(200, list));
    const before = city.calls.length;
    await city.work(11);
    expect(city.calls.slice(before)).not.toContain("POST requests.xml");
    expect(await city.relay(id)).toMatchObject({ state: "open", theirId: "0042" });
  });

  test("though the program died between posting and noting the answer", async () => {
    const { id } = await city.assigned();
    city.fail(async (pass) => {
      await pass();
      throw new Error("the plug was pulled");
    });
    await expect(city.work()).rejects.toThrow("plug");
    expect(await city.relay(id)).toMatchObject({ state: "unclear" });
    await city.work(6);
    expect(await filedThere(city)).toHaveLength(1);
    expect(await city.relay(id)).toMatchObject({ state: "open" });
  });

  test("though two processes hand over at the same moment", async () => {
    await city.assigned();
    await Promise.all([city.work(), city.work()]);
    expect(await filedThere(city)).toHaveLength(1);
  });

  test("though the other side answers with errors, rubbish and redirects for a while", async () => {
    const { id } = await city.assigned();
    city.fail(
      () => answering(500, "<errors><error><code>500</code></error></errors>"),
      () => answering(200, "<service_requests><requ"),
      () => answering(302, "", { location: "http://127.0.0.1/admin" }),
    );
    for (let tries = 0; tries < 6; tries += 1) await city.work(11);
    expect(await filedThere(city)).toHaveLength(1);
    expect(await city.relay(id)).toMatchObject({ state: "open", failure: null });
  });
});

test("a token is asked for its number until there is one", async () => {
  const { id } = await city.assigned();
  const token = "<service_requests><request><token>abc</token></request></service_requests>";
  const number =
    "<service_requests><request><token>abc</token><service_request_id>77</service_request_id></request></service_requests>";
  city.fail(
    () => answering(200, token),
    () => answering(404, ""),
    () => answering(200, number),
  );
  await city.work();
  expect(await city.relay(id)).toMatchObject({ state: "accepted", token: "abc" });
  await city.work(2);
  await city.work(11);
  expect(await city.relay(id)).toMatchObject({ state: "open", theirId: "77" });
});

test("what they will not take is not tried again, and the admins hear why", async () => {
  const { id } = await city.assigned({ topicId: "yard-light", answers: { strange: "answer" } });
  await city.work();
  await city.work(60);
  expect(city.calls.filter((call) => call.startsWith("POST"))).toHaveLength(1);
  expect(await city.relay(id)).toMatchObject({ state: "refused", nextTickAt: null });
  expect(await newsOf("relay_refused")).toEqual([
    { number: id, agencyId: AGENCY, failure: expect.stringMatching(/^400 /) },
  ]);
  expect(await listSystemTrouble(city.ours.store.db)).toMatchObject({ failing: [], refused: 1 });
});

test("a system that fails is told to the admins once, after an hour, and all is well again when it works", async () => {
  const { id } = await city.assigned();
  const down = () => ({ ok: false, why: "unreachable", code: "ECONNREFUSED" }) as const;
  for (let tries = 0; tries < 8; tries += 1) {
    city.fail(down);
    await city.work(11);
  }
  expect(await newsOf("system_failing")).toEqual([{ agencyId: AGENCY, failure: "unreachable (ECONNREFUSED)" }]);
  expect(await listSystemTrouble(city.ours.store.db)).toMatchObject({
    failing: [{ agencyId: AGENCY }],
    waiting: 1,
  });
  await city.work(11);
  expect(await city.relay(id)).toMatchObject({ state: "open" });
  expect(await listSystemTrouble(city.ours.store.db)).toEqual({ failing: [], waiting: 0, refused: 0 });
});

test("a key that is wrong lets everything wait", async () => {
  const { id } = await city.assigned();
  city.fail(() => answering(403, "<errors><error><description>bad key</description></error></errors>"));
  await city.work();
  expect(await city.relay(id)).toMatchObject({ state: "waiting", failure: "403 bad key" });
  await city.work(11);
  expect(await city.relay(id)).toMatchObject({ state: "open" });
});

describe("a report that is the agency's no more", () => {
  const reroute = (id: number, agencyId: string) =>
    rerouteReport(
      city.ours,
      {
        actorId: city.cast.editorId,
        reportId: id,
        version: null,
        ask: { agencyId, reason: "Это дорожный фонарь" },
        added: null,
      },
      city.clock.now(),
    );

  test("is not handed over at all when it had not been yet", async () => {
    const { id } = await city.assigned();
    const taken = { actorId: city.cast.authorId, reportId: id, version: null };
    expect(await withdrawReport(city.ours, taken, city.clock.now())).toMatchObject({ ok: true });
    await city.work();
    expect(await filedThere(city)).toEqual([]);
    expect(await city.relay(id)).toMatchObject({ state: "ended", nextTickAt: null });
  });

  test("is asked after no more, and goes on under the same number when it comes back", async () => {
    const { id } = await city.assigned();
    await city.work();
    const { theirId } = await city.relay(id);
    expect(await reroute(id, "roads")).toMatchObject({ ok: true });
    await city.work(11);
    expect(await city.relay(id)).toMatchObject({ state: "ended" });
    expect(await reroute(id, AGENCY)).toMatchObject({ ok: true });
    await city.work();
    expect(await city.relay(id)).toMatchObject({ state: "open", theirId });
    expect(await filedThere(city)).toHaveLength(1);
  });

  test("because its assignment was taken back, is not handed over until it is assigned again", async () => {
    const { id } = await city.assigned();
    await undoDecision(city.ours, { actorId: city.cast.editorId }, city.clock.now());
    await city.work();
    expect(await filedThere(city)).toEqual([]);
    const assign = { actorId: city.cast.editorId, reportId: id, version: null, agencyId: AGENCY };
    expect(await assignReport(city.ours, assign, city.clock.now())).toMatchObject({ ok: true });
    await city.work();
    expect(await filedThere(city)).toHaveLength(1);
  });
});
