import { districtOf } from "./districts.ts";
import { toPath, type Fault } from "./fault.ts";
import type { CityFiles, District } from "./schema.ts";

/** The program itself rejects with this code when a question to the resident stays without a reply. */
const NO_REPLY = "no_reply";

type Keys = readonly PropertyKey[];

/** 2024 had every day a year can have; 02-29 is refused all the same, a season must start every year. */
const isEveryYear = (monthDay: string): boolean => {
  const [month = 0, day = 0] = monthDay.split("-").map(Number);
  return day <= ([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
};

const duplicates = (file: string, at: Keys, ids: readonly string[], as = "id"): Fault[] =>
  ids.flatMap((id, i) =>
    ids.indexOf(id) < i ? [{ file, path: toPath([...at, i, as]), message: `${id} stands here a second time` }] : [],
  );

const checkTopics = ({ categories }: CityFiles["topics.yaml"]): Fault[] => {
  const file = "topics.yaml";
  const faults = duplicates(
    file,
    ["categories"],
    categories.map((category) => category.id),
  );
  const seen = new Set<string>();
  categories.forEach((category, i) => {
    category.topics.forEach((topic, j) => {
      const at: Keys = ["categories", i, "topics", j];
      const fault = (keys: Keys, message: string) => faults.push({ file, path: toPath([...at, ...keys]), message });
      if (seen.has(topic.id)) fault(["id"], `${topic.id} stands here a second time`);
      seen.add(topic.id);
      for (const edge of ["from", "to"] as const)
        if (topic.season && !isEveryYear(topic.season[edge]))
          fault(["season", edge], `not every year has a ${topic.season[edge]}`);
      faults.push(
        ...duplicates(
          file,
          [...at, "questions"],
          topic.questions.map((question) => question.id),
        ),
      );
      topic.questions.forEach((question, k) => {
        switch (question.kind) {
          case "number":
            if (question.min >= question.max) fault(["questions", k, "max"], "must be greater than min");
            break;
          case "choice":
            faults.push(
              ...duplicates(
                file,
                [...at, "questions", k, "options"],
                question.options.map((option) => option.id),
              ),
            );
            break;
          case "text":
          case "yes_no":
        }
      });
    });
  });
  return faults;
};

/** Topics that an agency's own system has a code for, and the city has not. */
const checkSystems = ({ "city.yaml": city, "topics.yaml": { categories } }: CityFiles): Fault[] => {
  const topics = new Set(categories.flatMap((category) => category.topics.map((topic) => topic.id)));
  return city.agencies.flatMap(({ open311 }, i) =>
    Object.keys(open311?.services ?? {})
      .filter((id) => !topics.has(id))
      .map((id) => ({
        file: "city.yaml",
        path: toPath(["agencies", i, "open311", "services", id]),
        message: "there is no such topic",
      })),
  );
};

const checkCityFile = (city: CityFiles["city.yaml"]): Fault[] => {
  const file = "city.yaml";
  const ids = (list: readonly { id: string }[]) => list.map((item) => item.id);
  const codes = city.rejectionReasons.map((reason) => reason.code);
  return [
    ...duplicates(file, ["agencies"], ids(city.agencies)),
    ...duplicates(file, ["answerTemplates"], ids(city.answerTemplates)),
    ...duplicates(file, ["remarkTemplates"], ids(city.remarkTemplates)),
    ...duplicates(file, ["questionTemplates"], ids(city.questionTemplates)),
    ...duplicates(file, ["rejectionReasons"], codes, "code"),
    ...(codes.includes(NO_REPLY)
      ? []
      : [
          {
            file,
            path: "rejectionReasons",
            message: `the code ${NO_REPLY} is missing, the program itself rejects with it`,
          },
        ]),
  ];
};

const checkAddresses = ({ streets }: CityFiles["addresses.yaml"], districts: readonly District[]): Fault[] => {
  const file = "addresses.yaml";
  return streets.flatMap((street, i) =>
    Object.entries(street.houses).flatMap(([number, [lat, lon]]) => [
      ...(/^\d/.test(number)
        ? []
        : [{ file, path: toPath(["streets", i, "houses", number]), message: "a house number starts with a digit" }]),
      ...(districtOf({ districts }, { lat, lon })
        ? []
        : [{ file, path: toPath(["streets", i, "houses", number]), message: "this point is in no district" }]),
    ]),
  );
};

/** What no single field can tell: ids that stand twice, seasons that no year has, addresses outside the city. */
export const checkCity = (files: CityFiles, districts: readonly District[]): Fault[] => [
  ...checkCityFile(files["city.yaml"]),
  ...checkSystems(files),
  ...duplicates(
    "districts.geojson",
    ["features"],
    districts.map((district) => district.id),
    "properties.id",
  ),
  ...checkTopics(files["topics.yaml"]),
  ...checkAddresses(files["addresses.yaml"], districts),
];
