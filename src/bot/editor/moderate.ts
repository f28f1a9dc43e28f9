/** `/accept N [agency]` and `/reject N reason`: the card's decisions, typed. */
import type { BotContext } from "../context.ts";
import { shorten, textIn } from "../../city/text.ts";
import { lines } from "../../notices/rich.ts";
import { readingOf } from "../reading.ts";
import { acceptWithDays } from "./correct.ts";
import { accept, reject } from "./decide.ts";
import { findNamed } from "../../city/find-named.ts";
import { readNumber } from "./report-number.ts";

/** «Освещение, 12 дней: нужна закупка»: the agency, which may be missing, and days of its own with the reason. */
const AGENCY_AND_DAYS = /^(?:([\s\S]*?)[\s,;]+)??(\d{1,4}\s*(?:дн|день|day)[\s\S]*)$/iu;

/** Sends the report to the agency named, or to the one routing names. */
export const acceptTyped = async (ctx: BotContext, words: string): Promise<unknown> => {
  const numbered = readNumber(words);
  const usage = ctx.t("commands:usage.accept");
  if (numbered === null) return ctx.tell("staff:wrong.number", { usage });
  const { reportId, rest } = numbered;
  const [whole, before = "", typed] = AGENCY_AND_DAYS.exec(rest) ?? [];
  const named = whole === undefined ? rest : before;
  const agencyId = named === "" ? null : await readAgency(ctx, named, usage);
  if (named !== "" && agencyId === null) return undefined;
  if (typed !== undefined) {
    const target = { reportId, version: null };
    return ctx.tell(...(await acceptWithDays(ctx, readingOf(ctx), target, { typed, agencyId })).said);
  }
  const { said } = await accept(ctx, readingOf(ctx), { reportId, version: null }, agencyId);
  return ctx.tell(...said);
};

/** The agency that is typed, by id or name; null when it is none or several, which the person was told with an example. */
export const readAgency = async (ctx: BotContext, typed: string, usage: string): Promise<string | null> => {
  const agencies = ctx.city.agencies.map(({ id, name, shortName }) => ({ id, names: [name, shortName] }));
  const [found, ...others] = findNamed(agencies, typed);
  if (found !== undefined && others.length === 0) return found.id;
  if (found === undefined) await ctx.tell("staff:wrong.agency", { typed: brief(typed), usage });
  else await tellWhich(ctx, typed, [found, ...others]);
  return null;
};

/** Rejects the report: the words are a reason of the city's list by its code or title, or the editor's own. */
export const rejectTyped = async (ctx: BotContext, words: string): Promise<unknown> => {
  const numbered = readNumber(words);
  if (numbered === null) return ctx.tell("staff:wrong.number", { usage: ctx.t("commands:usage.reject") });
  const { reportId, rest } = numbered;
  if (rest === "") {
    return ctx.say({
      text: lines(
        ctx.rich("staff:wrong.reason", { usage: ctx.t("commands:usage.reject") }),
        ...ctx.city.rejectionReasons.map(({ code, title }) =>
          ctx.rich("staff:wrong.choice", { id: code, name: textIn(ctx.city, title, ctx.locale) }),
        ),
      ),
    });
  }
  const { said } = await reject(ctx, readingOf(ctx), { reportId, version: null }, readReason(ctx, rest));
  return ctx.tell(...said);
};

/** A whole code or title means the list; anything else is meant as it is written. */
const readReason = (ctx: BotContext, typed: string): { code: string } | { words: string } => {
  const same = (text: string): boolean => text.trim().toLowerCase() === typed.trim().toLowerCase();
  const known = ctx.city.rejectionReasons.find(
    ({ code, title }) => same(code) || Object.values(title).some((text) => same(text)),
  );
  return known === undefined ? { words: typed } : { code: known.code };
};

const tellWhich = async (ctx: BotContext, typed: string, found: readonly { id: string }[]): Promise<unknown> =>
  ctx.say({
    text: lines(
      ctx.rich("staff:wrong.agencies", { typed: brief(typed) }),
      ...found.slice(0, 10).map(({ id }) => {
        const agency = ctx.city.agencies.find((one) => one.id === id);
        return ctx.rich("staff:wrong.choice", { id, name: agency ? textIn(ctx.city, agency.name, ctx.locale) : id });
      }),
    ),
  });

/** What was typed, short enough to be said back. */
export const brief = (typed: string): string => shorten(typed, 60);
