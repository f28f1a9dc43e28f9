/** What a resident has told so far, and what they are being asked; the whole of it is one jsonb value in the database. */
import { z } from "zod";
import type { Point } from "../city/schema.ts";
import { emptyTelling, storedTelling, storedText, type Photo, type Telling } from "./telling.ts";

export type { Photo } from "./telling.ts";

/** Where it is. `point` is null only for a typed address the gazetteer does not know, for which the district was chosen. */
export type Place = {
  point: Point | null;
  address: string | null;
  districtId: string;
  /** How the place was told. */
  source: "location" | "venue" | "live" | "typed";
};

/** The answer to one of a topic's own questions: the text, the number, the option's id, or yes/no. */
export type QuestionAnswer = string | number | boolean;

/** A finished draft: exactly what a report is made of. */
export type ReportContent = {
  topicId: string;
  place: Place;
  description: string;
  photos: Photo[];
  /** By question id of the topic. */
  answers: Record<string, QuestionAnswer>;
};

/** Told texts that wait for the resident to say what they are; nothing told is thrown away without asking. */
type Pending = {
  /** Words a topic was searched with, long enough to be offered as the description. */
  heard: string | null;
  /** A typed address with several meanings, or with none that we know: then the district is chosen by hand. */
  typedAddress: { text: string; isUnknown: boolean } | null;
};

type Course = {
  /** Where they are in the list of topics: the start, a page of a category, or what the words found. */
  topicList: { categoryId: string | null; page: number; words: string | null };
  /** The emergency topic for which they want the form all the same. */
  insistedTopicId: string | null;
  /** The topic and place for which it is known to be none of the reports nearby. */
  newAt: string | null;
};

/** A report being written: whatever has been told so far, and where in the form the resident is. */
export type Draft = {
  [Answer in keyof Omit<ReportContent, "photos" | "answers">]: ReportContent[Answer] | null;
} & Pick<ReportContent, "photos" | "answers"> &
  Telling &
  Pending &
  Course;

/** What every draft begins as; `turn` should be no small number, so that buttons of an earlier draft are not mistaken for this one's. */
export const emptyDraft = (turn: number): Draft => ({
  ...emptyTelling(turn),
  topicId: null,
  place: null,
  answers: {},
  heard: null,
  typedAddress: null,
  topicList: { categoryId: null, page: 0, words: null },
  insistedTopicId: null,
  newAt: null,
});

/** Whether nothing a report could be made of was told yet. */
export const isEmpty = (draft: Draft): boolean =>
  draft.topicId === null &&
  draft.place === null &&
  draft.description === null &&
  draft.photos.length === 0 &&
  [draft.heard, draft.typedAddress, draft.overlong, draft.spare].every((told) => told === null);

const Place = z.object({
  point: z.object({ lat: z.number(), lon: z.number() }).nullable(),
  address: z.string().nullable(),
  districtId: z.string(),
  source: z.enum(["location", "venue", "live", "typed"]),
});

// Every part stands for itself: what a deploy renamed is asked again, the rest of a half-written report stays.
const StoredDraft = z.object({
  ...storedTelling,
  topicId: storedText,
  place: Place.nullable().catch(null),
  answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).catch({}),
  heard: storedText,
  typedAddress: z.object({ text: z.string(), isUnknown: z.boolean() }).nullable().catch(null),
  topicList: z
    .object({ categoryId: z.string().nullable(), page: z.int().min(0), words: z.string().nullable() })
    .catch({ categoryId: null, page: 0, words: null }),
  insistedTopicId: storedText,
  newAt: storedText,
});

/** The draft out of the database, whichever version of the program wrote it; unreadable parts are empty. */
export const readDraft = (stored: unknown): Draft => StoredDraft.catch(emptyDraft(0)).parse(stored);
