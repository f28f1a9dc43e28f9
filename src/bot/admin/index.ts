/** What admins do besides commands: turning pages of staff and audit, taking roles away. */
import { Composer } from "grammy";
import { unpack } from "../callback-data.ts";
import type { BotContext } from "../context.ts";
import { pressAudit } from "./audit.ts";
import { pressStaff } from "./staff.ts";

export const adminComposer = new Composer<BotContext>();

adminComposer.chatType("private").on("callback_query:data", async (ctx, next) => {
  const act = unpack(ctx.callbackQuery.data);
  if (act?.kind !== "go") return next();
  const { to, option = "" } = act;
  return (await pressStaff(ctx, to, option)) || (await pressAudit(ctx, to, option)) ? undefined : next();
});
