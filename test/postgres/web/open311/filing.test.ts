import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disableClient } from "../../../../src/actions/disable-client.ts";
import { fetchPhotos } from "../../../../src/jobs/photos.ts";
import { events } from "../../../../src/store/schema/events.ts";
import { notices } from "../../../../src/store/schema/notices.ts";
import { reports } from "../../../../src/store/schema/reports.ts";
import { residents } from "../../../../src/store/schema/residents.ts";
import { rejectReport } from "../../../../src/actions/reject-report.ts";
import { storedReport } from "../../../support/deps.ts";
import { FILING, freshOpen311, type Answered, type Open311 } from "../../../support/open311.ts";
import { aResident, NOON } from "../../../support/people.ts";
import { aDarkroom, photosOf } from "../../../support/photos.ts";
import { aPicture } from "../../../support/pictures.ts";

let api: Open311;
beforeAll(async () => {
  api = await freshOpen311();
});
afterAll(() => api.store.close());

const numberIn = ({ value }: Answered): number =>
  Number((value as { service_request_id?: string }[])[0]?.service_request_id);
const saidBy = ({ value }: Answered): string[] =>
  (value as { description: string }[]).map(({ description }) => description);

/** Another place and other words each time, so that it is another report. */
let filings = 0;
const another = () => ({ ...FILING, description: `Не горит фонарь у дома номер ${(filings += 1)}` });

describe("a filing", () => {
  test("is a report in moderation at once, told as every other one, and of nobody", async () => {
    const filed = await api.file(another());
    expect(filed.status).toBe(200);
    const report = await storedReport(api, numberIn(filed));
    expect(report).toMatchObject({
      status: "submitted",
      authorId: null,
      operatorId: null,
      topicId: "yard-light",
      districtId: "kuntsevo",
      lat: 55.73,
      lon: 37.42,
      answers: { lamps: "one" },
    });
    expect(report.nextTickAt).toEqual(report.dueAt);
    const [event] = await api.store.db.select().from(events).where(eq(events.reportId, report.id));
    expect(event).toMatchObject({ kind: "submitted", actorId: null, actorRole: "client" });
  });

  test("keeps nothing of the person behind the program, and makes nobody a resident", async () => {
    const before = await api.store.db.$count(residents);
    const person = {
      email: "planted@example.org",
      first_name: "Плантида",
      last_name: "Подсадная",
      phone: "+79160000001",
      device_id: "planted-device",
      account_id: "planted-account",
    };
    const filed = await api.file({ ...another(), ...person });
    const kept = JSON.stringify([
      await storedReport(api, numberIn(filed)),
      await api.store.db.select().from(events),
      await api.store.db.select().from(residents),
    ]);
    for (const planted of Object.values(person)) expect(kept).not.toContain(planted);
    expect(filed.text).not.toContain("planted");
    expect(await api.store.db.$count(residents)).toBe(before);
  });

  test("that comes twice is one report, by its own key or by what it says that day", async () => {
    const same = another();
    expect(numberIn(await api.file(same))).toBe(numberIn(await api.file(same)));
    const headers = { "idempotency-key": "retry-1" };
    const [one, two] = await Promise.all([api.file(another(), { headers }), api.file(another(), { headers })]);
    expect(numberIn(one)).toBe(numberIn(two));
  });

  test("by an address is where the address is", async () => {
    const { lat: _lat, long: _long, ...rest } = another();
    const report = await storedReport(
      api,
      numberIn(await api.file({ ...rest, address_string: "Ярцевская улица, 14" })),
    );
    expect(report.address).toContain("Ярцевская");
    expect(report.lat).not.toBeNull();
  });

  test("is answered by a token where the client would rather have one, and the token finds it", async () => {
    const { value, headers } = await api.file(another(), { headers: { prefer: "respond-async" } });
    const [{ token, ...rest } = { token: "" }] = value as { token: string; service_request_id?: string }[];
    expect(rest).not.toHaveProperty("service_request_id");
    expect(headers.get("preference-applied")).toBe("respond-async");
    const found = await api.ask(`tokens/${token}.json`);
    const report = await storedReport(api, numberIn(found));
    expect(report.draftId).toBe(token);
  });

  test("that an editor rejects keeps its words, so that the rejection can be taken back", async () => {
    const reportId = numberIn(await api.file(another()));
    const actorId = await aResident(api.store.db, { role: "editor" });
    const rejected = await rejectReport(
      api,
      { actorId, reportId, version: null, reason: { words: "Это не город" } },
      NOON,
    );
    expect(rejected.ok).toBe(true);
    expect((await storedReport(api, reportId)).description).toContain("Не горит фонарь");
  });
});

describe("photos", () => {
  test("named by their address are fetched by the job, after the answer", async () => {
    const darkroom = await aDarkroom(api.store);
    const url = "https://pictures.example.org/lamp.jpg";
    darkroom.hold(url, await aPicture(1));
    const filed = await api.file({ ...another(), media_url: [url, url] });
    expect(darkroom.asked).toEqual([]);
    await fetchPhotos(darkroom.deps, new AbortController().signal);
    expect(darkroom.asked).toEqual([url]);
    const [photo] = (await photosOf(api.store)).filter(({ reportId }) => reportId === numberIn(filed));
    expect(photo?.storedAs).not.toBeNull();
  });

  test("have a minute to arrive before editors are shown the report", async () => {
    const telegramId = 5_550_001;
    await aResident(api.store.db, { role: "editor", telegramId });
    const dueAfter = async (filed: Answered): Promise<number[]> => {
      const told = await api.store.db
        .select()
        .from(notices)
        .where(eq(notices.reportId, numberIn(filed)));
      return told.filter(({ chatId }) => chatId === telegramId).map(({ dueAt }) => dueAt.getTime() - NOON.getTime());
    };
    expect(await dueAfter(await api.file(another()))).toEqual([0]);
    const withPhoto = await api.file({ ...another(), media_url: "https://pictures.example.org/lamp.jpg" });
    expect(await dueAfter(withPhoto)).toEqual([60_000]);
  });

  test.each([
    "http://127.0.0.1/a.jpg",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/a.jpg",
    "https://localhost/a.jpg",
    "file:///etc/passwd",
    "https://me:word@pictures.example.org/a.jpg",
    "a.jpg",
  ])("at %s are refused at once", async (url) => {
    const refused = await api.file({ ...another(), media_url: url });
    expect(refused.status).toBe(400);
    expect(saidBy(refused)[0]).toContain("media_url");
  });

  test("are demanded where the service wants one, and six are too many", async () => {
    const pothole = { ...another(), service_code: "pothole", "attribute[lamps]": null };
    expect(saidBy(await api.file(pothole)).join()).toContain("media_url");
    const six = Array.from({ length: 6 }, (_, index) => `https://pictures.example.org/${index}.jpg`);
    expect(saidBy(await api.file({ ...another(), media_url: six })).join()).toContain("media_url");
  });
});

describe("a refusal", () => {
  test.each([
    ["no key", { api_key: null }, 403, "api_key"],
    ["a wrong key", { api_key: "xyz" }, 403, "api_key"],
    ["another city", { jurisdiction_id: "city.gov" }, 404, "jurisdiction_id"],
    ["an unknown service", { service_code: "001" }, 404, "service_code"],
    ["no service", { service_code: null }, 400, "service_code"],
    ["no place", { lat: null, long: null }, 400, "lat"],
    ["half a place", { long: null }, 400, "long"],
    ["a place that is no number", { lat: "north" }, 400, "lat"],
    ["a place outside the city", { lat: "59.9386", long: "30.3141" }, 400, "lat"],
    ["an unknown address", { lat: null, long: null, address_string: "Бейкер-стрит, 221Б" }, 400, "address_string"],
    ["an address of many houses", { lat: null, long: null, address_string: "Ярцевская улица" }, 400, "address_string"],
    ["an address by a number of theirs", { lat: null, long: null, address_id: "545483" }, 400, "address_id"],
    ["no words", { description: null }, 400, "description"],
    ["too few words", { description: "Темно" }, 400, "description"],
    ["too many words", { description: "а".repeat(1001) }, 400, "description"],
    ["no answer to a question", { "attribute[lamps]": null }, 400, "attribute[lamps]"],
    ["an answer nobody can give", { "attribute[lamps]": "many" }, 400, "attribute[lamps]"],
    ["an answer out of range", { "attribute[dark_days]": "0" }, 400, "attribute[dark_days]"],
    ["an answer to no question", { "attribute[__proto__]": "1" }, 400, "attribute[__proto__]"],
    ["a field given twice", { lat: ["55.73", "55.74"] }, 400, "lat"],
    ["danger", { service_code: "gas-smell", "attribute[lamps]": null }, 400, "112"],
    ["a season that is over", { service_code: "yard-ice", "attribute[lamps]": null }, 400, "service_code"],
  ])("names what is wrong with %s", async (_, fields, status, name) => {
    const refused = await api.file({ ...FILING, ...fields });
    expect([refused.status, saidBy(refused).join(" ")]).toEqual([status, expect.stringContaining(name)]);
  });

  test("names every fault at once", async () => {
    const refused = await api.file({
      ...FILING,
      lat: null,
      long: null,
      description: "Темно",
      "attribute[lamps]": null,
    });
    expect(saidBy(refused)).toHaveLength(3);
  });

  test("of a body of another kind, or too large a one, says so", async () => {
    const post = (body: string, type: string) =>
      api.app.request("/open311/v2/requests.json", { method: "POST", body, headers: { "content-type": type } });
    expect((await post("{}", "application/json")).status).toBe(400);
    expect((await post(`a=${"b".repeat(70_000)}`, "application/x-www-form-urlencoded")).status).toBe(413);
  });

  test("never repeats a key", async () => {
    const refused = await api.file({ ...FILING, api_key: "planted-secret-key" });
    expect(refused.text).not.toContain("planted-secret-key");
  });

  test("leaves no report behind", async () => {
    const before = await api.store.db.$count(reports);
    await api.file({ ...FILING, description: "Темно" });
    expect(await api.store.db.$count(reports)).toBe(before);
  });
});

describe("a client", () => {
  test("files no more than its number a day, even at once, and again the next day", async () => {
    let now = NOON;
    const small = await freshOpen311({ now: () => now }, { perDay: 2 });
    const answers = await Promise.all(
      [1, 2, 3].map((n) => small.file({ ...FILING, description: `Фонарь номер ${n} не горит` })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 429]);
    const late = answers.find(({ status }) => status === 429);
    expect(Number(late?.headers.get("retry-after"))).toBeGreaterThan(0);
    now = new Date(NOON.getTime() + 86_400_000);
    expect((await small.file({ ...FILING, description: "Фонарь номер 4 не горит" })).status).toBe(200);
    await small.store.close();
  });

  test("that calls too often in a minute waits", async () => {
    const small = await freshOpen311({}, { perMinute: 1 });
    await small.file({ ...FILING, description: "Темно" });
    const refused = await small.file(FILING);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    await small.store.close();
  });

  test("that is switched off files nothing more", async () => {
    const own = await freshOpen311();
    await disableClient(own, { actorId: own.adminId, name: "сайт района" }, NOON);
    expect((await own.file(FILING)).status).toBe(403);
    await own.store.close();
  });
});
