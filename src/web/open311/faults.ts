/** What is wrong with a filing, in words and by the names of the spec's parameters. */
import { textIn } from "../../city/text.ts";
import type { Reading } from "../../notices/dates.ts";
import { dayInWords } from "../../notices/dates.ts";
import { LIMITS, type FilingFault } from "../../actions/file-report.ts";

/** Whom to call instead of filing. */
export const emergencyInWords = ({ i18n, locale, city }: Reading): string => {
  const numbers = city.emergencyNumbers.map(({ number, title }) =>
    i18n.t(locale, "open311:error.emergency_number", { number, title: textIn(city, title, locale) }),
  );
  return i18n.t(locale, "open311:error.emergency", { numbers: numbers.join(", ") });
};

/** One fault, named by its parameter. */
export const faultInWords = (reading: Reading, fault: FilingFault, serviceCode: string): string => {
  const { i18n, locale, city } = reading;
  const { description, photos } = LIMITS;
  switch (fault.what) {
    case "topic":
      switch (fault.why) {
        case "emergency":
          return emergencyInWords(reading);
        case "unknown":
          return i18n.t(locale, "open311:error.service", { given: serviceCode });
        case "off_season":
          return i18n.t(locale, "open311:error.off_season", { day: dayInWords(reading, fault.from) });
      }
    case "place":
      switch (fault.why) {
        case "missing":
          return i18n.t(locale, "open311:error.place_missing");
        case "outside":
          return i18n.t(locale, "open311:error.place_outside", { city: textIn(city, city.name, locale) });
        case "unknown":
          return i18n.t(locale, "open311:error.place_unknown");
        case "several":
          return i18n.t(locale, "open311:error.place_several", { addresses: fault.addresses.join("; ") });
      }
    case "description":
      switch (fault.why) {
        case "missing":
          return i18n.t(locale, "open311:error.description_missing", description);
        case "too_short":
          return i18n.t(locale, "open311:error.description_short", description);
        case "too_long":
          return i18n.t(locale, "open311:error.description_long", description);
      }
    case "photos":
      return fault.why === "missing"
        ? i18n.t(locale, "open311:error.photos_missing")
        : i18n.t(locale, "open311:error.photos_excess", { max: photos });
    case "answer": {
      const params = { code: fault.questionId, service: serviceCode };
      switch (fault.why) {
        case "missing":
          return i18n.t(locale, "open311:error.answer_missing", params);
        case "wrong":
          return i18n.t(locale, "open311:error.answer_wrong", params);
        case "not_asked":
          return i18n.t(locale, "open311:error.answer_not_asked", params);
      }
    }
  }
};
