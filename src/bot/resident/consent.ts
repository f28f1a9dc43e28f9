/** Before anything is kept of a resident's words: the language, and a short text they agree to. */
import { FormattedString } from "@grammyjs/parse-mode";
import { textIn } from "../../city/text.ts";
import { giveConsent, hasConsented } from "../../actions/give-consent.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { paragraphs } from "../../notices/rich.ts";
import type { BotContext } from "../context.ts";
import { menuKeyboard } from "./keyboards.ts";

/**
 * What `/start` was opened with, as it travels in the buttons until the consent is given; short enough for Telegram's 64 bytes.
 * Other payloads than ours are dropped.
 */
const toPayload = (payload: string): string => (/^[rjvt]_[a-z0-9_-]{1,24}$/.test(payload) ? payload : "");

/** The greeting of a newcomer, or the new text for somebody who agreed to an older one; who was already telling (`isTelling`) hears that it was not kept. */
export const askConsent = async (ctx: BotContext, payload: string, isTelling = false): Promise<void> => {
  const asked = renderConsent(ctx, payload);
  await ctx.say(isTelling ? { ...asked, text: paragraphs(asked.text, ctx.rich("resident:consent.again")) } : asked);
};

/** The same in the language that was just chosen. */
export const renderConsent = (ctx: BotContext, opened: string): OutMessage => {
  const { city, i18n } = ctx;
  const payload = toPayload(opened);
  const isNew = ctx.resident.consentVersion === null;
  const languages = i18n.locales
    .filter((locale) => locale !== ctx.locale)
    .map((locale): Button => ({
      label: i18n.t(locale, "resident:language.name"),
      act: { kind: "go", to: "lang", option: `${locale}~${payload}` },
    }));
  return {
    text: paragraphs(
      isNew
        ? ctx.rich("resident:welcome", { city: textIn(city, city.name, ctx.locale) })
        : ctx.rich("resident:consent.changed"),
      textIn(city, city.consent.short, ctx.locale),
    ),
    buttons: [
      [
        {
          label: ctx.t("resident:consent.agree"),
          act: { kind: "go", to: "consent", option: `${city.consent.version}~${payload}` },
        },
      ],
      [{ label: ctx.t("resident:consent.full"), act: { kind: "go", to: "consent-text" } }],
      ...(languages.length > 0 ? [languages] : []),
    ],
  };
};

/** The whole text as messages. */
export const showConsentText = async (ctx: BotContext): Promise<void> => {
  for (const text of toMessages(textIn(ctx.city, ctx.city.consent.full, ctx.locale))) await ctx.say({ text });
};

/** Whoever agreed, what they came for, and whether they had agreed before. */
type Given = { payload: string; who: "new" | "returning" };

/** Agreed: the button is gone, and what they came for goes on. Null when the text has changed since, and is shown anew. */
export const takeConsent = async (ctx: BotContext, option: string): Promise<Given | null> => {
  const [version, payload = ""] = option.split("~");
  if (hasConsented(ctx.resident, ctx.city)) {
    ctx.toast("resident:consent.already");
    await ctx.change({ text: ctx.rich("resident:consent.given") });
    return { payload: toPayload(payload), who: "returning" };
  }
  const given = await giveConsent(ctx, { resident: ctx.resident, version: Number(version) }, ctx.now());
  if (!given.ok) {
    await ctx.change(renderConsent(ctx, payload));
    return null;
  }
  ctx.resident = given.resident;
  ctx.visit = { ...ctx.visit, resident: given.resident };
  await ctx.change({ text: ctx.rich("resident:consent.given") });
  await ctx.say({ text: ctx.rich("resident:consent.next"), keyboard: menuKeyboard(ctx) });
  return { payload: toPayload(payload), who: "new" };
};

/** Most characters of one message, below Telegram's 4096. */
const MESSAGE_CHARACTERS = 3500;

/** Markdown of headings, lists and paragraphs as messages short enough, cut between paragraphs. */
const toMessages = (markdown: string): FormattedString[] => {
  const messages: FormattedString[] = [];
  for (const block of markdown.split(/\n{2,}/).filter((text) => text.trim() !== "")) {
    const text = toRich(block.trim());
    const last = messages.at(-1);
    if (last !== undefined && last.rawText.length + text.rawText.length < MESSAGE_CHARACTERS)
      messages[messages.length - 1] = paragraphs(last, text);
    else messages.push(text);
  }
  return messages;
};

const toRich = (block: string): FormattedString => {
  const heading = /^#+ (.*)$/.exec(block)?.[1];
  if (heading !== undefined) return FormattedString.bold(heading);
  // A line break within a paragraph or an item of a list is only the file's.
  const joined = block.replace(/\n(?!\s*[-*] )\s*/g, " ").replace(/^\s*[-*] /gm, "• ");
  return new FormattedString(joined);
};
