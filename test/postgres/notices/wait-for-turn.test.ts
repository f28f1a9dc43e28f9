import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { holdTurns } from "../../../src/jobs/rates.ts";
import { waitForTurn } from "../../../src/jobs/wait-for-turn.ts";
import { rates } from "../../../src/store/schema/index.ts";
import { aDelivery } from "../../support/delivery.ts";
import { freshStore, type FreshStore } from "../../support/store.ts";

const START = Date.parse("2031-01-01T00:00:00Z");
/** At 28 a second. */
const APART_MS = 36;
const { signal } = new AbortController();

let store: FreshStore;
let deps: ReturnType<typeof aDelivery>["deps"];
/** Ms that the whole program was held up for. */
let stalledMs = 0;
beforeEach(async () => {
  store = await freshStore("postgres");
  const began = performance.now();
  stalledMs = 0;
  deps = {
    ...aDelivery(store).deps,
    wireNow: () => new Date(START + Math.round(performance.now() - began) + stalledMs),
  };
});
afterEach(() => store.close());

const sinceStart = (): number => deps.wireNow().getTime() - START;

/** Lets so many chats wait for their turn side by side; each is the ms at which it may speak. */
const takeTurns = (count: number): Promise<number>[] =>
  Array.from({ length: count }, async (_, index) => {
    for (;;) {
      const waitMs = await waitForTurn(deps, { chatId: index + 1, signal }, 1);
      if (waitMs === 0) return sinceStart();
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  });

const keptUntil = async (): Promise<number> => {
  const [row] = await store.db.select().from(rates).where(eq(rates.key, "all"));
  return (row?.arrivalMs ?? 0) - START;
};

test("turns that were slept through are not all taken at once: each is kept anew", async () => {
  const turns = takeTurns(20);
  await Promise.race(turns.slice(4));
  stalledMs = 5000;
  const moments = await Promise.all(turns);
  const late = moments.filter((moment) => moment >= 5000).length;
  expect(late).toBeGreaterThanOrEqual(10);
  expect(await keptUntil()).toBeGreaterThanOrEqual(5000 + (late - 1) * APART_MS);
});

test("nobody speaks in a silence Telegram asked for, though their turn was kept before", async () => {
  const turns = takeTurns(20);
  await Promise.race(turns.slice(4));
  await holdTurns(store.db, deps.city, new Date(START + 2000));
  const heldAt = sinceStart();
  const moments = await Promise.all(turns);
  const after = moments.filter((moment) => moment > heldAt);
  expect(after.length).toBeGreaterThanOrEqual(10);
  expect(Math.min(...after)).toBeGreaterThanOrEqual(2000);
});
