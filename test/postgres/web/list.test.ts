/** The list and the map of public reports under their filters. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshWeb, type FreshWeb } from "../../support/web.ts";

let web: FreshWeb;
let lamp: number;
let pit: number;
let lift: number;
let waiting: number;
beforeAll(async () => {
  web = await freshWeb();
  const { db } = web.store;
  const author = await aResident(db, { name: "Пелагея Незабудкина" });
  const open = { status: "assigned", handlingDueAt: hoursAfter(NOON, 24) } as const;
  lamp = (await aReport(db, author, { ...open, agencyId: "lighting", lat: 55.7301, lon: 37.4203 })).id;
  pit = (
    await aReport(db, author, {
      ...open,
      ...{ topicId: "pothole", districtId: "ramenki", agencyId: "roads", address: null, lat: 55.7, lon: 37.5 },
      description: "Яма у школы, звоните +7 999 123-45-67",
      publicText: "Яма у школы <b>глубокая</b>",
      createdAt: new Date("2026-06-30T20:59:00Z"),
      handlingDueAt: hoursAfter(NOON, -1),
    })
  ).id;
  lift = (
    await aReport(db, author, {
      ...{ topicId: "lift", address: "Ярцевская улица, 14, кв. 178", lat: 55.73041, lon: 37.42047 },
      ...{ description: "Лифт стоит", status: "closed", outcome: "confirmed", dueAt: null, publishedAt: NOON },
    })
  ).id;
  waiting = (await aReport(db, author, { description: "Ещё никто не прочитал" })).id;
});
afterAll(() => web.store.close());

/** The numbers of the reports a page lists, in its order. */
const listed = async (path: string): Promise<number[]> => {
  const { text, status } = await web.get(path);
  expect({ path, status }).toEqual({ path, status: 200 });
  return [...text.matchAll(/<h3>\s*<a\s+href="\/r\/(\d+)/g)].map(([, id]) => Number(id));
};

describe("the list", () => {
  test("has what an editor passed, the newest first, and nothing else", async () => {
    expect(await listed("/")).toEqual([lift, pit, lamp]);
    const { text } = await web.get("/");
    expect(text).toContain("3 сообщения");
    expect(text).not.toContain(`/r/${waiting}`);
    for (const secret of ["Незабудкина", "999 123", "Ещё никто", "37.42047"]) expect(text).not.toContain(secret);
    // Its digits may well stand in an outline of the map.
    expect(text.slice(text.indexOf('id="list"'))).not.toContain("178");
    expect(text).toContain("Яма у школы &lt;b&gt;глубокая&lt;/b&gt;");
  });

  test.each([
    ["/?district=ramenki", () => [pit]],
    ["/?category=road", () => [pit]],
    ["/?topic=lift", () => [lift]],
    ["/?status=open", () => [pit, lamp]],
    ["/?status=closed", () => [lift]],
    ["/?agency=lighting", () => [lift, lamp]],
    ["/?overdue=yes", () => [pit]],
    // 20:59 in Greenwich is the last minute of June in Moscow.
    ["/?to=2026-06-30", () => [pit]],
    ["/?from=2026-07-01", () => [lift, lamp]],
    ["/?q=%D1%8F%D0%BC%D0%BE%D0%B9", () => [pit]],
    ["/?district=ramenki&status=closed", () => []],
    ["/?box=55.69,37.49,55.71,37.51", () => [pit]],
  ])("%s", async (path, expected) => expect(await listed(path)).toEqual(expected()));

  test("goes on by number and keeps what was chosen", async () => {
    const { db } = web.store;
    const author = await aResident(db);
    const many = { status: "assigned", handlingDueAt: NOON, districtId: "mozhaysky" } as const;
    for (let i = 0; i < 21; i += 1) await aReport(db, author, many);
    const first = await web.get("/?district=mozhaysky&lang=en");
    const next = /rel="next"\s+href="([^"]+)"/.exec(first.text.replaceAll("&amp;", "&"))?.[1] ?? "";
    expect(next).toContain("district=mozhaysky");
    expect(next).toContain("lang=en");
    const shown = await listed("/?district=mozhaysky");
    const rest = await listed(next);
    expect([shown.length, rest.length]).toEqual([20, 1]);
    expect(Math.max(...rest)).toBeLessThan(Math.min(...shown));
    expect((await web.get(next)).text).not.toContain('rel="next"');
  });

  test("a form that left fields empty leads to the address with what was chosen", async () => {
    const answer = await web.app.request("/?q=&district=ramenki&category=&from=&lang=en");
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/?district=ramenki&lang=en");
  });

  test("says kindly why there is nothing", async () => {
    expect((await web.get("/?q=%D0%B6%D0%B8%D1%80%D0%B0%D1%84")).text).toContain("Ничего не нашлось");
    expect((await web.get("/?from=2026-07-02&to=2026-07-01")).text).toContain("поменяйте, пожалуйста, даты местами");
    expect((await web.get("/?after=1")).text).toContain("Дальше сообщений нет");
  });

  test("a typed number leads to the report, also to one that shows its dates only", async () => {
    for (const id of [pit, waiting]) expect((await web.get(`/?q=${id}`)).text).toContain(`Открыть сообщение № ${id}`);
    expect((await web.get("/?q=987654")).text).not.toContain("Открыть сообщение №");
  });

  test("every choice can be taken back by itself", async () => {
    const { text } = await web.get("/?district=ramenki&overdue=yes");
    expect(text).toContain('aria-label="Убрать: Раменки"');
    expect(text).toMatch(/href="\/\?overdue=yes"\s+aria-label="Убрать: Раменки"/);
  });
});

describe("a parameter that cannot be read", () => {
  const BAD = [
    "district=atlantis",
    "category=pothole",
    "topic=roads",
    "status=submitted",
    "status=OPEN",
    "agency=%27%3B--",
    "from=2026-02-30",
    "to=yesterday",
    "from=2026-7-1",
    "from=0000-01-01",
    "to=-000001-01-01",
    "to=9999-12-31",
    "overdue=1",
    "after=0",
    "after=-5",
    "after=1e3",
    "box=1,2,3",
    "box=56,37,55,38",
    "box=91,37,92,38",
    "lang=xx",
    `q=${"a".repeat(201)}`,
    "district=ramenki&district=kuntsevo",
  ];
  test.each(BAD)("/?%s is 400 and named", async (query) => {
    const { status, text } = await web.get(`/?${query}`);
    expect(status).toBe(400);
    expect(text).toContain(`<code>${query.split("=")[0]}</code>`);
  });

  test.each(["zoom=99", "zoom=", "", "zoom=12&box=1", "zoom=12&district=atlantis"])(
    "/map/points.json?%s is 400 in JSON",
    async (query) => {
      const { status, text } = await web.get(`/map/points.json?${query}`);
      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ error: "bad_parameters" });
    },
  );

  test("what nobody asked for is nobody's fault", async () =>
    expect(await listed("/?utm_source=x&q=яма")).toEqual([pit]));
});

describe("the map", () => {
  type Mark = { lat: number; lon: number; id?: number; count?: number; title?: string; status?: string };
  const marks = async (query: string): Promise<Mark[]> => {
    const { status, text } = await web.get(`/map/points.json?${query}`);
    expect(status).toBe(200);
    return (JSON.parse(text) as { marks: Mark[] }).marks;
  };

  test("shows from near each report, with its topic and status in the page's language", async () => {
    const found = await marks("zoom=18&box=55.69,37.49,55.71,37.51&lang=en");
    expect(found).toEqual([
      { lat: 55.7, lon: 37.5, id: pit, title: "Potholes in the road", status: "in progress", tone: "work" },
    ]);
  });

  test("gathers from afar what is near each other, and counts it", async () => {
    const found = await marks("zoom=5&status=open");
    expect(found.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(23);
    expect(found.length).toBeLessThan(3);
  });

  test("keeps a home within its block at every zoom", async () => {
    for (const zoom of [3, 12, 22]) {
      const text = JSON.stringify(await marks(`zoom=${zoom}&topic=lift`));
      expect(text).toContain('"lat":55.73,"lon":37.42');
    }
    expect(await marks("zoom=22&box=55.7304,37.4204,55.7305,37.4206&topic=lift")).toEqual([]);
  });

  test("without scripts is the districts, each a link with its number", async () => {
    const { text } = await web.get("/?status=closed");
    expect(text).toMatch(/href="\/\?status=closed&amp;district=kuntsevo"\s+aria-label="Кунцево: 1 сообщение"/);
    expect(text).toContain("Раменки: 0 сообщений");
  });

  test("has the city's own lines where there are no tiles", async () => {
    const base = JSON.parse((await web.get("/map/base.json?lang=en")).text) as { districts: { name: string }[] };
    expect(base.districts.map(({ name }) => name)).toContain("Kuntsevo");
  });

  test("takes the city's tiles, and the policy lets browsers fetch them", async () => {
    const map = { tiles: "https://{s}.tile.example.org/{z}/{x}/{y}.png", attribution: "© «Карты»" };
    const tiled = await freshWeb({ city: { ...web.city, map } });
    const { text, headers } = await tiled.get("/");
    await tiled.store.close();
    expect(text).toContain('data-tiles="https://{s}.tile.example.org/{z}/{x}/{y}.png"');
    expect(headers.get("content-security-policy")).toContain("img-src 'self' data: https://*.tile.example.org;");
  });
});
