/** `/feeds/reports.atom`: what changed last, for feed readers (RFC 4287); with filters a feed of one district, category or agency. */
import { Hono } from "hono";
import { categoryOf } from "../../city/category.ts";
import { textIn } from "../../city/text.ts";
import { agencyName, districtName, topicTitle } from "../../notices/report-words.ts";
import { publicLinks, type PublicLinks } from "../../report/feature.ts";
import { largeOf } from "../../report/photo.ts";
import { listLastChanged } from "../../store/queries/last-changed.ts";
import type { PublicReport } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";
import { frameOf, type Frame } from "../pages/frame.ts";
import { statusInWords } from "../pages/parts.ts";
import { readFilter, toFilter, type Asked } from "../pages/report-filter.ts";
import { badText, feedUrl, lastChange } from "./feed-query.ts";
import { xml, type Xml } from "./xml-text.ts";

const PATH = "/feeds/reports.atom";
const MOST = 50;

/** The feed for people's readers. */
export const atomFeed = (deps: WebDeps): Hono =>
  new Hono().get(PATH, async (c) => {
    const read = readFilter(c, deps, {});
    if (!read.ok) return badText(c, read.names);
    const { db, city } = deps;
    const asked: Asked = read.values;
    const frame = frameOf(c, deps);
    const reports = await listLastChanged(db, city, toFilter(city, asked, deps.now()), MOST);
    const changed = lastChange(reports);
    if (changed !== null) c.header("last-modified", changed.toUTCString());
    c.header("content-language", frame.locale);
    const self = feedUrl(c, deps, PATH, asked);
    const links = publicLinks(deps.baseUrl(c));
    const feed = xml`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss" xml:lang="${frame.locale}">
  <id>${self}</id>
  <title>${titleOf(frame, asked)}</title>
  <subtitle>${frame.t("feeds:subtitle")}</subtitle>
  <updated>${(changed ?? new Date(0)).toISOString()}</updated>
  <author><name>${textIn(city, city.name, frame.locale)}</name></author>
  <link rel="self" type="application/atom+xml" href="${self}"/>
  <link rel="alternate" type="text/html" href="${frame.url("/", asked)}"/>
${reports.map((report) => entryOf(frame, links, report))}</feed>
`;
    const type = { "content-type": "application/atom+xml; charset=utf-8" };
    return c.body(`<?xml version="1.0" encoding="utf-8"?>\n${feed.markup}`, 200, type);
  });

/** «Отклик: Кунцево, Дороги» */
const titleOf = (frame: Frame, { district, category, topic, agency }: Asked): string => {
  const { city, locale } = frame;
  const named = city.categories.find(({ id }) => id === category);
  const parts = [
    district === undefined ? null : districtName(frame, district),
    topic !== undefined ? topicTitle(frame, topic) : named === undefined ? null : textIn(city, named.title, locale),
    agency === undefined ? null : agencyName(frame, agency),
  ].filter((part) => part !== null);
  const place = textIn(city, city.name, locale);
  return frame.t("feeds:title", { of: parts.length === 0 ? place : parts.join(", ") });
};

const entryOf = (frame: Frame, links: PublicLinks, report: PublicReport): Xml => {
  const { city, locale } = frame;
  const { id, topicId, place, photoName } = report;
  const category = categoryOf(city, topicId);
  const where = report.address ?? districtName(frame, report.districtId);
  const title = frame.t("feeds:entry", { number: String(id), topic: topicTitle(frame, topicId), where });
  const url = links.report(id);
  return xml`  <entry>
    <id>${url}</id>
    <title>${title}</title>
    <published>${(report.assignedAt ?? report.createdAt).toISOString()}</published>
    <updated>${report.updatedAt.toISOString()}</updated>
    <link rel="alternate" type="text/html" href="${url}"/>${
      photoName === null
        ? null
        : xml`
    <link rel="enclosure" type="image/jpeg" href="${links.photo(largeOf(photoName))}"/>`
    }${
      category === undefined
        ? null
        : xml`
    <category term="${category.id}" label="${textIn(city, category.title, locale)}"/>`
    }${
      place === null
        ? null
        : xml`
    <georss:point>${place.lat} ${place.lon}</georss:point>`
    }
    <summary type="text">${summaryOf(frame, report)}</summary>
  </entry>
`;
};

/** The status, who answers for it, and the words. */
const summaryOf = (frame: Frame, report: PublicReport): string => {
  const { agencyId, text } = report;
  const status = statusInWords(frame, report);
  return `${agencyId === null ? status : `${status} · ${agencyName(frame, agencyId)}`}\n\n${text}`;
};
