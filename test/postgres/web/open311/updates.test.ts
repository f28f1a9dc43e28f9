import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { events } from "../../../../src/store/schema/events.ts";
import { photos } from "../../../../src/store/schema/photos.ts";
import { castOfLife, live, anOriginal, LIFE_NAMES, statusOf, type Life } from "../../../support/life.ts";
import { hoursAfter, NOON } from "../../../support/people.ts";
import { freshOpen311, type Open311 } from "../../../support/open311.ts";
import { STATUSES } from "../../../../src/report/status.ts";

type Update = {
  update_id: string;
  service_request_id: string;
  status: string;
  updated_datetime: string;
  description: string | null;
  media_url: string | null;
};

const STORED = "b".repeat(64);

let api: Open311;
let numbers: Map<Life, number>;
beforeAll(async () => {
  api = await freshOpen311({ now: () => hoursAfter(NOON, 24) });
  const cast = await castOfLife(api, NOON);
  const originalId = await anOriginal(api, cast, NOON);
  numbers = new Map();
  for (const life of LIFE_NAMES) numbers.set(life, (await live(api, { cast, originalId }, life, NOON)).report.id);
  const own = eq(photos.reportId, numbers.get("published") ?? 0);
  await api.store.db.update(photos).set({ storedAs: STORED, nextTickAt: null }).where(own);
}, 60_000);
afterAll(() => api.store.close());

const list = async (query = ""): Promise<Update[]> => {
  const { status, value, text } = await api.ask(`servicerequestupdates.json?${query}`);
  if (status !== 200) throw new Error(text);
  return value as Update[];
};
const ofLife = async (life: Life): Promise<Update[]> => list(`service_request_id=${numbers.get(life)}`);

describe("updates", () => {
  test.each(LIFE_NAMES.filter((life) => life !== "submitted"))(
    "of a life end as open or closed as it does: %s",
    async (life) => {
      expect((await ofLife(life)).at(-1)?.status).toBe(STATUSES[statusOf(life)].open311);
    },
  );

  test("of a report in moderation are none: nothing has happened to it", async () => {
    expect(await ofLife("submitted")).toEqual([]);
  });

  test("tell what everybody may read in the order in which it happened, each by a number of its own", async () => {
    const told = await ofLife("published");
    expect(told.map(({ description }) => description)).toEqual([
      expect.stringContaining("8 рабочих дней"),
      expect.any(String),
      expect.any(String),
    ]);
    expect(new Set(told.map(({ update_id: id }) => id)).size).toBe(3);
    expect(told.map(({ updated_datetime: at }) => at)).toEqual(told.map(({ updated_datetime: at }) => at).toSorted());
  });

  test("bring the photo of an answer when it is published, and no other", async () => {
    const urls = (await ofLife("published")).map(({ media_url: url }) => url);
    expect(urls).toEqual([null, null, `https://otklik.example.org/photos/${STORED}.jpg`]);
  });

  test("bring no photo that is hidden", async () => {
    const own = eq(photos.reportId, numbers.get("published") ?? 0);
    await api.store.db.update(photos).set({ isHidden: true }).where(own);
    expect((await ofLife("published")).map(({ media_url: url }) => url)).toEqual([null, null, null]);
    await api.store.db.update(photos).set({ isHidden: false }).where(own);
  });

  test.each(["rejected", "withdrawn", "merged out of moderation", "needs_info, asked in moderation"] as const)(
    "of a report that is %s have a status and no words",
    async (life) => {
      const told = await ofLife(life);
      expect(told.length).toBeGreaterThan(0);
      for (const update of told) expect(update).toMatchObject({ description: null, media_url: null });
    },
  );

  test("lie between the two moments, both included", async () => {
    const [first] = await ofLife("published");
    const at = encodeURIComponent(first?.updated_datetime ?? "");
    const same = await list(`start_date=${at}&end_date=${at}`);
    expect(same.length).toBeGreaterThan(0);
    expect(new Set(same.map(({ updated_datetime: moment }) => moment))).toEqual(new Set([first?.updated_datetime]));
    expect(await list("start_date=2026-07-20T00:00:00Z")).toEqual([]);
    expect(await list("end_date=2026-07-01T00:00:00Z")).toEqual([]);
  });

  test("hold no vote before the check is over, no note, no question of who took it in hand", async () => {
    const kinds = await api.store.db.selectDistinct({ kind: events.kind }).from(events);
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["voted", "followed", "requested"]));
    const ids = new Set((await list()).map(({ update_id: id }) => Number(id)));
    const secret = await api.store.db.select().from(events);
    for (const { id, kind } of secret) {
      if (["voted", "followed", "requested", "submitted", "noted", "task_taken"].includes(kind))
        expect(ids).not.toContain(id);
    }
  });

  test.each([
    ["start_date=yesterday", "start_date"],
    ["end_date=2026-01-01", "end_date"],
    ["service_request_id=x", "service_request_id"],
    ["start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", "90"],
  ])("are refused for a bad parameter, which is named: %s", async (query, name) => {
    const { status, text } = await api.ask(`servicerequestupdates.xml?${query}`);
    expect([status, text]).toEqual([400, expect.stringContaining(name)]);
  });
});
