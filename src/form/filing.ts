/** A report that comes as a whole from a program: the same rules as the form has, and every fault at once, for nobody can be asked. */
import { findAddresses } from "../city/addresses.ts";
import { cityDate } from "../city/city-time.ts";
import type { City, Point, Question, Topic } from "../city/schema.ts";
import { isInSeason, seasonStart } from "../city/seasons.ts";
import { DESCRIPTION_LENGTH } from "./description-question.ts";
import { emptyDraft, type Place, type QuestionAnswer, type ReportContent } from "./draft.ts";
import { isValidAnswer } from "./own-question.ts";
import { MOST_PHOTOS } from "./photos-question.ts";
import { locate } from "./place-question.ts";

/** What a program told; of an answer only the text. `photos` are addresses, and each was found to be one that may be called. */
export type Filing = {
  topicId: string;
  point: Point | null;
  address: string | null;
  description: string | null;
  photos: readonly string[];
  /** By question id of the topic. */
  answers: ReadonlyMap<string, string>;
};

/** Why it is no report yet. */
export type FilingFault =
  /** No form for it: its numbers have to be called first. */
  | { what: "topic"; why: "emergency" }
  | { what: "topic"; why: "unknown" }
  /** `from`: the first day on which it may be reported again. */
  | { what: "topic"; why: "off_season"; from: string }
  /** `several`: the address may mean each of these. */
  | { what: "place"; why: "missing" | "outside" | "unknown" }
  | { what: "place"; why: "several"; addresses: readonly string[] }
  | { what: "description"; why: "missing" | "too_short" | "too_long" }
  | { what: "photos"; why: "missing" | "too_many" }
  | { what: "answer"; why: "missing" | "wrong" | "not_asked"; questionId: string };

/** Exactly what a report is made of, but for photos that somebody still has to fetch. */
export type FiledContent = Omit<ReportContent, "photos"> & { photos: readonly string[] };

/** What a description and the number of photos have to keep to. */
export const LIMITS = { description: DESCRIPTION_LENGTH, photos: MOST_PHOTOS } as const;

/** Nobody's address is longer. */
const LONGEST_ADDRESS = 200;

/** The report's content, or everything that is wrong with it. */
export const readFiling = (
  city: City,
  filing: Filing,
  now: Date,
): { ok: true; content: FiledContent } | { ok: false; faults: readonly FilingFault[] } => {
  const topic = city.topics.get(filing.topicId);
  if (topic === undefined) return { ok: false, faults: [{ what: "topic", why: "unknown" }] };
  if (topic.emergency) return { ok: false, faults: [{ what: "topic", why: "emergency" }] };
  const place = readPlace(city, filing, now);
  const answers = readAnswers(topic, filing.answers);
  const description = filing.description?.trim() ?? "";
  const faults: FilingFault[] = [
    ...seasonFaults(city, topic, now),
    ...("what" in place ? [place] : []),
    ...descriptionFaults(description),
    ...photoFaults(topic, filing.photos),
    ...answers.faults,
  ];
  if (faults.length > 0 || "what" in place) return { ok: false, faults };
  const { photos } = filing;
  return { ok: true, content: { topicId: topic.id, place, description, photos, answers: answers.given } };
};

const seasonFaults = (city: City, topic: Topic, now: Date): FilingFault[] => {
  const today = cityDate(city, now);
  if (isInSeason(topic, today)) return [];
  return [{ what: "topic", why: "off_season", from: (seasonStart(topic, today) ?? today).toString() }];
};

const descriptionFaults = (description: string): FilingFault[] => {
  if (description === "") return [{ what: "description", why: "missing" }];
  if (description.length < DESCRIPTION_LENGTH.min) return [{ what: "description", why: "too_short" }];
  return description.length > DESCRIPTION_LENGTH.max ? [{ what: "description", why: "too_long" }] : [];
};

const photoFaults = (topic: Topic, photos: readonly string[]): FilingFault[] => {
  if (photos.length === 0 && topic.photo === "required") return [{ what: "photos", why: "missing" }];
  return photos.length > MOST_PHOTOS ? [{ what: "photos", why: "too_many" }] : [];
};

/** A point says where it is, and the address only how that is called where no house is near; alone, an address has to mean one place. */
const readPlace = (city: City, { point, address }: Filing, now: Date): Place | FilingFault => {
  const told = address?.trim().slice(0, LONGEST_ADDRESS) ?? "";
  if (point !== null) {
    const scene = { city, now, locale: city.locales[0] };
    const { place } = locate(emptyDraft(0), { point, address: null, source: "location" }, scene).draft;
    if (place === null) return { what: "place", why: "outside" };
    return { ...place, address: place.address ?? (told === "" ? null : told) };
  }
  if (told === "") return { what: "place", why: "missing" };
  const found = findAddresses(city, told);
  const [only, ...others] = found.filter(({ precision }) => precision === "house");
  if (only !== undefined && others.length === 0) {
    return { point: only.point, address: only.address, districtId: only.districtId, source: "typed" };
  }
  if (found.length === 0) return { what: "place", why: "unknown" };
  return { what: "place", why: "several", addresses: found.map((one) => one.address) };
};

const readAnswers = (
  { questions }: Topic,
  told: Filing["answers"],
): { given: Record<string, QuestionAnswer>; faults: FilingFault[] } => {
  const given: Record<string, QuestionAnswer> = {};
  const faults: FilingFault[] = [...told.keys()]
    .filter((id) => !questions.some((question) => question.id === id))
    .map((questionId) => ({ what: "answer", why: "not_asked", questionId }));
  for (const question of questions) {
    const text = told.get(question.id)?.trim() ?? "";
    const answer = text === "" ? undefined : readAnswer(question, text);
    if (isValidAnswer(question, answer)) given[question.id] = answer;
    else if (text !== "") faults.push({ what: "answer", why: "wrong", questionId: question.id });
    else if (question.required) faults.push({ what: "answer", why: "missing", questionId: question.id });
  }
  return { given, faults };
};

const readAnswer = (question: Question, text: string): QuestionAnswer | undefined => {
  switch (question.kind) {
    case "text":
    case "choice":
      return text;
    case "number":
      return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
    case "yes_no":
      return text === "true" ? true : text === "false" ? false : undefined;
  }
};
