import { describe, expect, onTestFinished, test } from "vitest";
import { createCityClock } from "../../../src/city-clock.ts";
import { startJobs } from "../../../src/jobs/jobs.ts";
import { travel } from "../../../src/jobs/travel.ts";
import { createLog } from "../../../src/log.ts";
import type { Outgoing } from "../../../src/notices/send.ts";
import type { Store } from "../../../src/store/open.ts";
import { aCast, aPublished, aTicking, at, clockEvents, endOf } from "../../support/clocks.ts";
import { aDelivery } from "../../support/delivery.ts";
import { NOON } from "../../support/people.ts";
import { freshStore, STORE_KINDS } from "../../support/store.ts";

/** A program at work whose messages are kept with the city time at which they were told. */
const aProgram = async (kind: Store["kind"], answer: (outgoing: Outgoing) => Promise<void> = async () => undefined) => {
  const store = await freshStore(kind, { jobs: true });
  onTestFinished(() => store.close());
  const { deps, messenger } = aDelivery(store);
  const clock = createCityClock(() => NOON);
  const told: string[] = [];
  const send: typeof deps.send = async (outgoing) => {
    await answer(outgoing);
    const when = new Date(clock.now().getTime() + 3 * 3_600_000).toISOString().slice(5, 16).replace("T", " ");
    told.push(`${when} ${outgoing.chatId} ${outgoing.message.text.text.split("\n")[0]}`);
    return messenger.send(outgoing);
  };
  const jobs = await startJobs({ ...deps, send, now: clock.now, isHurried: true });
  onTestFinished(() => jobs.stop());
  const go = (to: Date) => travel({ db: store.db, clock, jobs, log: createLog("silent") }, to);
  return { store, clock, told, go };
};

describe.each(STORE_KINDS)("ten days in one step on %s", { timeout: 120_000 }, (kind) => {
  test("tell everything at its own moment, in order", async () => {
    const { store, clock, told, go } = await aProgram(kind);
    const { author, officer } = await aCast(store);
    await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-17") });
    await aPublished(store, author, officer, NOON, endOf("2026-07-25"));
    await go(at("2026-07-25T12:00"));
    expect(clock.now()).toEqual(at("2026-07-25T12:00"));
    const reading = (chatId: number) => told.filter((line) => line.split(" ")[2] === String(chatId));
    const yard = "(«Неисправное освещение во дворе»)";
    expect(reading(1)).toEqual([
      // The date passed at midnight; residents sleep until eight.
      expect.stringContaining(`07-18 08:00 1 ⏰ Сообщение № 1 ${yard}: срок прошёл 17 июля`),
      expect.stringContaining(`07-18 09:00 1 🔎 Сообщение № 2 ${yard}`),
      expect.stringContaining(`07-23 09:00 1 🔎 Сообщение № 2 ${yard}`),
    ]);
    expect(reading(3)).toEqual([
      "07-16 09:00 3 ⏳ № 1 · Неисправное освещение во дворе",
      "07-17 09:00 3 ⏳ № 1 · Неисправное освещение во дворе",
      "07-18 00:00 3 🔴 № 1 · Неисправное освещение во дворе",
      // Working mornings only: 18 and 19 July are a weekend.
      ...["20", "21", "22", "23", "24"].map(
        (day) => `07-${day} 09:00 3 📋 Сводка на сегодня: Жилищная служба района Кунцево`,
      ),
    ]);
    expect(reading(4)).toContain("07-23 08:00 4 🚨 № 1 · Неисправное освещение во дворе");
    expect(told).toEqual(
      told.toSorted((a, b) => (a.slice(0, 11) < b.slice(0, 11) ? -1 : a.slice(0, 11) > b.slice(0, 11) ? 1 : 0)),
    );
  });
});

test("time never goes back, and going nowhere does what is due now", async () => {
  const { store, clock, go } = await aProgram("postgres");
  const { author } = await aCast(store);
  await go(at("2026-07-17T12:00"));
  await go(at("2026-07-16T12:00"));
  expect(clock.now()).toEqual(at("2026-07-17T12:00"));
  await aTicking(store, author, { status: "submitted", dueAt: endOf("2026-07-16") });
  await go(at("2026-07-17T12:00"));
  expect(await clockEvents(store)).toMatchObject([{ kind: "moderation_late" }]);
});

test("something that fails at its moment does not hold up time", async () => {
  const { store, clock, go } = await aProgram("postgres");
  const { author } = await aCast(store);
  // Published without an answer: no action can leave that behind.
  await aTicking(store, author, { status: "published", publishedAt: NOON, dueAt: endOf("2026-07-25") });
  await aTicking(store, author, { status: "submitted", dueAt: endOf("2026-07-20") });
  await go(at("2026-07-21T12:00"));
  expect(clock.now()).toEqual(at("2026-07-21T12:00"));
  expect((await clockEvents(store)).map(({ kind }) => kind)).toContain("moderation_late");
});
