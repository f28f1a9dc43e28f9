/** The largest cards there can be: everybody wrote as much as they may. */
import { describe, expect, test } from "vitest";
import { TEXT_UNITS } from "../../../src/bot/fit.ts";
import { renderAnswerCard } from "../../../src/notices/answer-card.ts";
import { renderDisputeCard } from "../../../src/notices/dispute-card.ts";
import { CARD_UNITS } from "../../../src/notices/fit-words.ts";
import { renderQueueCard } from "../../../src/notices/queue-card.ts";
import { renderTaskCard } from "../../../src/notices/task-card.ts";
import type { AnswerView, ReportView, SaidView } from "../../../src/notices/report-view.ts";
import { anAssigned, AT, aView, i18n, readingIn } from "../../support/notices.ts";

/** A thousand characters that begin with a mark and end in another, with spaces or without a single one. */
const WORDS = { words: "Лампа не горит. ", "one endless word": "ы", emoji: "🕳️" };
type Kind = keyof typeof WORDS;
const long = (kind: Kind, mark: string): string => {
  const characters = [...WORDS[kind].repeat(1000)].slice(0, 1000 - 2 * mark.length);
  return `${mark}${characters.join("")}${mark}`;
};

const said = (kind: Kind): SaidView[] =>
  Array.from({ length: 5 }, (_, index) => ({
    id: index,
    kind: index === 0 ? "question" : "addition",
    words: long(kind, `<${index}>`),
    photos: [],
    at: AT,
  }));

const similar = Array.from({ length: 5 }, (_, index) => ({
  id: index + 1,
  meters: 99,
  description: long("words", "~"),
}));

const answer = (kind: Kind): AnswerView => ({
  id: 1,
  kind: "fixed",
  state: "waiting",
  cycle: 1,
  agencyId: "housing-kuntsevo",
  words: long(kind, "<answer>"),
  plannedOn: null,
  successorId: null,
  sentAt: AT,
  remark: null,
  photos: [],
  by: "Олег",
  isComparing: true,
  reused: [{ reportId: 77, isBefore: false }],
});

const wordy = (kind: Kind): Partial<ReportView> => ({
  description: long(kind, "<own>"),
  publicText: long(kind, "<public>"),
  said: said(kind),
  similar,
  answer: answer(kind),
  check: {
    answer: { kind: "fixed", agencyId: "housing-kuntsevo", words: long(kind, "<answer>"), photos: [] },
    grounds: said(kind),
    verdictPhotos: [],
  },
});

const reading = readingIn("ru");

describe.each(Object.keys(WORDS) as Kind[])("a card full of %s", (kind) => {
  test("of the queue still tells what was said last, what is similar and where it would go", () => {
    const text = renderQueueCard(reading, aView(wordy(kind))).text.rawText;
    expect(text.length).toBeLessThanOrEqual(CARD_UNITS);
    for (const mark of ["<own>", "<public>", "<0>", "<4>"]) expect(text).toContain(mark);
    expect(text).toMatch(/№ 5[^]*Предлагаем передать/);
    expect(text.isWellFormed()).toBe(true);
  });

  test("of a task still tells how to answer", () => {
    const text = renderTaskCard(reading, anAssigned(wordy(kind))).text.rawText;
    expect(text.length).toBeLessThanOrEqual(CARD_UNITS);
    for (const mark of ["<public>", "<4>"]) expect(text).toContain(mark);
    expect(text).toContain(i18n.t("ru", "officer:card.how"));
  });

  test("of an answer still tells that its photo was shown before", () => {
    const text = renderAnswerCard(reading, anAssigned({ ...wordy(kind), status: "answered" })).text.rawText;
    expect(text.length).toBeLessThanOrEqual(CARD_UNITS);
    expect(text).toMatch(/<answer>[^]*№ 77/);
  });

  test("of a dispute leaves room for the votes and the history", () => {
    const disputed = anAssigned({ ...wordy(kind), status: "disputed" });
    const text = renderDisputeCard(reading, disputed, "inspectors").text.rawText;
    expect(text.length).toBeLessThanOrEqual(CARD_UNITS);
    for (const mark of ["<public>", "<answer>", "<0>", "<4>"]) expect(text).toContain(mark);
  });
});

test("a card that has room keeps every word, the first and the last", () => {
  const view = aView({ ...wordy("words"), publicText: null, said: said("words").slice(0, 1), similar: [] });
  const text = renderQueueCard(reading, view).text.rawText;
  expect(text.length).toBeLessThan(TEXT_UNITS);
  expect(text).toContain(view.description);
  expect(text).toContain(view.said[0]?.words);
});
