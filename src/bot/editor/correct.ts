/** The editors' other acts on a report, however they were asked for: asking, merging, putting right, taking in hand. */
import { askResident } from "../../actions/ask-resident.ts";
import { assignReport } from "../../actions/assign-report.ts";
import { changePlace, changeTopic, editPublicText, hidePhoto } from "../../actions/correct-report.ts";
import { mergeReports } from "../../actions/merge-reports.ts";
import { releaseCard, takeCard } from "../../actions/take-card.ts";
import { unmergeReport } from "../../actions/unmerge-report.ts";
import { findAddresses, nearestAddress } from "../../city/addresses.ts";
import { cityTime } from "../../city/city-time.ts";
import { districtOf } from "../../city/districts.ts";
import type { Point } from "../../city/schema.ts";
import { dayInWords, type Reading } from "../../notices/dates.ts";
import { agencyName, placeInWords, topicTitle } from "../../notices/report-words.ts";
import { lastDayOf } from "../../report/due.ts";
import type { BotContext } from "../context.ts";
import { refused, type Outcome, type Target } from "./decide.ts";
import { readDays } from "./read-days.ts";
import type { Said } from "./refusal-words.ts";

const done = (...said: Said): Outcome => ({ done: true, stale: false, said });
/** Nothing was tried: what came could not be read. */
const unread = (...said: Said): Outcome => ({ done: false, stale: false, said });

const command = (ctx: BotContext, target: Target) => ({ actorId: ctx.resident.id, ...target });
const nameOf = ({ reportId }: Target) => ({ number: String(reportId) });

/** Asks the author, in own words or with a text of the city's list. */
export const ask = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  words: string | { templateId: string },
): Promise<Outcome> => {
  const result = await askResident(ctx, { ...command(ctx, target), words }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  const date = dayInWords(reading, lastDayOf(ctx.city, result.report.dueAt ?? reading.now));
  return done("staff:done.asked", { ...nameOf(target), date });
};

/** Merges the report into another one. */
export const merge = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  originalId: number,
): Promise<Outcome> => {
  const result = await mergeReports(ctx, { ...command(ctx, target), originalId }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  return done("staff:done.merged", { ...nameOf(target), original: String(originalId) });
};

/** Lets a merged report stand for itself again. */
export const unmerge = async (ctx: BotContext, reading: Reading, target: Target): Promise<Outcome> => {
  const result = await unmergeReport(ctx, command(ctx, target), reading.now);
  if (!result.ok) return refused(reading, target, result);
  const status = reading.i18n.t(reading.locale, `notices:status.${result.report.status}`);
  return done("staff:done.unmerged", { ...nameOf(target), original: String(result.originalId), status });
};

/** Takes the report in hand. */
export const take = async (ctx: BotContext, reading: Reading, target: Target): Promise<Outcome> => {
  const result = await takeCard(ctx, command(ctx, target), reading.now);
  if (!result.ok) return refused(reading, target, result);
  const until = cityTime(ctx.city, result.until).toString({ smallestUnit: "minute" });
  return done("staff:done.taken", { ...nameOf(target), until });
};

/** Lets it go. */
export const release = async (ctx: BotContext, reading: Reading, target: Target): Promise<Outcome> => {
  const result = await releaseCard(ctx, command(ctx, target), reading.now);
  return result.ok ? done("staff:done.released", nameOf(target)) : refused(reading, target, result);
};

/** Gives it another topic. */
export const setTopic = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  topicId: string,
): Promise<Outcome> => {
  const result = await changeTopic(ctx, { ...command(ctx, target), topicId }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  return done("staff:done.topic", { ...nameOf(target), topic: topicTitle(reading, topicId) });
};

/** Moves it to a place that was typed or sent: one house the city knows, or a point within the city. */
export const setPlace = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  told: { text: string } | { point: Point; address: string | null },
): Promise<Outcome> => {
  const place = "text" in told ? typedPlace(ctx, told.text) : pointedPlace(ctx, told);
  if (!place.ok) return unread(...place.said);
  const result = await changePlace(ctx, { ...command(ctx, target), place }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  return done("staff:done.place", { ...nameOf(target), place: placeInWords(reading, result.report) });
};

type ReadPlace = { ok: true; point: Point; address: string | null; districtId: string } | { ok: false; said: Said };

const typedPlace = ({ city }: BotContext, typed: string): ReadPlace => {
  const [found, ...others] = findAddresses(city, typed);
  if (found === undefined) return { ok: false, said: ["staff:wrong.address"] };
  if (others.length > 0 || found.precision !== "house") {
    const addresses = [found, ...others].map(({ address }) => address).join("\n");
    return { ok: false, said: ["staff:wrong.addresses", { addresses }] };
  }
  return { ok: true, point: found.point, address: found.address, districtId: found.districtId };
};

/** As near to a pin a house is worth naming. */
const NAMED_WITHIN_METERS = 60;

const pointedPlace = (
  { city }: BotContext,
  { point, address }: { point: Point; address: string | null },
): ReadPlace => {
  const district = districtOf(city, point);
  if (district === null) return { ok: false, said: ["staff:wrong.outside"] };
  const nearest = nearestAddress(city, point);
  const near = nearest !== null && nearest.distanceMeters <= NAMED_WITHIN_METERS ? nearest.address : null;
  return { ok: true, point, address: address ?? near, districtId: district.id };
};

/** Sends it to the agency with other days than the topic's. */
export const acceptWithDays = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  { typed, agencyId }: { typed: string; agencyId: string | null },
): Promise<Outcome> => {
  const days = readDays(typed);
  if (days === null) return unread("staff:wrong.days");
  const result = await assignReport(ctx, { ...command(ctx, target), agencyId, days }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  const agency = agencyName(reading, result.report.agencyId ?? "");
  const date = dayInWords(reading, lastDayOf(ctx.city, result.dueAt));
  return done("staff:done.accepted", { ...nameOf(target), agency, date });
};

/** Changes what the public reads; null: the resident's own words again. */
export const setText = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  text: string | null,
): Promise<Outcome> => {
  const result = await editPublicText(ctx, { ...command(ctx, target), text }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  return done(text === null ? "staff:done.own_words" : "staff:done.text", nameOf(target));
};

/** Hides a photo from the public, or shows it. */
export const setHidden = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  photo: { photoId: number; isHidden: boolean },
): Promise<Outcome> => {
  const result = await hidePhoto(ctx, { ...command(ctx, target), ...photo }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  return done(photo.isHidden ? "staff:done.hidden" : "staff:done.shown", nameOf(target));
};
