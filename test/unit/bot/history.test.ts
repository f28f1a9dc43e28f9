import { describe, expect, test } from "vitest";
import { historyInWords } from "../../../src/bot/resident/history.ts";
import { TOLD } from "../../../src/notices/event-words.ts";
import { dueOn } from "../../../src/report/due.ts";
import type { EventData, EventKind } from "../../../src/report/event.ts";
import { city, i18n } from "../../support/notices.ts";
import { hoursAfter, NOON } from "../../support/people.ts";

const due = dueOn(city, { count: 8, kind: "working" }, NOON);
const day = { due: "2026-07-27" };
const pause = { from: "2026-07-15", to: "2026-07-16", due };

/** One of every event a resident is told of. */
const SAMPLES: Partial<EventData> = {
  submitted: {},
  assigned: { agencyId: "lighting", due },
  rejected: { code: null, words: "Это частная территория" },
  asked: { additionId: 1, answerId: null, until: "2026-07-18" },
  replied: { additionId: 1, pause },
  wait_ended: pause,
  repaired: { repairs: 1 },
  appealed: { additionId: 1 },
  added: { additionId: 1, reader: "editors" },
  withdrawn: { from: "submitted" },
  merged: { originalId: 7, dueAt: NOON.toISOString() },
  unmerged: { originalId: 7 },
  topic_changed: { from: "yard-light", to: "pothole" },
  place_changed: { from: "здесь", to: "там" },
  text_edited: {},
  photo_hidden: { photoId: 1 },
  photo_shown: { photoId: 1 },
  undone: { kind: "rejected" },
  rerouted: { from: "lighting", to: "roads", reason: "Опора их", hops: 1, added: null, until: "2026-07-27" },
  postponed: { answerId: 1, agencyId: "roads", from: "2026-07-27", to: "2026-08-03", reason: "Ждём плиту", count: 1 },
  answered: { answerId: 1, answerKind: "fixed", agencyId: "roads", isInTime: true },
  returned: { answerId: 1, answerKind: "fixed", agencyId: "roads", remark: "Не видно лампы" },
  published: { answerId: 1, answerKind: "fixed", agencyId: "roads", until: "2026-07-27" },
  disputed: { cycle: 1, desk: "inspectors", isContest: false, due },
  reopened: { cycle: 2, agencyId: "roads", reason: "Яма на месте", due },
  closed: { cycle: 1, outcome: "confirmed", by: { author: true, others: 1 }, reason: null },
  repair_ended: day,
  moderation_late: day,
  moderation_escalated: day,
  overdue: { ...day, escalatesOn: "2026-07-30" },
  overdue_escalated: day,
  answer_check_late: day,
  answer_check_escalated: day,
  inspection_late: day,
  inspection_escalated: day,
};

const told = (Object.keys(TOLD) as EventKind[]).filter((kind) => TOLD[kind] !== null);

describe.each(["ru", "en"])("the history in %s", (locale) => {
  const reading = { i18n, city, locale, now: NOON };

  test.each(told)("tells of «%s» without a hole in the text", (kind) => {
    const data = SAMPLES[kind];
    expect(data, "has a sample here").toBeDefined();
    const [line] = historyInWords(reading, [{ kind, data: { ...data }, at: NOON }]);
    expect(line?.rawText).toMatch(/\S — .{4,}/);
    expect(line?.rawText).not.toMatch(/\{\{|undefined|null|NaN|Invalid|people:|check:/);
  });

  test("repeats what was asked and replied, briefly, where the words are given", () => {
    const at = NOON;
    const words = "Какой это подъезд?";
    const said = [
      { id: 1, kind: "question" as const, words, photos: [], at },
      { id: 2, kind: "reply" as const, words: "я".repeat(300), photos: [], at },
      { id: 3, kind: "reply" as const, words: null, photos: [{ fileId: "f", kind: "photo" as const }], at },
    ];
    const entries = [
      { kind: "asked", data: { ...SAMPLES.asked, additionId: 1 }, at },
      ...[2, 3, 4].map((additionId) => ({ kind: "replied", data: { additionId, pause: null }, at })),
    ];
    const lines = historyInWords(reading, entries, said).map(({ rawText }) => rawText);
    expect(lines[0]).toMatch(/Какой это подъезд\?$/);
    expect(lines[1]).toMatch(/[^я]я{200}…$/);
    expect(lines[2]).toMatch(/фото|a photo/);
    expect(lines[3]).not.toContain("я".repeat(10));
    // Nobody else is given them.
    expect(historyInWords(reading, entries)[0]?.rawText).not.toContain(words);
  });

  test("says nothing of a vote, a look or what a newer program may write", () => {
    for (const kind of ["voted", "viewed", "followed", "noted", "teleported"]) {
      expect(historyInWords(reading, [{ kind, data: {}, at: NOON }])).toEqual([]);
    }
  });

  test("keeps the last twenty lines and says how many came before", () => {
    const many = Array.from({ length: 25 }, (_, i) => ({ kind: "added", data: {}, at: hoursAfter(NOON, i) }));
    const lines = historyInWords(reading, many);
    expect(lines).toHaveLength(21);
    expect(lines[0]?.rawText).toMatch(/5$/);
  });
});
