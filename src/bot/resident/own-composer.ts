/** What authors do to reports they have filed: buttons of their own cards, and replies to anything the bot said of a report. */
import { Composer } from "grammy";
import { unpack } from "../callback-data.ts";
import type { BotContext } from "../context.ts";
import { takeAddition } from "./additions.ts";
import { pressForget } from "./own-data.ts";
import { pressRejected } from "./rejected.ts";
import { pressWhose, takeReply } from "./replies.ts";
import { pressWithdraw } from "./withdraw.ts";

/** Private chats only; after everything that asked for words, and before the form, which would take a reply for a new report. */
export const ownComposer = new Composer<BotContext>();

ownComposer.on("callback_query:data", async (ctx, next) => {
  const act = unpack(ctx.callbackQuery.data);
  if (act?.kind === "report" && act.act === "withdraw") return pressWithdraw(ctx, act);
  if (act?.kind === "go" && act.to === "forget") return pressForget(ctx, act.option ?? "");
  if (act?.kind === "go" && act.to === "forget-not") return ctx.change({ text: ctx.rich("people:forget.kept") });
  if (act?.kind === "report" && (await pressRejected(ctx, act))) return undefined;
  if (act?.kind === "go" && act.to === "whose") return pressWhose(ctx, act.option ?? "");
  return next();
});

ownComposer.on("message", async (ctx, next) =>
  (await takeAddition(ctx)) || (await takeReply(ctx)) ? undefined : next(),
);
