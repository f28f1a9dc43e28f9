/** `/follow N`, `/unfollow N` and the buttons for it on a public card. */
import { hasConsented } from "../../actions/give-consent.ts";
import { followReport } from "../../actions/follow-report.ts";
import { logRefusal } from "../../actions/claim-act.ts";
import { unfollowReport } from "../../actions/unfollow-report.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import type { BotContext } from "../context.ts";
import { bannedInWords } from "./banned.ts";
import { askConsent } from "./consent.ts";

type Said = readonly [key: Key, params: Params];

/** A number as people type it: «15», «№ 15», «#15», a link to the report; null when it is none. */
const readNumber = (words: string): number | null => {
  const digits = /^(?:№|#|n|no\.?)?\s*(\d{1,12})$/i.exec(words)?.[1] ?? /start=[rjv]_(\d{1,12})$/.exec(words)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** `/follow N` */
export const followTyped = (ctx: BotContext, words: string): Promise<unknown> => answer(ctx, words, follow);

/** `/unfollow N` */
export const unfollowTyped = (ctx: BotContext, words: string): Promise<unknown> => answer(ctx, words, unfollow);

/** The press on a card, which says what it did. */
export const pressFollow = async (ctx: BotContext, to: "follow" | "unfollow", option: string): Promise<boolean> => {
  const reportId = readNumber(option);
  if (reportId === null) return false;
  await tell(ctx, reportId, to === "follow" ? follow : unfollow);
  return true;
};

/** A link on the report's page: whoever comes with it has agreed to what is kept. */
export const joinLinked = async (ctx: BotContext, reportId: number): Promise<void> => {
  await ctx.tell(...(await follow(ctx, reportId)));
};

type Run = (ctx: BotContext, reportId: number) => Promise<Said>;

const answer = async (ctx: BotContext, words: string, run: Run): Promise<unknown> => {
  const reportId = readNumber(words);
  if (reportId !== null) return tell(ctx, reportId, run);
  return ctx.tell("check:follow.number", {
    usage: ctx.t(run === follow ? "check:usage.follow" : "check:usage.unfollow"),
  });
};

/** Who follows what is kept, so it waits for the consent; after that the report is shown with its button. */
const tell = async (ctx: BotContext, reportId: number, run: Run): Promise<unknown> =>
  run === follow && !hasConsented(ctx.resident, ctx.city)
    ? askConsent(ctx, `r_${reportId}`)
    : ctx.tell(...(await run(ctx, reportId)));

const follow: Run = async (ctx, reportId) => {
  const result = await followReport(ctx, { residentId: ctx.resident.id, reportId }, ctx.now());
  const number = String(reportId);
  if (result.ok) {
    const original = String(result.report.id);
    return [original === number ? "check:follow.done" : "check:follow.merged", { number, original }];
  }
  logRefusal(ctx, { act: "follow", reportId, residentId: ctx.resident.id, why: result.why });
  if (result.why === "banned") return bannedInWords(ctx, result);
  return [result.why === "not_found" ? "check:refused.not_found" : `check:follow.${result.why}`, { number }];
};

const unfollow: Run = async (ctx, reportId) => {
  const result = await unfollowReport(ctx, { residentId: ctx.resident.id, reportId }, ctx.now());
  return [result.ok ? "check:follow.ended" : "check:follow.not_following", { number: String(reportId) }];
};
