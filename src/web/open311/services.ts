/** What may be reported: the topics that are in season and no emergency, and what each of them asks. */
import { cityDate } from "../../city/city-time.ts";
import type { Category, Question, Topic } from "../../city/schema.ts";
import { isInSeason } from "../../city/seasons.ts";
import { textIn } from "../../city/text.ts";
import { topicTitle } from "../../notices/report-words.ts";
import { ServiceDefinition, Services } from "./answers.ts";
import { emergencyInWords } from "./faults.ts";
import { COMMON } from "./params.ts";
import { problem } from "./problem.ts";
import type { Asking, Resource } from "./resource.ts";
import type { Value } from "./xml.ts";

/** All that may be reported today. */
export const services: Resource = {
  name: "services",
  part: null,
  summary: "Service list",
  params: COMMON,
  root: "services",
  answer: Services,
  run: (asking) => {
    const today = cityDate(asking.city, asking.now);
    return {
      ok: true,
      value: asking.city.categories.flatMap((category) =>
        category.topics
          .filter((topic) => !topic.emergency && isInSeason(topic, today))
          .map((topic) => toService(asking, category, topic)),
      ),
    };
  },
};

/** What one of them asks. */
export const serviceDefinition: Resource = {
  name: "services",
  part: "service_code",
  summary: "Service definition",
  params: COMMON,
  root: "service_definition",
  answer: ServiceDefinition,
  run: (asking, _, code) => {
    const topic = asking.city.topics.get(code);
    if (topic === undefined) {
      return problem(404, asking.i18n.t(asking.locale, "open311:error.service", { given: code }));
    }
    const attributes = topic.emergency
      ? [warning(asking)]
      : topic.questions.map((question, index) => toAttribute(asking, question, index + 1));
    return { ok: true, value: { service_code: topic.id, attributes } };
  },
};

const toService = ({ i18n, locale, city }: Asking, category: Category, topic: Topic): Value => ({
  service_code: topic.id,
  service_name: topicTitle({ i18n, locale, city }, topic.id),
  description: [
    i18n.t(locale, `open311:service.${topic.days.kind}`, { count: topic.days.count }),
    ...(topic.photo === "required" ? [i18n.t(locale, "open311:service.photo")] : []),
  ].join(" "),
  metadata: topic.questions.length > 0,
  type: "realtime",
  keywords: (topic.words[locale] ?? topic.words[city.locales[0]] ?? []).join(", "),
  group: textIn(city, category.title, locale),
});

/** Said where an answer would be asked for: nobody shall fill in a form about leaking gas. */
const warning = (asking: Asking): Value => ({
  variable: false,
  code: "emergency",
  datatype: "string",
  required: false,
  datatype_description: null,
  order: 1,
  description: emergencyInWords(asking),
});

const toAttribute = (asking: Asking, question: Question, order: number): Value => {
  const { datatype, described, values } = typeOf(asking, question);
  return {
    variable: true,
    code: question.id,
    datatype,
    required: question.required,
    datatype_description: described,
    order,
    description: textIn(asking.city, question.title, asking.locale),
    values,
  };
};

type AttributeType = {
  datatype: "string" | "number" | "singlevaluelist";
  described: string | null;
  values?: readonly { key: string; name: string }[];
};

const typeOf = ({ i18n, locale, city }: Asking, question: Question): AttributeType => {
  switch (question.kind) {
    case "text":
      return { datatype: "string", described: i18n.t(locale, "open311:service.text", { max: question.maxLength }) };
    case "number": {
      const { min, max, unit } = question;
      const described =
        unit === undefined
          ? i18n.t(locale, "open311:service.number", { min, max })
          : i18n.t(locale, "open311:service.number_unit", { min, max, unit: textIn(city, unit, locale) });
      return { datatype: "number", described };
    }
    case "choice": {
      const values = question.options.map(({ id, title }) => ({ key: id, name: textIn(city, title, locale) }));
      return { datatype: "singlevaluelist", described: null, values };
    }
    case "yes_no": {
      const values = [
        { key: "true", name: i18n.t(locale, "open311:service.yes") },
        { key: "false", name: i18n.t(locale, "open311:service.no") },
      ];
      return { datatype: "singlevaluelist", described: null, values };
    }
  }
};
