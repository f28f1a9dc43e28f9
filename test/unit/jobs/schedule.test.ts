import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SCHEDULE, startSchedule, type Entry } from "../../../src/jobs/schedule.ts";
import { createLog } from "../../../src/log.ts";

const MINUTE = 60_000;
const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  // 03:29:30 in Moscow.
  vi.useFakeTimers({ now: new Date("2026-07-15T00:29:30Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

const start = (entries: Record<string, Entry>) =>
  startSchedule(entries, {
    timeZone: "Europe/Moscow",
    now: () => new Date("2030-01-01T00:00:00Z"),
    wireNow: () => new Date("2031-01-01T00:00:00Z"),
    log: createLog("error", { write: (line) => lines.push(line) }),
  });

/** An entry with the times SCHEDULE gives it, whose work can be watched and held up. */
const watched = (at: string) => {
  const runs: Date[][] = [];
  let held: Promise<void> | undefined;
  return {
    entry: {
      at,
      work: async (_deps: unknown, ...clocks: Date[]) => {
        runs.push(clocks);
        await held;
      },
    },
    runs,
    holdUp: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
};

test("the sweep comes every minute and the house is kept at half past three in the city", async () => {
  const [sweep, house] = [watched(SCHEDULE.sweep.at), watched(SCHEDULE.housekeeping.at)];
  const schedule = start({ sweep: sweep.entry, housekeeping: house.entry });
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(sweep.runs).toHaveLength(10);
  expect(house.runs).toHaveLength(1);
  expect(sweep.runs[0]).toEqual([new Date("2030-01-01T00:00:00Z"), new Date("2031-01-01T00:00:00Z")]);
  await schedule.stop();
});

test("chats are woken, and no later than half a minute on, while a long morning is still worked off", async () => {
  const [sweep, wake] = [watched(SCHEDULE.sweep.at), watched(SCHEDULE.wake.at)];
  const finish = sweep.holdUp();
  const schedule = start({ sweep: sweep.entry, wake: wake.entry });
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect(sweep.runs).toHaveLength(1);
  expect(wake.runs).toHaveLength(5);
  finish();
  await schedule.stop();
});

test("work that takes longer than its interval is not begun twice", async () => {
  const slow = watched("* * * * *");
  const finish = slow.holdUp();
  const schedule = start({ slow: slow.entry });
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect(slow.runs).toHaveLength(1);
  finish();
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(slow.runs).toHaveLength(2);
  await schedule.stop();
});

test("stopping waits for the work that is running, and none begins afterwards", async () => {
  const slow = watched("* * * * *");
  const finish = slow.holdUp();
  const schedule = start({ slow: slow.entry });
  await vi.advanceTimersByTimeAsync(MINUTE);
  const order: string[] = [];
  const stopping = (async () => {
    await schedule.stop();
    order.push("stopped");
  })();
  await vi.advanceTimersByTimeAsync(MINUTE);
  order.push("finished");
  finish();
  await stopping;
  expect(order).toEqual(["finished", "stopped"]);
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(slow.runs).toHaveLength(1);
});

test("work that fails is logged by name and tried again at its next time", async () => {
  let tries = 0;
  const schedule = start({
    broken: {
      at: "* * * * *",
      work: () => {
        tries += 1;
        return Promise.reject(new Error("the database is away"));
      },
    },
  });
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(tries).toBe(2);
  expect(lines.join("")).toContain('"job":"broken"');
  await schedule.stop();
});
