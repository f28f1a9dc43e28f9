/** Whoever opens their card reads who owes the next step and until when, and never a promise that is past. */
import { describe, expect, test } from "vitest";
import { renderAuthorCard, renderCardForOthers } from "../../../src/notices/author-card.ts";
import { renderNotice } from "../../../src/notices/render.ts";
import type { AnswerView, ReportView } from "../../../src/notices/report-view.ts";
import { anAssigned, AT, aView, eightDays, readingIn } from "../../support/notices.ts";

const at = (moment: string): Date => new Date(`${moment}:00+03:00`);
const AGENCYS_DATE = new Date(eightDays.dueAt);
const FIFTEENTH = at("2026-05-16T00:00");

const cardOf = (report: ReportView, now = AT, locale = "ru"): string =>
  renderAuthorCard(readingIn(locale, now), report).text.text;

const anAnswer = (sentAt: Date): AnswerView => ({
  ...{ id: 7, kind: "fixed", state: "waiting", cycle: 1, agencyId: "housing-kuntsevo", words: "Лампа заменена" },
  ...{ plannedOn: null, successorId: null, sentAt, remark: null, photos: [], by: "Пётр" },
  ...{ isComparing: false, reused: [] },
});

const withAgency = (differs: Partial<ReportView>): ReportView =>
  anAssigned({ handlingDueAt: AGENCYS_DATE, firstDueAt: AGENCYS_DATE, ...differs });
/** Answered on the evening of that day; an editor checks it until the 15th. */
const answered = (day: string): ReportView =>
  withAgency({ status: "answered", dueAt: FIFTEENTH, answer: anAnswer(at(`${day}T18:00`)) });
const disputed = withAgency({ status: "disputed", dueAt: FIFTEENTH, publishedAt: AT });

describe("an answer that is checked", () => {
  test("is said to be in time or late by the agency's own date, and waits for an editor until the editor's", () => {
    expect(cardOf(answered("2026-05-13"), at("2026-05-14T12:00"))).toContain(
      "Ответила: Жилищная служба района Кунцево, в срок — он был до 13 мая включительно.\n" +
        "Ответ проверяет редактор — до 15 мая включительно.",
    );
    expect(cardOf(answered("2026-05-14"), at("2026-05-14T19:00"), "en")).toMatch(
      /, late: it was due by the end of 13 May\.\nAn editor checks the answer by the end of 15 May\./,
    );
  });

  test("is nothing that the agency still owes", () => {
    expect(cardOf(answered("2026-05-13"))).not.toMatch(/Отвечает|Срок —|осталось/);
  });
});

test("a dispute is decided by somebody else than the agency that answered", () => {
  expect(cardOf(disputed)).toContain("решит тот, кто не работает в этой службе, до 15 мая включительно");
  expect(cardOf(disputed)).not.toContain("Отвечает");
});

describe("once the date of whoever looks has passed, the card says so and promises nothing", () => {
  test.each([
    [aView(), "2026-04-30T23:59", "Редактор прочитает его до 30 апреля"],
    [aView(), "2026-05-01T00:00", "⏰ Редактор должен был прочитать его до 30 апреля включительно и пока не успел"],
    [answered("2026-05-13"), "2026-05-15T23:59", "Ответ проверяет редактор — до 15 мая"],
    [answered("2026-05-13"), "2026-05-16T00:00", "⏰ Редактор должен был проверить ответ до 15 мая включительно"],
    [disputed, "2026-05-15T23:59", "решит тот, кто не работает в этой службе, до 15 мая"],
    [disputed, "2026-05-16T00:00", "⏰ Решение нужно было до 15 мая включительно, а его пока нет"],
  ])("%#", (report, now, words) => {
    const card = cardOf(report, at(now));
    expect(card).toContain(words);
    expect(card.includes("мы о")).toBe(words.startsWith("⏰"));
    expect(cardOf(report, at(now), "en").includes("Sorry for the delay")).toBe(words.startsWith("⏰"));
  });
});

describe("the days an agency has left", () => {
  test.each([
    ["2026-04-29T14:05", "На 29 апреля: осталось 8 рабочих дней.", "As of 29 April: 8 working days left."],
    ["2026-05-10T09:00", "На 10 мая: осталось 2 рабочих дня.", "As of 10 May: 2 working days left."],
    ["2026-05-13T23:59", "Сегодня, 13 мая, последний день.", "Today, 13 May, is the last day."],
  ])("at %s are told with the day they were counted on, so that tomorrow they are not wrong", (now, ru, en) => {
    for (const status of ["assigned", "planned"] as const) {
      expect(cardOf(withAgency({ status }), at(now))).toContain(`Срок — до 13 мая включительно.\n${ru}`);
      expect(cardOf(withAgency({ status }), at(now), "en")).toContain(`Due by the end of 13 May.\n${en}`);
    }
  });

  test("are not counted once the date has passed", () => {
    expect(cardOf(withAgency({}), at("2026-05-14T00:00"))).not.toMatch(/На \d|последний день/);
  });
});

test("a date that was moved stays in sight while the agency's question waits for a reply", () => {
  const moved = { postponements: 1, dueAt: at("2026-05-21T00:00"), handlingDueAt: at("2026-06-04T00:00") };
  expect(cardOf(withAgency({ status: "needs_info", ...moved }))).toContain("Первый срок был 13 мая");
  expect(cardOf(aView({ status: "needs_info", postponements: 0 }))).not.toContain("Первый срок");
});

describe("that the date was missed at night is told in the morning as it stands then", () => {
  const MORNING = at("2026-05-14T08:00");
  const params = { due: "2026-05-13", escalatesOn: "2026-05-18" };
  const told = (report: ReportView, locale = "ru"): string =>
    renderNotice(readingIn(locale, MORNING), { kind: "overdue", params }, report).text.text;

  test("the agency has answered meanwhile: who checks that, and that there is nothing to do", () => {
    expect(told(answered("2026-05-14"))).toBe(
      "⏰ Сообщение № 123 («Неисправное освещение во дворе»): срок прошёл 13 мая, служба ответила уже после него. " +
        "Ответила: Жилищная служба района Кунцево.\n\n" +
        "Ответ проверяет редактор — до 15 мая включительно. Вам делать ничего не нужно: напишем, как только он будет проверен.",
    );
  });

  test.each(["published", "disputed"] as const)("%s: the answer itself comes with its own message", (status) => {
    const text = told(withAgency({ status, dueAt: FIFTEENTH }), "en");
    expect(text).toContain("was due by 13 May; the agency answered only after that");
    expect(text).not.toContain("has no answer");
    expect(text).not.toContain("15 May");
  });

  test("the date has moved meanwhile: which one stands, and nothing of an escalation that will not come", () => {
    const text = told(withAgency({ status: "planned", dueAt: FIFTEENTH, handlingDueAt: FIFTEENTH }));
    expect(text).toMatch(/срок прошёл 13 мая, а ответа не было[^]*Теперь срок — до 15 мая включительно\./);
    expect(text).not.toContain("18 мая");
  });

  test("the agency has a question: its clock stands still", () => {
    expect(told(withAgency({ status: "needs_info", dueAt: FIFTEENTH }))).toMatch(
      /срок прошёл 13 мая, а ответа не было[^]*ждём уточнения от автора/,
    );
  });
});

describe("whoever else asks for a public report", () => {
  const read = (differs: Partial<ReportView>, locale = "ru"): string =>
    renderCardForOthers(readingIn(locale), withAgency(differs)).text;

  test("is not asked the author's question, nor told that they follow what it was merged into", () => {
    const asked = read({ status: "needs_info", dueAt: FIFTEENTH });
    expect(asked).toContain("Автору задан вопрос, ответить можно до 15 мая включительно.");
    expect(asked).not.toContain("Ждём вашего ответа");
    expect(read({ status: "merged", dueAt: null, mergedIntoId: 7 }, "en")).toContain(
      "Merged into No. 7: everything else happens there.",
    );
  });

  test("sees the house and not the flat, and no word on what an editor changed", () => {
    const card = read({ address: "Ярцевская улица, 14, кв. 7719", publicText: "Фонарь не горит" });
    expect(card).toContain("📍 Ярцевская улица, 14\n");
    expect(card).not.toMatch(/7719|Фонарь не горит/);
  });

  test("reads the same dates as its author", () => {
    expect(read({})).toContain("Срок — до 13 мая включительно.\nНа 29 апреля: осталось 8 рабочих дней.");
  });
});
