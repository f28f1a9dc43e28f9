import { describe, expect, test } from "vitest";
import type { Question } from "../../../src/city/schema.ts";
import { loadDemoCity } from "../../support/demo-city.ts";
import { aForm, aTopic, location, photo, pressesOf, text, withTopics } from "../../support/form.ts";

const city = await loadDemoCity();
const title = { ru: "Сколько?", en: "How many?" };

/** A form at the topic's own questions. */
const asked = (...questions: Question[]) => {
  const form = aForm(withTopics(city, [aTopic("plain"), aTopic("own", { questions })]));
  form.send(photo("p", { caption: "Не работает третий день подряд" }));
  form.send({ kind: "topic", topicId: "own" });
  form.send(location());
  return form;
};

const floor: Question = { id: "floor", kind: "number", title, required: true, min: -2, max: 25 };
const lift: Question = {
  id: "lift",
  kind: "choice",
  title,
  required: true,
  options: [
    { id: "small", title: { ru: "Пассажирский", en: "Passenger" } },
    { id: "big", title: { ru: "Грузовой", en: "Freight" } },
  ],
};
const danger: Question = { id: "danger", kind: "yes_no", title, required: true };
const number: Question = { id: "number", kind: "text", title, required: false, maxLength: 12 };

describe("a number", () => {
  test.each([
    ["5", 5],
    ["5 этаж", 5],
    ["этаж 12", 12],
    ["-2", -2],
    [" 25.", 25],
  ])("is read out of «%s»", (words, answer) => {
    const form = asked(floor);
    form.send(text(words));
    expect(form.draft.answers).toEqual({ floor: answer });
  });

  test.each(["26", "-3", "пятый", "5 или 6"])("is not «%s», which is explained", (words) => {
    const form = asked(floor);
    expect(form.send(text(words))).toMatchObject({ kind: "hint", hint: { text: "own.expectsNumber" } });
    expect(form.asked().key).toBe("own.floor");
  });
});

test("a choice takes its own options and nothing else", () => {
  const form = asked(lift);
  expect(pressesOf(form.asked())).toEqual(["o:small", "o:big"]);
  expect(form.press("o:huge")).toMatchObject({ kind: "stale" });
  expect(form.send(text("большой"))).toMatchObject({ hint: { text: "own.expectsChoice" } });
  form.press("o:big");
  expect(form.draft.answers).toEqual({ lift: "big" });
});

test("yes and no are answers, both of them", () => {
  for (const [press, answer] of [
    ["y", true],
    ["n", false],
  ] as const) {
    const form = asked(danger);
    form.press(press);
    expect(form.draft.answers).toEqual({ danger: answer });
    expect(form.asked().key).toBe("preview");
  }
});

test("a text longer than it may be is explained and asked again", () => {
  const form = asked(number);
  expect(form.send(text("слишком длинный номер"))).toMatchObject({ hint: { text: "own.expectsText" } });
  form.send(text("А123БВ77"));
  expect(form.draft.answers).toEqual({ number: "А123БВ77" });
});

test("only what is not required can be skipped, and answered all the same later", () => {
  expect(asked(danger).press("skip")).toMatchObject({ kind: "stale" });
  const form = asked(number);
  form.press("skip");
  expect(form.asked().key).toBe("preview");
  form.press("e:own.number");
  form.send(text("А123БВ77"));
  expect(form.press("send")).toMatchObject({ content: { answers: { number: "А123БВ77" } } });
});

test("all are asked in the order of the city file", () => {
  const form = asked(danger, floor, number);
  form.press("y");
  expect(form.asked().key).toBe("own.floor");
  form.send(text("3"));
  expect(form.asked().key).toBe("own.number");
});

test("another topic's answers do not get into the report, and are there again when the resident goes back", () => {
  const form = asked(floor);
  form.send(text("3"));
  form.press("e:topic");
  form.press("t:plain");
  form.send({ kind: "topic", topicId: "plain" });
  expect(form.asked().key).toBe("preview");
  form.send({ kind: "topic", topicId: "own" });
  expect(form.asked().key).toBe("preview");
  expect(form.press("send")).toMatchObject({ kind: "done", content: { topicId: "own", answers: { floor: 3 } } });
});

test("an edit of a question that the new topic does not have is over", () => {
  const form = asked(floor);
  form.send(text("3"));
  form.press("e:own.floor");
  form.send({ kind: "topic", topicId: "plain" });
  expect(form.asked().key).toBe("preview");
  form.send({ kind: "topic", topicId: "own" });
  expect(form.asked().key).toBe("preview");
});

test("an answer the city file no longer allows is asked again", () => {
  const before = asked(floor);
  before.send(text("20"));
  const lower = withTopics(city, [aTopic("own", { questions: [{ ...floor, max: 9 }] })]);
  const after = aForm(lower, before.scene.now, before.draft);
  expect(after.asked().key).toBe("own.floor");
});
