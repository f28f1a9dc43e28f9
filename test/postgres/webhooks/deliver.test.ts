import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { withdrawReport } from "../../../src/actions/withdraw-report.ts";
import { deliverWebhooks } from "../../../src/jobs/webhooks.ts";
import { notices, webhookDeliveries, webhooks } from "../../../src/store/schema/index.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { retryWebhook } from "../../../src/actions/retry-webhook.ts";
import { endWebhook } from "../../../src/actions/end-webhook.ts";
import { freshDeps, openElsewhere, type FreshDeps } from "../../support/deps.ts";
import { aPartner, aWebhook, status } from "../../support/partner.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";

let deps: FreshDeps;
let editorId: number;
let adminId: number;
beforeAll(async () => {
  deps = await freshDeps();
  editorId = await aResident(deps.store.db, { role: "editor" });
  adminId = await aResident(deps.store.db, { role: "admin" });
});
afterAll(() => deps.store.close());
beforeEach(async () => {
  const { db } = deps.store;
  await db.delete(webhookDeliveries);
  await db.delete(webhooks);
  await db.delete(notices);
});

const going = new AbortController().signal;
const filed = async (differs: Partial<ReportRow> = {}): Promise<ReportRow> =>
  aReport(deps.store.db, await aResident(deps.store.db), differs);
const assign = async (report: ReportRow, agencyId = "lighting"): Promise<ReportRow> => {
  const done = await assignReport(deps, { actorId: editorId, reportId: report.id, version: null, agencyId }, NOON);
  if (!done.ok) throw new Error(done.why);
  return done.report;
};
/** So many reports that became public, one after the other. */
const assigned = async (count: number): Promise<number[]> => {
  const ids: number[] = [];
  for (let left = count; left > 0; left -= 1) ids.push((await assign(await filed())).id);
  return ids;
};
const stored = async (id: number) => {
  const [found] = await deps.store.db.select().from(webhooks).where(eq(webhooks.id, id));
  if (found === undefined) throw new Error("The webhook is gone");
  return found;
};
const states = async (): Promise<(readonly [number | null, string])[]> =>
  (await deps.store.db.select().from(webhookDeliveries).orderBy(webhookDeliveries.id)).map(
    ({ sequence, state }) => [sequence, state] as const,
  );

describe("what a partner hears", () => {
  test("is every public change, in order, with the report as the public sees it", async () => {
    await aWebhook(deps.store.db);
    const partner = aPartner(deps.store);
    const [first = 0, second = 0] = await assigned(2);
    await deliverWebhooks(partner.deps, going);
    expect(partner.calls.map(({ body }) => [body.sequence, body.type, body.data.report.id])).toEqual([
      [1, "report.assigned", first],
      [2, "report.assigned", second],
    ]);
    expect(partner.calls[0]).toMatchObject({
      url: "https://partner.example.org/hook",
      headers: {
        "content-type": "application/json",
        "webhook-id": partner.calls[0]?.body.id,
        "webhook-timestamp": "1924992000",
        "webhook-signature": expect.stringMatching(/^v1,[\w+/]{43}=$/),
      },
      body: {
        timestamp: NOON.toISOString(),
        data: {
          report: {
            geometry: { type: "Point", coordinates: [37.42, 55.73] },
            properties: {
              url: `https://otklik.example.org/r/${first}`,
              status: "assigned",
              agencyId: "lighting",
              text: "Фонарь у подъезда не горит вторую неделю",
            },
          },
        },
      },
    });
    expect(await states()).toEqual([
      [1, "delivered"],
      [2, "delivered"],
    ]);
    await deliverWebhooks(partner.deps, going);
    expect(partner.calls).toHaveLength(2);
  });

  test("is nothing before an editor has passed the report", async () => {
    await aWebhook(deps.store.db);
    const report = await filed();
    await withdrawReport(deps, { actorId: report.authorId ?? 0, reportId: report.id, version: null }, NOON);
    expect(await states()).toEqual([]);
  });

  test("is also that a report is gone, and then number, status and dates only", async () => {
    await aWebhook(deps.store.db);
    const partner = aPartner(deps.store);
    const report = await assign(await filed());
    await withdrawReport(deps, { actorId: report.authorId ?? 0, reportId: report.id, version: null }, NOON);
    await deliverWebhooks(partner.deps, going);
    expect(partner.types()).toEqual(["report.assigned", "report.withdrawn"]);
    // Both were sent after it was withdrawn.
    for (const { body } of partner.calls) {
      expect(body.data.report.geometry).toBeNull();
      expect(Object.keys(body.data.report.properties)).toEqual(["number", "url", "status", "createdAt", "statusAt"]);
      expect(body.data.report.properties["status"]).toBe("withdrawn");
    }
  });

  test("is of its district or agency only, where it is narrowed to one", async () => {
    const all = await aWebhook(deps.store.db);
    const ofDistrict = await aWebhook(deps.store.db, { districtId: "krylatskoye" });
    const ofAgency = await aWebhook(deps.store.db, { agencyId: "roads" });
    const [district] = deps.city.districts.filter(({ id }) => id !== "kuntsevo");
    await deps.store.db
      .update(webhooks)
      .set({ districtId: district?.id ?? "" })
      .where(eq(webhooks.id, ofDistrict));
    await assign(await filed());
    await assign(await filed({ districtId: district?.id ?? "" }));
    await assign(await filed(), "roads");
    const counts = await deps.store.db
      .select({ webhookId: webhookDeliveries.webhookId, size: sql<number>`count(*)::int` })
      .from(webhookDeliveries)
      .groupBy(webhookDeliveries.webhookId)
      .orderBy(webhookDeliveries.webhookId);
    expect(counts.map(({ webhookId, size }) => [webhookId, size])).toEqual([
      [all, 3],
      [ofDistrict, 1],
      [ofAgency, 1],
    ]);
  });

  test("is nothing of what was rolled back", async () => {
    await aWebhook(deps.store.db);
    const report = await filed();
    await expect(
      deps.store.db.transaction(async (tx) => {
        const within = { ...deps, store: { ...deps.store, db: tx } };
        await assignReport(
          within,
          { actorId: editorId, reportId: report.id, version: null, agencyId: "lighting" },
          NOON,
        );
        expect(await tx.$count(webhookDeliveries)).toBe(1);
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    expect(await states()).toEqual([]);
  });
});

describe("a partner that is away", () => {
  test("is tried again after growing pauses and misses nothing of a day's outage, in order", async () => {
    const id = await aWebhook(deps.store.db);
    const partner = aPartner(deps.store);
    partner.answerAlways({ ok: false, why: "unreachable", code: "ECONNREFUSED" });
    const ids = await assigned(3);
    const began = partner.wire.now();
    while (hoursAfter(began, 24) > partner.wire.now()) {
      await deliverWebhooks(partner.deps, going);
      const { retryAt, failingSince, failure } = await stored(id);
      expect(failingSince).toEqual(began);
      expect(failure).toBe("ECONNREFUSED");
      partner.wire.moveTo(retryAt ?? began);
    }
    // Only the first is tried: the others wait behind it.
    expect(new Set(partner.calls.map(({ body }) => body.sequence))).toEqual(new Set([1]));
    expect(partner.calls.length).toBeGreaterThan(8);
    expect(partner.calls.length).toBeLessThan(16);
    ids.push(...(await assigned(1)));
    partner.calls.length = 0;
    partner.answerAlways(status(200));
    await deliverWebhooks(partner.deps, going);
    expect(partner.calls.map(({ body }) => [body.sequence, body.data.report.id])).toEqual(
      ids.map((reportId, i) => [i + 1, reportId]),
    );
    expect(await stored(id)).toMatchObject({ state: "active", failingSince: null, retryAt: null, failure: null });
  });

  test("is left alone until its pause is over", async () => {
    await aWebhook(deps.store.db);
    const partner = aPartner(deps.store);
    await assigned(1);
    partner.answer(status(503, { "retry-after": "600" }));
    await deliverWebhooks(partner.deps, going);
    partner.wire.moveSeconds(599);
    await deliverWebhooks(partner.deps, going);
    expect(partner.calls).toHaveLength(1);
    partner.wire.moveSeconds(1);
    await deliverWebhooks(partner.deps, going);
    expect(partner.calls).toHaveLength(2);
    expect(partner.calls[0]?.headers["webhook-id"]).toBe(partner.calls[1]?.headers["webhook-id"]);
    expect(partner.calls[0]?.headers["webhook-timestamp"]).not.toBe(partner.calls[1]?.headers["webhook-timestamp"]);
  });

  test("is paused after three days, which the admins hear once, and an admin starts it again without a loss", async () => {
    const id = await aWebhook(deps.store.db);
    const partner = aPartner(deps.store);
    partner.answerAlways(status(500));
    const ids = await assigned(2);
    for (let tries = 0; tries < 40 && (await stored(id)).state === "active"; tries += 1) {
      await deliverWebhooks(partner.deps, going);
      partner.wire.moveTo((await stored(id)).retryAt ?? partner.wire.now());
    }
    expect(await stored(id)).toMatchObject({ state: "paused", failure: "HTTP 500" });
    expect(await states()).toEqual([
      [1, "dead"],
      [null, "waiting"],
    ]);
    ids.push(...(await assigned(1)));
    const tries = partner.calls.length;
    await deliverWebhooks(partner.deps, going);
    expect(partner.calls).toHaveLength(tries);
    const told = await deps.store.db.select().from(notices).where(eq(notices.kind, "webhook_paused"));
    expect(told).toMatchObject([{ params: { webhookId: id, host: "partner.example.org", failure: "HTTP 500" } }]);

    partner.answerAlways(status(200));
    partner.calls.length = 0;
    expect(await retryWebhook(deps, { actorId: adminId, webhookId: id }, NOON)).toEqual({ ok: true, waiting: 3 });
    await deliverWebhooks(partner.deps, going);
    expect(partner.calls.map(({ body }) => [body.sequence, body.data.report.id])).toEqual(
      ids.map((reportId, i) => [i + 1, reportId]),
    );
  });

  test("that does not take one change gets the next ones, and the admins hear of the first only", async () => {
    const id = await aWebhook(deps.store.db);
    const partner = aPartner(deps.store);
    const [poison] = await assigned(3);
    partner.answerAlways(({ body }) => status(body.data.report.id === poison ? 422 : 200));
    for (let tries = 0; tries < 5; tries += 1) {
      await deliverWebhooks(partner.deps, going);
      partner.wire.moveTo((await stored(id)).retryAt ?? partner.wire.now());
    }
    expect(await states()).toEqual([
      [1, "dead"],
      [2, "delivered"],
      [3, "delivered"],
    ]);
    expect((await stored(id)).state).toBe("active");
    expect(await deps.store.db.$count(notices, eq(notices.kind, "webhook_refused"))).toBe(1);
  });

  test("does not hold up the others", async () => {
    await aWebhook(deps.store.db, { url: "https://slow.example.org/" });
    await aWebhook(deps.store.db, { url: "https://well.example.org/" });
    const partner = aPartner(deps.store);
    partner.answerAlways(({ url }) => (url.includes("slow") ? { ok: false, why: "timed_out" } : status(200)));
    await assigned(2);
    await deliverWebhooks(partner.deps, going);
    const hosts = partner.calls.map(({ url }) => new URL(url).host);
    expect(hosts.filter((host) => host === "slow.example.org")).toHaveLength(1);
    expect(hosts.filter((host) => host === "well.example.org")).toHaveLength(2);
  });

  test("that ended the webhook itself is not called again", async () => {
    const id = await aWebhook(deps.store.db);
    const partner = aPartner(deps.store);
    partner.answer(status(410));
    await assigned(2);
    await deliverWebhooks(partner.deps, going);
    expect(partner.calls).toHaveLength(1);
    expect((await stored(id)).state).toBe("paused");
  });
});

describe("many processes", () => {
  test("share the partners and tell each everything once, in order", async () => {
    const hooks = [await aWebhook(deps.store.db), await aWebhook(deps.store.db), await aWebhook(deps.store.db)];
    const partner = aPartner(deps.store);
    const ids = await assigned(4);
    const elsewhere = await Promise.all(Array.from({ length: 9 }, () => openElsewhere(deps)));
    try {
      const stores = [deps.store, ...elsewhere.map(({ store }) => store)];
      await Promise.all(stores.map((store) => deliverWebhooks({ ...partner.deps, store }, going)));
    } finally {
      await Promise.all(elsewhere.map(({ store }) => store.close()));
    }
    expect(partner.calls).toHaveLength(hooks.length * ids.length);
    const sequences = partner.calls.map(({ body }) => body.sequence);
    expect(sequences.toSorted((a, b) => a - b)).toEqual(ids.flatMap((_, i) => hooks.map(() => i + 1)));
    expect(new Set((await states()).map(([, state]) => state))).toEqual(new Set(["delivered"]));
  });

  test("go on where one died in the middle of a call, after its claim has run out", async () => {
    await aWebhook(deps.store.db);
    const dying = aPartner(deps.store);
    const ids = await assigned(2);
    // It got through to the partner, and died before it could note so.
    const called = Promise.withResolvers<void>();
    dying.answer(() => {
      called.resolve();
      return new Promise<never>(() => undefined);
    });
    void deliverWebhooks(dying.deps, going);
    await called.promise;
    const next = aPartner(deps.store);
    await deliverWebhooks(next.deps, going);
    expect(next.calls).toHaveLength(0);
    next.wire.moveSeconds(61);
    await deliverWebhooks(next.deps, going);
    expect(next.calls.map(({ body }) => [body.sequence, body.data.report.id])).toEqual(
      ids.map((reportId, i) => [i + 1, reportId]),
    );
    expect(next.calls[0]?.body.id).toBe(dying.calls[0]?.body.id);
  });

  test("stop between two deliveries and give the webhook back", async () => {
    const id = await aWebhook(deps.store.db);
    const partner = aPartner(deps.store);
    await assigned(3);
    const stopping = new AbortController();
    partner.answer(() => {
      stopping.abort();
      return { ok: false, why: "aborted" };
    });
    await deliverWebhooks(partner.deps, stopping.signal);
    expect(partner.calls).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ claimedUntil: null, retryAt: null, failingSince: null });
    await deliverWebhooks(partner.deps, going);
    expect(partner.calls.map(({ body }) => body.sequence)).toEqual([1, 1, 2, 3]);
  });
});

test("a webhook that was ended hears nothing more, not even what waited, and its secret is forgotten", async () => {
  const id = await aWebhook(deps.store.db);
  const partner = aPartner(deps.store);
  await assigned(1);
  expect(await endWebhook(deps, { actorId: editorId, webhookId: id }, NOON)).toEqual({ ok: false, why: "not_allowed" });
  expect(await endWebhook(deps, { actorId: adminId, webhookId: id }, NOON)).toEqual({ ok: true });
  expect(await endWebhook(deps, { actorId: adminId, webhookId: id }, NOON)).toEqual({ ok: false, why: "not_found" });
  expect(await retryWebhook(deps, { actorId: adminId, webhookId: id }, NOON)).toEqual({ ok: false, why: "not_found" });
  await assigned(1);
  await deliverWebhooks(partner.deps, going);
  expect(partner.calls).toHaveLength(0);
  expect(await stored(id)).toMatchObject({ state: "off", secret: null });
});
