/** The form without a messenger: a draft, and what the form says to each input. */
import type { City, Point, Topic } from "../../src/city/schema.ts";
import { emptyDraft, type Draft, type ReportContent } from "../../src/form/draft.ts";
import type { Input } from "../../src/form/input.ts";
import type { Scene } from "../../src/form/question.ts";
import { ask, step, type Asked, type Reply } from "../../src/form/step.ts";

/** A Wednesday in July, noon in Moscow: summer topics are open, winter ones are not. */
export const SUMMER = new Date("2026-07-15T09:00:00.000Z");

const FIRST_TURN = 1000;

/** In the demo city. */
export const INSIDE: Point = { lat: 55.7305, lon: 37.4165 };
export const MOUNTAIN: Point = { lat: 43.35, lon: 42.44 };

let lastId = 0;
const nextId = (): number => (lastId += 1);

export const text = (words: string, messageId = nextId()): Input => ({ kind: "text", text: words, messageId });

export const photo = (
  name: string = `photo${nextId()}`,
  { caption = null, albumId = null }: { caption?: string | null; albumId?: string | null } = {},
): Extract<Input, { kind: "photo" }> => ({
  kind: "photo",
  photo: { fileId: `file-${name}`, fileUniqueId: name, kind: "photo" },
  caption,
  albumId,
  messageId: nextId(),
});

export const location = (point: Point = INSIDE): Input => ({
  kind: "location",
  point,
  address: null,
  source: "location",
});

/** A form in which one input follows another; presses are those of the question asked at the moment. */
export const aForm = (city: City, now: Date = SUMMER, begun: Draft = emptyDraft(FIRST_TURN)) => {
  let draft = begun;
  const scene: Scene = { city, now, locale: "ru" };
  const send = (input: Input): Reply => {
    const taken = step(draft, input, scene);
    draft = taken.draft;
    return taken.reply;
  };
  return {
    scene,
    send,
    /** Presses a choice of the present question, whether or not it is shown. */
    press: (press: string): Reply => send({ kind: "press", turn: draft.turn, press }),
    asked: (): Asked => ask(draft, scene),
    get draft(): Draft {
      return draft;
    },
  };
};

export type Form = ReturnType<typeof aForm>;

/** The choices a question shows. */
export const pressesOf = ({ buttons }: Pick<Asked, "buttons">): string[] => buttons.flat().map(({ press }) => press);

/** The texts of a question, a hint or notes, by name. */
export const textsOf = (reply: Reply): string[] => {
  switch (reply.kind) {
    case "ask":
      return [...reply.notes, ...reply.ask.lines].map((say) => say.text);
    case "hint":
      return [...reply.notes, reply.hint, ...reply.ask.lines].map((say) => say.text);
    case "stale":
      return reply.ask.lines.map((say) => say.text);
    case "quiet":
    case "done":
      return [];
  }
};

/** A form at its preview: a pothole with everything told. */
export const aFinishedForm = (city: City, now: Date = SUMMER): Form => {
  const form = aForm(city, now);
  form.send(photo("first", { caption: "Глубокая яма у второго подъезда" }));
  form.send({ kind: "topic", topicId: "pothole" });
  form.send(location());
  return form;
};

/** The demo city with these topics instead of its own, in one category. */
export const withTopics = (city: City, topics: readonly Topic[]): City => ({
  ...city,
  categories: [{ id: "all", title: { ru: "Всё", en: "All" }, icon: "🏙", words: { ru: ["всё"], en: ["all"] }, topics }],
  topics: new Map(topics.map((topic) => [topic.id, topic])),
});

/** A topic open all year that wants nothing special. */
export const aTopic = (id: string, differs: Partial<Topic> = {}): Topic => ({
  id,
  categoryId: "all",
  title: { ru: `Тема ${id}`, en: `Topic ${id}` },
  words: { ru: [id], en: [id] },
  days: { count: 8, kind: "working" },
  photo: "required",
  place: "outdoors",
  emergency: false,
  questions: [],
  ...differs,
});

/** What is wrong with a report, told by the city's rules alone and not by the form's code; empty for a right one. */
export const faultsOf = (content: ReportContent, city: City): string[] => {
  const topic = city.topics.get(content.topicId);
  if (!topic) return [`no topic ${content.topicId}`];
  const { place, description, photos, answers } = content;
  const ids = photos.map(({ fileUniqueId }) => fileUniqueId);
  return [
    ...(city.districts.some(({ id }) => id === place.districtId) ? [] : ["no such district"]),
    ...(place.point !== null || place.address !== null ? [] : ["nowhere"]),
    ...(description.length >= 10 && description.length <= 1000 ? [] : [`description of ${description.length}`]),
    ...(photos.length <= 5 && new Set(ids).size === ids.length ? [] : ["too many photos or one twice"]),
    ...(topic.photo === "optional" || photos.length > 0 ? [] : ["no photo"]),
    ...Object.keys(answers)
      .filter((id) => !topic.questions.some((question) => question.id === id))
      .map((id) => `answer to ${id}, which nobody asked`),
    ...topic.questions.flatMap((question) => {
      const answer = answers[question.id];
      if (answer === undefined) return question.required ? [`no answer to ${question.id}`] : [];
      const isRight = {
        text: () => typeof answer === "string" && question.kind === "text" && answer.length <= question.maxLength,
        number: () =>
          typeof answer === "number" && question.kind === "number" && answer >= question.min && answer <= question.max,
        choice: () => question.kind === "choice" && question.options.some(({ id }) => id === answer),
        yes_no: () => typeof answer === "boolean",
      }[question.kind]();
      return isRight ? [] : [`wrong answer to ${question.id}`];
    }),
  ];
};
