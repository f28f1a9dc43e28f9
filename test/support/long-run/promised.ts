/**
 * What the author's card has to promise, read once more from PRODUCT.md: who owes the next step, and until when by the report's own moments.
 * Only the agency's date is taken as it is stored: the tally counts that one.
 */
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { count, countBetween, dayOf, daysLater, hourOf } from "./almanac.ts";

const MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");

/** «13 мая» */
export const spoken = (day: string): string => {
  const [, month, date] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]}`;
};

/** The card without the line that counts days: that one changes with every day, and says of which day it is. */
export const withoutToday = (card: string): string => card.replaceAll(/\n(На|Сегодня,) \d+ .*/gu, "");

const lastDay = (dueAt: Date | null): string => (dueAt === null ? "never" : dayOf(new Date(dueAt.getTime() - 1)));

/** Everything that has to stand on it at this moment. */
export const promisedOn = (report: ReportRow, now: Date): RegExp[] => {
  const { statusAt, answeredAt, publishedAt, handlingDueAt, dueAt } = report;
  const isOver = (day: string): boolean => now >= hourOf(day, 24);
  const until = (day: string, inTime: string, late: string): RegExp =>
    new RegExp((isOver(day) ? late : inTime).replace("DAY", spoken(day)), "u");
  const workingDays = (days: number): string => count(dayOf(statusAt), { count: days, kind: "working" });
  const agencys = lastDay(handlingDueAt);
  switch (report.status) {
    case "submitted":
      // Taken apart from another one it keeps the date it had.
      return [
        until(lastDay(dueAt), "Редактор прочитает его до DAY включит", "Редактор должен был прочитать его до DAY"),
      ];
    case "needs_info":
      return [until(daysLater(dayOf(statusAt), 3), "Ждём вашего ответа до DAY включит", "Ждём вашего ответа до DAY")];
    case "assigned":
    case "planned":
      return [
        until(agencys, "Отвечает: .*\nСрок — до DAY включит", "Срок прошёл DAY, ответа пока нет"),
        ...(isOver(agencys) ? [] : [leftUntil(agencys, dayOf(now))]),
      ];
    case "answered": {
      const isInTime = answeredAt !== null && answeredAt < hourOf(agencys, 24);
      const kept = isInTime ? "в срок — он был" : "с опозданием — срок был";
      return [
        new RegExp(`Ответила: .*, ${kept} до ${spoken(agencys)} включит`, "u"),
        until(
          workingDays(1),
          "Ответ проверяет редактор — до DAY включит",
          "Редактор должен был проверить ответ до DAY",
        ),
      ];
    }
    case "published":
      return [until(daysLater(dayOf(publishedAt ?? statusAt), 10), "Проверка — до DAY включит", "Проверка — до DAY")];
    case "disputed":
      return [until(workingDays(3), "решит тот, кто не .* до DAY включит", "Решение нужно было до DAY")];
    case "rejected":
      return [/Причина: /u];
    case "merged":
    case "withdrawn":
    case "closed":
      return [/^(?![^]*включительно)/u];
  }
};

const leftUntil = (day: string, today: string): RegExp => {
  const days = countBetween(today, day, "working") || countBetween(today, day, "calendar");
  const left = days === 0 ? `Сегодня, ${spoken(today)}, последний день` : `На ${spoken(today)}: остал[а-я]* ${days} `;
  return new RegExp(left, "u");
};
