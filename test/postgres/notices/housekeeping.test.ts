import { expect, onTestFinished, test } from "vitest";
import { keepHouse } from "../../../src/jobs/housekeeping.ts";
import { handledUpdates, notices } from "../../../src/store/schema/index.ts";
import { hoursAfter, NOON } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

const DAY = 24;

test("what is told is forgotten after 90 days, handled updates after two, and what still waits never", async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const ago = (days: number): Date => hoursAfter(NOON, -days * DAY);
  const aNotice = (dedupeKey: string, settledAt: Date | null) => ({
    dedupeKey,
    chatId: 7,
    kind: "received",
    params: {},
    state: settledAt === null ? ("waiting" as const) : ("sent" as const),
    createdAt: ago(200),
    dueAt: ago(200),
    settledAt,
  });
  await store.db
    .insert(notices)
    .values([aNotice("old", ago(90.1)), aNotice("recent", ago(89.9)), aNotice("waiting", null)]);
  await store.db.insert(handledUpdates).values([
    { updateId: 1, handledAt: ago(2.1) },
    { updateId: 2, handledAt: ago(1.9) },
  ]);

  await keepHouse(store, NOON, NOON);

  const left = await store.db.select({ key: notices.dedupeKey }).from(notices).orderBy(notices.id);
  expect(left.map(({ key }) => key)).toEqual(["recent", "waiting"]);
  expect(await store.db.select({ id: handledUpdates.updateId }).from(handledUpdates)).toEqual([{ id: 2 }]);
});
