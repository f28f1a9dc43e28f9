/** What waits for the digest of whoever asked for one, and until when. */
import { describe, expect, test } from "vitest";
import { noticesFor, type Audience } from "../../../src/notices/notices-for.ts";
import { HUSHED, NEWS, NOTICES, PRESSING, ruleOf, type NoticeKind } from "../../../src/notices/notices.ts";
import type { EventKind } from "../../../src/report/event.ts";
import { NIGHT, QUIET_CHOICES, type QuietHours } from "../../../src/report/quiet-hours.ts";
import { digestHour, toldAt } from "../../../src/report/when-told.ts";
import { city } from "../../support/notices.ts";

const at = (day: string): Date => new Date(`2026-04-${day}:00+03:00`);

describe("a digest comes", () => {
  test.each<[string, QuietHours | null, string, string]>([
    ["at nine the next morning", NIGHT, "29T12:00", "30T09:00"],
    ["the same morning, for the night before it", NIGHT, "29T00:10", "29T09:00"],
    ["at nine sharp for what comes up just then", NIGHT, "29T09:00", "29T09:00"],
    ["a day later for what comes up after it", NIGHT, "29T09:01", "30T09:00"],
    ["once it is no longer quiet", { from: 23, until: 10 }, "29T09:30", "29T10:00"],
    ["when somebody gets up at nine", { from: 21, until: 9 }, "29T23:00", "30T09:00"],
    ["at nine to whoever has no quiet hours", null, "29T23:00", "30T09:00"],
  ])("%s", (_when, quiet, now, said) => {
    expect(toldAt(city, at(now), "news", { quiet, wantsDigest: true })).toEqual(at(said));
  });

  test("at an hour that is not quiet and within a day, whatever is chosen", () => {
    for (const quiet of [...QUIET_CHOICES, null])
      for (let hour = 0; hour < 24; hour += 1) {
        const now = at(`29T${String(hour).padStart(2, "0")}:30`);
        const told = toldAt(city, now, "news", { quiet, wantsDigest: true });
        expect(told).toEqual(toldAt(city, told, "day", { quiet, wantsDigest: true }));
        expect((told.getTime() - now.getTime()) / 3_600_000).toBeGreaterThan(0);
        expect((told.getTime() - now.getTime()) / 3_600_000).toBeLessThan(24);
        expect(told).toEqual(
          at(`${told.getTime() < at("30T00:00").getTime() ? "29" : "30"}T${clock(digestHour(quiet))}`),
        );
      }
  });

  test("to nobody who did not ask for it", () => {
    expect(toldAt(city, at("29T12:00"), "news", { quiet: NIGHT, wantsDigest: false })).toEqual(at("29T12:00"));
    expect(toldAt(city, at("29T23:00"), "news")).toEqual(at("30T08:00"));
  });
});

const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

describe("whoever asked for a digest", () => {
  const habits = new Map([[1, { quiet: NIGHT, isMuted: false, wantsDigest: true }]]);
  const me = [{ chatId: 7, residentId: 1 }];
  const audience: Audience = { author: me, followers: [{ chatId: 8, residentId: 2 }], voters: me, unvoted: me };
  const noon = at("29T12:00");
  const told = (kind: EventKind, all: Audience = audience): Record<string, Date> =>
    Object.fromEntries(
      noticesFor(city, { kind, data: {} }, { id: 1, version: 2 }, all, noon, habits).map((one) => [
        `${one.kind} ${one.chatId}`,
        one.dueAt,
      ]),
    );

  test("reads in it what needs nothing of them, while their card is rewritten at once", () => {
    const morning = at("30T09:00");
    expect(told("assigned")).toMatchObject({ "author_card 7": noon, "assigned 7": morning });
    expect(told("postponed")).toMatchObject({ "postponed 7": morning, "postponed 8": noon });
    expect(told("merged")).toMatchObject({ "merged 7": morning });
    expect(told("closed", { followers: me })).toMatchObject({ "closed_followers 7": morning });
  });

  test("hears at once what needs them, has a last day, or is a broken promise", () => {
    expect(told("asked")).toMatchObject({ "question 7": noon });
    expect(told("reply_reminder")).toMatchObject({ "reply_reminder 7": noon });
    expect(told("rejected")).toMatchObject({ "rejected 7": noon });
    expect(told("published")).toMatchObject({ "answer_published 7": noon });
    expect(told("check_last_reminder")).toMatchObject({ "check_last_reminder 7": noon });
    expect(told("overdue")).toMatchObject({ "overdue 7": noon });
    // Until the tenth day its author may say that it is not so.
    expect(told("closed")).toMatchObject({ "closed 7": noon });
    expect(told("undone", { misinformed: me })).toMatchObject({ "undone 7": noon });
  });

  test("waits for nothing meant for staff, nor for anything that is no news", () => {
    const residents = new Set(["author", "followers", "lateFollowers"]);
    for (const kind of NEWS) {
      const { as, folds } = ruleOf(kind);
      expect([kind, as, folds]).toEqual([kind, "message", "news"]);
      for (const whom of [NOTICES[kind].to].flat()) expect(residents.has(whom), kind).toBe(true);
    }
  });

  test("is told, of what a muted report hushes, only the missed date and the end before the digest", () => {
    const kinds: NoticeKind[] = HUSHED.filter((kind) => !NEWS.includes(kind));
    expect(kinds).toEqual(["overdue", "closed"]);
    expect(PRESSING).toEqual(expect.arrayContaining(kinds));
  });
});
