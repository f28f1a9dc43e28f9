import type { DateFault } from "../report/answer.ts";
import type { ActRefusal } from "./act-refusal.ts";

/** Why an answer, a request or the decision on one changed nothing. */
export type AnswerRefusal =
  | ActRefusal
  | {
      ok: false;
      why:
        | DateFault
        | "words_too_short"
        | "words_too_long"
        | "photo_missing"
        | "too_many_photos"
        /** It was put off twice already. */
        | "no_more_postponements"
        /** The successor has the report already. */
        | "same_agency"
        /** More days than the topic itself gives, or none. */
        | "days_wrong";
    }
  /** Somebody of the agency said something meanwhile; `lastAnswerId` is what they said. */
  | { ok: false; why: "overtaken"; lastAnswerId: number | null };
