/** What the clock has said, read aloud. */
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { explainDates } from "../../../src/notices/date-story.ts";
import { isWorthSaying, renderDigest, type DigestNotice, type DigestParams } from "../../../src/notices/digest.ts";
import type { NoticeKind } from "../../../src/notices/notices.ts";
import { renderNotice } from "../../../src/notices/render.ts";
import { renderTogether } from "../../../src/notices/together.ts";
import { pauseOf } from "../../../src/report/pause.ts";
import { anAssigned, aView, city, eightDays, readingIn } from "../../support/notices.ts";

const at = (moment: string): Date => new Date(`${moment}+03:00`);
const MORNING = at("2026-05-12T09:00");

const pause = pauseOf(
  city,
  { pausedAt: at("2026-05-07T10:00"), handlingDueAt: new Date(eightDays.dueAt) },
  "working",
  Temporal.PlainDate.from("2026-05-10"),
);

const sameDay = pauseOf(
  city,
  { pausedAt: at("2026-05-12T10:00"), handlingDueAt: new Date(pause.due.dueAt) },
  "working",
  Temporal.PlainDate.from("2026-05-12"),
);

const said = (
  kind: NoticeKind,
  params: unknown,
  { locale = "ru", report = anAssigned(), now = MORNING } = {},
): string => renderNotice(readingIn(locale, now), { kind, params }, report).text.text;

describe("in Russian", () => {
  test("the resident hears that the date has passed, and what happens next", () => {
    expect(said("overdue", { due: "2026-05-13", escalatesOn: "2026-05-18" }, { now: at("2026-05-14T08:00") })).toBe(
      "⏰ Сообщение № 123 («Неисправное освещение во дворе»): срок прошёл 13 мая, а ответа нет. " +
        "Отвечает: Жилищная служба района Кунцево.\n\n" +
        "Что дальше: служба и редактор уже знают и будут видеть его каждое рабочее утро. Если ответа не будет до 18 мая " +
        "включительно, о нём узнают руководитель службы и администрация.\n\n" +
        "Вам делать ничего не нужно: напишем, как только появится ответ.",
    );
  });

  test("the agency is reminded three days before, the day before and on the morning", () => {
    const lastLine = (now: string) =>
      said("due_reminder", { due: "2026-05-13" }, { now: at(`${now}T09:00`) })
        .split("\n")
        .at(-1);
    expect(lastLine("2026-05-10")).toBe("Последний день: 13 мая, осталось 3 дня.");
    expect(lastLine("2026-05-12")).toBe("Последний день: завтра, 13 мая.");
    expect(lastLine("2026-05-13")).toBe("Последний день: сегодня, 13 мая.");
  });

  test("a question without a reply: what it costs depends on who asked", () => {
    expect(said("reply_reminder", { due: "2026-05-13" }, { report: aView() })).toContain("придётся отклонить");
    expect(said("reply_reminder", { due: "2026-05-13" })).toContain("Срок службы пока стоит");
  });

  test("the author hears that the agency goes on, and why the date has moved", () => {
    expect(said("wait_ended", pause)).toBe(
      "▶️ Сообщение № 123 («Неисправное освещение во дворе») снова в работе: ответа на вопрос не было, служба продолжает без него.\n" +
        "Срок — до 14 мая включительно.\n" +
        "Срок стоял с 7 мая по 10 мая: 1 рабочий день с 13 мая → 14 мая",
    );
  });

  test("the card says that the date has passed, until the agency answers", () => {
    const now = at("2026-05-14T00:00");
    expect(said("author_card", {}, { now })).toContain("⏰ Срок прошёл 13 мая, ответа пока нет.");
    expect(said("author_card", {}, { now: at("2026-05-13T23:59") })).toContain("Срок — до 13 мая включительно.");
    const answered = anAssigned({ status: "answered" });
    expect(said("author_card", {}, { now, report: answered })).not.toContain("Срок прошёл");
  });

  test("many missed dates are one message, the oldest first, twenty lines at most", () => {
    const notices = Array.from({ length: 22 }, (_, i) => ({
      params: { due: i === 21 ? "2026-05-08" : "2026-05-11" },
      report: { id: i + 1, topicId: "yard-light" },
    }));
    const lines = renderTogether(readingIn("ru", MORNING), "overdue_staff", notices).text.text.split("\n");
    expect(lines[0]).toBe("🔴 Срок прошёл у 22 сообщений");
    expect(lines[2]).toBe("№ 22 · Неисправное освещение во дворе · срок прошёл 8 мая, 4 дня назад");
    expect(lines[3]).toBe("№ 1 · Неисправное освещение во дворе · срок прошёл 11 мая, 1 день назад");
    expect(lines.slice(2)).toHaveLength(21);
    expect(lines.at(-1)).toBe("и ещё 2");
  });

  test("the story of a date names every day that moved it", () => {
    const story = explainDates(readingIn("ru", MORNING), [
      { kind: "submitted", data: {} },
      { kind: "asked", data: { additionId: 0, answerId: null, until: "2026-05-01" } },
      { kind: "replied", data: { additionId: 0, pause: null } },
      { kind: "assigned", data: { agencyId: "housing-kuntsevo", due: eightDays } },
      { kind: "asked", data: { additionId: 1, answerId: 5, until: "2026-05-10" } },
      { kind: "wait_ended", data: pause },
      // An editor's own question stops the agency's clock as well.
      { kind: "asked", data: { additionId: 2, answerId: null, until: "2026-05-15" } },
      { kind: "replied", data: { additionId: 3, pause: sameDay } },
      { kind: "postponed", data: { from: "2026-05-14", to: "2026-05-20", reason: "ждём деталь" } },
      { kind: "returned", data: {} },
    ]);
    expect(story).toEqual([
      "Срок: 8 рабочих дней с 29 апреля, без 1 и 11 мая и выходных → 13 мая",
      "Вопрос жителю: срок стоит, ответа ждём до 10 мая включительно",
      "Срок стоял с 7 мая по 10 мая: 1 рабочий день с 13 мая → 14 мая",
      "Вопрос жителю: срок стоит, ответа ждём до 15 мая включительно",
      "На вопрос ответили в тот же день: срок прежний",
      "Перенесено с 14 мая на 20 мая: ждём деталь",
      "Ответ возвращён на доработку: срок прежний",
    ]);
  });
});

test("in English the same is said", () => {
  const missed = { due: "2026-05-13", escalatesOn: "2026-05-18" };
  expect(said("overdue", missed, { locale: "en", now: at("2026-05-14T08:00") })).toContain(
    "was due by 13 May and has no answer",
  );
  expect(said("due_reminder", { due: "2026-05-13" }, { locale: "en" })).toContain("Last day: tomorrow, 13 May.");
  const story = [{ kind: "assigned", data: { agencyId: "housing-kuntsevo", due: eightDays } }];
  expect(explainDates(readingIn("en", MORNING), [...story, { kind: "wait_ended", data: pause }]).slice(1)).toEqual([
    "The clock stood still from 7 May to 10 May: 1 working day from 13 May → 14 May",
  ]);
});

describe("a digest", () => {
  const digest = (differs: Partial<DigestParams>): DigestParams => ({
    agencyId: null,
    sections: [],
    agencies: [],
    troubles: {},
    warnings: [],
    ...differs,
  });
  const read = (kind: DigestNotice, params: DigestParams, locale = "ru"): string =>
    renderDigest(readingIn(locale, MORNING), kind, params).text.text;
  const items = (count: number, due: string) =>
    Array.from({ length: count }, (_, i) => ({ id: 100 + i, topicId: "yard-light", due }));

  test("of an agency: what it has missed, twenty lines and how many more", () => {
    const text = read(
      "digest_agency",
      digest({
        agencyId: "housing-kuntsevo",
        sections: [{ title: "overdue", total: 25, items: items(20, "2026-05-08") }],
      }),
    );
    const lines = text.split("\n");
    expect(lines.slice(0, 4)).toEqual([
      "📋 Сводка на сегодня: Жилищная служба района Кунцево",
      "",
      "Срок прошёл: 25",
      "№ 100 · Неисправное освещение во дворе · срок прошёл 8 мая, 4 дня назад",
    ]);
    expect(lines.filter((line) => line.startsWith("№"))).toHaveLength(20);
    expect(lines.at(-1)).toBe("и ещё 5");
  });

  test("of the editors: sections share the twenty lines, and none is lost", () => {
    const text = read(
      "digest_editors",
      digest({
        sections: [
          { title: "queue", total: 40, today: 12, items: [] },
          { title: "moderation_late", total: 18, items: items(18, "2026-05-08") },
          { title: "answers", total: 5, items: items(5, "2026-05-12") },
          { title: "disputes", total: 3, items: items(3, "2026-05-13") },
        ],
      }),
    );
    expect(text).toContain("На модерации: 40, сегодня последний день у 12\n\nМодерация опаздывает: 18\n");
    expect(text).toContain("Ответы на проверке: 5\n№ 100 · Неисправное освещение во дворе · сегодня, 12 мая");
    expect(
      read("digest_editors", digest({ sections: [{ title: "queue", total: 40, today: 1, items: [] }] }), "en"),
    ).toContain("In moderation: 40, today is the last day for 1");
    expect(text.split("\n").filter((line) => line.startsWith("№"))).toHaveLength(20);
    expect(text).toContain("и ещё 3\n\nНа контроле: 3\nи ещё 3");
  });

  test("of the admins: what the program could not do, and the calendar", () => {
    const params = digest({
      troubles: { undelivered: 3, blocked: 1, stuck: 2, failed_jobs: 5 },
      warnings: [
        { kind: "calendar_preliminary", year: 2027 },
        { kind: "calendar_ends", lastDay: "2026-12-31", daysLeft: 21 },
      ],
    });
    expect(read("digest_admins", params)).toBe(
      "🛠 Сводка администратора за неделю\n\n" +
        "⚠️ 2 сообщения больше часа ждут, пока программа сделает с ними следующий шаг. Посмотрите журнал: там сказано почему.\n" +
        "⚠️ Не выполнено 5 фоновых задач.\n" +
        "✉️ Не доставлены 3 уведомления.\n" +
        "✉️ 1 уведомление ждёт: получатель остановил бота.\n\n" +
        "📆 Рабочий календарь на 2027 год предварительный: когда выйдет постановление, замените его в файле города.\n" +
        "📆 Рабочий календарь заканчивается через 21 день, 31 декабря: добавьте следующий год.",
    );
    expect(read("digest_admins", params, "en")).toContain("3 notices could not be delivered.");
  });

  test("with nothing in it is not worth saying", () => {
    expect(isWorthSaying(digest({}))).toBe(false);
    expect(isWorthSaying(digest({ troubles: { stuck: 0 } }))).toBe(false);
    expect(isWorthSaying(digest({ troubles: { stuck: 1 } }))).toBe(true);
    expect(isWorthSaying(digest({ agencies: [{ agencyId: "roads", overdue: 1, escalated: 0 }] }))).toBe(true);
  });
});
