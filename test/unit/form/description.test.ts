import { describe, expect, test } from "vitest";
import { loadDemoCity } from "../../support/demo-city.ts";
import { aFinishedForm, aForm, location, photo, pressesOf, text, textsOf } from "../../support/form.ts";

const city = await loadDemoCity();

const atDescription = () => {
  const form = aForm(city);
  form.send({ kind: "topic", topicId: "pothole" });
  form.send(location());
  return form;
};

describe("the description", () => {
  test.each([
    ["9 characters", "a".repeat(9), "description.tooShort"],
    ["10 characters", "a".repeat(10), null],
    ["1000 characters", "a".repeat(1000), null],
    ["1001 characters", "a".repeat(1001), "description.tooLong"],
  ])("of %s", (_, words, hint) => {
    const form = atDescription();
    expect(form.asked().key).toBe("description");
    const reply = form.send(text(words));
    expect(reply).toMatchObject(hint === null ? { kind: "ask" } : { kind: "hint", hint: { text: hint } });
    expect(form.draft.description).toBe(hint === null ? words : null);
  });

  test("that is too long is kept until it is cut at a word or replaced", () => {
    const words = "слово ".repeat(600).trim();
    const cut = atDescription();
    cut.send(text(words));
    expect(cut.asked()).toMatchObject({ lines: [{ text: "description.overlong" }], buttons: [[{ press: "cut" }]] });
    cut.press("cut");
    expect(cut.draft.description).toMatch(/слово$/);
    expect(cut.draft.description?.length).toBeLessThanOrEqual(1000);
    expect(words.startsWith(cut.draft.description ?? "?")).toBe(true);

    const replaced = atDescription();
    replaced.send(text(words));
    replaced.send(text("Коротко и ясно"));
    expect(replaced.draft).toMatchObject({ description: "Коротко и ясно", overlong: null });
  });

  test("never has half of an emoji", () => {
    const form = atDescription();
    form.send(text(`${"a".repeat(999)}🙂🙂`));
    form.press("cut");
    expect(form.draft.description).toBe("a".repeat(999));
  });

  test("may be the caption of a photo that is longer than it may be", () => {
    const form = aForm(city);
    form.send(photo("p", { caption: "длинно ".repeat(200) }));
    expect(form.draft).toMatchObject({ description: null, photos: [{}], overlong: expect.any(String) });
    form.send({ kind: "topic", topicId: "pothole" });
    form.send(location());
    expect(pressesOf(form.asked())).toEqual(["cut"]);
  });
});

describe("a correction of the message it stands in", () => {
  test("corrects it, caption or text, as long as it is not sent", () => {
    const form = aForm(city);
    form.send({ ...photo("p", { caption: "Глубокая яма у подезда" }), messageId: 500 });
    const reply = form.send({ kind: "edited", messageId: 500, text: "Глубокая яма у подъезда" });
    expect(textsOf(reply)).toContain("edited.taken");
    expect(form.draft.description).toBe("Глубокая яма у подъезда");
  });

  test("into something too short changes nothing", () => {
    const form = aForm(city);
    form.send({ ...photo("p", { caption: "Глубокая яма у подъезда" }), messageId: 500 });
    expect(form.send({ kind: "edited", messageId: 500, text: "яма" })).toMatchObject({ kind: "hint" });
    expect(form.draft.description).toBe("Глубокая яма у подъезда");
  });

  test("of any other message is explained", () => {
    const form = aFinishedForm(city);
    const before = form.draft;
    expect(form.send({ kind: "edited", messageId: 999_999, text: "Совсем другой текст" })).toMatchObject({
      hint: { text: "edited.ignored" },
    });
    expect(form.draft).toEqual(before);
  });
});

describe("a text that came when every text was told", () => {
  const told = () => {
    const form = aFinishedForm(city);
    form.send(text("И ещё там торчит арматура"));
    return form;
  };

  test("waits for its place and everything else waits for it", () => {
    const form = told();
    expect(form.asked().key).toBe("spare");
    expect(pressesOf(form.asked())).toEqual(["add", "replace", "drop"]);
  });

  test("is added to the description", () => {
    const form = told();
    form.press("add");
    expect(form.draft.description).toBe("Глубокая яма у второго подъезда\nИ ещё там торчит арматура");
    expect(form.asked().key).toBe("preview");
  });

  test("replaces it", () => {
    const form = told();
    form.press("replace");
    expect(form.draft.description).toBe("И ещё там торчит арматура");
  });

  test("or is left out", () => {
    const form = told();
    form.press("drop");
    expect(form.draft).toMatchObject({ description: "Глубокая яма у второго подъезда", spare: null });
  });

  test("grows with the next one", () => {
    const form = told();
    form.send(text("и доска с гвоздями"));
    expect(form.draft.spare).toBe("И ещё там торчит арматура\nи доска с гвоздями");
  });

  test("that makes the description too long is kept whole until it is cut", () => {
    const form = aFinishedForm(city);
    form.send(text("б".repeat(990)));
    form.press("add");
    expect(form.draft).toMatchObject({ description: "Глубокая яма у второго подъезда", spare: null });
    expect(pressesOf(form.asked())).toEqual(["cut", "keep"]);
    form.press("keep");
    expect(form.draft).toMatchObject({ description: "Глубокая яма у второго подъезда", overlong: null });
    expect(form.asked().key).toBe("preview");
  });

  test("is only «спасибо» when it is short, and changes nothing", () => {
    const form = aFinishedForm(city);
    expect(form.send(text("спасибо"))).toMatchObject({ kind: "hint", hint: { text: "preview.expects" } });
    expect(form.asked().key).toBe("preview");
  });
});
