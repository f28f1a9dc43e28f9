/** Everything editors do besides commands: presses on cards and lists, replies with own words, links of invitations. */
import { Composer } from "grammy";
import { unpack } from "../callback-data.ts";
import type { BotContext } from "../context.ts";
import { parseCommand } from "../parse-command.ts";
import { pressBeside } from "./beside.ts";
import { pressAnswerCard } from "./answer-presses.ts";
import { pressFind } from "./find.ts";
import { openInvitation } from "./invite.ts";
import { takeWords } from "./own-words.ts";
import { pressReport } from "./presses.ts";
import { pressQueue } from "./queue.ts";

/** Opening an invitation; it has to come before the commands, for it is a `/start` of its own. */
export const invitationComposer = new Composer<BotContext>();

invitationComposer.chatType("private").on("message:text", async (ctx, next) => {
  const written = parseCommand(ctx.message.text, ctx.botUsername);
  if (written?.name !== "start" || !(await openInvitation(ctx, written.words))) return next();
  return undefined;
});

/** Presses on cards and lists, and replies with own words; whatever is not the editors' goes on. */
export const editorComposer = new Composer<BotContext>();

editorComposer.on("callback_query:data", async (ctx, next) => {
  const act = unpack(ctx.callbackQuery.data);
  if (act?.kind === "report" && (await pressReport(ctx, act))) return undefined;
  if (act?.kind === "report" && (await pressAnswerCard(ctx, act))) return undefined;
  if (act?.kind === "go" && (await pressBeside(ctx, act.to, act.option))) return undefined;
  if (act?.kind === "go" && (await pressFind(ctx, act.to, act.option))) return undefined;
  if (act?.kind === "go" && (await pressQueue(ctx, act.to, act.option))) return undefined;
  return next();
});

editorComposer.on("message", async (ctx, next) => ((await takeWords(ctx)) ? undefined : next()));
