import { describe, expect, test } from "vitest";
import { noticesFor, type Audience } from "../../../src/notices/notices-for.ts";
import { NOTICES, ruleOf, UNTOLD, type NoticeKind, type Whom } from "../../../src/notices/notices.ts";
import { outOfTheNight } from "../../../src/report/when-told.ts";
import { TELLING } from "../../../src/report/ticks.ts";
import { city } from "../../support/notices.ts";

const audience: Audience = {
  author: [{ chatId: 7, residentId: 1 }],
  editors: [
    { chatId: -100, residentId: null },
    { chatId: -200, residentId: null },
  ],
  cardHolders: [{ chatId: -100, residentId: null }],
};
const report = { id: 123, version: 2 };
const noon = new Date("2026-04-29T12:00:00+03:00");
const night = new Date("2026-04-29T23:30:00+03:00");

const toldFor = (kind: "submitted" | "assigned" | "rejected" | "invited", now = noon) =>
  noticesFor(city, { kind, data: {} }, report, audience, now).map((notice) => [notice.kind, notice.chatId]);

describe("who is told what", () => {
  test("a new report: its author that it arrived, the editors that it waits", () => {
    expect(toldFor("submitted")).toEqual([
      ["received", 7],
      ["queue_card", -100],
      ["queue_card", -200],
    ]);
  });

  test.each(["assigned", "rejected"] as const)("%s: the author, and every card that shows the report", (kind) => {
    expect(toldFor(kind)).toEqual([
      ["author_card", 7],
      [kind, 7],
      ["queue_decided", -100],
    ]);
  });

  test("what concerns no report tells nobody", () => expect(toldFor("invited")).toEqual([]));
});

describe("when", () => {
  test.each([
    ["21:59:59.999", "2026-04-29T21:59:59.999+03:00"],
    ["22:00", "2026-04-30T08:00:00+03:00"],
    ["23:59", "2026-04-30T08:00:00+03:00"],
    ["00:00", "2026-04-29T08:00:00+03:00"],
    ["07:59", "2026-04-29T08:00:00+03:00"],
    ["08:00", "2026-04-29T08:00:00+03:00"],
  ])("what is to be said at %s city time is said at %s", (time, said) => {
    expect(outOfTheNight(city, new Date(`2026-04-29T${time}+03:00`))).toEqual(new Date(said));
  });

  test("at night only the news for the author wait; the answer to their own press, silent edits and the staff's work do not", () => {
    const waiting = (["submitted", "assigned", "rejected"] as const).flatMap((kind) =>
      noticesFor(city, { kind, data: {} }, report, audience, night).filter(({ dueAt }) => dueAt > night),
    );
    expect(waiting.map(({ kind }) => kind)).toEqual(["assigned", "rejected"]);
    expect(waiting[0]?.dueAt).toEqual(new Date("2026-04-30T08:00:00+03:00"));
  });

  test("groups of the staff have no quiet hours, whatever they are told", () => {
    for (const kind of Object.keys(NOTICES) as NoticeKind[]) {
      const groups: Whom[] = ["editors", "cardHolders", "officers", "judges"];
      if ([ruleOf(kind).to].flat().some((whom) => groups.includes(whom))) expect(ruleOf(kind).urgency).toBe("now");
    }
  });
});

test("the same fact told twice has the same keys, another version of the report has others", () => {
  const keys = (version: number) =>
    noticesFor(city, { kind: "assigned", data: {} }, { id: 123, version }, audience, noon).map((n) => n.dedupeKey);
  expect(keys(2)).toEqual(keys(2));
  expect(new Set([...keys(2), ...keys(3)]).size).toBe(6);
});

test("every moment that only says something is told", () => {
  const told = (Object.keys(NOTICES) as NoticeKind[]).flatMap((kind) => ruleOf(kind).on);
  for (const tick of TELLING) expect(told).toContain(tick);
});

test("no event is both told and untold", () => {
  const told = new Set<string>((Object.keys(NOTICES) as NoticeKind[]).flatMap((kind) => ruleOf(kind).on));
  expect(Object.keys(UNTOLD).filter((kind) => told.has(kind))).toEqual([]);
});
