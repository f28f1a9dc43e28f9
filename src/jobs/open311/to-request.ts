import { textIn, shorten } from "../../city/text.ts";
import type { City } from "../../city/schema.ts";
import type { I18n } from "../../i18n/i18n.ts";
import { largeOf } from "../../report/photo.ts";
import { publicPlaceOf } from "../../report/public-place.ts";
import type { RelayedReport } from "../../store/queries/relays.ts";
import type { RelayRow } from "../../store/schema/relays.ts";
import type { NewRequest } from "./client.ts";

/** What a report is written in for others: the city, its language, and where its pages are, if anybody knows. */
export type Writing = { city: City; i18n: I18n; publicUrl: string | null };

/** As much as most systems take of a description. */
const DESCRIPTION_UNITS = 1000;
const MOST_PHOTOS = 5;

/** By this it is found again when nobody knows whether it arrived: our number, with what tells its cycles and agencies apart. */
export const markOf = (
  { city }: Pick<Writing, "city">,
  { reportId, cycle, agencyId }: Pick<RelayRow, "reportId" | "cycle" | "agencyId">,
): string => `[${city.id}-${reportId}-${cycle}-${agencyId}]`;

/** The report as a request: what the public may know of it, and what the topic asks. */
export const toRequest = (
  writing: Writing,
  relay: Pick<RelayRow, "reportId" | "cycle" | "agencyId">,
  report: RelayedReport,
  services: Readonly<Record<string, string>>,
): NewRequest => {
  const { city, publicUrl } = writing;
  const { place, address } = publicPlaceOf(city, report);
  const photos = publicUrl === null ? [] : report.photos.slice(0, MOST_PHOTOS);
  return {
    key: markOf(writing, relay).slice(1, -1),
    fields: [
      ["service_code", services[report.topicId] ?? report.topicId],
      ...(place === null
        ? []
        : ([
            ["lat", String(place.lat)],
            ["long", String(place.lon)],
          ] as const)),
      ...(address === null ? [] : ([["address_string", address]] as const)),
      ["description", describe(writing, relay, report)],
      ...photos.map((name) => ["media_url", `${publicUrl}/photos/${largeOf(name)}`] as const),
      ...Object.entries(report.answers).map(([id, answer]) => [`attribute[${id}]`, String(answer)] as const),
    ],
  };
};

const describe = (
  writing: Writing,
  relay: Pick<RelayRow, "reportId" | "cycle" | "agencyId">,
  report: RelayedReport,
) => {
  const { city, i18n, publicUrl } = writing;
  const locale = city.locales[0];
  const number = i18n.t(locale, "relay:number", { number: String(report.id), city: textIn(city, city.name, locale) });
  const about = [
    report.cycle > 1 ? i18n.t(locale, "relay:again") : null,
    number,
    publicUrl === null ? null : `${publicUrl}/r/${report.id}`,
    markOf(writing, relay),
  ]
    .filter((line) => line !== null)
    .join("\n");
  const words = shorten(report.publicText ?? report.description, DESCRIPTION_UNITS - about.length - 2);
  return `${words}\n\n${about}`;
};
