/** What the city's channel is told of a day in the morning after it. */
import { Api } from "grammy";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bindChannel } from "../../../src/actions/bind-channel.ts";
import { tickChannelDay } from "../../../src/actions/tick-channel-day.ts";
import { createSend } from "../../../src/bot/send.ts";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import { nextChannelDayAt } from "../../../src/report/digest.ts";
import { digests } from "../../../src/store/schema/digests.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { addDigests } from "../../../src/store/writes/digests.ts";
import { aCast, aPublished, PUBLISHED } from "../../support/check.ts";
import { freshDeps, openElsewhere, type FreshDeps } from "../../support/deps.ts";
import { resident, startLocalTelegram } from "../../support/local-telegram.ts";
import { i18n } from "../../support/notices.ts";
import { aResident, NOON } from "../../support/people.ts";

const CHANNEL = -1002000000009;
const morning = (day: string): Date => new Date(`${day}T09:30:00+03:00`);
const THURSDAY = morning("2026-07-16");

let deps: FreshDeps;
beforeEach(async () => {
  deps = await freshDeps();
  const adminId = await aResident(deps.store.db, { role: "admin" });
  const bound = await bindChannel(deps, { actorId: adminId, chatId: CHANNEL }, NOON);
  if (!bound.ok) throw new Error(bound.why);
  await addDigests(deps.store.db, new Map([["channel", nextChannelDayAt(deps.city, PUBLISHED)]]));
});
afterEach(() => deps.store.close());

const told = () => deps.store.db.select().from(notices);
const aDay = async (): Promise<void> => {
  await aPublished(deps, await aCast(deps));
  await deps.store.db.delete(notices);
};

test("it comes every morning at half past nine, weekends included", () => {
  expect(nextChannelDayAt(deps.city, PUBLISHED)).toEqual(THURSDAY);
  expect(nextChannelDayAt(deps.city, THURSDAY)).toEqual(morning("2026-07-17"));
  expect(nextChannelDayAt(deps.city, morning("2026-07-17"))).toEqual(morning("2026-07-18"));
});

test("a picture with the figures of the day before, and the same in words below it", async () => {
  await aDay();
  await using telegram = await startLocalTelegram({
    channels: [{ id: CHANNEL, title: "Город", adminIds: [resident.id], subscriberIds: [] }],
  });
  expect(await tickChannelDay(deps, THURSDAY)).toBe(true);
  const send = createSend(new Api(telegram.token, { apiRoot: telegram.root }));
  const clocks = { now: () => THURSDAY, wireNow: () => new Date() };
  await deliverChat({ ...deps, i18n, send, ...clocks }, CHANNEL, new AbortController().signal);
  const [post, ...others] = telegram.messenger.messages(CHANNEL);
  expect(others).toEqual([]);
  expect(post?.photo?.at(-1)?.width).toBeGreaterThan(1000);
  expect(post?.caption).toMatch(/15 июля.*Опубликовано ответов: 1\./u);
  expect((await told()).map(({ state }) => state)).toEqual(["sent"]);
});

test("nothing is said of a day on which nothing happened", async () => {
  await tickChannelDay(deps, THURSDAY);
  expect(await told()).toEqual([]);
});

test("of several processes one tells it, once, and after an outage of yesterday alone", async () => {
  await aDay();
  const elsewhere = await openElsewhere(deps);
  try {
    const late = new Date("2026-07-16T20:00:00+03:00");
    const ticked = await Promise.all([tickChannelDay(deps, late), tickChannelDay(elsewhere, late)]);
    expect(ticked.toSorted()).toEqual([false, true]);
    expect(await told()).toHaveLength(1);
    expect(await deps.store.db.select({ next: digests.nextTickAt }).from(digests)).toEqual([
      { next: morning("2026-07-17") },
    ]);
  } finally {
    await elsewhere.store.close();
  }
});
