import type { AnswerRefusal } from "../../actions/answer-refusal.ts";
import type { Reading } from "../../notices/dates.ts";
import { ANSWER_LENGTH, MOST_ANSWER_PHOTOS, MOST_POSTPONEMENTS } from "../../report/answer.ts";
import { refusalWords, type Said } from "../editor/refusal-words.ts";

/** Why an answer, a request or the decision on one changed nothing, as the person who tried it is told. */
export const answerRefusalWords = (reading: Reading, reportId: number, refusal: AnswerRefusal): Said => {
  const number = String(reportId);
  switch (refusal.why) {
    case "words_too_short":
      return ["officer:refused.words_too_short", { number, min: ANSWER_LENGTH.min }];
    case "words_too_long":
      return ["officer:refused.words_too_long", { number, max: ANSWER_LENGTH.max }];
    case "too_many_photos":
      return ["officer:refused.too_many_photos", { number, max: MOST_ANSWER_PHOTOS }];
    case "no_more_postponements":
      return ["officer:refused.no_more_postponements", { number, most: MOST_POSTPONEMENTS }];
    case "photo_missing":
    case "date_passed":
    case "date_not_later":
    case "date_too_far":
    case "same_agency":
    case "days_wrong":
    case "overtaken":
      return [`officer:refused.${refusal.why}`, { number }];
    case "not_found":
    case "not_allowed":
    case "decided":
    case "taken":
    case "own_decision":
    case "own_report":
    case "own_answer":
    case "agency_staff":
    case "publisher":
    case "unknown_agency":
    case "reason_missing":
    case "reason_too_long":
      return refusalWords(reading, reportId, refusal);
  }
};

/** The same to an officer: what they may not do is what another agency has. */
export const officerRefusalWords = (reading: Reading, reportId: number, refusal: AnswerRefusal): Said =>
  refusal.why === "not_allowed"
    ? ["officer:refused.not_yours", { number: String(reportId) }]
    : answerRefusalWords(reading, reportId, refusal);
