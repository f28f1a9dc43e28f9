import { afterAll, beforeAll, expect, test } from "vitest";
import { findDayFigures } from "../../../src/store/queries/day-figures.ts";
import { events } from "../../../src/store/schema/events.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, type FreshStore } from "../../support/store.ts";

let store: FreshStore;
const day = { from: hoursAfter(NOON, -12), to: hoursAfter(NOON, 12), now: hoursAfter(NOON, 12) };

const happen = async (kind: string, reportId: number, at: Date, data: Record<string, unknown> = {}): Promise<void> => {
  await store.db.insert(events).values({ kind, reportId, at, data, actorRole: "clock" });
};

beforeAll(async () => {
  store = await freshStore("postgres");
  const authorId = await aResident(store.db);
  const report = (differs: Parameters<typeof aReport>[2]) => aReport(store.db, authorId, differs);
  const waiting = await report({});
  const late = await report({ status: "assigned", handlingDueAt: day.to });
  const running = await report({ status: "planned", handlingDueAt: hoursAfter(day.to, 1) });
  const checked = await report({ status: "published" });
  const fixed = await report({ status: "closed", outcome: "confirmed", dueAt: null });
  const other = await report({ status: "closed", outcome: "unverified", dueAt: null });
  await happen("submitted", waiting.id, day.from);
  await happen("submitted", late.id, hoursAfter(day.from, -0.001));
  await happen("submitted", running.id, day.to);
  await happen("overdue", late.id, NOON);
  await happen("reopened", late.id, NOON);
  await happen("published", checked.id, NOON);
  // Published, taken back, published again: one answer. The other one was only taken back.
  await happen("undone", checked.id, NOON, { kind: "published" });
  await happen("published", checked.id, hoursAfter(NOON, 1));
  await happen("published", running.id, NOON);
  await happen("undone", running.id, hoursAfter(day.to, 5), { kind: "published" });
  await happen("closed", fixed.id, NOON, { outcome: "confirmed" });
  await happen("closed", other.id, NOON, { outcome: "unverified" });
  await happen("closed", checked.id, NOON, { outcome: "not_fixable" });
});
afterAll(() => store.close());

test("a day's figures are what happened in it and was not taken back, and how it stands at its end", async () => {
  expect(await findDayFigures(store.db, day)).toEqual({
    ...{ filed: 1, published: 1, confirmed: 1, closedOtherwise: 2, reopened: 1, missed: 1 },
    ...{ open: 3, overdue: 1 },
  });
});

test("a quiet day is all noughts but for how it stands", async () => {
  const quiet = { from: hoursAfter(NOON, 100), to: hoursAfter(NOON, 124), now: day.from };
  expect(await findDayFigures(store.db, quiet)).toMatchObject({ filed: 0, published: 0, missed: 0, overdue: 0 });
});
