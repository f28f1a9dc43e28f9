/** The officer's answer on the engine of the resident's form. */
import { describe, expect, test } from "vitest";
import { emptyAnswer, readAnswer, type AnswerScene } from "../../../src/form/answer-draft.ts";
import { askAnswer, stepAnswer, type AnswerReply } from "../../../src/form/answer-questions.ts";
import type { Input } from "../../../src/form/input.ts";
import { demoCity } from "../../support/city.ts";
import { location, photo, pressesOf, SUMMER, text } from "../../support/form.ts";

const city = await demoCity();

/** Assigned to the lighting agency until the end of Monday the 27th of July; today is Wednesday the 15th. */
const scene = (differs: Partial<AnswerScene["report"]> = {}, lastAnswerId: number | null = null): AnswerScene => ({
  ...{ city, now: SUMMER, locale: "ru", lastAnswerId },
  report: {
    ...{ status: "assigned", districtId: "kuntsevo", agencyId: "lighting", postponements: 0, cycle: 1 },
    handlingDueAt: new Date("2026-07-27T21:00:00.000Z"),
    ...differs,
  },
});

const anAnswer = (begun: AnswerScene = scene()) => {
  let draft = emptyAnswer(1000, begun);
  let at = begun;
  const send = (input: Input): AnswerReply => {
    const taken = stepAnswer(readAnswer(structuredClone(draft)), input, at);
    draft = taken.draft;
    return taken.reply;
  };
  return {
    send,
    press: (press: string) => send({ kind: "press", turn: draft.turn, press }),
    /** The report goes on while the answer is written. */
    meanwhile: (next: AnswerScene) => (at = next),
    asked: () => askAnswer(draft, at),
    get draft() {
      return draft;
    },
  };
};

const WORDS = "Фонарь заменили, он горит";

describe("an answer", () => {
  test("is a photo with a caption and two taps", () => {
    const answer = anAnswer();
    answer.send(photo("after", { caption: WORDS }));
    expect(answer.asked().key).toBe("kind");
    answer.press("k:fixed");
    expect(answer.asked().key).toBe("preview");
    expect(answer.press("send")).toMatchObject({
      kind: "done",
      content: { kind: "fixed", words: WORDS, photos: [{ fileUniqueId: "after" }] },
    });
  });

  test("asks for the photo that «fixed» cannot go without, and collects an album until «готово»", () => {
    const answer = anAnswer();
    answer.send(text(WORDS));
    answer.press("k:fixed");
    expect(answer.asked()).toMatchObject({ key: "photos", buttons: [] });
    answer.send(photo("one", { albumId: "album" }));
    expect(answer.send(photo("two", { albumId: "album" }))).toEqual({ kind: "quiet" });
    answer.press("done");
    expect(answer.press("send")).toMatchObject({ kind: "done", content: { photos: [{}, {}] } });
  });

  test("says no more than it has to: «cannot fix» wants words, and a photo is welcome", () => {
    const answer = anAnswer();
    answer.press("k:cannot_fix");
    expect(answer.asked().key).toBe("description");
    answer.send(text("Опора на балансе частного лица"));
    expect(answer.asked().key).toBe("preview");
    answer.send(photo("proof"));
    answer.press("done");
    expect(answer.press("send")).toMatchObject({ content: { kind: "cannot_fix", photos: [{}] } });
  });

  test("may be words the city has ready for its kind, and for no other", () => {
    const answer = anAnswer();
    answer.press("k:planned");
    answer.send(text("15.12"));
    expect(pressesOf(answer.asked()).filter((press) => press.startsWith("w:"))).toEqual([
      "w:parts_ordered",
      "w:weather",
    ]);
    answer.press("w:replaced");
    expect(answer.draft.description).toBeNull();
    answer.press("w:weather");
    expect(answer.draft.description).toContain("при нынешней погоде");
  });

  test("takes no place, and loses nothing by being told one", () => {
    const answer = anAnswer();
    answer.send(text(WORDS));
    expect(answer.send(location())).toMatchObject({ kind: "hint", hint: { text: "answer.noPlace" } });
    expect(answer.draft.description).toBe(WORDS);
  });
});

describe("words too few for an answer", () => {
  test("are kept, named and added to, whatever is asked in between", () => {
    const answer = anAnswer();
    expect(answer.send(text("Готово"))).toMatchObject({
      kind: "ask",
      notes: [{ text: "answer.words.begun", params: { words: "Готово" } }],
      ask: { key: "kind" },
    });
    answer.press("k:fixed");
    expect(answer.asked().key).toBe("photos");
    answer.send(photo("after"));
    answer.press("done");
    expect(answer.asked()).toMatchObject({
      key: "description",
      lines: [{ text: "answer.words.opened", params: { words: "Готово" } }, { text: "answer.words.fixed" }],
    });
    expect(answer.send(text("да"))).toMatchObject({ kind: "hint", hint: { text: "description.tooShort" } });
    answer.send(text("лампу заменили"));
    expect(answer.press("send")).toMatchObject({ content: { words: "Готово\nда\nлампу заменили" } });
  });

  test("under a photo are kept with it", () => {
    const answer = anAnswer();
    expect(answer.send(photo("after", { caption: "Сделали" }))).toMatchObject({
      notes: [{ text: "answer.words.photoAndBegun", params: { words: "Сделали" } }],
      ask: { key: "kind" },
    });
    answer.press("k:fixed");
    expect(answer.send(text("Сделали, лампу заменили"))).toMatchObject({ ask: { key: "preview" } });
    expect(answer.draft).toMatchObject({ description: "Сделали, лампу заменили", opening: null, photos: [{}] });
  });

  test("give way to ready ones", () => {
    const answer = anAnswer();
    answer.send(text("Позже"));
    answer.press("k:planned");
    answer.send(text("15.12"));
    answer.press("w:weather");
    expect(answer.draft.description).not.toContain("Позже");
  });

  test("are no answer where another is asked for, nor once there is one", () => {
    const answer = anAnswer();
    answer.press("k:planned");
    expect(answer.send(text("завтра"))).toMatchObject({ kind: "hint", hint: { text: "answer.date.expects" } });
    expect(answer.draft.opening).toBeNull();
    answer.send(text("15.12"));
    answer.send(text("Ждём лампу со склада"));
    expect(answer.send(text("ок"))).toMatchObject({ kind: "hint", hint: { text: "answer.finished" } });
    expect(answer.press("send")).toMatchObject({ content: { words: "Ждём лампу со склада" } });
  });
});

describe("a text that comes when the answer has its words", () => {
  test("is offered to the answer by name, and added or taken instead", () => {
    const answer = anAnswer();
    answer.send(text(WORDS));
    answer.send(text("И плафон протёрли дочиста"));
    expect(answer.asked().buttons.map(([button]) => button?.label.text)).toEqual([
      "answer.spare.add",
      "answer.spare.replace",
      "button.dropSpare",
    ]);
    expect(answer.press("add")).toMatchObject({ chosen: { text: "answer.spare.placed" } });
    expect(answer.draft.description).toBe(`${WORDS}\nИ плафон протёрли дочиста`);
  });
});

describe("a later date", () => {
  test.each([
    ["до 15 декабря", "2026-12-15"],
    ["15.12", "2026-12-15"],
    ["15.12.2026", "2026-12-15"],
  ])("may be typed: %s", (typed, plannedOn) => {
    const answer = anAnswer();
    answer.press("k:planned");
    answer.send(text(typed));
    answer.send(text("Ждём лампу со склада"));
    expect(answer.press("send")).toMatchObject({ content: { kind: "planned", plannedOn } });
  });

  test("is offered on working days after the present one", () => {
    const answer = anAnswer();
    answer.press("k:planned");
    // Tuesday to Thursday after Monday the 27th; one, two and four weeks on.
    expect(pressesOf(answer.asked())).toEqual(
      ["28", "29", "30"].map((day) => `d:2026-07-${day}`).concat(["d:2026-08-03", "d:2026-08-10", "d:2026-08-24"]),
    );
  });

  test.each([
    ["15.07", "date_passed"],
    ["27 июля", "date_not_later"],
    ["28.07.2027", "date_too_far"],
    ["31.02", "expects"],
    ["через 2 недели", "expects"],
  ])("is asked for again when it is %s", (typed, hint) => {
    const answer = anAnswer();
    answer.press("k:planned");
    expect(answer.send(text(typed))).toMatchObject({ kind: "hint", hint: { text: `answer.date.${hint}` } });
    expect(answer.draft.plannedOn).toBeNull();
  });

  test("is not offered a third time, and an answer begun before asks for another kind", () => {
    const answer = anAnswer();
    answer.press("k:planned");
    answer.press("d:2026-07-28");
    answer.send(text("Ждём лампу со склада"));
    answer.meanwhile(scene({ postponements: 2 }));
    expect(answer.press("send")).toMatchObject({ kind: "stale" });
    expect(answer.asked().key).toBe("kind");
    expect(pressesOf(answer.asked())).not.toContain("k:planned");
    expect(answer.draft.description).toBe("Ждём лампу со склада");
  });
});

describe("a successor", () => {
  test("is chosen from pages of the others, or typed", () => {
    const answer = anAnswer();
    answer.press("k:not_ours");
    expect(pressesOf(answer.asked())).not.toContain("s:lighting");
    expect(pressesOf(answer.asked())).toContain("p:1");
    answer.press("p:1");
    expect(pressesOf(answer.asked())).toContain("p:0");
    answer.send(text("Дорожная служба"));
    expect(answer.draft.successorId).toBe("roads");
  });

  test("that may be several is asked once more, and one nobody is called is not taken", () => {
    const answer = anAnswer();
    answer.press("k:not_ours");
    expect(answer.send(text("мэрия"))).toMatchObject({ hint: { text: "answer.successor.unknown" } });
    answer.send(text("Жилслужба"));
    expect(pressesOf(answer.asked())).toContain("s:housing-kuntsevo");
    answer.press("s:housing-kuntsevo");
    expect(answer.draft.successorId).toBe("housing-kuntsevo");
    expect(answer.press("s:lighting")).toMatchObject({ kind: "stale" });
  });
});

describe("a colleague who was quicker", () => {
  test("is pointed out before anything is sent", () => {
    const answer = anAnswer();
    answer.send(photo("after", { caption: WORDS }));
    answer.press("k:fixed");
    answer.meanwhile(scene({}, 7));
    expect(answer.press("send")).toMatchObject({ kind: "stale", notes: [{ text: "answer.overtaken" }] });
    expect(answer.press("send")).toMatchObject({ kind: "done" });
  });

  test("is no matter in the next cycle: the answer begins anew, and buttons of the old one are old", () => {
    const answer = anAnswer();
    answer.send(photo("after", { caption: WORDS }));
    answer.press("k:fixed");
    answer.meanwhile(scene({ cycle: 2 }, 7));
    expect(answer.press("send")).toMatchObject({
      kind: "stale",
      notes: [{ text: "answer.anew" }],
      ask: { key: "kind" },
    });
    answer.send(photo("again", { caption: "Уложили асфальт заново" }));
    answer.press("k:fixed");
    expect(answer.press("send")).toMatchObject({
      content: { words: "Уложили асфальт заново", photos: [{ fileUniqueId: "again" }] },
    });
  });

  test("hears nothing of a draft in which nothing was told", () => {
    const answer = anAnswer();
    answer.press("k:fixed");
    answer.meanwhile(scene({ cycle: 2 }, 7));
    expect(answer.send({ kind: "show" })).toMatchObject({ kind: "ask", notes: [], ask: { key: "kind" } });
  });

  test("leaves the words to look at, add to or replace when an editor returned what was sent", () => {
    const answer = anAnswer();
    answer.send(photo("after", { caption: WORDS }));
    answer.press("k:fixed");
    answer.meanwhile(scene({}, 7));
    answer.send(text("И плафон протёрли дочиста"));
    expect(pressesOf(answer.asked())).toEqual(["add", "replace", "drop"]);
  });

  test("speaks for another agency, and so does not speak for this one", () => {
    const answer = anAnswer();
    answer.send(photo("after", { caption: WORDS }));
    answer.meanwhile(scene({ agencyId: "roads" }));
    expect(answer.send({ kind: "show" })).toMatchObject({ notes: [{ text: "answer.anew" }] });
    expect(answer.draft).toMatchObject({ description: null, photos: [], agencyId: "roads" });
  });
});
