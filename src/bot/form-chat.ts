/** A form in a chat, whichever form it is: what it says becomes messages, what people type becomes presses. */
import { FormattedString } from "@grammyjs/parse-mode";
import { textIn } from "../city/text.ts";
import type { Say, Value } from "../form/ask.ts";
import type { Asked, ReplyOf } from "../form/engine.ts";
import type { FormText } from "../form/form-text.ts";
import type { Key, Params } from "../i18n/keys.ts";
import { dayInWords } from "../notices/dates.ts";
import type { ButtonAct, Keyboard, OutMessage } from "../notices/message.ts";
import type { BotContext } from "./context.ts";
import { readingOf } from "./reading.ts";

/** Where a form is filled in, and what its messages look like. */
export type FormChat = {
  /** What a button of the form does. */
  act(press: string, turn: number): ButtonAct;
  /** Stands above every question. */
  head?: FormattedString;
  /** The report its messages are about. */
  about?: number;
  /** What stands below the line people type in while a question has no buttons. */
  keyboard?(ask: Asked): Keyboard;
  say(message: OutMessage): Promise<unknown>;
  /** The short answer to a button of an older question. */
  stale: Key;
};

const toKey = (text: FormText): Key => `form:${text}`;

/** A text of a form with its entities. */
export const sayIn = (ctx: BotContext, { text, params }: Say): FormattedString =>
  ctx.rich(toKey(text), toParams(ctx, params));

/** The same without entities, as buttons want it. */
const labelIn = (ctx: BotContext, { text, params }: Say): string => ctx.t(toKey(text), toParams(ctx, params));

const toParams = (ctx: BotContext, params: Say["params"] = {}): Params =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, toParam(ctx, value)]));

const toParam = (ctx: BotContext, value: Value): string | number => {
  if (typeof value !== "object") return value;
  if ("in" in value) return textIn(ctx.city, value.in, ctx.locale);
  if ("date" in value) return dayInWords(readingOf(ctx), value.date);
  return labelIn(ctx, value);
};

/** A question of a form as a message; what is to be said first stands above it. */
const renderAsk = (ctx: BotContext, chat: FormChat, ask: Asked, ...first: readonly Say[]): OutMessage => {
  const above = [...(chat.head === undefined ? [] : [chat.head]), ...first.map((say) => sayIn(ctx, say))];
  const question = FormattedString.join(
    ask.lines.map((line) => sayIn(ctx, line)),
    "\n",
  );
  const message: OutMessage = {
    text: FormattedString.join([...above, question], "\n\n"),
    ...(chat.about !== undefined && { about: chat.about }),
  };
  if (ask.buttons.length > 0)
    return {
      ...message,
      buttons: ask.buttons.map((buttons) =>
        buttons.map(({ label, press }) => ({ label: labelIn(ctx, label), act: chat.act(press, ask.turn) })),
      ),
    };
  return chat.keyboard === undefined ? message : { ...message, keyboard: chat.keyboard(ask) };
};

/** Says what a step of a form has to say. */
export const sayReply = async (
  ctx: BotContext,
  chat: FormChat,
  said: Exclude<ReplyOf<unknown>, { kind: "done" }>,
): Promise<void> => {
  switch (said.kind) {
    case "quiet":
      return;
    case "stale":
      ctx.toast(chat.stale);
      await chat.say(renderAsk(ctx, chat, said.ask, ...said.notes));
      return;
    case "hint":
      await chat.say(renderAsk(ctx, chat, said.ask, ...said.notes, said.hint));
      return;
    case "ask": {
      const question = renderAsk(ctx, chat, said.ask, ...said.notes);
      const isPress = ctx.callbackQuery !== undefined;
      if (isPress && said.inPlace) return ctx.change(question);
      if (isPress && said.chosen !== null) {
        await ctx.change({ text: sayIn(ctx, said.chosen) });
      }
      await chat.say(question);
      return;
    }
  }
};

/** What is left of a label when case, emoji and punctuation do not count. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The choice whose label somebody typed instead of pressing it; null when it is none of them. */
export const findTyped = (ctx: BotContext, ask: Asked, typed: string): string | null => {
  const wanted = bare(typed);
  if (wanted === "") return null;
  return ask.buttons.flat().find(({ label }) => bare(labelIn(ctx, label)) === wanted)?.press ?? null;
};
