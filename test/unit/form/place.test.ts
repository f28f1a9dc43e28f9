import { describe, expect, test } from "vitest";
import { loadDemoCity } from "../../support/demo-city.ts";
import { aFinishedForm, aForm, INSIDE, location, MOUNTAIN, pressesOf, text, textsOf } from "../../support/form.ts";

const city = await loadDemoCity();

const atPlace = () => {
  const form = aForm(city);
  form.send({ kind: "topic", topicId: "pothole" });
  return form;
};

test("a pin, a venue, a live location fill the place whatever is asked", () => {
  for (const source of ["location", "venue", "live"] as const) {
    const form = aForm(city);
    const reply = form.send({ kind: "location", point: INSIDE, address: null, source });
    expect(form.draft.place).toMatchObject({ point: INSIDE, districtId: "kuntsevo", source });
    expect(textsOf(reply)[0]).toBe("preview.line");
    expect(form.asked().key).toBe("topic");
  }
});

test("a venue keeps its own address, a pin is named by the house beside it", () => {
  const form = aForm(city);
  form.send({ kind: "location", point: INSIDE, address: "Школа, Кунцевская улица", source: "venue" });
  expect(form.draft.place?.address).toBe("Школа, Кунцевская улица");
  form.send(location());
  expect(form.draft.place?.address).toBe("Кунцевская улица, 10");
});

test("a point outside the city is refused and the place told before stays", () => {
  const form = aFinishedForm(city);
  const before = form.draft.place;
  expect(form.send(location(MOUNTAIN))).toMatchObject({ kind: "hint", hint: { text: "place.outside" } });
  expect(form.draft.place).toEqual(before);
});

describe("a typed address", () => {
  test("that is one house is the place", () => {
    const form = atPlace();
    form.send(text("ярцевская 14"));
    expect(form.draft.place).toMatchObject({ address: "Ярцевская улица, 14", source: "typed" });
    expect(form.draft.place?.point).not.toBeNull();
  });

  test("without a known house is asked back, with the street, another way and the description to choose", () => {
    const form = atPlace();
    expect(textsOf(form.send(text("Ярцевская улица")))).toEqual(["place.onlyStreet"]);
    expect(pressesOf(form.asked())).toEqual(["a:0", "none", "text"]);
    form.press("a:0");
    expect(form.draft.place).toMatchObject({ address: "Ярцевская улица", districtId: expect.any(String) });
  });

  test("that nobody knows is kept as it is, with a district chosen for it", () => {
    const form = atPlace();
    expect(textsOf(form.send(text("Нигдейная улица, 7")))).toEqual(["place.unknown"]);
    expect(pressesOf(form.asked())).toEqual([...city.districts.map(({ id }) => `d:${id}`), "text"]);
    form.press("d:kuntsevo");
    expect(form.draft.place).toEqual({
      point: null,
      address: "Нигдейная улица, 7",
      districtId: "kuntsevo",
      source: "typed",
    });
  });

  test("of which none of the found is right gets its district, too", () => {
    const form = atPlace();
    form.send(text("Ярцевская улица"));
    form.press("none");
    form.press("d:kuntsevo");
    expect(form.draft.place).toMatchObject({ point: null, address: "Ярцевская улица" });
  });

  test("can be typed again and again, and a location ends it", () => {
    const form = atPlace();
    form.send(text("Нигдейная улица, 7"));
    const old = form.draft.turn;
    form.send(text("Ярцевская улица"));
    expect(form.send({ kind: "press", turn: old, press: "d:kuntsevo" })).toMatchObject({ kind: "stale" });
    form.send(location());
    expect(form.draft).toMatchObject({ place: { point: INSIDE }, typedAddress: null });
  });

  test("may turn out to be the description", () => {
    const form = atPlace();
    form.send(text("Глубокая и опасная"));
    form.press("text");
    expect(form.draft).toMatchObject({ description: "Глубокая и опасная", typedAddress: null });
    expect(form.asked().key).toBe("place");
  });

  test("is not what a long story is, nor two letters", () => {
    const form = atPlace();
    const story = "Яма появилась после ремонта труб в мае, и с каждым дождём она становится всё глубже";
    form.send(text(story));
    expect(form.draft).toMatchObject({ description: story, typedAddress: null });
    expect(form.send(text("??"))).toMatchObject({ hint: { text: "place.expects" } });
    expect(form.send(text("12345"))).toMatchObject({ hint: { text: "place.expects" } });
  });
});

test("a district the city no longer has is asked again, and all else stays", () => {
  const form = aFinishedForm(city);
  const smaller = { ...city, districts: city.districts.filter(({ id }) => id !== form.draft.place?.districtId) };
  const after = aForm(smaller, form.scene.now, form.draft);
  expect(textsOf(after.send({ kind: "show" }))).toContain("place.gone");
  expect(after.asked()).toMatchObject({ key: "place", wantsLocation: true });
  expect(after.draft).toMatchObject({ place: null, topicId: "pothole", photos: [{}] });
});
