import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { startWebhookJobs } from "../../../src/jobs/webhook-jobs.ts";
import { keepHouse } from "../../../src/jobs/housekeeping.ts";
import { untypedRows } from "../../../src/store/raw.ts";
import { webhookDeliveries, webhooks } from "../../../src/store/schema/webhooks.ts";
import { tellAssigned } from "../../support/delivery.ts";
import { aPartner, aWebhook, status } from "../../support/partner.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, STORE_KINDS } from "../../support/store.ts";

const DAY = 24;

describe.each(STORE_KINDS)("telling partners in the background, on %s", { timeout: 90_000 }, (kind) => {
  test("happens as soon as a public change is committed, and at the start for what a crash left", async () => {
    const store = await freshStore(kind, { jobs: true });
    onTestFinished(() => store.close());
    const partner = aPartner(store);
    const authorId = await aResident(store.db);
    await aWebhook(store.db);
    await tellAssigned(store, await aReport(store.db, authorId), authorId);
    await untypedRows(store.db, sql`delete from pgboss.job`);
    const jobs = await startWebhookJobs(partner.deps);
    await partner.reaches(1);
    await tellAssigned(store, await aReport(store.db, authorId), authorId);
    await tellAssigned(store, await aReport(store.db, authorId), authorId);
    await partner.reaches(3);
    await jobs.stop();
    expect(partner.calls.map(({ body }) => body.sequence)).toEqual([1, 2, 3]);
  });

  test("ends the call in hand when it is stopped, and it is made again", async () => {
    const store = await freshStore(kind, { jobs: true });
    onTestFinished(() => store.close());
    const partner = aPartner(store);
    const authorId = await aResident(store.db);
    await aWebhook(store.db);
    const called = Promise.withResolvers<void>();
    const aborting: typeof partner.deps.fetch = (_, { signal }) =>
      new Promise((resolve) => {
        called.resolve();
        signal?.addEventListener("abort", () => resolve({ ok: false, why: "aborted" }));
      });
    const jobs = await startWebhookJobs({ ...partner.deps, fetch: aborting });
    await tellAssigned(store, await aReport(store.db, authorId), authorId);
    await called.promise;
    await jobs.stop();
    const again = await startWebhookJobs(partner.deps);
    await partner.reaches(1);
    await again.stop();
    expect(partner.calls.map(({ body }) => body.sequence)).toEqual([1]);
  });
});

test("deliveries are forgotten after 30 days, and of those that wait only a paused webhook's", async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const authorId = await aResident(store.db);
  const active = await aWebhook(store.db);
  const paused = await aWebhook(store.db);
  await tellAssigned(store, await aReport(store.db, authorId), authorId);
  await store.db
    .update(webhooks)
    .set({ state: "paused" })
    .where(sql`id = ${paused}`);
  const settled = { state: "delivered", settledAt: NOON } as const;
  const left = async () =>
    (await store.db.select().from(webhookDeliveries).orderBy(webhookDeliveries.id)).map(({ webhookId }) => webhookId);
  await keepHouse(store, hoursAfter(NOON, 30 * DAY), hoursAfter(NOON, 30 * DAY));
  expect(await left()).toEqual([active, paused]);
  await keepHouse(store, hoursAfter(NOON, 30 * DAY + 1), hoursAfter(NOON, 30 * DAY + 1));
  expect(await left()).toEqual([active]);
  await store.db.update(webhookDeliveries).set(settled);
  await keepHouse(store, hoursAfter(NOON, 30 * DAY), hoursAfter(NOON, 30 * DAY));
  expect(await left()).toEqual([active]);
  await keepHouse(store, hoursAfter(NOON, 30 * DAY + 1), hoursAfter(NOON, 30 * DAY + 1));
  expect(await left()).toEqual([]);
});

test("the partner's answer is what counts, not that it was called", async () => {
  const store = await freshStore("postgres", { jobs: true });
  onTestFinished(() => store.close());
  const partner = aPartner(store);
  partner.answer(status(503));
  const authorId = await aResident(store.db);
  await aWebhook(store.db);
  await tellAssigned(store, await aReport(store.db, authorId), authorId);
  const jobs = await startWebhookJobs(partner.deps);
  await partner.reaches(1);
  await jobs.stop();
  const [delivery] = await store.db.select().from(webhookDeliveries);
  expect(delivery).toMatchObject({ state: "waiting", attempts: 1, failure: "HTTP 503" });
});
