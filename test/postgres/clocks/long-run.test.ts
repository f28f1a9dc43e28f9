/** Sixty days of a small city; `npm run bench -- long-run` is the same with 500 residents, its own seed, and what people did. */
import { expect, onTestFinished, test } from "vitest";
import { audit } from "../../support/long-run/audit.ts";
import { live } from "../../support/long-run/run.ts";
import { watchDates } from "../../support/long-run/shown.ts";
import { city, i18n } from "../../support/notices.ts";
import { freshStore, quietLog } from "../../support/store.ts";

const SEED = 3;

test("in sixty days nothing is left unsaid, said twice, late or stuck, and every date told is the one that stands", async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const dates = watchDates(i18n);
  const run = { seed: SEED, residents: 12, days: 60, start: new Date("2026-04-20T09:00:00+03:00") };
  const world = await live({ store, city, log: quietLog }, run, dates.watch);
  const { reports, said, kinds, ended, ...found } = await audit(world, i18n);
  expect({ ...found, shown: dates.faults }).toEqual({ missing: [], double: [], faults: [], stuck: [], shown: [] });
  // Otherwise it was tried on too little.
  expect(reports).toBeGreaterThanOrEqual(12);
  expect(said).toBeGreaterThan(150);
  expect(dates.looked()).toBeGreaterThan(50);
  expect(Object.keys(kinds).length).toBeGreaterThan(20);
  expect(Object.keys(ended).length).toBeGreaterThan(2);
  const digests = ["agency", "editors", "inspectors", "admins"].map((name) => `digest_${name}`);
  expect(Object.keys(kinds)).toEqual(expect.arrayContaining(digests));
  for (const what of ["mute: done", "unmute: done"]) expect(world.done.get(what)).toBeGreaterThan(0);
}, 120_000);
