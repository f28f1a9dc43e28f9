import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findAddresses } from "../../../src/city/addresses.ts";
import type { Question, Topic } from "../../../src/city/schema.ts";
import { readDraft, type Draft } from "../../../src/form/draft.ts";
import { WRONG_KINDS, type Input } from "../../../src/form/input.ts";
import { loadDemoCity } from "../../support/demo-city.ts";
import {
  aForm,
  aTopic,
  faultsOf,
  INSIDE,
  location,
  MOUNTAIN,
  photo,
  pressesOf,
  withTopics,
} from "../../support/form.ts";
import type { Form } from "../../support/form.ts";

const demo = await loadDemoCity();

const title = { ru: "Вопрос", en: "Question" };
const aQuestion: fc.Arbitrary<Question> = fc
  .record({ id: fc.constantFrom("a", "b", "c", "d"), required: fc.boolean(), title: fc.constant(title) })
  .chain((asked) =>
    fc.constantFrom<Question>(
      { ...asked, kind: "text", maxLength: 40 },
      { ...asked, kind: "number", min: -2, max: 25 },
      { ...asked, kind: "yes_no" },
      {
        ...asked,
        kind: "choice",
        options: [
          { id: "x", title },
          { id: "y", title },
        ],
      },
    ),
  );

const someTopics: fc.Arbitrary<Topic[]> = fc
  .array(
    fc.record({
      photo: fc.constantFrom("required" as const, "optional" as const),
      emergency: fc.boolean(),
      season: fc.constantFrom(undefined, { from: "11-01", to: "03-31" }, { from: "05-01", to: "09-30" }),
      questions: fc.uniqueArray(aQuestion, { maxLength: 4, selector: ({ id }) => id }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  // The first is open all year, so that there is always something to report.
  .map((topics) => topics.map((topic, i) => aTopic(`t${i}`, { ...topic, season: i === 0 ? undefined : topic.season })));

const LONG = "Во дворе второй месяц не вывозят мусор, контейнеры переполнены, и ветер разносит всё по детской площадке";
const someText = fc.oneof(
  fc.constantFrom("t0", "тема t1", "яма", "не горит фонарь", "да", "12", "5 этаж", LONG, LONG.repeat(12)),
  fc.constantFrom("Ярцевская улица, 14", "Ярцевская 14", "Рублёвское шоссе", "Нигдейная улица, 7", "Молодёжная"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }).map((text) => text.trim() || "…"),
);

/** What a person may do next; `button` takes one of those that are shown, `old` one of an earlier question. */
type Move =
  { kind: "input"; input: Input } | { kind: "button" | "old"; pick: number } | { kind: "forged"; press: string };

const someInput: fc.Arbitrary<Input> = fc.oneof(
  someText.chain((text) =>
    fc.integer({ min: 1, max: 50 }).map((messageId) => ({ kind: "text", text, messageId }) as const),
  ),
  fc
    .record({ name: fc.nat(8), caption: fc.option(someText), albumId: fc.constantFrom(null, "album1", "album2") })
    .map(({ name, ...more }) => photo(`p${name}`, more)),
  fc.constantFrom(location(), location({ lat: 55.74, lon: 37.405 }), location(MOUNTAIN)),
  fc.record({ kind: fc.constant("edited" as const), text: someText, messageId: fc.integer({ min: 1, max: 50 }) }),
  fc.nat(13).map((i) => ({ kind: "topic" as const, topicId: `t${i}` })),
  fc
    .constantFrom(...WRONG_KINDS)
    .chain((what) => fc.option(someText).map((caption) => ({ kind: "wrong" as const, what, caption, messageId: 60 }))),
  fc.constant({ kind: "show" as const }),
);

const someMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: someInput.map((input) => ({ kind: "input", input }) as const) },
  { weight: 3, arbitrary: fc.nat(40).map((pick) => ({ kind: "button", pick }) as const) },
  { weight: 1, arbitrary: fc.nat(40).map((pick) => ({ kind: "old", pick }) as const) },
  {
    weight: 1,
    arbitrary: fc
      .oneof(fc.string(), fc.constantFrom("t:none", "o:zz", "a:9", "d:none", "e:none", "skip", "done"))
      .map((press) => ({ kind: "forged", press }) as const),
  },
);

/** What a draft has been told, for comparing before and after. */
const answersOf = (draft: Draft): string =>
  JSON.stringify([
    draft.topicId,
    draft.place,
    draft.description,
    draft.photos,
    draft.answers,
    draft.spare,
    draft.heard,
  ]);

describe("whatever a person does", () => {
  test("there is always a next question, nothing told is lost, and what is sent is a right report", () => {
    fc.assert(
      fc.property(someTopics, fc.array(someMove, { maxLength: 40 }), (topics, moves) => {
        const city = withTopics(demo, topics);
        const form = aForm(city);
        const shown: { turn: number; press: string }[] = [];
        for (const move of moves) {
          const before = form.draft;
          const asked = form.asked();
          const buttons = pressesOf(asked).map((press) => ({ turn: asked.turn, press }));
          shown.push(...buttons);
          const pick = "pick" in move ? (move.kind === "old" ? shown : buttons).at(move.pick % 41) : undefined;
          if ("pick" in move && pick === undefined) continue;
          const input: Input =
            move.kind === "input"
              ? move.input
              : { kind: "press", turn: before.turn, press: "press" in move ? move.press : "", ...pick };
          const reply = form.send(input);
          if (reply.kind === "done") {
            expect(faultsOf(reply.content, city)).toEqual([]);
            return;
          }
          const after = form.draft;
          expect(form.asked().lines.length).toBeGreaterThan(0);
          for (const { press } of form.asked().buttons.flat()) expect(press).toMatch(/^[\x20-\x7e]{1,40}$/);
          expect(readDraft(JSON.parse(JSON.stringify(after)))).toEqual(after);
          const isDropped = input.kind === "press" && ["other", "clear", "skip", "drop"].includes(input.press);
          if (!isDropped) expectKept(before, after);
          const mayDescribe = ["description", "spare"].includes(asked.key) || input.kind === "edited";
          if (before.description !== null && !mayDescribe) expect(after.description).toBe(before.description);
          if (before.spare !== null && input.kind !== "press") expect(after.spare).toContain(before.spare);
          if (reply.kind === "stale") expect(answersOf(after)).toBe(answersOf(before));
          if (input.kind === "text" && reply.kind === "ask" && !isRead(input.text))
            expect(JSON.stringify(after)).toContain(quoted(input.text));
        }
      }),
      { numRuns: 600 },
    );
  });
});

/** An address or a number is kept as what it means and not as it was written. */
const isRead = (text: string): boolean =>
  findAddresses(demo, text).length === 1 || /^\D{0,12}-?\d{1,9}\D{0,12}$/.test(text);

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

const expectKept = (before: Draft, after: Draft): void => {
  for (const answer of ["topicId", "place", "description"] as const)
    if (before[answer] !== null) expect(after[answer], answer).not.toBeNull();
  expect(after.photos.slice(0, before.photos.length)).toEqual(before.photos);
  expect(Object.keys(after.answers)).toEqual(expect.arrayContaining(Object.keys(before.answers)));
};

/** Answers what is asked in the one obvious way, until the report is sent. */
const finish = (form: Form, description: string) => {
  for (let steps = 0; steps < 40; steps += 1) {
    const { key, buttons } = form.asked();
    const presses = pressesOf({ buttons });
    const choice = ["insist", "replace", "text", "heard", "done", "skip", "o:x", "y", "send"].find((press) =>
      presses.includes(press),
    );
    if (choice === undefined)
      form.send({ kind: "text", text: key.startsWith("own.") ? "7" : description, messageId: 99 });
    else {
      const reply = form.press(choice);
      if (reply.kind === "done") return reply.content;
    }
  }
  throw new Error(`Still asked: ${JSON.stringify(form.asked())}`);
};

const someDescription = fc
  .oneof(
    fc.constantFrom(LONG, "не горит фонарь у подъезда", "тема t0 сломалась", "сломанная лавочка"),
    fc.string({ unit: "grapheme", minLength: 10, maxLength: 200 }),
  )
  .map((text) => text.trim())
  .filter((text) => text.length >= 10 && text.length <= 1000 && findAddresses(demo, text).length === 0);

const somePlace = fc.constantFrom<Input>(location(), location(INSIDE), {
  kind: "text",
  text: "Ярцевская улица, 14",
  messageId: 70,
});

describe("the same inputs in any order", () => {
  const facts = fc
    .record({
      topics: someTopics,
      description: someDescription,
      place: somePlace,
      photos: fc.integer({ min: 1, max: 5 }),
      isCaption: fc.boolean(),
    })
    .chain((told) => {
      const { description, place, photos, isCaption } = told;
      const inputs: Input[] = [
        { kind: "topic", topicId: "t0" },
        place,
        ...Array.from({ length: photos }, (_, i) =>
          photo(`p${i}`, { caption: isCaption && i === 0 ? description : null }),
        ),
        ...(isCaption ? [] : [{ kind: "text", text: description, messageId: 71 } as const]),
      ];
      const order = () => fc.shuffledSubarray(inputs, { minLength: inputs.length });
      return fc.record({ told: fc.constant(told), one: order(), other: order() });
    });

  test("make the same report", () => {
    fc.assert(
      fc.property(facts, ({ told: { topics, description }, one, other }) => {
        const [first, second] = [one, other].map((inputs) => {
          const form = aForm(withTopics(demo, topics));
          for (const input of inputs) form.send(input);
          const content = finish(form, description);
          return { ...content, photos: content.photos.map(({ fileUniqueId }) => fileUniqueId).toSorted() };
        });
        expect(first).toEqual(second);
        expect(first?.description).toBe(description);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a finished draft", () => {
  test("stays a right report through any edits", () => {
    fc.assert(
      fc.property(someTopics, fc.array(fc.tuple(fc.nat(9), someInput), { maxLength: 12 }), (topics, edits) => {
        const city = withTopics(demo, topics);
        const form = aForm(city);
        form.send(photo("first", { caption: LONG }));
        form.send({ kind: "topic", topicId: "t0" });
        form.send(location());
        for (const [pick, input] of edits) {
          const press = pressesOf(form.asked())
            .filter((one) => one !== "send")
            .at(pick % 10);
          if (press !== undefined) form.press(press);
          form.send(input);
        }
        for (let i = 0; i < 3 && form.asked().key === "spare"; i += 1) form.press("drop");
        if (form.draft.topicId === null || form.asked().key === "topic") form.send({ kind: "topic", topicId: "t0" });
        if (form.draft.photos.length === 0) form.send(photo("again"));
        if (form.asked().key === "place") form.send(location());
        const content = finish(form, LONG);
        expect(faultsOf(content, city)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
