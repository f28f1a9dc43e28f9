/** Nothing of a person, and nothing an editor has not passed, leaves the house in a feed or a webhook. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deliverWebhooks } from "../../../../src/jobs/webhooks.ts";
import { isShown } from "../../../../src/report/status.ts";
import { webhookDeliveries } from "../../../../src/store/schema/webhooks.ts";
import { anOriginal, castOfLife, LIFE_NAMES, live, type Cast } from "../../../support/life.ts";
import { aPartner, aWebhook } from "../../../support/partner.ts";
import { hoursAfter, NOON } from "../../../support/people.ts";
import { plantPeople, plantPhotos, plantWords } from "../../../support/planted.ts";
import { inMemoryPhotos } from "../../../support/stored-photos.ts";
import { storedReport } from "../../../support/deps.ts";
import { freshWeb, type FreshWeb } from "../../../support/web.ts";

const FEEDS = ["geojson", "atom", "csv"] as const;
const files = inMemoryPhotos();

let web: FreshWeb;
let cast: Cast;
let originalId: number;
beforeAll(async () => {
  web = await freshWeb({ files, now: () => hoursAfter(NOON, 12) });
  cast = await castOfLife(web, NOON);
  originalId = await anOriginal(web, cast, NOON);
  await aWebhook(web.store.db);
});
afterAll(() => web.store.close());
beforeEach(() => web.store.db.delete(webhookDeliveries).then(() => undefined));

/** All that programs get of it now, by what it is called. */
const readFeeds = async (): Promise<Map<string, string>> => {
  const read = new Map<string, string>();
  for (const feed of FEEDS) {
    for (const lang of ["ru", "en"]) {
      const { status, text } = await web.get(`/feeds/reports.${feed}?lang=${lang}`);
      expect(status).toBe(200);
      read.set(`${feed} ${lang}`, text);
    }
  }
  return read;
};

test.each(LIFE_NAMES)("in the life «%s»", async (life) => {
  const { report } = await live(web, { cast, originalId }, life, NOON);
  const secrets = [
    ...(await plantPeople(web.store.db)),
    ...(await plantWords(web.store.db, cast, report.id)),
    ...(await plantPhotos(web.store.db, files, report.id)),
  ];
  const read = await readFeeds();
  const partner = aPartner(web.store);
  await deliverWebhooks(partner.deps, new AbortController().signal);
  for (const { text, body } of partner.calls) read.set(`webhook ${body.type}`, text);
  for (const [name, text] of read) {
    for (const secret of secrets) expect(text, `${name} has ${secret}`).not.toContain(secret);
  }
  const isPublic = isShown(await storedReport(web, report.id));
  for (const feed of FEEDS) {
    const link = `/r/${report.id}`;
    const named = (read.get(`${feed} ru`) ?? "").split(/[",<>]/).filter((part) => part.endsWith(link));
    expect(named.length > 0, feed).toBe(isPublic);
  }
  // Once each, and nothing waits that was not told.
  const waiting = await web.store.db.$count(webhookDeliveries, eq(webhookDeliveries.state, "waiting"));
  expect(waiting).toBe(0);
});
