/** `/follow N`, `/unfollow N` and the buttons for it on a public card. */
import { followReport } from "../../actions/follow-report.ts";
import { unfollowReport } from "../../actions/unfollow-report.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import type { BotContext } from "../context.ts";

type Said = readonly [key: Key, params: Params];

/** A number as people type it: «15», «№ 15», «#15», a link to the report; null when it is none. */
const readNumber = (words: string): number | null => {
  const digits = /^(?:№|#|n|no\.?)?\s*(\d{1,12})$/i.exec(words)?.[1] ?? /start=r_(\d{1,12})$/.exec(words)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** `/follow N` */
export const followTyped = async (ctx: BotContext, words: string): Promise<unknown> => {
  const reportId = readNumber(words);
  if (reportId === null) return ctx.tell("check:follow.number", { usage: ctx.t("check:usage.follow") });
  return ctx.tell(...(await follow(ctx, reportId)).said);
};

/** `/unfollow N` */
export const unfollowTyped = async (ctx: BotContext, words: string): Promise<unknown> => {
  const reportId = readNumber(words);
  if (reportId === null) return ctx.tell("check:follow.number", { usage: ctx.t("check:usage.unfollow") });
  return ctx.tell(...(await unfollow(ctx, reportId)).said);
};

/** The press on a card; the short answer says what it did. */
export const pressFollow = async (ctx: BotContext, to: "follow" | "unfollow", option: string): Promise<boolean> => {
  const reportId = readNumber(option);
  if (reportId === null) return false;
  const { said } = await (to === "follow" ? follow(ctx, reportId) : unfollow(ctx, reportId));
  await ctx.tell(...said);
  return true;
};

const follow = async (ctx: BotContext, reportId: number): Promise<{ done: boolean; said: Said }> => {
  const result = await followReport(ctx, { residentId: ctx.resident.id, reportId }, ctx.now());
  const number = String(reportId);
  if (result.ok) {
    const original = String(result.report.id);
    return {
      done: true,
      said: [original === number ? "check:follow.done" : "check:follow.merged", { number, original }],
    };
  }
  ctx.log.info({ act: "follow", reportId, residentId: ctx.resident.id, why: result.why }, "act refused");
  return {
    done: false,
    said: [result.why === "not_found" ? "check:refused.not_found" : `check:follow.${result.why}`, { number }],
  };
};

const unfollow = async (ctx: BotContext, reportId: number): Promise<{ done: boolean; said: Said }> => {
  const result = await unfollowReport(ctx, { residentId: ctx.resident.id, reportId }, ctx.now());
  const number = String(reportId);
  return { done: result.ok, said: [result.ok ? "check:follow.ended" : "check:follow.not_following", { number }] };
};
