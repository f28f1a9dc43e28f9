/** Fills the context: who it is, in which language, and the ways to answer. */
import type { Middleware } from "grammy";
import { findActor } from "../actions/find-actor.ts";
import { meetResident } from "../actions/meet-resident.ts";
import { rememberMessages } from "../actions/remember-message.ts";
import { shorten } from "../city/text.ts";
import type { Key, Params } from "../i18n/keys.ts";
import { rich } from "../notices/rich.ts";
import type { Outgoing, Send } from "../notices/send.ts";
import { findBoundChat } from "../store/queries/bound-chats.ts";
import type { CommandEntry } from "./commands.ts";
import type { BotContext, BotDeps, BotFlavor } from "./context.ts";
import { deliver } from "./deliver.ts";

/** Telegram's limit for the answer to a press. */
const TOAST_CHARACTERS = 200;

/** Loads whoever wrote or pressed; updates without a person behind them were sorted out before. */
export const withContext =
  (deps: BotDeps, send: Send, commands: readonly CommandEntry[]): Middleware<BotContext> =>
  async (ctx, next) => {
    const { from, chat } = ctx;
    if (from === undefined || chat === undefined) return;
    const { store, city, i18n, now, statistics } = deps;
    const log = deps.log.child({ updateId: ctx.update.update_id });
    const name = [from.first_name, from.last_name].filter(Boolean).join(" ");
    const person = { telegramId: from.id, name, locale: i18n.pick(from.language_code) };
    const visit = await meetResident(deps, person, ctx.update.update_id, now());
    const { resident } = visit;
    const group = chat.type === "private" ? null : await findBoundChat(store.db, chat.id);
    const locale = group?.locale ?? resident.locale;

    let actor: ReturnType<BotFlavor["actor"]> | undefined;
    const say = async (outgoing: Outgoing): Promise<number | null> => {
      const { chatId, messageIds } = await deliver(send, outgoing);
      const { about } = outgoing.message;
      if (about !== undefined) await rememberMessages(deps, { chatId, messageIds, reportId: about }, now());
      return messageIds[0] ?? null;
    };
    const flavor: BotFlavor = {
      store,
      city,
      i18n,
      now,
      statistics,
      log,
      resident,
      visit,
      locale,
      commands,
      botUsername: ctx.me.username,
      actor: ({ anew } = { anew: false }) =>
        (actor = anew || actor === undefined ? findActor(store.db, resident.id) : actor),
      // Read at the call, so that a language chosen in this very update already counts.
      t: (key: Key, params?: Params) => i18n.t(ctx.locale, key, params),
      rich: (key: Key, params?: Params) => rich(i18n, ctx.locale, key, params),
      say: (message) => say({ chatId: chat.id, message }),
      tell: (key, params) => ctx.say({ text: ctx.rich(key, params) }),
      whisper: (message) => say({ chatId: from.id, message }),
      change: async (message) => {
        const messageId = ctx.callbackQuery?.message?.message_id;
        const edit = messageId === undefined ? {} : { edit: { messageId, whenGone: "send" as const } };
        await say({ chatId: chat.id, message, ...edit });
      },
      toast: (key, params, look) => {
        const text = i18n.t(chat.type === "private" ? ctx.locale : ctx.resident.locale, key, params);
        ctx.pressAnswer = { text: shorten(text, TOAST_CHARACTERS), show_alert: look?.alert ?? false };
      },
      pressAnswer: {},
    };
    Object.assign(ctx, flavor);
    return next();
  };
