/** What a resident has told so far, and what they are being asked; the whole of it is one jsonb value in the database. */
import type { Point } from "../city/schema.ts";

/** A picture as Telegram holds it; `document` is an image sent as a file. */
export type Photo = { fileId: string; fileUniqueId: string; kind: "photo" | "document" };

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

/** A report being written: whatever has been told so far. */
export type Draft = {
  [Answer in keyof Omit<ReportContent, "photos" | "answers">]: ReportContent[Answer] | null;
} & Pick<ReportContent, "photos" | "answers">;
