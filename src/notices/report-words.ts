/** The parts of a report as words: what every card and notice about it is put together from. */
import type { City, Question } from "../city/schema.ts";
import { textIn } from "../city/text.ts";
import type { I18n } from "../i18n/i18n.ts";
import type { EventData } from "../report/event.ts";
import { publicPlaceOf } from "../report/public-place.ts";
import type { ReportView } from "./report-view.ts";

type Reader = { i18n: I18n; locale: string; city: City };

/** The topic's title; its id when the city has dropped the topic since. */
export const topicTitle = ({ city, locale }: Reader, topicId: string): string => {
  const topic = city.topics.get(topicId);
  return topic ? textIn(city, topic.title, locale) : topicId;
};

/** The agency's full or button-sized name; its id when the city has dropped it since. */
export const agencyName = ({ city, locale }: Reader, agencyId: string, size: "name" | "shortName" = "name"): string => {
  const agency = city.agencies.find(({ id }) => id === agencyId);
  return agency ? textIn(city, agency[size], locale) : agencyId;
};

/** The district's name; its id when the city has dropped it since. */
export const districtName = ({ city, locale }: Reader, districtId: string): string => {
  const district = city.districts.find(({ id }) => id === districtId);
  return district ? textIn(city, district.name, locale) : districtId;
};

/** The address, else the coordinates, else that there is none. */
export const placeInWords = (
  { i18n, locale }: Reader,
  { address, lat, lon }: Pick<ReportView, "address" | "lat" | "lon">,
): string => {
  if (address !== null) return address;
  if (lat !== null && lon !== null) return `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
  return i18n.t(locale, "notices:queue.noPlace");
};

/** Nobody but editors is to learn from a report whose flat it is: within a home this is the house, and where no house is known, its block. */
export const withoutExactPoint = <Seen extends Pick<ReportView, "topicId" | "address" | "lat" | "lon">>(
  { city }: Pick<Reader, "city">,
  report: Seen,
): Seen => {
  if (city.topics.get(report.topicId)?.place !== "house") return report;
  const blur = (degrees: number | null): number | null =>
    degrees === null || report.address !== null ? null : Math.round(degrees * 1000) / 1000;
  return { ...report, lat: blur(report.lat), lon: blur(report.lon) };
};

/** The same for residents other than the author, who learn no more of a home than the public does: no flat, entrance or floor. */
export const publiclySeen = <Seen extends Pick<ReportView, "topicId" | "address" | "lat" | "lon">>(
  reader: Pick<Reader, "city">,
  report: Seen,
): Seen => withoutExactPoint(reader, { ...report, address: publicPlaceOf(reader.city, report).address });

/** A public map with a pin at the report's place; null for an address that no map knows. */
export const mapUrl = ({ lat, lon }: Pick<ReportView, "lat" | "lon">): string | null =>
  lat === null || lon === null
    ? null
    : `https://www.openstreetmap.org/?mlat=${lat.toFixed(5)}&mlon=${lon.toFixed(5)}#map=18/${lat.toFixed(5)}/${lon.toFixed(5)}`;

/** Why it was rejected: the reason's title and advice from the city's list, or the editor's own words. */
export const rejectionInWords = (
  { city, locale }: Reader,
  data: EventData["rejected"],
): { title: string; advice: string | null } => {
  if (data.code === null) return { title: data.words, advice: null };
  const reason = city.rejectionReasons.find(({ code }) => code === data.code);
  if (!reason) return { title: data.code, advice: null };
  return { title: textIn(city, reason.title, locale), advice: textIn(city, reason.advice, locale) };
};

/** The answers to the topic's own questions in the topic's order; a question the city has dropped since is left out. */
export const answersInWords = (reader: Reader, report: ReportView): { question: string; answer: string }[] =>
  (reader.city.topics.get(report.topicId)?.questions ?? []).flatMap((question) => {
    const answer = report.answers[question.id];
    if (answer === undefined) return [];
    return [
      { question: textIn(reader.city, question.title, reader.locale), answer: answerInWords(reader, question, answer) },
    ];
  });

const answerInWords = (
  { i18n, locale, city }: Reader,
  question: Question,
  answer: string | number | boolean,
): string => {
  switch (question.kind) {
    case "text":
      return String(answer);
    case "number":
      return question.unit
        ? i18n.t(locale, "notices:queue.number", { value: String(answer), unit: textIn(city, question.unit, locale) })
        : String(answer);
    case "choice": {
      const option = question.options.find(({ id }) => id === answer);
      return option ? textIn(city, option.title, locale) : String(answer);
    }
    case "yes_no":
      return i18n.t(locale, answer === true ? "notices:queue.yes" : "notices:queue.no");
  }
};
