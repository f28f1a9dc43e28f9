import { describe, expect, test } from "vitest";
import { loadDemoCity } from "../../support/demo-city.ts";
import {
  aFinishedForm,
  aForm,
  aTopic,
  location,
  photo,
  pressesOf,
  text,
  textsOf,
  withTopics,
} from "../../support/form.ts";

const city = await loadDemoCity();

const atPhotos = (isOptional = false) => {
  const form = aForm(withTopics(city, [aTopic("hole", { photo: isOptional ? "optional" : "required" })]));
  form.send({ kind: "topic", topicId: "hole" });
  form.send(location());
  form.send(text("Глубокая яма у второго подъезда"));
  return form;
};

const namesOf = (form: { draft: { photos: { fileUniqueId: string }[] } }) =>
  form.draft.photos.map(({ fileUniqueId }) => fileUniqueId);

describe("asked for photos", () => {
  test("one may send them one by one and end with «готово»", () => {
    const form = atPhotos();
    expect(pressesOf(form.asked())).toEqual([]);
    expect(textsOf(form.send(photo("a")))).toEqual(["photos.collect"]);
    expect(textsOf(form.send(photo("b")))).toEqual(["photos.collect"]);
    form.press("done");
    expect(namesOf(form)).toEqual(["a", "b"]);
    expect(form.asked().key).toBe("preview");
  });

  test("the fifth ends it by itself", () => {
    const form = atPhotos();
    for (const name of ["a", "b", "c", "d"]) form.send(photo(name));
    expect(form.send(photo("e"))).toMatchObject({ kind: "ask", ask: { key: "preview" } });
  });

  test("an album is answered once, however many it has", () => {
    const form = atPhotos();
    const replies = ["a", "b", "c"].map((name) => form.send(photo(name, { albumId: "album" })).kind);
    expect(replies).toEqual(["ask", "quiet", "quiet"]);
  });

  test("anything else told ends it, too", () => {
    const form = atPhotos();
    form.send(photo("a"));
    form.send(location());
    expect(form.asked().key).toBe("preview");
  });

  test("they cannot be skipped where the topic wants one, and can where it does not", () => {
    const required = atPhotos();
    expect(required.press("skip")).toMatchObject({ kind: "stale" });
    expect(required.send(text("нет фото"))).toMatchObject({ kind: "hint", hint: { text: "photos.expects" } });
    const optional = atPhotos(true);
    expect(pressesOf(optional.asked())).toEqual(["skip"]);
    optional.press("skip");
    expect(optional.asked().key).toBe("preview");
    expect(optional.press("send")).toMatchObject({ kind: "done", content: { photos: [] } });
  });
});

test("eleven photos in two albums leave the first five and are told so once an album", () => {
  const form = atPhotos();
  const albums = [...Array<string>(10).fill("first"), "second"];
  const replies = albums.map((albumId, i) => form.send(photo(`p${i}`, { albumId })));
  expect(namesOf(form)).toEqual(["p0", "p1", "p2", "p3", "p4"]);
  expect(replies.map(({ kind }) => kind)).toEqual([
    ...["ask", "quiet", "quiet", "quiet", "ask"],
    ...["hint", "quiet", "quiet", "quiet", "quiet"],
    "hint",
  ]);
  expect(replies[4]).toMatchObject({ ask: { key: "preview" } });
});

test("a photo that came before it was asked for needs no «готово»", () => {
  const form = aForm(city);
  expect(textsOf(form.send(photo("a")))).toEqual(["note.photo", "topic.ask"]);
  form.send({ kind: "topic", topicId: "pothole" });
  form.send(location());
  form.send(text("Глубокая яма у второго подъезда"));
  expect(form.asked().key).toBe("preview");
});

test("a photo sent twice is there once", () => {
  const form = atPhotos();
  form.send(photo("a"));
  expect(form.send(photo("a"))).toMatchObject({ kind: "hint", hint: { text: "photos.same" } });
  expect(namesOf(form)).toEqual(["a"]);
});

test("a photo at the preview is added, and the old preview cannot be sent", () => {
  const form = aFinishedForm(city);
  const old = form.draft.turn;
  expect(form.send(photo("more"))).toMatchObject({ ask: { key: "photos" } });
  expect(form.send({ kind: "press", turn: old, press: "send" })).toMatchObject({ kind: "stale" });
  form.press("done");
  expect(form.press("send")).toMatchObject({ kind: "done", content: { photos: [{}, {}] } });
});

test("a caption too short to describe anything searches a topic or is explained", () => {
  const form = aForm(city);
  form.send(photo("a", { caption: "яма" }));
  expect(form.draft).toMatchObject({ description: null, photos: [{}] });
  expect(pressesOf(form.asked())).toContain("t:pothole");
});

test("a caption where the description is known waits for its place", () => {
  const form = aFinishedForm(city);
  form.send(photo("more", { caption: "Вот она же, но ближе" }));
  expect(form.draft).toMatchObject({ photos: [{}, {}], spare: "Вот она же, но ближе" });
});
