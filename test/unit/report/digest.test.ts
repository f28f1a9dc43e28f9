import { describe, expect, test } from "vitest";
import { digestLimits, nextDigestAt } from "../../../src/report/digest.ts";
import { dueTicks } from "../../../src/report/ticks.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();
const at = (moment: string): Date => new Date(`${moment}+03:00`);

describe("the next digest", () => {
  test.each([
    ["before the morning", "2026-07-15T08:59", "2026-07-15T09:00"],
    ["in the morning itself the next one", "2026-07-15T09:00", "2026-07-16T09:00"],
    ["over a weekend", "2026-07-17T12:00", "2026-07-20T09:00"],
    ["on a day off", "2026-07-18T07:00", "2026-07-20T09:00"],
    ["over New Year", "2026-12-30T12:00", "2027-01-11T09:00"],
  ])("%s", (_, now, next) => expect(nextDigestAt(city, "editors", at(now))).toEqual(at(next)));

  test.each([
    ["before the morning of a Monday", "2026-07-13T08:59", "2026-07-13T09:00"],
    ["later in the week", "2026-07-13T09:00", "2026-07-20T09:00"],
    ["on a Sunday", "2026-07-19T12:00", "2026-07-20T09:00"],
    ["where Monday is a day off", "2026-05-06T12:00", "2026-05-12T09:00"],
    ["over New Year, when a week has no working day", "2026-12-29T12:00", "2027-01-11T09:00"],
  ])("of a week: %s", (_, now, next) => expect(nextDigestAt(city, "admins", at(now))).toEqual(at(next)));
});

describe("what is in the list", () => {
  const now = at("2026-05-19T09:00");
  const limits = digestLimits(city, now);

  test("what was missed last night everybody was just told of, and is in tomorrow's list", () => {
    expect(limits.overdueBefore).toEqual(at("2026-05-19T00:00"));
  });

  test.each([
    ["assigned", "overdue_escalated", "overdueEscalated"],
    ["submitted", "moderation_escalated", "lateEscalated"],
  ] as const)("the admins' limit for %s is the clock's", (status, tick, limit) => {
    // A date more late or exactly as late as the limit has escalated by now, one a day later has not.
    const escalates = (dueAt: Date): boolean =>
      dueTicks(
        { status, statusAt: at("2026-04-01T00:00"), dueAt, publishedAt: null, takenUntil: null, tickedAt: null },
        city,
        now,
      ).some((due) => due.tick === tick);
    expect(escalates(limits[limit])).toBe(true);
    expect(escalates(new Date(limits[limit].getTime() + 24 * 3_600_000))).toBe(false);
  });
});
