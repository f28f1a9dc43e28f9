/** A report as programs get it, in feeds and webhooks: one set of names and values for GeoJSON, CSV and JSON. */
import { categoryOf } from "../city/category.ts";
import type { City } from "../city/schema.ts";
import { textIn } from "../city/text.ts";
import { largeOf } from "./photo.ts";
import type { FoundPublicReport, PublicReport } from "./public-report.ts";
import type { Outcome, Status } from "./status.ts";

/** Where things of the public report are found. */
export type PublicLinks = {
  /** The page of a report. */
  report: (number: number) => string;
  /** A picture by the name of its file. */
  photo: (file: string) => string;
};

/** They are where the pages are; `base` without a slash at the end. */
export const publicLinks = (base: string): PublicLinks => ({
  report: (number) => `${base}/r/${number}`,
  photo: (file) => `${base}/photos/${file}`,
});

/** What a program reads of a report; moments are ISO 8601 in UTC, titles and names are in the language asked for. */
export type Properties = {
  number: number;
  url: string;
  status: Status;
  outcome: Outcome | null;
  categoryId: string | null;
  category: string | null;
  topicId: string;
  topic: string | null;
  districtId: string;
  district: string | null;
  agencyId: string | null;
  agency: string | null;
  address: string | null;
  text: string;
  createdAt: string;
  updatedAt: string;
  statusAt: string;
  assignedAt: string | null;
  /** The end of the last day of the agency's date as it stands, and as it was promised first. */
  dueAt: string | null;
  firstDueAt: string | null;
  answeredAt: string | null;
  publishedAt: string | null;
  cycle: number;
  hops: number;
  postponements: number;
  photo: string | null;
};

/** What is left of it where the public sees number, status and dates only. */
export type DatesOnly = Pick<Properties, "number" | "url" | "status" | "createdAt" | "statusAt">;

/** GeoJSON (RFC 7946); within a home the point is the middle of its block. */
export type Feature<P = Properties> = {
  type: "Feature";
  id: number;
  geometry: { type: "Point"; coordinates: [lon: number, lat: number] } | null;
  properties: P;
};

type NamedCity = Pick<City, "locales" | "topics" | "categories" | "districts" | "agencies">;

/** The values of a report by their names, in the order in which tables show them. */
const propertiesOf = (city: NamedCity, locale: string, links: PublicLinks, report: PublicReport): Properties => {
  const topic = city.topics.get(report.topicId);
  const category = categoryOf(city, report.topicId);
  const district = city.districts.find(({ id }) => id === report.districtId);
  const agency = city.agencies.find(({ id }) => id === report.agencyId);
  return {
    number: report.id,
    url: links.report(report.id),
    status: report.status,
    outcome: report.outcome,
    categoryId: category?.id ?? null,
    category: category === undefined ? null : textIn(city, category.title, locale),
    topicId: report.topicId,
    topic: topic === undefined ? null : textIn(city, topic.title, locale),
    districtId: report.districtId,
    district: district === undefined ? null : textIn(city, district.name, locale),
    agencyId: report.agencyId,
    agency: agency === undefined ? null : textIn(city, agency.name, locale),
    address: report.address,
    text: report.text,
    createdAt: report.createdAt.toISOString(),
    updatedAt: report.updatedAt.toISOString(),
    statusAt: report.statusAt.toISOString(),
    assignedAt: report.assignedAt?.toISOString() ?? null,
    dueAt: report.dueAt?.toISOString() ?? null,
    firstDueAt: report.firstDueAt?.toISOString() ?? null,
    answeredAt: report.answeredAt?.toISOString() ?? null,
    publishedAt: report.publishedAt?.toISOString() ?? null,
    cycle: report.cycle,
    hops: report.hops,
    postponements: report.postponements,
    photo: report.photoName === null ? null : links.photo(largeOf(report.photoName)),
  };
};

/** The report as a feature with its point. */
export const toFeature = (city: NamedCity, locale: string, links: PublicLinks, report: PublicReport): Feature => ({
  type: "Feature",
  id: report.id,
  geometry:
    report.place === null ? null : { type: "Point", coordinates: [round(report.place.lon), round(report.place.lat)] },
  properties: propertiesOf(city, locale, links, report),
});

/** The same of whatever the public may see of it now. */
export const toFoundFeature = (
  city: NamedCity,
  locale: string,
  links: PublicLinks,
  found: FoundPublicReport,
): Feature | Feature<DatesOnly> => {
  if (found.shown === "all") return toFeature(city, locale, links, found.report);
  const { id, status, createdAt, statusAt } = found;
  const dates = { createdAt: createdAt.toISOString(), statusAt: statusAt.toISOString() };
  return { type: "Feature", id, geometry: null, properties: { number: id, url: links.report(id), status, ...dates } };
};

/** Ten centimetres; more digits would only claim more than anybody knows. */
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
