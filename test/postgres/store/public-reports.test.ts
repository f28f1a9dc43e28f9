/** What the public may see of reports, and what it finds them by. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { City } from "../../../src/city/schema.ts";
import { STATUS_NAMES, STATUSES } from "../../../src/report/status.ts";
import {
  findPublicReport,
  listPublicReports,
  streamPublicReports,
  type PublicFilter,
} from "../../../src/store/queries/public-reports.ts";
import { countByDistrict, listCells } from "../../../src/store/queries/public-map.ts";
import { isPublic } from "../../../src/store/queries/public-filter.ts";
import { answers, photos, reports } from "../../../src/store/schema/index.ts";
import { demoCity } from "../../support/city.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, STORE_KINDS, type FreshStore } from "../../support/store.ts";

const ASSIGNED = { status: "assigned", handlingDueAt: hoursAfter(NOON, 24) } as const;

describe.each(STORE_KINDS)("on %s", (storeKind) => {
  let store: FreshStore;
  let city: City;
  let authorId: number;
  let officerId: number;
  beforeAll(async () => {
    [store, city] = await Promise.all([freshStore(storeKind), demoCity()]);
    authorId = await aResident(store.db, { name: "Анна" });
    officerId = await aResident(store.db, { name: "Олег", role: "officer", agencyId: "lighting" });
  });
  afterAll(() => store.close());

  const add = async (differs: Partial<typeof reports.$inferInsert> = {}): Promise<number> =>
    (await aReport(store.db, authorId, { ...ASSIGNED, ...differs })).id;
  /** Which of these reports the filter finds; others may be there, too. */
  const found = async (among: readonly number[], filter: PublicFilter): Promise<number[]> =>
    (await listPublicReports(store.db, city, { ids: among, ...filter }, { after: null, limit: 100 })).map(
      ({ id }) => id,
    );
  const seen = async (id: number) => {
    const one = await findPublicReport(store.db, city, id);
    if (one?.shown !== "all") throw new Error("It is not shown");
    return one.report;
  };

  test("every status shows as much as the table says, and a list has only what is shown all of", async () => {
    for (const status of STATUS_NAMES) {
      const { shows, owes } = STATUSES[status];
      const returnsTo = shows === "before" ? "submitted" : null;
      const closed = { outcome: status === "closed" ? "confirmed" : null } as const;
      const merged = { mergedIntoId: status === "merged" ? await add() : null };
      const dueAt = owes === null ? null : NOON;
      const id = await add({ status, returnsTo, dueAt, ...closed, ...merged });
      const one = await findPublicReport(store.db, city, id);
      expect(one?.shown, status).toBe(shows === "all" ? "all" : "dates");
      expect(await found([id], {}), status).toEqual(shows === "all" ? [id] : []);
      if (one?.shown === "dates") expect(Object.keys(one)).toEqual(["shown", "id", "status", "createdAt", "statusAt"]);
    }
    const paused = await add({ status: "needs_info", returnsTo: "assigned", pausedAt: NOON });
    expect((await findPublicReport(store.db, city, paused))?.shown).toBe("all");
    expect(await findPublicReport(store.db, city, 999_999)).toBeNull();
  });

  test("the text is the editor's where there is one, and what was removed finds nothing", async () => {
    const id = await add({ description: "Бармалей из 12 квартиры сломал качели", publicText: "Сломаны качели" });
    expect((await seen(id)).text).toBe("Сломаны качели");
    expect(await found([id], { words: "качелями" })).toEqual([id]);
    expect(await found([id], { words: "Бармалей" })).toEqual([]);
    // The topic's title counts as if it stood in the text.
    expect(await found([id], { words: "освещение качели" })).toEqual([id]);
    expect(await found([id], { words: "на" })).toEqual([]);
    expect(await found([id], { words: "" })).toEqual([]);
  });

  test("an address ends at the house, for readers and for the search", async () => {
    const id = await add({ address: "Нигдейный тупик, 5, кв. 178" });
    expect((await seen(id)).address).toBe("Нигдейный тупик, 5");
    expect(await found([id], { words: "нигдейном тупике 5" })).toEqual([id]);
    expect(await found([id], { words: "178" })).toEqual([]);
    const capital = await add({ address: "НИГДЕЙНЫЙ ТУПИК 5 КВ 179" });
    expect((await seen(capital)).address).toBe("НИГДЕЙНЫЙ ТУПИК 5");
    expect(await found([capital], { words: "179" })).toEqual([]);
  });

  test.each([
    "Ярцевская улица, 14, кв. 7719",
    "Ярцевская улица, 14кв7719",
    "Ярцевская улица, 14 (кв.7719)",
    "Ярцевская улица, 14 кв-7719",
    "Ярцевская улица, 14\u00a0кв№7719",
    "Ярцевская улица, 14; квартиры 7719 и 7720",
    "Ярцевская улица, 14, 7719-я квартира",
    "Ярцевская улица, 14, 7719 кв.",
    "Ярцевская улица, 14\nкв. 7719\nпод. 2",
    "Ярцевская улица, 14, домофон 7719",
    "Ярцевская улица, 14, flat 7719",
    "ЯРЦЕВСКАЯ УЛИЦА, 14, КВАРТИРА: 7719",
  ])("«%s» ends at the house, for readers and for the search", async (address) => {
    const id = await add({ address });
    expect((await seen(id)).address?.toLowerCase()).toBe("ярцевская улица, 14");
    expect(await found([id], { words: "ярцевская 14" })).toEqual([id]);
    expect(await found([id], { words: "7719" })).toEqual([]);
  });

  test.each([
    "2-я Филёвская улица, 7 корпус 6",
    "Площадь Победы, под мостом",
    "квартал 32, дом 5",
    "Рублёвское шоссе, 16А",
  ])("«%s» is as it was", async (address) => expect((await seen(await add({ address }))).address).toBe(address));

  test("a place within a home is its block, however small the box that asks", async () => {
    const exact = { lat: 55.73041, lon: 37.42047 };
    const [home, street] = [await add({ topicId: "lift", ...exact }), await add({ topicId: "pothole", ...exact })];
    expect((await seen(home)).place).toEqual({ lat: 55.73, lon: 37.42 });
    expect((await seen(street)).place).toEqual(exact);
    const around = ({ lat, lon }: { lat: number; lon: number }) => ({
      box: { south: lat - 1e-4, north: lat + 1e-4, west: lon - 1e-4, east: lon + 1e-4 },
    });
    expect(await found([home, street], around(exact))).toEqual([street]);
    expect(await found([home, street], around({ lat: 55.73, lon: 37.42 }))).toEqual([home]);
    const unknown = await add({ topicId: "no-longer-there", ...exact });
    expect((await seen(unknown)).place).toEqual({ lat: 55.73, lon: 37.42 });
    expect(await found([unknown], around(exact))).toEqual([]);
    const nowhere = await add({ lat: null, lon: null, address: null });
    expect(await seen(nowhere)).toMatchObject({ place: null, address: null });
    expect(await found([nowhere], { box: { south: -90, north: 90, west: -180, east: 180 } })).toEqual([]);
  });

  test("the photo is the report's own or a published answer's, stored and not hidden", async () => {
    const id = await add({ status: "published", publishedAt: NOON });
    const name = (digit: string) => digit.repeat(64);
    const shownPhoto = async () => (await seen(id)).photoName;
    const anAnswer = async (state: "accepted" | "returned", kind: "fixed" | "planned") => {
      const said = { draftId: randomUUID(), reportId: id, cycle: 1, kind, state, agencyId: "lighting", officerId };
      const plannedOn = kind === "planned" ? "2026-08-01" : null;
      const rest = { words: "Лампу заменили", plannedOn, sentAt: NOON, decidedAt: NOON, remark: "Нет" };
      const [added] = await store.db
        .insert(answers)
        .values({ ...said, ...rest })
        .returning();
      return added?.id ?? 0;
    };
    const aPhoto = (differs: Partial<typeof photos.$inferInsert>) =>
      store.db.insert(photos).values({
        ...{ reportId: id, position: 0, fileId: "f", fileUniqueId: "u", isDocument: false },
        ...differs,
      });
    await aPhoto({ answerId: await anAnswer("returned", "fixed"), storedAs: name("a") });
    await aPhoto({ answerId: await anAnswer("accepted", "planned"), storedAs: name("b") });
    await aPhoto({ position: 0, storedAs: name("c"), isHidden: true });
    await aPhoto({ position: 1 });
    expect(await shownPhoto()).toBeNull();
    await aPhoto({ answerId: await anAnswer("accepted", "fixed"), storedAs: name("d") });
    expect(await shownPhoto()).toBe(name("d"));
    await aPhoto({ position: 3, storedAs: name("e") });
    await aPhoto({ position: 2, storedAs: name("f") });
    expect(await shownPhoto()).toBe(name("f"));
  });

  test("each part of a filter finds what it says and nothing else", async () => {
    const a = await add({
      districtId: "ramenki",
      topicId: "pothole",
      agencyId: "roads",
      createdAt: hoursAfter(NOON, 1),
    });
    const b = await add({ status: "planned", createdAt: hoursAfter(NOON, 2), updatedAt: hoursAfter(NOON, 5) });
    const c = await add({ status: "answered", answeredAt: NOON, createdAt: hoursAfter(NOON, 3) });
    const of = (filter: PublicFilter) => found([a, b, c], filter);
    expect(await of({})).toEqual([c, b, a]);
    expect(await of({ districtId: "ramenki" })).toEqual([a]);
    expect(await of({ topicIds: ["pothole", "bench"] })).toEqual([a]);
    expect(await of({ topicIds: [] })).toEqual([]);
    expect(await of({ statuses: ["planned", "answered"] })).toEqual([c, b]);
    expect(await of({ statuses: [] })).toEqual([]);
    expect(await of({ agencyId: "roads" })).toEqual([a]);
    expect(await of({ from: hoursAfter(NOON, 2) })).toEqual([c, b]);
    expect(await of({ to: hoursAfter(NOON, 2) })).toEqual([a]);
    expect(await of({ updatedFrom: hoursAfter(NOON, 5) })).toEqual([b]);
    expect(await of({ updatedTo: hoursAfter(NOON, 5) })).toEqual([c, a]);
    // An answer that was sent waits for an editor: its agency is not late.
    expect(await of({ isOverdueAt: hoursAfter(NOON, 25) })).toEqual([b, a]);
    expect(await of({ isOverdueAt: hoursAfter(NOON, 24) })).toEqual([]);
    expect(await of({ ids: [a] })).toEqual([a]);
    expect(await of({ districtId: "ramenki", statuses: ["planned"] })).toEqual([]);
  });

  test("pages follow each other by number and leave nothing out; a stream gives all of them in batches", async () => {
    await store.db.execute(
      sql`insert into reports (draft_id, status, topic_id, district_id, description, answers, created_at, status_at, updated_at,
            due_at, agency_id, assigned_at, handling_due_at)
          select gen_random_uuid(), 'assigned', 'bench', 'mozhaysky', 'Скамейка', '{}', now(), now(), now(), now(), 'roads', now(), now()
          from generate_series(1, 1001)`,
    );
    const filter: PublicFilter = { districtId: "mozhaysky" };
    const first = await listPublicReports(store.db, city, filter, { after: null, limit: 2 });
    const second = await listPublicReports(store.db, city, filter, { after: first[1]?.id ?? 0, limit: 2 });
    const batches: number[][] = [];
    for await (const batch of streamPublicReports(store.db, city, filter)) batches.push(batch.map(({ id }) => id));
    expect(batches.map(({ length }) => length)).toEqual([1000, 1]);
    const all = batches.flat();
    expect(all).toEqual(all.toSorted((x, y) => y - x));
    expect([...first, ...second].map(({ id }) => id)).toEqual(all.slice(0, 4));
  });

  test("cells add up to the reports of a filter, and beyond the most to the newest of them", async () => {
    const point = { districtId: "ochakovo", lat: 55.68, lon: 37.45 };
    const [, second, third] = [await add(point), await add(point), await add({ ...point, lat: 55.6 })];
    const cells = (most: number) =>
      listCells(store.db, city, { districtId: "ochakovo" }, { latStep: 0.01, lonStep: 0.01, limit: 10, most });
    expect(await cells(10)).toEqual([
      expect.objectContaining({ count: 2, lat: 55.68, lon: 37.45 }),
      { count: 1, lat: 55.6, lon: 37.45, id: third },
    ]);
    expect((await cells(2)).map(({ count, id }) => ({ count, id }))).toEqual([
      { count: 1, id: third },
      { count: 1, id: second },
    ]);
    expect(await countByDistrict(store.db, city, { districtId: "ochakovo" })).toEqual(new Map([["ochakovo", 3]]));
  });

  test.each([
    [{ districtId: "kuntsevo" }, "reports_shown_district"],
    [{ agencyId: "lighting" }, "reports_shown_agency"],
    [{ topicIds: ["bench"] }, "reports_shown_topic"],
    [{ statuses: ["disputed"] }, "reports_shown_status"],
    [{ from: NOON, to: NOON }, "reports_shown_created"],
    [{ updatedFrom: NOON }, "reports_shown_updated"],
    [{ box: { south: 55.7, north: 55.8, west: 37.3, east: 37.4 } }, "reports_shown_place"],
    [{ words: "скамейка" }, "reports_shown_words"],
    [{ isOverdueAt: NOON }, "reports_overdue"],
  ] satisfies [PublicFilter, string][])("an index answers %j", async (filter, index) => {
    let plan = "";
    const looking = store.db.transaction(async (tx) => {
      // Among few rows any index is as good, so the others go for as long as the question takes.
      const shown = Object.values(getTableConfig(reports).indexes).flatMap(({ config }) => config.name ?? []);
      const others = shown.filter((name) => /^reports_(shown|overdue|open)/.test(name) && name !== index);
      for (const name of others) await tx.execute(sql`drop index ${sql.identifier(name)}`);
      await tx.execute(sql`set local enable_seqscan = off`);
      const query = tx.select({ id: reports.id }).from(reports).where(isPublic(city, filter));
      plan = JSON.stringify(await tx.execute(sql`explain ${query}`));
      tx.rollback();
    });
    await expect(looking).rejects.toThrow();
    expect(plan).toContain(index);
  });
});
