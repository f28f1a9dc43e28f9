/** `/reroute N agency: reason`: an editor hands a report on although its agency did not ask. */
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { handOn } from "./decide-answer.ts";
import { readAgency } from "./moderate.ts";
import { readNumber } from "./report-number.ts";

/** Sends the report to the agency named before the colon, for the reason behind it, which everybody reads. */
export const rerouteTyped = async (ctx: BotContext, words: string): Promise<unknown> => {
  const usage = ctx.t("officer:usage.reroute");
  const numbered = readNumber(words);
  if (numbered === null) return ctx.tell("staff:wrong.number", { usage });
  const [, named = "", reason = ""] = /^([^:]*):([\s\S]*)$/.exec(numbered.rest) ?? [];
  if (named.trim() === "" || reason.trim() === "") return ctx.tell("officer:words.reroute", { usage });
  const agencyId = await readAgency(ctx, named.trim(), usage);
  if (agencyId === null) return undefined;
  const target = { reportId: numbered.reportId, version: null };
  const { said } = await handOn(ctx, readingOf(ctx), target, { ask: { agencyId, reason } });
  return ctx.tell(...said);
};
