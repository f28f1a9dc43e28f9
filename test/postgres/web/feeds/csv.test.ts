import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { untypedRows } from "../../../../src/store/raw.ts";
import { COLUMNS } from "../../../../src/web/feeds/csv.ts";
import { aReport, aResident, NOON } from "../../../support/people.ts";
import type { Db } from "../../../../src/store/open.ts";
import { publicRoutes } from "../../../../src/web/public.ts";
import { freshStore } from "../../../support/store.ts";
import { freshWeb, type FreshWeb } from "../../../support/web.ts";

const COPIES = 3500;
const PATH = "/feeds/reports.csv";

/** The same report many times over, under other numbers. */
const copies = async (db: Db, id: number): Promise<void> => {
  await untypedRows(
    db,
    sql`insert into reports overriding system value
        select copy.* from reports one, generate_series(1, ${COPIES}::int) n,
          lateral jsonb_populate_record(one, jsonb_build_object('id', 1000 + n, 'draft_id', gen_random_uuid())) copy
        where one.id = ${id}`,
  );
  await untypedRows(db, sql`select setval(pg_get_serial_sequence('reports', 'id'), 10000)`);
};

let web: FreshWeb;
let road: number;
beforeAll(async () => {
  web = await freshWeb({ cacheMs: 60_000 });
  const { db } = web.store;
  const authorId = await aResident(db);
  const { id } = await aReport(db, authorId, { status: "assigned", description: '=cmd|" /C calc"!A0, опасно' });
  road = (await aReport(db, authorId, { status: "assigned", agencyId: "roads", topicId: "pothole" })).id;
  await aReport(db, authorId);
  // The same report many times over, under other numbers.
  await copies(db, id);
});
afterAll(() => web.store.close());

const linesOf = (text: string): string[] => text.split("\r\n").slice(0, -1);

describe("the CSV export", () => {
  test("has a header and every public report once, newest first", async () => {
    const { status, text, headers } = await web.get(PATH);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="reports-2026-07-15.csv"',
      "cache-control": "no-cache",
    });
    const [header = "", ...rows] = linesOf(text);
    expect(header).toBe(COLUMNS.join(","));
    const numbers = rows.map((row) => Number(row.split(",")[0]));
    expect(numbers).toHaveLength(COPIES + 2);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => b - a));
  });

  test("takes the filters of the page, and says in plain words what it cannot read", async () => {
    const rows = linesOf((await web.get(`${PATH}?agency=roads`)).text).slice(1);
    expect(rows.map((row) => Number(row.split(",")[0]))).toEqual([road]);
    const bad = await web.get(`${PATH}?from=yesterday`);
    expect([bad.status, bad.text]).toEqual([400, "Bad parameters: from\n"]);
  });

  test("begins no cell with a formula", async () => {
    const [, row = ""] = linesOf((await web.get(`${PATH}?district=kuntsevo`)).text);
    expect(row).toContain(`"'=cmd|"" /C calc""!A0, опасно"`);
  });

  test("reads the next batch only when the reader has taken the one before", async () => {
    let batches = 0;
    const db = new Proxy(web.store.db, {
      get: (target, name) => {
        if (name === "select") batches += 1;
        return Reflect.get(target, name) as unknown;
      },
    });
    const response = await publicRoutes({ ...web.web, db }).request(PATH);
    const reader = response.body?.getReader();
    expect(batches).toBe(0);
    // The header comes before anything is asked for.
    await reader?.read();
    expect(batches).toBe(0);
    await reader?.read();
    expect(batches).toBe(1);
    await reader?.read();
    expect(batches).toBe(2);
    await reader?.cancel();
    expect(batches).toBe(2);
  });

  test("is refused to the fifth who asks at once, and free again when one has ended or gone", async () => {
    const bodies = await Promise.all(Array.from({ length: 4 }, async () => (await web.app.request(PATH)).body));
    const fifth = await web.get(PATH);
    expect([fifth.status, fifth.headers.get("retry-after")]).toEqual([503, "30"]);
    await bodies[0]?.cancel();
    expect((await web.get(`${PATH}?agency=roads`)).status).toBe(200);
    for (const body of bodies.slice(1)) await body?.cancel();
  });

  test("is refused to an address that reads two already, and to nobody else", async () => {
    const from = (remoteAddress: string) => web.app.request(PATH, {}, { incoming: { socket: { remoteAddress } } });
    const slow = await Promise.all([from("203.0.113.5"), from("203.0.113.5")]);
    expect((await from("203.0.113.5")).status).toBe(503);
    const other = await from("203.0.113.6");
    expect(other.status).toBe(200);
    for (const { body } of [...slow, other]) await body?.cancel();
    const again = await from("203.0.113.5");
    expect(again.status).toBe(200);
    await again.body?.cancel();
  });

  test("asked for its headers alone holds nothing up", async () => {
    for (let times = 0; times < 6; times += 1) {
      expect((await web.app.request(PATH, { method: "HEAD" })).status).toBe(200);
    }
    expect((await web.get(`${PATH}?agency=roads`)).status).toBe(200);
  });

  test("is made anew each time and never kept", async () => {
    const before = linesOf((await web.get(`${PATH}?agency=roads`)).text).length;
    await aReport(web.store.db, await aResident(web.store.db), {
      status: "assigned",
      agencyId: "roads",
      createdAt: NOON,
    });
    expect(linesOf((await web.get(`${PATH}?agency=roads`)).text)).toHaveLength(before + 1);
  });
});

test("the export is the same on the embedded database", { timeout: 90_000 }, async () => {
  const store = await freshStore("embedded");
  onTestFinished(() => store.close());
  const authorId = await aResident(store.db);
  const { id } = await aReport(store.db, authorId, { status: "assigned" });
  await copies(store.db, id);
  const response = await publicRoutes({ ...web.web, db: store.db }).request(PATH);
  expect(linesOf(await response.text())).toHaveLength(COPIES + 2);
});
