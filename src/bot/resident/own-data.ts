/** `/mydata` and `/forget`: what the consent promises. With a number, operators ask for the person whose report they filed. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { forgetPerson, type ForgetRefusal } from "../../actions/forget-person.ts";
import { giveData } from "../../actions/give-data.ts";
import { cityDate } from "../../city/city-time.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import { banParams } from "../../notices/moderation-notices.ts";
import { paragraphs } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { readNumber } from "../editor/report-number.ts";

/** A question not answered for so long is asked again: an old button must not erase anybody. */
const CONFIRM_MINUTES = 60;

/** Sends the file. */
export const sendData = async (ctx: BotContext, words: string): Promise<unknown> => {
  const whose = await readWhose(ctx, words, "people:usage.mydata");
  if (whose === null) return undefined;
  const given = await giveData(ctx, { actorId: ctx.resident.id, reportId: whose.reportId }, ctx.now());
  if (!given.ok) return ctx.tell(...refusalOf(whose.reportId, given));
  const date = cityDate(ctx.city, ctx.now()).toString();
  const content = JSON.stringify({ about: ctx.t("people:mydata.about"), date, ...given.held }, null, 2);
  return ctx.say({ text: ctx.rich("people:mydata.here"), file: { name: `otklik-${date}.json`, content } });
};

/** Asks whether they mean it, and says what goes and what stays. */
export const askToForget = async (ctx: BotContext, words: string): Promise<unknown> => {
  const whose = await readWhose(ctx, words, "people:usage.forget");
  if (whose === null) return undefined;
  const { reportId } = whose;
  if (reportId === null && (await ctx.actor()).grants.length > 0) return ctx.tell("people:forget.staff");
  const asked = Math.floor(ctx.now().getTime() / 60_000).toString(36);
  const option = [asked, ...(reportId === null ? [] : [String(reportId)])].join(".");
  return ctx.say({
    text:
      reportId === null
        ? paragraphs(ctx.rich("people:forget.ask"), banStays(ctx))
        : ctx.rich("people:forget.ask_assisted", { number: String(reportId) }),
    buttons: [
      [{ label: ctx.t("people:forget.yes"), act: { kind: "go", to: "forget", option } }],
      [{ label: ctx.t("people:forget.no"), act: { kind: "go", to: "forget-not" } }],
    ],
  });
};

/** Being forgotten is no way out of a ban, and nobody is to find that out afterwards. */
const banStays = (ctx: BotContext): FormattedString | null => {
  const { bannedUntil: until, banReason } = ctx.resident;
  if (until === null || until <= ctx.now()) return null;
  const { date } = banParams(readingOf(ctx), { until, reason: banReason ?? "" });
  return ctx.rich("people:forget.ask_ban", { date });
};

/** The answer to that question. */
export const pressForget = async (ctx: BotContext, option: string): Promise<void> => {
  const [asked = "", number] = option.split(".");
  const minutes = ctx.now().getTime() / 60_000 - Number.parseInt(asked, 36);
  if (!(minutes >= 0 && minutes <= CONFIRM_MINUTES)) return ctx.toast("people:forget.old", {}, { alert: true });
  const reportId = number !== undefined && /^\d{1,12}$/.test(number) ? Number(number) : null;
  const done = await forgetPerson(ctx, { actorId: ctx.resident.id, reportId }, ctx.now());
  if (!done.ok) return ctx.change({ text: ctx.rich(...refusalOf(reportId, done)) });
  if (reportId !== null)
    return ctx.change({ text: ctx.rich("people:forget.done_assisted", { number: String(reportId) }) });
  await ctx.change({ text: ctx.rich("people:forget.done") });
};

/** Whose data: one's own without words; with a report's number, for staff. Null when they were told what is wrong. */
const readWhose = async (ctx: BotContext, words: string, usage: Key): Promise<{ reportId: number | null } | null> => {
  if (words === "") return { reportId: null };
  if (!hasRole(await ctx.actor(), "operator", "admin")) {
    await ctx.tell("people:own_data.only_own");
    return null;
  }
  const numbered = readNumber(words);
  if (numbered !== null && numbered.rest === "") return { reportId: numbered.reportId };
  await ctx.tell("people:own_data.number", { usage: ctx.t(usage) });
  return null;
};

const refusalOf = (reportId: number | null, { why }: ForgetRefusal): readonly [Key, Params] => {
  const params = { number: String(reportId) };
  switch (why) {
    case "staff":
      return ["people:forget.staff", params];
    case "not_found":
      return ["staff:refused.not_found", params];
    case "not_allowed":
      return ["staff:refused.not_allowed", params];
    case "not_assisted":
      return ["people:own_data.not_assisted", params];
    case "nobody":
      return ["people:own_data.nobody", params];
  }
};
