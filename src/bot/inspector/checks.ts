/** `/checks`: disputed reports, the nearest first once the inspector says where they are. */
import { districtName, topicTitle } from "../../notices/report-words.ts";
import { dayInWords } from "../../notices/dates.ts";
import { metersBetween } from "../../city/geometry.ts";
import type { Point } from "../../city/schema.ts";
import type { Input } from "../../form/input.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { paragraphs } from "../../notices/rich.ts";
import { interestOf } from "../../report/dispute.ts";
import { lastDayOf } from "../../report/due.ts";
import { hasRole } from "../../report/permission.ts";
import { listDisputes, type Dispute } from "../../store/queries/disputes.ts";
import type { Question } from "../../store/queries/prompts.ts";
import { sayAsking } from "../asks.ts";
import type { BotContext } from "../context.ts";
import { findAllNamed } from "../../city/find-named.ts";
import { brief } from "../editor/moderate.ts";
import { readingOf } from "../reading.ts";
import type { Took } from "../told.ts";
import { desksOf } from "./desks.ts";

/** Reports on one page: their numbers make one row of buttons. */
const A_PAGE = 5;

/** What a list is of: where it is counted from, or which districts; neither is all by date. */
type Scope = { near: Point | null; districtIds: readonly string[] };
const EVERYWHERE: Scope = { near: null, districtIds: [] };

/** The first page: of the districts named, else of all, with the way to say where one is. */
export const showChecks = async (ctx: BotContext, words: string): Promise<unknown> => {
  const districts = ctx.city.districts.map(({ id, name }) => ({ id, names: [name] }));
  const named = findAllNamed(districts, words);
  if (!named.ok) {
    return ctx.tell("check:checks.unknown", { typed: brief(named.unknown), usage: ctx.t("check:usage.checks") });
  }
  const scope: Scope = { near: null, districtIds: named.found.map(({ id }) => id) };
  const list = await renderChecks(ctx, scope, 0);
  await ctx.say(list);
  const isWorthAsking = list.buttons !== undefined && scope.districtIds.length === 0;
  if (ctx.chat?.type !== "private" || !isWorthAsking) return undefined;
  const asking: OutMessage = {
    text: ctx.rich("check:checks.near"),
    keyboard: { rows: [[{ label: ctx.t("check:checks.where"), asks: "location" }]], once: true },
  };
  return sayAsking(ctx, { act: "where", reportId: null, version: 0 }, asking);
};

/** Where the inspector is; the question stays open, for they walk on. Anything else is about something else. */
export const takeWhere = async (ctx: BotContext, _question: Question, input: Input): Promise<Took> => {
  if (input.kind !== "location") return "not_it";
  await ctx.say(await renderChecks(ctx, { ...EVERYWHERE, near: input.point }, 0));
  return "more";
};

/** A press on the list: another page of the same. False when the button is forged. */
export const turnChecks = async (ctx: BotContext, option: string): Promise<boolean> => {
  const [from = "", ...rest] = option.split("~");
  const scope = readScope(ctx, rest);
  if (!/^\d{1,4}$/.test(from) || scope === null) return false;
  await ctx.change(await renderChecks(ctx, scope, Number(from)));
  return true;
};

const renderChecks = async (ctx: BotContext, scope: Scope, from: number): Promise<OutMessage> => {
  const { near, districtIds } = scope;
  const actor = await ctx.actor();
  const all = await listDisputes(ctx.store.db, { desks: await desksOf(ctx), districtIds });
  // An admin may have to, where nobody else is left.
  const waiting = hasRole(actor, "admin") ? all : all.filter((dispute) => interestOf(actor, dispute) === null);
  const ordered = near === null ? waiting : byDistance(waiting, near);
  const start = from < ordered.length ? from : 0;
  const page = ordered.slice(start, start + A_PAGE);
  if (page.length === 0) return { text: ctx.rich("check:checks.empty") };
  const turn = (key: "staff:button.previous" | "staff:button.next", to: number): Button => ({
    label: ctx.t(key),
    act: { kind: "go", to: "checks", option: [to, ...writeScope(scope)].join("~") },
  });
  const pages = [
    ...(start > 0 ? [turn("staff:button.previous", Math.max(0, start - A_PAGE))] : []),
    ...(start + A_PAGE < ordered.length ? [turn("staff:button.next", start + A_PAGE)] : []),
  ];
  return {
    text: paragraphs(
      ctx.rich("check:checks.head", { count: ordered.length }),
      ...page.map((dispute) => itemOf(ctx, dispute, near)),
    ),
    buttons: [
      page.map(({ id }): Button => ({
        label: ctx.t("resident:reports.number", { number: String(id) }),
        act: { kind: "go", to: "check", option: String(id) },
      })),
      ...(pages.length > 0 ? [pages] : []),
    ],
  };
};

const itemOf = (ctx: BotContext, dispute: Dispute, near: Point | null) => {
  const reading = readingOf(ctx);
  const meters = distanceTo(dispute, near);
  const isLate = dispute.dueAt !== null && dispute.dueAt <= reading.now;
  const words = {
    number: String(dispute.id),
    topic: topicTitle(reading, dispute.topicId),
    place: dispute.address ?? districtName(reading, dispute.districtId),
    date: dispute.dueAt === null ? "" : dayInWords(reading, lastDayOf(ctx.city, dispute.dueAt)),
    distance: meters === null ? "" : distanceInWords(ctx, meters),
  };
  const item = ctx.rich(meters === null ? "check:checks.item" : "check:checks.item_near", words);
  return isLate ? ctx.rich("check:checks.late").concat(item) : item;
};

const distanceTo = ({ lat, lon }: Dispute, near: Point | null): number | null =>
  near === null || lat === null || lon === null ? null : metersBetween(near, { lat, lon });

/** What no map knows comes last. */
const byDistance = (waiting: readonly Dispute[], near: Point): Dispute[] =>
  waiting.toSorted((a, b) => (distanceTo(a, near) ?? Infinity) - (distanceTo(b, near) ?? Infinity));

const distanceInWords = (ctx: BotContext, meters: number): string => {
  if (meters < 1000) return ctx.t("check:checks.meters", { count: Math.round(meters / 10) * 10 });
  const format = new Intl.NumberFormat(ctx.t("notices:dates.intl"), { maximumFractionDigits: 1 });
  return ctx.t("check:checks.kilometers", { distance: format.format(meters / 1000) });
};

/** Four digits are ten meters, and short enough for a button. */
const writeScope = ({ near, districtIds }: Scope): string[] =>
  near === null ? ["d", ...districtIds.slice(0, 1)] : ["n", near.lat.toFixed(4), near.lon.toFixed(4)];

const readScope = (ctx: BotContext, [kind, ...values]: readonly string[]): Scope | null => {
  if (kind === "n") {
    const [lat = Number.NaN, lon = Number.NaN] = values.map(Number);
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { near: { lat, lon }, districtIds: [] } : null;
  }
  const isKnown = values.every((id) => ctx.city.districts.some((district) => district.id === id));
  return kind === "d" && isKnown ? { near: null, districtIds: values } : null;
};
