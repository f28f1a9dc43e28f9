import { z } from "zod";
import type { LocalChat } from "./chats.ts";
import { isDeepLinkSound } from "./deep-links.ts";
import type { PageMessage } from "./page-api.ts";
import { flag } from "./params.ts";
import { badRequest } from "./refusal.ts";

/** Any keyboard a message can bring. */
export type ReplyMarkup = NonNullable<PageMessage["reply_markup"]>;

const maxButtons = 100;
const style = { style: z.enum(["danger", "success", "primary"]).optional() };

const inlineButton = z.strictObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  copy_text: z.strictObject({ text: z.string().min(1).max(256) }).optional(),
  ...style,
});

const replyButton = z.union([
  z.string().transform((text) => ({ text })),
  z.strictObject({
    text: z.string(),
    request_contact: z.boolean().optional(),
    request_location: z.boolean().optional(),
    ...style,
  }),
]);

const placeholder = { input_field_placeholder: z.string().min(1).max(64).optional(), selective: flag.optional() };
const inlineMarkup = z.strictObject({ inline_keyboard: z.array(z.array(inlineButton)) });
const replyMarkup = z.strictObject({
  keyboard: z.array(z.array(replyButton)),
  is_persistent: flag.optional(),
  resize_keyboard: flag.optional(),
  one_time_keyboard: flag.optional(),
  ...placeholder,
});
const removeMarkup = z.strictObject({ remove_keyboard: z.literal(true), selective: flag.optional() });
const forceMarkup = z.strictObject({ force_reply: z.literal(true), ...placeholder });

const checkInlineButton = (button: z.infer<typeof inlineButton>): void => {
  const cannot = (words: string): Error => badRequest(`can't parse inline keyboard button: ${words}`);
  if (button.text.trim() === "") throw badRequest("BUTTON_TEXT_INVALID");
  const acts = [button.callback_data, button.url, button.copy_text].filter((act) => act !== undefined && act !== "");
  if (acts.length === 0) throw cannot("Text buttons are unallowed in the inline keyboard");
  if (acts.length > 1) throw cannot("exactly one of the optional fields must be used");
  if (button.callback_data !== undefined && Buffer.byteLength(button.callback_data) > 64) {
    throw badRequest("BUTTON_DATA_INVALID");
  }
  if (button.url !== undefined) checkButtonUrl(button.url);
};

const checkButtonUrl = (url: string): void => {
  const words = (why: string): Error => badRequest(`inline keyboard button URL '${url}' is invalid: ${why}`);
  if (/^tg:\/\/\S+$/i.test(url)) return;
  const host = /^(?:https?:\/\/)?([^/?#:\s]+)/i.exec(url)?.[1] ?? "";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url) && !/^https?:/i.test(url)) throw words("Unsupported URL protocol");
  // This messenger stands on one's own machine, and so does the web page the bot links to.
  const isLocal = /^(localhost|127\.0\.0\.1)$/i.test(host) && /^https?:/i.test(url);
  if (!host.includes(".") && !isLocal) throw words("Wrong HTTP URL");
  if (!isDeepLinkSound(url)) throw badRequest("START_PARAM_INVALID");
};

const refuseShape = (what: string, error: z.ZodError): Error => {
  const [issue] = error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  const words = issue?.code === "unrecognized_keys" ? `unknown field "${issue.keys.join('", "')}"` : issue?.message;
  return badRequest(`can't parse ${what}: ${field ? `${field}: ` : ""}${words ?? "wrong shape"}`);
};

const checkCount = (rows: readonly (readonly unknown[])[]): void => {
  if (rows.flat().length > maxButtons) throw badRequest("reply markup is too long");
};

/** A keyboard of inline buttons, the only kind a message can be edited to have; undefined when there are no buttons. */
export const toInlineKeyboard = (given: unknown): ReplyMarkup | undefined => {
  if (given === undefined) return undefined;
  if (typeof given !== "object" || given === null) throw badRequest("object expected as reply markup");
  if (!("inline_keyboard" in given)) throw badRequest("inline keyboard expected");
  const parsed = inlineMarkup.safeParse(given);
  if (!parsed.success) throw refuseShape("inline keyboard button", parsed.error);
  const rows = parsed.data.inline_keyboard.filter((row) => row.length > 0);
  checkCount(rows);
  for (const button of rows.flat()) checkInlineButton(button);
  return rows.length > 0 ? ({ inline_keyboard: rows } as ReplyMarkup) : undefined;
};

/** Any keyboard for a new message in this chat; refuses what the kind of chat cannot show. */
export const toReplyMarkup = (given: unknown, chat: LocalChat): ReplyMarkup | undefined => {
  if (given === undefined) return undefined;
  if (typeof given !== "object" || given === null) throw badRequest("object expected as reply markup");
  if ("inline_keyboard" in given) return toInlineKeyboard(given);
  if ("remove_keyboard" in given || "force_reply" in given) {
    const parsed = ("remove_keyboard" in given ? removeMarkup : forceMarkup).safeParse(given);
    if (!parsed.success) throw refuseShape("reply keyboard markup JSON object", parsed.error);
    return parsed.data as ReplyMarkup;
  }
  const parsed = replyMarkup.safeParse(given);
  if (!parsed.success) throw refuseShape("reply keyboard markup JSON object", parsed.error);
  checkCount(parsed.data.keyboard);
  if (chat.kind === "channel") throw badRequest("inline keyboard expected");
  const buttons: { text: string; request_contact?: boolean | undefined; request_location?: boolean | undefined }[] =
    parsed.data.keyboard.flat();
  if (buttons.length === 0) throw badRequest("can't parse reply keyboard markup JSON object: keyboard is empty");
  for (const button of buttons) {
    if (button.text.trim() === "") throw badRequest("keyboard button text must be non-empty");
    if (chat.kind === "private") continue;
    if (button.request_contact) throw badRequest("phone number can be requested in private chats only");
    if (button.request_location) throw badRequest("location can be requested in private chats only");
  }
  return parsed.data as ReplyMarkup;
};
