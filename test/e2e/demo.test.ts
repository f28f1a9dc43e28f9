import { expect, test } from "vitest";
import { playDemo } from "../../src/demo.ts";

/** The chat of that title, as text. */
const chatOf = (transcript: string, title: string): string =>
  transcript.split("━━━ ").find((chat) => chat.startsWith(title)) ?? "";

/** Whether these stand in the text in this order, each after the one before. */
const inOrder = (text: string, milestones: readonly (string | RegExp)[]): string[] => {
  const missing: string[] = [];
  let from = 0;
  for (const milestone of milestones) {
    const rest = text.slice(from);
    const at = typeof milestone === "string" ? rest.indexOf(milestone) : rest.search(milestone);
    if (at < 0) missing.push(String(milestone));
    else from += at + 1;
  }
  return missing;
};

test("the demo tells the whole life of a report, each chat in its language and on the city's days", async () => {
  const transcript = await playDemo();
  expect(
    inOrder(chatOf(transcript, "Мария Орлова"), [
      "среда, 29 апреля",
      "Номер вашего сообщения — 1",
      "у редактора вопрос",
      "Спасибо, ответ записан",
      "передано: Дорожная служба",
      "8 рабочих дней с 29 апреля, без 1 и 11 мая и выходных → 13 мая",
      "четверг, 7 мая",
      "служба пишет, что проблема устранена",
      "на контроле",
      "возвращено в работу",
      "закрыто: устранено. Подтвердили автор и ещё 1",
      "передано другой службе: Жилищная служба",
      "срок перенесён с 28 мая на 3 июня",
      "№ 3: спасибо, ваш голос учтён",
      /№ 3.*закрыто: устранено\. Подтвердил автор/,
    ]),
  ).toEqual([]);
  expect(
    inOrder(chatOf(transcript, "Emma Clark"), [
      "The number of your report is 2",
      "was merged into No. 1",
      "the agency says it is fixed",
      "is under inspection",
      "is back in progress",
      "your vote was the one still needed",
      "No. 4 (“Broken bench in the yard”) was rejected",
      "Correcting report No. 4",
      "passed on to: Kuntsevo Housing Service",
      "пятница, 26 июня",
      "was due by 25 June and has no answer",
    ]),
  ).toEqual([]);
  expect(
    inOrder(chatOf(transcript, "Редакция"), [
      "В правой, сразу за остановкой",
      "ответ возвращён службе: На фото не дорога",
      "№ 3 · перенесено на 3 июня",
    ]),
  ).toEqual([]);
  expect(
    inOrder(chatOf(transcript, "Пётр Ильин"), ["что осталось сделать", "№ 1 возвращено службе, срок — до 18 мая"]),
  ).toEqual([]);
  expect(
    inOrder(chatOf(transcript, "Жилслужба Кунцево"), [
      "понедельник, 22 июня",
      "Последний день: 25 июня, осталось 3 дня",
      "Последний день: завтра, 25 июня",
      "Последний день: сегодня, 25 июня",
      "Срок прошёл 25 июня, ответа нет",
      "понедельник, 29 июня",
      "Сводка на сегодня",
    ]),
  ).toEqual([]);
  for (const title of ["Вера Кузнецова", "Ольга Громова"]) {
    expect(
      inOrder(chatOf(transcript, title), ["среда, 1 июля", /№ 4[^]*за три рабочих дня после него ответа не было/]),
    ).toEqual([]);
  }
}, 180_000);
