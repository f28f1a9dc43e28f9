import { Temporal } from "temporal-polyfill";
import type { ActRefusal } from "../../actions/act-refusal.ts";
import { cityDate, cityTime } from "../../city/city-time.ts";
import { momentInWords, type Reading } from "../../notices/dates.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import type { Status } from "../../report/status.ts";

/** A text of the locales with what fills it. */
export type Said = readonly [key: Key, params?: Params];

/** Why one of the editors' own acts changed nothing, beyond what every act may be refused for. */
export type EditorRefusal = {
  ok: false;
  why:
    | "days_wrong"
    | "unknown_topic"
    | "text_wrong"
    | "no_photo"
    | "nobody_to_ask"
    | "no_original"
    | "same"
    | "not_open"
    | "nobody"
    | "staff"
    | "not_banned";
};

/** Why an act on a report was refused, as the person who tried it is told. */
export const refusalWords = (reading: Reading, reportId: number, refusal: ActRefusal | EditorRefusal): Said => {
  const number = String(reportId);
  switch (refusal.why) {
    case "not_found":
      return ["staff:refused.not_found", { number }];
    case "not_allowed":
      return ["staff:refused.not_allowed"];
    case "unknown_agency":
      return ["staff:refused.unknown_agency"];
    case "reason_missing":
      return ["staff:refused.reason_missing"];
    case "reason_too_long":
      return ["staff:refused.reason_too_long"];
    case "own_report":
    case "own_answer":
    case "agency_staff":
    case "publisher":
      return [`check:refused.${refusal.why}`, { number }];
    case "own_decision":
    case "days_wrong":
    case "unknown_topic":
    case "text_wrong":
    case "no_photo":
    case "nobody_to_ask":
    case "no_original":
    case "same":
    case "not_open":
    case "nobody":
    case "staff":
    case "not_banned":
      return [`staff:refused.${refusal.why}`, { number }];
    case "taken": {
      const until = cityTime(reading.city, refusal.until).toString({ smallestUnit: "minute" });
      const who = refusal.by ?? reading.i18n.t(reading.locale, "notices:queue.someone");
      return ["staff:refused.taken", { number, who, until }];
    }
    case "decided":
      // The report itself moved on, e.g. an answer in it, but nobody decided.
      if (refusal.status === "submitted" && refusal.isOldCard === true) return ["staff:refused.changed"];
      if (refusal.status === "submitted") {
        return ["staff:refused.not_now", { number, what: reading.i18n.t(reading.locale, "notices:status.submitted") }];
      }
      return decidedWords(
        reading,
        { id: reportId, status: refusal.status },
        { by: refusal.by?.name ?? null, at: refusal.at },
      );
  }
};

/** «Уже решено: Анна, отклонено в 12:04»; `by` is null for the program itself and for an erased person. */
export const decidedWords = (
  reading: Reading,
  report: { id: number; status: Status },
  { by, at }: { by: string | null; at: Date },
): Said => {
  const { i18n, locale, city, now } = reading;
  const isToday = Temporal.PlainDate.compare(cityDate(city, at), cityDate(city, now)) === 0;
  const params = {
    number: String(report.id),
    what: i18n.t(locale, `notices:status.${report.status}`),
    when: isToday ? cityTime(city, at).toString({ smallestUnit: "minute" }) : momentInWords(reading, at),
  };
  if (by === null) return [isToday ? "staff:refused.decided_by_nobody" : "staff:refused.decided_by_nobody_on", params];
  return [isToday ? "staff:refused.decided" : "staff:refused.decided_on", { ...params, who: by }];
};
