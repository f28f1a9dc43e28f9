import { Composer, type Context } from "grammy";
import { parseCommand } from "./parse-command.ts";

/** In whose name Telegram sends what an administrator writes «anonymously». */
const GROUP_ANONYMOUS_BOT = 1087968824;

/**
 * Lets through what a person says to the bot, and nothing else: no channels, no other bots, no chatter of groups.
 * `onAnonymous` hears of commands that somebody wrote in a group's or a channel's name.
 */
export const onlyPeople = <C extends Context>(
  commands: readonly { name: string }[],
  onAnonymous: (ctx: C) => Promise<unknown>,
): Composer<C> => {
  const names = new Set(commands.map(({ name }) => name));
  const composer = new Composer<C>();
  composer.use(async (ctx, next) => {
    const { from, chat } = ctx;
    if (from === undefined || chat === undefined || chat.type === "channel") return undefined;
    if (chat.type === "private") return from.is_bot ? undefined : next();
    if (ctx.callbackQuery !== undefined) return next();
    const message = ctx.message;
    if (message === undefined) return undefined;
    const command = message.text === undefined ? null : parseCommand(message.text, ctx.me.username);
    const isCommand = command !== null && (command.addressed || names.has(command.name));
    if (message.sender_chat !== undefined || from.id === GROUP_ANONYMOUS_BOT) {
      return isCommand ? onAnonymous(ctx) : undefined;
    }
    if (from.is_bot) return undefined;
    const isReplyToUs = message.reply_to_message?.from?.id === ctx.me.id;
    return isCommand || isReplyToUs ? next() : undefined;
  });
  return composer;
};
