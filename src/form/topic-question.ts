import type { Temporal } from "temporal-polyfill";
import { cityDate } from "../city/city-time.ts";
import type { Category, Topic } from "../city/schema.ts";
import { isInSeason, seasonStart } from "../city/seasons.ts";
import { searchTopics, type FoundTopic } from "../city/topic-search.ts";
import { inRows, plain, row, type Ask, type FormButton, type Say } from "./ask.ts";
import { describe, DESCRIPTION_LENGTH } from "./description-question.ts";
import { isEmpty, type Draft } from "./draft.ts";
import { answered, stay, type Question, type Scene } from "./question.ts";

/** Topics on one page of a category. */
const PAGE_SIZE = 8;
/** What is longer is not typed to search but to tell; it is searched all the same. */
const LONGEST_QUERY = 60;
const MOST_RESULTS = 5;

const START: Draft["topicList"] = { categoryId: null, page: 0, words: null };

/** The topic of the draft if it may be reported today, else null. */
export const topicOf = (draft: Draft, { city, now }: Scene): Topic | null => {
  const topic = draft.topicId === null ? undefined : city.topics.get(draft.topicId);
  return topic && isInSeason(topic, cityDate(city, now)) ? topic : null;
};

const offered = (category: Category, date: Temporal.PlainDate): Topic[] =>
  category.topics.filter((topic) => isInSeason(topic, date));

const find = (words: string, { city, now, locale }: Scene): FoundTopic[] =>
  searchTopics(city, words, locale, cityDate(city, now)).slice(0, MOST_RESULTS);

const topicButton = (topic: Topic): FormButton => ({ label: plain({ in: topic.title }), press: `t:${topic.id}` });

const numbers = ({ city }: Scene): Say[] =>
  city.emergencyNumbers.map(({ number, title }) => ({
    text: "emergency.number",
    params: { number, title: { in: title } },
  }));

/** When a topic out of season is back; search says it instead of offering the topic. */
const returns = (topic: Topic, { city, now }: Scene): Say => ({
  text: "topic.returns",
  params: {
    topic: { in: topic.title },
    date: { date: (seasonStart(topic, cityDate(city, now)) ?? cityDate(city, now)).toString() },
  },
});

const askResults = (words: string, scene: Scene): Ask => {
  const found = find(words, scene);
  const now = found.filter(({ inSeason }) => inSeason).map(({ topic }) => topic);
  const later = found.filter(({ inSeason }) => !inSeason).map(({ topic }) => topic);
  return {
    lines: [
      // Somebody who writes of gas should see the number before they have chosen anything.
      ...(now[0]?.emergency === true ? [{ text: "emergency.ask" } as const, ...numbers(scene)] : []),
      { text: now.length > 0 ? "topic.found" : "topic.foundNothing" },
      ...later.map((topic) => returns(topic, scene)),
    ],
    buttons: [...now.map((topic) => [topicButton(topic)]), row("button.allTopics", "all")],
  };
};

const askCategory = (category: Category, page: number, { city, now }: Scene): Ask => {
  const topics = offered(category, cityDate(city, now));
  const pages = Math.max(1, Math.ceil(topics.length / PAGE_SIZE));
  const shown = Math.min(page, pages - 1);
  return {
    lines: [
      { text: "topic.inCategory", params: { icon: category.icon, category: { in: category.title } } },
      ...(pages > 1 ? [{ text: "topic.page", params: { page: shown + 1, pages } } as const] : []),
    ],
    buttons: [
      ...topics.slice(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE).map((topic) => [topicButton(topic)]),
      [
        ...(shown > 0 ? row("button.previous", `p:${shown - 1}`) : []),
        ...row("button.categories", "all"),
        ...(shown < pages - 1 ? row("button.next", `p:${shown + 1}`) : []),
      ],
    ],
  };
};

const askCategories = (draft: Draft, { city, now }: Scene): Ask => ({
  lines: [{ text: isEmpty(draft) ? "topic.start" : "topic.ask" }],
  buttons: inRows(
    city.categories
      .filter((category) => offered(category, cityDate(city, now)).length > 0)
      .map(({ id, icon, title }) => ({
        label: { text: "topic.category", params: { icon, category: { in: title } } },
        press: `c:${id}`,
      })),
    2,
  ),
});

const choose = (draft: Draft, topicId: string, scene: Scene) => {
  const topic = scene.city.topics.get(topicId);
  if (!topic) return null;
  if (!isInSeason(topic, cityDate(scene.city, scene.now))) return stay(draft, returns(topic, scene));
  return answered({ ...draft, topicId, topicList: START });
};

/** Words to search with, a description, or both: what was told while the topic is not known yet. */
const hear = (draft: Draft, text: string, scene: Scene) => {
  const isFound = find(text, scene).length > 0;
  const listed = isFound ? { ...draft, topicList: { ...START, words: text } } : draft;
  const couldDescribe = draft.description === null && text.length >= DESCRIPTION_LENGTH.min;
  if (isFound && text.length <= LONGEST_QUERY) return stay(couldDescribe ? { ...listed, heard: text } : listed);
  if (couldDescribe && /\s/.test(text)) {
    const { draft: described } = describe(listed, text);
    return described.description === null
      ? stay(described)
      : { ...stay(described), note: { text: "note.description" } as const };
  }
  if (text.length > LONGEST_QUERY) return stay({ ...listed, spare: text });
  return stay(couldDescribe ? { ...draft, heard: text } : draft, { text: "topic.notFound", params: { words: text } });
};

/** What it is about: by categories and topics, or by words at any time while it is asked. */
export const topicQuestion: Question = {
  key: "topic",
  title: { text: "title.topic" },
  expects: { text: "topic.ask" },
  isMissing: (draft, scene) => topicOf(draft, scene) === null,
  ask: (draft, scene) => {
    const { categoryId, page, words } = draft.topicList;
    if (words !== null) return askResults(words, scene);
    const category = scene.city.categories.find(({ id }) => id === categoryId);
    return category ? askCategory(category, page, scene) : askCategories(draft, scene);
  },
  press: (draft, press, scene) => {
    const [kind = "", value = ""] = press.split(":");
    switch (kind) {
      case "t":
        return choose(draft, value, scene);
      case "c":
        return scene.city.categories.some(({ id }) => id === value)
          ? stay({ ...draft, topicList: { ...START, categoryId: value } })
          : null;
      case "p":
        return /^\d{1,3}$/.test(value) && draft.topicList.categoryId !== null
          ? stay({ ...draft, topicList: { ...draft.topicList, page: Number(value) } })
          : null;
      case "all":
        return stay({ ...draft, topicList: START });
    }
    return null;
  },
  hear,
  answer: (draft, scene) => {
    const topic = topicOf(draft, scene);
    return topic && plain({ in: topic.title });
  },
};

/** Lists the topics that the words of a description may mean, if any do. */
export const listTopicsFor = (draft: Draft, words: string, scene: Scene): Draft =>
  draft.topicId === null && find(words, scene).some(({ inSeason }) => inSeason)
    ? { ...draft, topicList: { ...START, words } }
    : draft;

/** Numbers to call before anything else; the form goes on only for those who insist. */
export const emergencyQuestion: Question = {
  key: "emergency",
  title: null,
  expects: { text: "emergency.expects" },
  isMissing: (draft, scene) => {
    const topic = topicOf(draft, scene);
    return topic !== null && topic.emergency && draft.insistedTopicId !== topic.id;
  },
  ask: (_, scene) => ({
    lines: [{ text: "emergency.ask" }, ...numbers(scene), { text: "emergency.after" }],
    buttons: [row("button.insist", "insist"), row("button.otherTopic", "other")],
  }),
  press: (draft, press) => {
    switch (press) {
      case "insist":
        return answered({ ...draft, insistedTopicId: draft.topicId }, { text: "emergency.insisted" });
      case "other":
        return answered({ ...draft, topicId: null }, { text: "emergency.left" });
    }
    return null;
  },
  answer: () => null,
};
