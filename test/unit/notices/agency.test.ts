/** What agencies and editors see of a report that is in work, and what residents hear of its dates. */
import { describe, expect, test } from "vitest";
import { renderNotice } from "../../../src/notices/render.ts";
import { renderAuthorCard } from "../../../src/notices/author-card.ts";
import { renderAnswerCard } from "../../../src/notices/answer-card.ts";
import { daysLeftInWords } from "../../../src/notices/days-left.ts";
import type { AnswerView, ReportView } from "../../../src/notices/report-view.ts";
import { renderGoneTask, renderTaskCard } from "../../../src/notices/task-card.ts";
import { actsOf, anAssigned, AT, city, eightDays, i18n, readingIn } from "../../support/notices.ts";

const DUE = new Date(eightDays.dueAt);
const PHOTO = { fileId: "after", kind: "photo" } as const;

const aTask = (differs: Partial<ReportView> = {}): ReportView =>
  anAssigned({ handlingDueAt: DUE, firstDueAt: DUE, ...differs });

const anAnswer = (differs: Partial<AnswerView> = {}): AnswerView => ({
  ...{ id: 7, kind: "fixed", state: "waiting", cycle: 1, agencyId: "housing-kuntsevo", words: "Лампа заменена" },
  ...{ plannedOn: null, successorId: null, sentAt: AT, remark: null, photos: [], by: "Пётр" },
  ...{ isComparing: false, reused: [] },
  ...differs,
});

describe("days left", () => {
  test.each([
    ["2026-04-29T14:05:00+03:00", "осталось 8 рабочих дней", "8 working days left"],
    ["2026-05-12T10:00:00+03:00", "остался 1 рабочий день", "1 working day left"],
    ["2026-05-13T23:59:00+03:00", "сегодня последний день", "today is the last day"],
    ["2026-05-14T00:00:00+03:00", "просрочено на 1 день", "1 day overdue"],
    ["2026-05-18T12:00:00+03:00", "просрочено на 5 дней", "5 days overdue"],
  ])("at %s are «%s»", (now, ru, en) => {
    expect(daysLeftInWords(readingIn("ru", new Date(now)), DUE)).toBe(ru);
    expect(daysLeftInWords(readingIn("en", new Date(now)), DUE)).toBe(en);
  });

  test("without a working day before the date are told in plain days", () => {
    // Friday evening, due on Sunday.
    const friday = readingIn("ru", new Date("2026-05-15T18:00:00+03:00"));
    expect(daysLeftInWords(friday, new Date("2026-05-17T21:00:00Z"))).toBe("осталось 2 дня");
  });
});

describe("a task's card", () => {
  test("shows the text an editor passed and never the resident's own beside it", () => {
    const { text } = renderTaskCard(
      readingIn("ru"),
      aTask({ publicText: "Фонарь не горит", description: "Звоните 8 900" }),
    );
    expect(text.text).toContain("Фонарь не горит");
    expect(text.text).not.toContain("8 900");
  });

  test("offers taking and answering while there is something to answer, and nothing after", () => {
    const acts = actsOf(renderTaskCard(readingIn("ru"), aTask())).flat();
    expect(acts).toEqual([
      { kind: "report", reportId: 123, version: 2, act: "task-take" },
      { kind: "report", reportId: 123, version: 2, act: "task-answer" },
    ]);
    for (const status of ["answered", "needs_info", "published", "disputed", "closed", "withdrawn"] as const) {
      expect(renderTaskCard(readingIn("ru"), aTask({ status })).buttons).toEqual([]);
    }
  });

  test("that somebody has in hand says who, and offers to take it over or to put it down", () => {
    const card = renderTaskCard(readingIn("en"), aTask({ officer: "Пётр" }));
    expect(card.text.text).toContain("In hand: Пётр");
    expect(
      actsOf(card).map((row) => row.map((act) => (typeof act === "object" && act.kind === "report" ? act.act : null))),
    ).toEqual([["task-take", "task-release"], ["task-answer"]]);
  });

  test("keeps both dates, the hops and the cycle in sight", () => {
    const planned = aTask({
      status: "planned",
      postponements: 1,
      hops: 2,
      cycle: 2,
      handlingDueAt: new Date("2026-05-20T21:00:00Z"),
    });
    expect(renderTaskCard(readingIn("ru"), planned).text.text).toMatch(
      /запланировано до 20 мая[^]*круг 2[^]*Первый срок был 13 мая, переносов: 1 из 2[^]*Передавали 2 раза/,
    );
  });

  test("tells what was asked and added before the agency had it, and no appeal", () => {
    const at = { id: 1, at: AT, photos: [] };
    const said = [
      { ...at, kind: "appeal", words: "Я не согласна" },
      { ...at, kind: "question", words: "Какой подъезд?" },
      { ...at, kind: "reply", words: "Второй", photos: [PHOTO] },
      { ...at, kind: "addition", words: "И у третьего" },
    ] as const;
    const { text, photos } = renderTaskCard(readingIn("ru"), aTask({ said }));
    expect(text.text).toMatch(/Вопрос: Какой подъезд\?\n💬 Житель ответил: Второй\n✏️ Житель добавил: И у третьего/);
    expect(text.text).not.toContain("не согласна");
    expect(photos).toContainEqual(PHOTO);
  });

  test.each([
    [anAnswer({ state: "returned", remark: "Не тот фонарь" }), "Редактор вернул ответ: Не тот фонарь"],
    [anAnswer({ kind: "planned", plannedOn: "2026-06-01" }), "Просьба перенести на 1 июня ждёт редактора"],
    [
      anAnswer({ kind: "not_ours", successorId: "roads", state: "returned", remark: "Ваш двор" }),
      "не согласился передать (Дорожная служба Западного округа): Ваш двор",
    ],
  ])("tells what became of the agency's last word: %#", (answer, words) => {
    expect(renderTaskCard(readingIn("ru"), aTask({ answer })).text.text).toContain(words);
  });

  test("tells nothing of another agency's last word, or of an earlier cycle's", () => {
    const remark = anAnswer({ state: "returned", remark: "Не тот фонарь" });
    expect(
      renderTaskCard(readingIn("ru"), aTask({ answer: { ...remark, agencyId: "roads" } })).text.text,
    ).not.toContain("фонарь:");
    expect(renderTaskCard(readingIn("ru"), aTask({ answer: remark, cycle: 2 })).text.text).not.toContain("Не тот");
  });

  test("says no more than where it went once another agency has it", () => {
    const { text, buttons } = renderGoneTask(readingIn("ru"), aTask({ agencyId: "roads" }));
    expect(text.text).toMatch(/передано: Дорожная служба/);
    expect(text.text).not.toContain("Фонарь у подъезда");
    expect(buttons).toEqual([]);
  });
});

describe("an answer's card", () => {
  test("shows the pictures before first, the words, and the two ways to decide", () => {
    const before = { fileId: "before", kind: "photo" } as const;
    const report = aTask({ status: "answered", photos: [before], answer: anAnswer({ photos: [PHOTO] }) });
    const card = renderAnswerCard(readingIn("ru"), report);
    expect(card.photos).toEqual([before, PHOTO]);
    expect(card.text.text).toMatch(/Пётр[^]*Лампа заменена/);
    const acts = actsOf(card).flat();
    expect(acts).toContainEqual({ kind: "report", reportId: 123, version: 2, act: "answer-publish" });
    expect(acts).toContainEqual({ kind: "report", reportId: 123, version: 2, act: "answer-return" });
  });

  test.each([
    ["planned", "answer-postpone"],
    ["not_ours", "answer-reroute"],
    ["question", "answer-ask"],
  ] as const)("of a request of kind %s lets it be granted or refused", (kind, act) => {
    const answer = anAnswer({
      ...{ kind, plannedOn: kind === "planned" ? "2026-06-01" : null },
      successorId: kind === "not_ours" ? "roads" : null,
    });
    const acts = actsOf(renderAnswerCard(readingIn("en"), aTask({ answer }))).flat();
    expect(acts).toContainEqual(expect.objectContaining({ act }));
    expect(acts).toContainEqual(expect.objectContaining({ act: "answer-refuse" }));
  });

  test("offers nothing once it was decided or overtaken", () => {
    for (const state of ["accepted", "returned", "replaced"] as const) {
      const answer = anAnswer({ state, remark: "Нет" });
      const acts = actsOf(renderAnswerCard(readingIn("ru"), aTask({ answer }))).flat();
      expect(acts.filter((act) => typeof act === "object" && "act" in act)).toEqual([]);
    }
  });
});

describe("residents hear", () => {
  test.each(["published", "disputed", "closed"] as const)(
    "what the agency answered on the card of a %s report, and not before",
    (status) => {
      const answer = { kind: "fixed", agencyId: "housing-kuntsevo", words: "Лампа заменена", photos: [] } as const;
      const check = { answer, grounds: [], verdictPhotos: [] };
      const cardOf = (differs: Partial<ReportView>) =>
        renderAuthorCard(readingIn("ru"), aTask({ check, ...differs })).text.text;
      expect(cardOf({ status, outcome: status === "closed" ? "confirmed" : null })).toContain(
        "Жилищная служба района Кунцево: Лампа заменена",
      );
      expect(cardOf({ status: "answered" })).not.toContain("Лампа");
    },
  );

  test("both dates on their card, from a postponement to the end", () => {
    const moved = {
      postponements: 1,
      dueAt: new Date("2026-05-20T21:00:00Z"),
      handlingDueAt: new Date("2026-05-20T21:00:00Z"),
    };
    const cardOf = (locale: string, differs: Partial<ReportView>) =>
      renderAuthorCard(readingIn(locale), aTask(differs)).text.text;
    expect(cardOf("ru", { ...moved, status: "planned" })).toMatch(/до 20 мая[^]*Первый срок был 13 мая, его перенесли/);
    expect(cardOf("en", { ...moved, status: "closed", postponements: 2 })).toContain(
      "First due on 13 May, postponed 2 times",
    );
    expect(cardOf("ru", {})).not.toContain("Первый срок");
  });

  test("from when to when their report was postponed, and why", () => {
    const params = {
      agencyId: "housing-kuntsevo",
      from: "2026-05-13",
      to: "2026-05-20",
      reason: "Ждём лампу",
      count: 1,
      answerId: 7,
    };
    const { text } = renderNotice(readingIn("ru"), { kind: "postponed", params }, aTask());
    expect(text.text).toMatch(/с 13 мая на 20 мая[^]*Ждём лампу[^]*Первый срок был 13 мая/);
  });

  test("which agency has it now, how often it was handed on, and what days an editor added", () => {
    const params = { from: "roads", to: "housing-kuntsevo", reason: "Это двор", hops: 2, until: "2026-05-20" };
    const added = { days: 3, reason: "Первая ответила поздно" };
    const told = (more: object): string =>
      renderNotice(readingIn("ru"), { kind: "rerouted", params: { ...params, ...more } }, aTask()).text.text;
    expect(told({ added: null })).toMatch(/Срок прежний: до 20 мая[^]*Передавали 2 раза/);
    expect(told({ added })).toMatch(/до 20 мая[^]*добавил 3 дня. Первая ответила поздно/);
  });

  test("nothing that could be markup of ours: words are words", () => {
    const answer = anAnswer({ words: "<b>Сделано</b>" });
    expect(
      renderAnswerCard({ ...readingIn("ru"), i18n, city }, aTask({ status: "answered", answer })).text.text,
    ).toContain("<b>Сделано</b>");
  });
});
