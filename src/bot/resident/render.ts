/** Puts what the form says into the resident's language. */
import { FormattedString } from "@grammyjs/parse-mode";
import { textIn } from "../../city/text.ts";
import type { Say, Value } from "../../form/ask.ts";
import type { FormText } from "../../form/form-text.ts";
import type { Asked } from "../../form/step.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import { dayInWords } from "../../notices/dates.ts";
import type { OutMessage } from "../../notices/message.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { locationKeyboard, menuKeyboard } from "./keyboards.ts";

const toKey = (text: FormText): Key => `form:${text}`;

/** A text of the form with its entities. */
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

/** A question of the form as a message; what is to be said first stands above it. */
export const renderAsk = (ctx: BotContext, ask: Asked, ...first: readonly Say[]): OutMessage => {
  const above = first.map((say) => sayIn(ctx, say));
  const question = FormattedString.join(
    ask.lines.map((line) => sayIn(ctx, line)),
    "\n",
  );
  const text = FormattedString.join([...above, question], "\n\n");
  if (ask.buttons.length > 0)
    return {
      text,
      buttons: ask.buttons.map((buttons) =>
        buttons.map(({ label, press }) => ({
          label: labelIn(ctx, label),
          act: { kind: "form", version: ask.turn, press },
        })),
      ),
    };
  return { text, keyboard: ask.wantsLocation === true ? locationKeyboard(ctx) : menuKeyboard(ctx) };
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
