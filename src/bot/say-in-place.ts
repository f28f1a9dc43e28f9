/** What a press comes to, said where it was pressed. */
import type { InlineKeyboardButton } from "grammy/types";
import type { OutMessage } from "../notices/message.ts";
import { unpack } from "./callback-data.ts";
import type { BotContext } from "./context.ts";
import { takeButtons } from "./send.ts";

/**
 * Rewrites the pressed message, which has done its work. One that several reports share keeps its words, and the buttons of the others: what
 * there is to say of this report stands below it then.
 */
export const sayInPlace = async (ctx: BotContext, reportId: number, message: OutMessage): Promise<void> => {
  const pressed = ctx.callbackQuery?.message;
  const rows: InlineKeyboardButton[][] = pressed?.date === 0 ? [] : (pressed?.reply_markup?.inline_keyboard ?? []);
  const others = rows
    .flat()
    .map(reportOf)
    .filter((id) => id !== null && id !== reportId);
  if (pressed === undefined || others.length === 0) return ctx.change(message);
  const left = rows.map((row) => row.filter((button) => reportOf(button) !== reportId)).filter((row) => row.length > 0);
  await takeButtons(ctx.api, pressed.chat.id, pressed.message_id, left);
  await ctx.say({ ...message, about: reportId });
};

const reportOf = (button: InlineKeyboardButton): number | null => {
  const act = "callback_data" in button ? unpack(button.callback_data) : null;
  return act?.kind === "report" ? act.reportId : null;
};
