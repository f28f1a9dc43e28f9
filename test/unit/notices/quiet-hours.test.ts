import { describe, expect, test } from "vitest";
import { noticesFor, type Audience } from "../../../src/notices/notices-for.ts";
import { HUSHED, NOTICES, type NoticeKind } from "../../../src/notices/notices.ts";
import type { EventKind } from "../../../src/report/event.ts";
import { QUIET_CHOICES, type QuietHours } from "../../../src/report/quiet-hours.ts";
import { outOfTheNight } from "../../../src/report/when-told.ts";
import { city } from "../../support/notices.ts";

const at = (day: string): Date => new Date(`2026-04-${day}:00+03:00`);

describe("quiet hours of one's own", () => {
  test.each<[string, QuietHours, string, string]>([
    ["before they begin", { from: 23, until: 10 }, "29T22:59", "29T22:59"],
    ["once they began", { from: 23, until: 10 }, "29T23:00", "30T10:00"],
    ["after midnight", { from: 23, until: 10 }, "29T09:59", "29T10:00"],
    ["when they are over", { from: 23, until: 10 }, "29T10:00", "29T10:00"],
    ["that begin at midnight", { from: 0, until: 9 }, "29T23:59", "29T23:59"],
    ["at midnight itself", { from: 0, until: 9 }, "29T00:00", "29T09:00"],
    ["within one day", { from: 0, until: 9 }, "29T08:30", "29T09:00"],
  ])("%s", (_when, quiet, now, said) => {
    expect(outOfTheNight(city, at(now), quiet)).toEqual(at(said));
  });

  test("none at all let everything be said at once", () => {
    expect(outOfTheNight(city, at("29T03:00"), null)).toEqual(at("29T03:00"));
  });

  test("never put anything off for a day, whichever are chosen", () => {
    for (const quiet of QUIET_CHOICES)
      for (let hour = 0; hour < 24; hour += 1) {
        const now = at(`29T${String(hour).padStart(2, "0")}:30`);
        const waitHours = (outOfTheNight(city, now, quiet).getTime() - now.getTime()) / 3_600_000;
        expect(waitHours).toBeGreaterThanOrEqual(0);
        expect(waitHours).toBeLessThan((quiet.until - quiet.from + 24) % 24);
      }
  });

  test("are each listener's own", () => {
    const audience = { author: [{ chatId: 7, residentId: 1 }], followers: [{ chatId: 8, residentId: 2 }] };
    const habits = new Map([[2, { quiet: null, isMuted: false, wantsDigest: false }]]);
    const night = at("29T23:30");
    const told = noticesFor(city, { kind: "overdue", data: {} }, { id: 1, version: 2 }, audience, night, habits);
    const dueAt = Object.fromEntries(
      told.filter(({ kind }) => kind === "overdue").map((one) => [one.chatId, one.dueAt]),
    );
    expect(dueAt).toEqual({ 7: at("30T08:00"), 8: night });
  });
});

describe("a muted report", () => {
  const habits = new Map([[1, { quiet: { from: 22, until: 8 }, isMuted: true, wantsDigest: false }]]);
  const author = [{ chatId: 7, residentId: 1 }];
  const told = (kind: EventKind, others: Audience = {}) =>
    noticesFor(city, { kind, data: {} }, { id: 1, version: 2 }, { author, ...others }, at("29T12:00"), habits).map(
      (one) => `${one.kind} ${one.chatId}`,
    );

  test("still says what needs its author, and rewrites its card", () => {
    expect(told("asked")).toContain("question 7");
    expect(told("reply_reminder")).toEqual(["reply_reminder 7"]);
    expect(told("rejected")).toEqual(["author_card 7", "rejected 7"]);
    expect(told("undone", { misinformed: author })).toContain("undone 7");
    expect(told("assigned")).toEqual(["author_card 7"]);
    expect(told("overdue")).toEqual(["author_card 7"]);
    expect(told("closed")).toEqual(["author_card 7"]);
  });

  test("is told its followers as ever", () => {
    expect(told("overdue", { followers: [{ chatId: 8, residentId: 2 }] })).toContain("overdue 8");
  });

  test("hushes nothing but what residents hear, and none of what asks for an answer, a repair or a check", () => {
    const residents = new Set(["author", "followers"]);
    for (const kind of HUSHED)
      for (const whom of [NOTICES[kind].to].flat()) expect(residents.has(whom), kind).toBe(true);
    const needed: NoticeKind[] = ["question", "reply_reminder", "rejected", "answer_published", "check_reminder"];
    expect(needed.filter((kind) => HUSHED.includes(kind))).toEqual([]);
  });
});
