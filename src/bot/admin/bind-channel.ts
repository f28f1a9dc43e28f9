/**
 * `/bind channel` and `/unbind channel`. A post in a channel comes from nobody, so it is an admin in another chat who names the channel, and
 * Telegram is asked whether they administer it, and whether the bot may do there what it has to.
 */
import { GrammyError } from "grammy";
import * as channels from "../../actions/bind-channel.ts";
import type { BotContext } from "../context.ts";
import { brief } from "../editor/moderate.ts";
import { waitSeconds } from "../telegram-says.ts";

/** Binds the channel that is named, or says how. */
export const bindChannel = async (ctx: BotContext, typed: string): Promise<unknown> => {
  const bot = ctx.botUsername;
  if (typed === "") return ctx.tell("channel:bind.how", { bot });
  const asked = await ask(async () => {
    const name = readChannel(typed);
    return name === null ? null : ctx.api.getChat(name);
  });
  if (asked === "later") return ctx.tell("channel:bind.later");
  if (asked === null) return ctx.tell("channel:bind.unknown", { typed: brief(typed) });
  const title = asked.title ?? asked.first_name ?? "";
  if (asked.type !== "channel") return ctx.tell("channel:bind.no_channel", { title });
  const { id: chatId } = asked;
  const own = await ask(() => ctx.api.getChatMember(chatId, ctx.me.id));
  if (own === "later") return ctx.tell("channel:bind.later");
  if (own?.status !== "administrator") return ctx.tell("channel:bind.bot_no_admin", { title, bot });
  if (own.can_post_messages !== true || !own.can_delete_messages) {
    return ctx.tell("channel:bind.bot_no_rights", { title });
  }
  const asker = await ask(() => ctx.api.getChatMember(chatId, ctx.from?.id ?? 0));
  if (asker === "later") return ctx.tell("channel:bind.later");
  if (asker?.status !== "creator" && asker?.status !== "administrator") {
    return ctx.tell("channel:bind.asker_no_admin", { title });
  }
  const bound = await channels.bindChannel(ctx, { actorId: ctx.resident.id, chatId }, ctx.now());
  return bound.ok ? ctx.tell("channel:bind.done", { title }) : ctx.tell("staff:refused.not_allowed");
};

/** Ends the binding of the channel that is named, of every channel when none is. */
export const unbindChannel = async (ctx: BotContext, typed: string): Promise<unknown> => {
  const name = typed === "" ? null : readChannel(typed);
  const asked = typeof name === "string" ? await ask(() => ctx.api.getChat(name)) : null;
  if (asked === "later") return ctx.tell("channel:bind.later");
  const chatId = typeof name === "number" ? name : (asked?.id ?? null);
  if (typed !== "" && chatId === null) return ctx.tell("channel:bind.unknown", { typed: brief(typed) });
  const unbound = await channels.unbindChannels(ctx, { actorId: ctx.resident.id, chatId }, ctx.now());
  if (unbound.ok) return ctx.tell("channel:bind.unbound", { count: unbound.count });
  return ctx.tell(unbound.why === "not_bound" ? "channel:bind.not_bound" : "staff:refused.not_allowed");
};

/** What Telegram answers: null when it knows no such thing or does not tell us, `later` when it may in a moment. */
const ask = async <Answer>(call: () => Promise<Answer>): Promise<Answer | "later" | null> => {
  try {
    return await call();
  } catch (error) {
    if (waitSeconds(error) !== null) return "later";
    if (error instanceof GrammyError) return null;
    throw error;
  }
};

/** `@name`, a channel's id, or a link to the channel or to one of its posts. Private channels have links of numbers. */
const readChannel = (typed: string): string | number | null => {
  const path = typed.replace(/^(?:https?:\/\/)?(?:t|telegram)\.me\//i, "");
  const hidden = /^c\/(\d{1,15})(?:\/|$)/.exec(path);
  if (hidden !== null) return Number(`-100${hidden[1]}`);
  if (/^-\d{1,15}$/.test(typed)) return Number(typed);
  const name = /^@?([a-z]\w{3,31})(?:\/\d+)*\/?$/i.exec(path);
  return name === null ? null : `@${name[1]}`;
};
