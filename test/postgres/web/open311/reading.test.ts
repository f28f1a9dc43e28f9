import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eq } from "drizzle-orm";
import { castOfLife, live, anOriginal, LIFE_NAMES, statusOf, type Life } from "../../../support/life.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../../support/people.ts";
import { freshOpen311, type Open311 } from "../../../support/open311.ts";
import { STATUSES } from "../../../../src/report/status.ts";
import { additions } from "../../../../src/store/schema/additions.ts";
import { photos } from "../../../../src/store/schema/photos.ts";
import { reports } from "../../../../src/store/schema/reports.ts";

type Request = Record<string, unknown> & { service_request_id: string; status: string };

const DAY = 24;
let api: Open311;
let numbers: Map<Life, number>;
let clock = hoursAfter(NOON, 10);
beforeAll(async () => {
  api = await freshOpen311({ now: () => clock });
  const cast = await castOfLife(api, NOON);
  const originalId = await anOriginal(api, cast, NOON);
  numbers = new Map();
  for (const life of LIFE_NAMES) numbers.set(life, (await live(api, { cast, originalId }, life, NOON)).report.id);
}, 60_000);
afterAll(() => api.store.close());

const list = async (query: string): Promise<Request[]> => {
  const { status, value, text } = await api.ask(`requests.json?${query}`);
  if (status !== 200) throw new Error(text);
  return value as Request[];
};
const one = async (number: number): Promise<Request | undefined> =>
  ((await api.ask(`requests/${number}.json`)).value as Request[])[0];
const saidBy = (value: unknown): string =>
  (value as { description: string }[]).map(({ description }) => description).join("\n");

/** A report in an agency's hands that was filed and changed at this moment. */
const filedAt = async (moment: Date, differs: Partial<typeof reports.$inferInsert> = {}): Promise<number> => {
  const authorId = await aResident(api.store.db);
  const moments = { createdAt: moment, statusAt: moment, updatedAt: moment };
  return (await aReport(api.store.db, authorId, { status: "assigned", ...moments, ...differs })).id;
};

describe("a request", () => {
  test("says what everybody may read of a report, by the city's clock", async () => {
    const request = await one(numbers.get("published") ?? 0);
    expect(request).toMatchObject({
      status: "open",
      status_notes: "ответ опубликован",
      service_code: "yard-light",
      service_name: "Неисправное освещение во дворе",
      description: "Фонарь у подъезда не горит вторую неделю",
      requested_datetime: "2026-07-15T12:00:00+03:00",
      address: "Ярцевская улица, 14",
      lat: 55.73,
      long: 37.42,
    });
    expect(request?.["expected_datetime"]).toMatch(/T00:00:00\+03:00$/);
  });

  test("speaks the language it is asked in", async () => {
    const { value } = await api.ask(`requests/${numbers.get("closed")}.json?lang=en`);
    expect((value as Request[])[0]?.["service_name"]).toBe("Yard lighting out of order");
  });

  test.each(LIFE_NAMES)("is open or closed as the table of statuses says: %s", async (life) => {
    const request = await one(numbers.get(life) ?? 0);
    expect(request?.status).toBe(STATUSES[statusOf(life)].open311);
  });

  test("that is closed was last changed when it was closed", async () => {
    const id = numbers.get("closed") ?? 0;
    const [row] = await api.store.db.select().from(reports).where(eq(reports.id, id));
    expect(new Date(String((await one(id))?.["updated_datetime"]))).toEqual(row?.statusAt);
  });

  test("tells its life in more than two words to whoever asks for it", async () => {
    const { value } = await api.ask(`requests/${numbers.get("planned")}.json?extensions=true`);
    const more = (value as Request[])[0]?.["extended_attributes"];
    expect(more).toMatchObject({ detailed_status: "planned", cycle: 1, postponements: 1, agency_id: "lighting" });
  });

  test.each(["999999", "0", "abc", "1e3", "99999999999999999999", "%00", "1;drop"])(
    "of no number is 404: %s",
    async (number) => {
      for (const format of ["xml", "json"]) {
        const { status, value } = await api.ask(`requests/${number}.${format}`);
        expect(status).toBe(404);
        expect(saidBy(value)).toContain("service_request_id");
      }
    },
  );
});

describe("what the public may not see", () => {
  const HIDDEN = [
    "submitted",
    "needs_info, asked in moderation",
    "rejected",
    "merged out of moderation",
    "withdrawn",
  ] as const;

  test.each(HIDDEN)("of a report that is %s stays null: number, status and dates are all", async (life) => {
    const request = await one(numbers.get(life) ?? 0);
    const told = Object.entries(request ?? {}).filter(([, value]) => value !== null);
    expect(told.map(([name]) => name)).toEqual([
      "service_request_id",
      "status",
      "status_notes",
      "requested_datetime",
      "updated_datetime",
    ]);
  });

  test.each(HIDDEN)("is in no list, whatever is asked for: %s", async (life) => {
    const id = String(numbers.get(life));
    const listed = [
      ...(await list("")),
      ...(await list("service_code=yard-light")),
      ...(await list("updated_after=2026-01-01T00:00:00Z")),
    ];
    expect(listed.map((request) => request.service_request_id)).not.toContain(id);
  });

  test("is in no answer: names, phones, ids, words nobody passed, hidden photos, flats, a home's exact place", async () => {
    const planted = {
      name: "Плантида Подсадная",
      telegramId: 987_654_321_012,
      words: "подсадные слова автора",
      note: "подсадная заметка редактора",
      flat: "кв. 7777",
    };
    const { db } = api.store;
    const authorId = await aResident(db, { name: planted.name, telegramId: planted.telegramId });
    const report = await aReport(db, authorId, {
      status: "assigned",
      topicId: "entrance-light",
      description: planted.words,
      publicText: "В подъезде темно",
      address: `Ярцевская улица, 14, ${planted.flat}`,
      lat: 55.731234,
      lon: 37.421234,
    });
    const stored = { reportId: report.id, fileId: "planted-file", fileUniqueId: "planted-unique", isDocument: false };
    await db.insert(photos).values({ ...stored, position: 0, isHidden: true, storedAs: "a".repeat(64) });
    await db.insert(additions).values({ reportId: report.id, kind: "note", authorId, words: planted.note, at: NOON });
    const answers = await Promise.all(
      ["xml", "json"].flatMap((format) => [
        api.ask(`requests/${report.id}.${format}?extensions=true`),
        api.ask(`requests.${format}?service_request_id=${report.id}&extensions=true`),
        api.ask(`requests.${format}`),
        api.ask(`servicerequestupdates.${format}`),
      ]),
    );
    expect(answers[0]?.text).toContain("В подъезде темно");
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      for (const secret of [
        ...Object.values(planted).map(String),
        "planted-file",
        "a".repeat(64),
        "55.731234",
        "37.421234",
      ]) {
        expect(text).not.toContain(secret);
      }
    }
  });
});

describe("a list", () => {
  test("holds the last 90 days, newest first, unless other days are asked for", async () => {
    const old = await filedAt(hoursAfter(NOON, -91 * DAY));
    const recent = await filedAt(hoursAfter(NOON, -80 * DAY));
    const ids = (await list("")).map((request) => Number(request.service_request_id));
    expect(ids).toContain(recent);
    expect(ids).not.toContain(old);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    const earlier = await list("start_date=2026-04-01T00:00:00Z&end_date=2026-04-20T00:00:00%2B03:00");
    expect(earlier.map((request) => Number(request.service_request_id))).toEqual([old]);
  });

  test("takes both ends of its range, and a plus that means a space", async () => {
    const moment = new Date("2026-05-05T05:05:05Z");
    const id = await filedAt(moment);
    const same = "start_date=2026-05-05T08:05:05+03:00&end_date=2026-05-05T05:05:05Z";
    expect((await list(same)).map((request) => request.service_request_id)).toEqual([String(id)]);
  });

  test("is narrowed by services and by open and closed, several of each", async () => {
    const closed = await list("status=closed");
    expect(closed.length).toBeGreaterThan(0);
    expect(new Set(closed.map(({ status }) => status))).toEqual(new Set(["closed"]));
    expect((await list("status=open,closed")).length).toBe((await list("")).length);
    expect(await list("service_code=pothole")).toEqual([]);
    expect((await list("service_code=pothole,yard-light")).length).toBe((await list("service_code=yard-light")).length);
  });

  test("by numbers is those alone, in spite of everything else, with dates of the hidden ones", async () => {
    const [shown, hidden] = [numbers.get("assigned"), numbers.get("rejected")];
    const found = await list(
      `service_request_id=${shown},${hidden},999999&status=closed&start_date=2020-01-01T00:00:00Z`,
    );
    expect(found.map((request) => [Number(request.service_request_id), request["description"] === null])).toEqual(
      [
        [hidden, true],
        [shown, false],
      ].toSorted((a, b) => Number(b[0]) - Number(a[0])),
    );
  });

  test("by pages holds everything once, by number of the page and by where the header leads", async () => {
    const all = (await list("")).map((request) => request.service_request_id);
    const paged: string[] = [];
    for (let page = 1; paged.length < all.length; page += 1) {
      paged.push(...(await list(`page_size=3&page=${page}`)).map((request) => request.service_request_id));
    }
    expect(paged).toEqual(all);
    const followed: string[] = [];
    let next: string | null = "requests.xml?page_size=4&api_key=MINE";
    while (next !== null) {
      const { value, headers }: Awaited<ReturnType<Open311["ask"]>> = await api.ask(next);
      expect(headers.get("link") ?? "").not.toContain("MINE");
      followed.push(...(value as Request[]).map((request) => request.service_request_id));
      next =
        /<https:\/\/otklik\.example\.org\/open311\/v2\/(.*)>; rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? null;
    }
    expect(followed).toEqual(all);
  });

  test("of what has changed since holds old reports, too", async () => {
    const id = await filedAt(hoursAfter(NOON, -400 * DAY), { updatedAt: hoursAfter(NOON, 5) });
    const changed = await list("updated_after=2026-07-15T13:59:59Z&updated_before=2026-07-15T14:00:00Z");
    expect(changed.map((request) => Number(request.service_request_id))).toContain(id);
    expect(
      (await list("updated_after=2026-07-15T14:00:01Z")).map((request) => Number(request.service_request_id)),
    ).not.toContain(id);
  });

  test("around a point holds what is near", async () => {
    const far = await filedAt(NOON, { lat: 55.76, lon: 37.4 });
    const near = (await list("lat=55.73&long=37.42&radius=300")).map((request) => Number(request.service_request_id));
    expect(near).toContain(numbers.get("assigned"));
    expect(near).not.toContain(far);
  });

  test("holds a thousand at most", async () => {
    const authorId = await aResident(api.store.db);
    const { id: _id, draftId: _draftId, ...row } = await aReport(api.store.db, authorId, { status: "assigned" });
    const rows = Array.from({ length: 1001 }, () => ({ ...row, draftId: crypto.randomUUID(), topicId: "sandbox" }));
    for (let from = 0; from < rows.length; from += 500)
      await api.store.db.insert(reports).values(rows.slice(from, from + 500));
    const { value, headers } = await api.ask("requests.json?service_code=sandbox");
    expect((value as Request[]).length).toBe(1000);
    expect(headers.get("link")).toContain('rel="next"');
    await api.store.db.delete(reports).where(eq(reports.topicId, "sandbox"));
  });
});

describe("a bad parameter", () => {
  test.each([
    ["start_date", "2026-01-01"],
    ["start_date", "2026-01-01T00:00:00"],
    ["start_date", "0000-01-01T00:00:00Z"],
    ["updated_before", "9999-12-31T23:59:59-12:00"],
    ["end_date", "yesterday"],
    ["end_date", "2026-13-45T00:00:00Z"],
    ["status", "resolved"],
    ["page", "0"],
    ["page", "-1"],
    ["page_size", "1001"],
    ["page_size", "many"],
    ["after", "x"],
    ["updated_after", "1"],
    ["updated_before", "2026-07-15"],
    ["lat", "91"],
    ["long", "181"],
    ["radius", "0"],
    ["radius", "1000000"],
    ["extensions", "yes"],
    ["service_request_id", "a,b"],
    ["start_date", "2026-01-01T00:00:00Z&start_date=2026-02-01T00:00:00Z"],
  ])("is 400 and named, in both formats: %s=%s", async (name, value) => {
    for (const format of ["xml", "json"]) {
      const answered = await api.ask(`requests.${format}?${name}=${value}`);
      expect(answered.status).toBe(400);
      expect(saidBy(answered.value)).toContain(name);
    }
  });

  test("is told together with every other one", async () => {
    const { value } = await api.ask("requests.json?start_date=x&page=0&status=y");
    expect((value as unknown[]).length).toBe(3);
  });

  test("that is empty counts as not given", async () => {
    expect((await list("start_date=&status=&page=")).length).toBe((await list("")).length);
  });

  test.each([
    ["start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", "90"],
    ["start_date=2026-06-02T00:00:00Z&end_date=2026-06-01T00:00:00Z", "start_date"],
    ["lat=55.7", "radius"],
    ["page=1000&page_size=1000", "page_size"],
  ])("is also what does not go together: %s", async (query, said) => {
    const { status, value } = await api.ask(`requests.json?${query}`);
    expect([status, saidBy(value)]).toEqual([400, expect.stringContaining(said)]);
  });

  test.each([
    ["requests.json?service_code=001", 404, "service_code"],
    ["services/001.xml", 404, "service_code"],
    ["tokens/12345.xml", 404, "token"],
    ["requests.json?jurisdiction_id=city.gov", 404, "jurisdiction_id"],
    ["services.xml?jurisdiction_id=city.gov", 404, "jurisdiction_id"],
    ["discovery.json?jurisdiction_id=city.gov", 404, "jurisdiction_id"],
    ["services", 400, ".xml"],
    ["services/yard-light", 400, ".xml"],
    ["services.html", 404, "services"],
    ["nothing.json", 404, "services"],
    ["requests/1/2.json", 404, "service_request_id"],
  ])("of the address is told in the specification's form: %s", async (path, status, said) => {
    const answered = await api.ask(path);
    expect([answered.status, saidBy(answered.value)]).toEqual([status, expect.stringContaining(said)]);
  });

  test.each(["PUT", "DELETE", "PATCH", "POST"])("is also a method nobody takes: %s", async (method) => {
    const response = await api.app.request("/open311/v2/services.json", { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET");
    expect(await response.json()).toEqual([{ code: 405, description: expect.any(String) }]);
  });
});

describe("services", () => {
  test("are those that may be reported today: in season and no emergency", async () => {
    const codes = async (): Promise<string[]> =>
      ((await api.ask("services.json")).value as { service_code: string }[]).map(({ service_code: code }) => code);
    expect(await codes()).toEqual(expect.arrayContaining(["yard-light", "sandbox"]));
    expect(await codes()).not.toContain("yard-ice");
    expect(await codes()).not.toContain("gas-smell");
    clock = new Date("2026-12-15T09:00:00Z");
    expect(await codes()).toContain("yard-ice");
    expect(await codes()).not.toContain("sandbox");
    clock = hoursAfter(NOON, 10);
  });

  test("tell their own questions as attributes", async () => {
    const { value } = await api.ask("services/yard-light.json?lang=en");
    expect((value as { attributes: unknown[] }).attributes).toEqual([
      {
        ...{ variable: true, code: "dark_days", datatype: "number", required: false, order: 1 },
        datatype_description: "a whole number from 1 to 365, days",
        description: "How many days has it been out?",
      },
      {
        ...{ variable: true, code: "lamps", datatype: "singlevaluelist", required: true, order: 2 },
        datatype_description: null,
        description: "How many lamps are out?",
        values: [
          { key: "one", name: "One" },
          { key: "some", name: "Some" },
          { key: "all", name: "All" },
        ],
      },
    ]);
  });

  test("of danger ask nothing and say whom to call", async () => {
    const { value } = await api.ask("services/gas-smell.json");
    const [{ variable, description } = {}] = (value as { attributes: Record<string, unknown>[] }).attributes;
    expect(variable).toBe(false);
    expect(description).toContain("112");
  });
});

test("what fails says so in the specification's form, and tells nobody but the log why", async () => {
  const failed = {
    select: () => {
      throw new Error("secret detail");
    },
  };
  const told: unknown[] = [];
  const log = { ...api.log, error: (...what: unknown[]) => told.push(what) };
  const broken = await freshOpen311({ db: failed as never, log });
  const answers = [await broken.ask("requests.xml"), await broken.ask("requests.json")];
  await broken.store.close();
  for (const { status, value, text } of answers) {
    expect(status).toBe(500);
    expect(saidBy(value)).toContain("повторите позже");
    expect(text).not.toContain("secret detail");
  }
  expect(told).toHaveLength(2);
});

test("too many calls of one address are refused in the specification's form", async () => {
  const limited = await freshOpen311({ rate: { burst: 1, perSecond: 0.001 } });
  const ask = () =>
    limited.app.request("/open311/v2/services.xml", {}, { incoming: { socket: { remoteAddress: "203.0.113.5" } } });
  expect((await ask()).status).toBe(200);
  const refused = await ask();
  await limited.store.close();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused.text()).toContain("<code>429</code>");
});
