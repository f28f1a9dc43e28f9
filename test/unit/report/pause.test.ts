import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { lastDayOf } from "../../../src/report/due.ts";
import { pauseOf } from "../../../src/report/pause.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();
const at = (moment: string): Date => new Date(`${moment}+03:00`);

const day = (iso: string): Temporal.PlainDate => Temporal.PlainDate.from(iso);

const resumed = (from: string, to: string, kind: "working" | "calendar" = "working") =>
  // Due by the end of Wednesday, 20 May.
  pauseOf(city, { pausedAt: at(from), handlingDueAt: at("2026-05-21T00:00") }, kind, day(to.slice(0, 10)));

test.each([
  { asked: "2026-05-12T10:00", over: "2026-05-12T18:00", days: 0, due: "2026-05-20", why: "on the same day" },
  { asked: "2026-05-12T23:59", over: "2026-05-13T00:00", days: 1, due: "2026-05-21", why: "over one midnight" },
  {
    asked: "2026-05-12T10:00",
    over: "2026-05-15T10:00",
    days: 3,
    due: "2026-05-25",
    why: "the weekend is passed over",
  },
  { asked: "2026-05-15T18:00", over: "2026-05-17T12:00", days: 0, due: "2026-05-20", why: "nobody works on a weekend" },
  { asked: "2026-05-08T10:00", over: "2026-05-12T10:00", days: 1, due: "2026-05-21", why: "nor on Monday, 11 May" },
])("asked $asked, over $over: $days working days later, $why", ({ asked, over, days, due }) => {
  const pause = resumed(asked, over);
  expect(pause).toMatchObject({ from: asked.slice(0, 10), to: over.slice(0, 10) });
  expect(pause.due).toMatchObject({ count: days, from: "2026-05-20", to: due });
  expect(lastDayOf(city, new Date(pause.due.dueAt)).toString()).toBe(due);
});

test("where the agency's days are calendar days, every day of the pause counts", () => {
  expect(resumed("2026-05-08T10:00", "2026-05-12T10:00", "calendar").due).toMatchObject({ count: 4, to: "2026-05-24" });
});

test("a date that was missed before the question is as long missed after it", () => {
  const pause = pauseOf(
    city,
    { pausedAt: at("2026-05-22T10:00"), handlingDueAt: at("2026-05-21T00:00") },
    "working",
    day("2026-05-26"),
  );
  expect(pause.due.to).toBe("2026-05-22");
});
