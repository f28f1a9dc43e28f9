import { describe, expect, test } from "vitest";
import { loadDemoCity } from "../../support/demo-city.ts";
import { aForm, aTopic, location, photo, pressesOf, SUMMER, text, textsOf, withTopics } from "../../support/form.ts";

const city = await loadDemoCity();
const WINTER = new Date("2026-01-21T09:00:00.000Z");

describe("the topic by buttons", () => {
  test("is found in two taps: category, topic", () => {
    const form = aForm(city);
    expect(textsOf(form.send({ kind: "show" }))).toEqual(["topic.start"]);
    const list = form.press("c:road");
    expect(list).toMatchObject({ kind: "ask", inPlace: true });
    expect(pressesOf(form.asked())).toContain("t:pothole");
    expect(form.press("t:pothole")).toMatchObject({ kind: "ask", chosen: { text: "preview.line" } });
    expect(form.draft.topicId).toBe("pothole");
    expect(form.asked().key).toBe("place");
  });

  test("has pages that lead back and forth, and none beyond the last", () => {
    const topics = Array.from({ length: 20 }, (_, i) => aTopic(`t${i}`));
    const form = aForm(withTopics(city, topics));
    form.press("c:all");
    expect(pressesOf(form.asked())).toEqual([...topics.slice(0, 8).map(({ id }) => `t:${id}`), "all", "p:1"]);
    form.press("p:1");
    expect(pressesOf(form.asked())).toEqual([...topics.slice(8, 16).map(({ id }) => `t:${id}`), "p:0", "all", "p:2"]);
    form.press("p:999");
    expect(pressesOf(form.asked())).toEqual([...topics.slice(16).map(({ id }) => `t:${id}`), "p:1", "all"]);
    form.press("all");
    expect(pressesOf(form.asked())).toEqual(["c:all"]);
  });

  test("offers what is in season and no category without any", () => {
    const topics = [aTopic("ice", { season: { from: "11-01", to: "03-31" } })];
    expect(pressesOf(aForm(withTopics(city, topics), SUMMER).asked())).toEqual([]);
    expect(pressesOf(aForm(withTopics(city, topics), WINTER).asked())).toEqual(["c:all"]);
  });
});

describe("the topic by words", () => {
  test("is searched whenever a text comes while it is asked", () => {
    const form = aForm(city);
    expect(textsOf(form.send(text("яма на дороге")))).toEqual(["topic.found"]);
    expect(pressesOf(form.asked())[0]).toBe("t:pothole");
    form.send(text("не горит фонарь"));
    expect(pressesOf(form.asked()).slice(0, 3)).toContain("t:yard-light");
    expect(pressesOf(form.asked()).at(-1)).toBe("all");
  });

  test("says when a topic out of season is back, and does not offer it", () => {
    const form = aForm(city, SUMMER);
    const reply = form.send(text("гололёд во дворе"));
    expect(textsOf(reply)).toContain("topic.returns");
    expect(pressesOf(form.asked())).not.toContain("t:yard-ice");
    expect(form.press("t:yard-ice")).toMatchObject({ kind: "hint", hint: { text: "topic.returns" } });
    expect(form.draft.topicId).toBeNull();
  });

  test("that find nothing are said to, and the list stays", () => {
    const form = aForm(city);
    form.press("c:road");
    expect(form.send(text("ъъъъ"))).toMatchObject({ kind: "hint", hint: { text: "topic.notFound" } });
    expect(pressesOf(form.asked())).toContain("t:pothole");
  });

  test("are offered as the description later", () => {
    const form = aForm(city);
    form.send(text("яма на дороге"));
    form.press("t:pothole");
    form.send(location());
    expect(form.asked()).toMatchObject({ key: "description", buttons: [[{ press: "heard" }]] });
    form.press("heard");
    expect(form.draft.description).toBe("яма на дороге");
  });

  test("are the description when they are a whole story", () => {
    const story = "Во дворе второй месяц не горит ни один фонарь, дети возвращаются из школы в полной темноте";
    const form = aForm(city);
    form.send(text(story));
    expect(form.draft.description).toBe(story);
    expect(pressesOf(form.asked())).toContain("t:yard-light");
  });

  test("are the description when nothing like them is known", () => {
    const form = aForm(city);
    expect(textsOf(form.send(text("ъъъъ щщщщ ъъъъ")))).toContain("note.description");
    expect(form.draft.description).toBe("ъъъъ щщщщ ъъъъ");
  });

  test("may as well be an address that is one house", () => {
    const form = aForm(city);
    form.send(text("Ярцевская улица, 14"));
    expect(form.draft.place).toMatchObject({ address: "Ярцевская улица, 14", source: "typed" });
    expect(form.asked().key).toBe("topic");
  });
});

test("a caption lists the topics it may mean, so that one tap is left", () => {
  const form = aForm(city);
  form.send(photo("p", { caption: "Большая яма на дороге" }));
  expect(pressesOf(form.asked())).toContain("t:pothole");
});

test("a link to a topic chooses it, an unknown one and one out of season say so", () => {
  const form = aForm(city, SUMMER);
  expect(form.send({ kind: "topic", topicId: "nothing" })).toMatchObject({ kind: "hint" });
  expect(form.send({ kind: "topic", topicId: "yard-ice" })).toMatchObject({ hint: { text: "topic.returns" } });
  expect(form.send({ kind: "topic", topicId: "pothole" })).toMatchObject({ kind: "ask" });
  expect(form.draft.topicId).toBe("pothole");
});

test("a topic whose season ended while the draft waited is asked anew, and all else stays", () => {
  const winter = aForm(city, WINTER);
  winter.send(photo("p", { caption: "Гололёд у подъезда второй день" }));
  winter.send({ kind: "topic", topicId: "yard-ice" });
  winter.send(location());
  expect(winter.asked().key).toBe("preview");
  const spring = aForm(city, SUMMER, winter.draft);
  expect(textsOf(spring.press("send"))).not.toContain("preview.title");
  expect(spring.draft).toMatchObject({ topicId: null, description: "Гололёд у подъезда второй день" });
  expect(spring.asked().key).toBe("topic");
});

describe("an emergency", () => {
  const emergency = [...city.topics.values()].find((topic) => topic.emergency)?.id ?? "";

  test("shows the numbers first and asks nothing else until they insist", () => {
    const form = aForm(city);
    const reply = form.send({ kind: "topic", topicId: emergency });
    expect(textsOf(reply).filter((name) => name === "emergency.number")).toHaveLength(city.emergencyNumbers.length);
    form.send(location());
    form.send(photo("p", { caption: "Сильно пахнет газом в подъезде" }));
    expect(form.asked().key).toBe("emergency");
    expect(form.draft).toMatchObject({ description: "Сильно пахнет газом в подъезде", photos: [{}] });
    form.press("insist");
    expect(form.asked().key).not.toBe("emergency");
  });

  test("shows the numbers already when its words are searched", () => {
    const form = aForm(city);
    expect(textsOf(form.send(text("пахнет газом")))).toEqual([
      "emergency.ask",
      ...city.emergencyNumbers.map(() => "emergency.number"),
      "topic.found",
    ]);
  });

  test("can be left for another topic, and comes again with another emergency", () => {
    const two = withTopics(city, [aTopic("gas", { emergency: true }), aTopic("wires", { emergency: true })]);
    const form = aForm(two);
    form.send({ kind: "topic", topicId: "gas" });
    form.press("other");
    expect(form.asked().key).toBe("topic");
    form.send({ kind: "topic", topicId: "gas" });
    form.press("insist");
    form.send({ kind: "topic", topicId: "wires" });
    expect(form.asked().key).toBe("emergency");
  });
});
