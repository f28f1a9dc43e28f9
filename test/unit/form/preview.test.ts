import { describe, expect, test } from "vitest";
import { WRONG_KINDS } from "../../../src/form/input.ts";
import { readDraft } from "../../../src/form/draft.ts";
import { loadDemoCity } from "../../support/demo-city.ts";
import { aFinishedForm, aForm, faultsOf, location, photo, pressesOf, text, textsOf } from "../../support/form.ts";

const city = await loadDemoCity();

test("photo with caption, topic, location: then there is nothing left but to send it", () => {
  const form = aForm(city);
  form.send(photo("first", { caption: "Глубокая яма у второго подъезда" }));
  form.press("t:pothole");
  form.send(location());
  const reply = form.press("send");
  expect(reply.kind === "done" && faultsOf(reply.content, city)).toEqual([]);
});

describe("the preview", () => {
  test("shows every answer and a way to change it", () => {
    const form = aFinishedForm(city);
    expect(form.asked().lines.map((say) => say.text)).toEqual([
      "preview.title",
      "preview.line",
      "preview.line",
      "preview.line",
      "preview.line",
      "preview.ask",
    ]);
    expect(pressesOf(form.asked())).toEqual(["send", "e:topic", "e:place", "e:description", "e:photos"]);
  });

  test("cannot be sent from an older message, whatever changed since", () => {
    const form = aFinishedForm(city);
    const old = form.draft.turn;
    form.send(location({ lat: 55.7415, lon: 37.4175 }));
    expect(form.asked().key).toBe("preview");
    expect(form.send({ kind: "press", turn: old, press: "send" })).toMatchObject({ kind: "stale" });
    expect(form.press("send")).toMatchObject({ kind: "done" });
  });

  test("cannot be sent by a forged press while anything is missing", () => {
    const form = aForm(city);
    form.send(photo("p", { caption: "Глубокая яма у второго подъезда" }));
    expect(form.press("send")).toMatchObject({ kind: "stale" });
  });
});

describe("an edit", () => {
  test.each([
    ["place", location({ lat: 55.7415, lon: 37.4175 })],
    ["description", text("Совсем другое описание этой ямы")],
  ])("of the %s takes the new answer and goes back to the preview", (key, input) => {
    const form = aFinishedForm(city);
    const before = form.draft;
    form.press(`e:${key}`);
    expect(form.asked().key).toBe(key);
    form.send(input);
    expect(form.asked().key).toBe("preview");
    expect(form.draft).not.toMatchObject({ place: before.place, description: before.description });
  });

  test("may be left with everything as it was", () => {
    for (const key of ["topic", "place", "description", "photos"]) {
      const form = aFinishedForm(city);
      const { topicId, place, description, photos } = form.draft;
      form.press(`e:${key}`);
      expect(pressesOf(form.asked())).toContain("keep");
      form.press("keep");
      expect(form.asked().key).toBe("preview");
      expect(form.draft).toMatchObject({ topicId, place, description, photos });
    }
  });

  test("of the photos adds, removes and ends", () => {
    const form = aFinishedForm(city);
    form.press("e:photos");
    form.send(photo("second"));
    expect(form.draft.photos).toHaveLength(2);
    form.press("clear");
    expect(pressesOf(form.asked())).not.toContain("keep");
    form.send(photo("third"));
    form.press("done");
    expect(form.draft.photos.map(({ fileUniqueId }) => fileUniqueId)).toEqual(["third"]);
    expect(form.asked().key).toBe("preview");
  });

  test("of the topic asks what the new one wants besides", () => {
    const form = aFinishedForm(city);
    form.press("e:topic");
    form.send(text("фонарь во дворе"));
    form.press("t:yard-light");
    expect(form.asked().key).toMatch(/^own\./);
  });

  test("goes on while something else is told", () => {
    const form = aFinishedForm(city);
    form.press("e:description");
    form.send(location({ lat: 55.7415, lon: 37.4175 }));
    expect(form.asked().key).toBe("description");
    expect(form.draft.place?.point).toEqual({ lat: 55.7415, lon: 37.4175 });
  });
});

describe("a press", () => {
  test("of an older question changes nothing and brings the present one", () => {
    const form = aForm(city);
    const old = form.draft.turn;
    form.send({ kind: "topic", topicId: "pothole" });
    const before = form.draft;
    expect(form.send({ kind: "press", turn: old, press: "t:yard-light" })).toMatchObject({
      kind: "stale",
      ask: { key: "place" },
    });
    expect(form.draft).toEqual(before);
  });

  test("twice is taken once, without a word about the second", () => {
    const form = aForm(city);
    const { turn } = form.draft;
    form.send({ kind: "press", turn, press: "t:pothole" });
    expect(form.send({ kind: "press", turn, press: "t:pothole" })).toEqual({ kind: "quiet" });
    expect(form.draft.topicId).toBe("pothole");
  });

  test("stays good while photos of an album trickle in", () => {
    const form = aForm(city);
    form.send(photo("a", { albumId: "album", caption: "Большая яма на дороге" }));
    const { turn } = form.draft;
    form.send(photo("b", { albumId: "album" }));
    expect(form.send({ kind: "press", turn, press: "t:pothole" })).toMatchObject({ kind: "ask" });
    expect(form.draft).toMatchObject({ topicId: "pothole", photos: [{}, {}] });
  });

  test.each(["", "t:", "t:none", "c:none", "p:-1", "p:x", "a:0", "d:none", "own", "keep", "🙂"])(
    "that says «%s» is nothing anybody offered",
    (press) => {
      const form = aForm(city);
      const before = form.draft;
      expect(form.press(press)).toMatchObject({ kind: "stale" });
      expect(form.draft).toEqual(before);
    },
  );
});

test.each(WRONG_KINDS)("%s is explained, the words under it are taken, and the question stays", (what) => {
  const form = aForm(city);
  form.send({ kind: "topic", topicId: "pothole" });
  const caption = "Яма появилась после ремонта труб в мае, и с каждым дождём она становится всё глубже";
  const reply = form.send({ kind: "wrong", what, caption, messageId: 7 });
  expect(reply).toMatchObject({ kind: "hint", hint: { text: `wrong.${what}` }, ask: { key: "place" } });
  expect(form.draft.description).toBe(caption);
});

test("showing the question again changes nothing", () => {
  const form = aFinishedForm(city);
  const before = form.draft;
  expect(textsOf(form.send({ kind: "show" }))[0]).toBe("preview.title");
  expect(form.draft).toEqual(before);
});

describe("a draft out of the database", () => {
  test("of an earlier version keeps what can still be read", () => {
    const { draft } = aFinishedForm(city);
    const stored = {
      topicId: draft.topicId,
      photos: draft.photos,
      place: { somewhere: true },
      description: 12,
      turn: 5,
    };
    expect(readDraft(stored)).toMatchObject({
      topicId: "pothole",
      photos: draft.photos,
      place: null,
      description: null,
      turn: 5,
      topicList: { page: 0 },
    });
  });

  test("that is nothing at all is an empty one", () => {
    for (const stored of [null, 5, "x", []]) expect(readDraft(stored)).toMatchObject({ topicId: null, photos: [] });
  });
});
