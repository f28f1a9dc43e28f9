import type { FormattedString } from "@grammyjs/parse-mode";

/** Telegram's limit for a message's text, counted as entities are: in UTF-16 units. */
export const TEXT_UNITS = 4096;

/** The same for what stands below a picture or file. */
export const CAPTION_UNITS = 1024;

const ELLIPSIS = "…";

/** The text within Telegram's limit: what is too long ends in «…», with its entities whole and no emoji cut in half. */
export const fit = (text: FormattedString, limit = TEXT_UNITS): FormattedString => {
  if (text.rawText.length <= limit) return text;
  const last = text.rawText.charCodeAt(limit - ELLIPSIS.length - 1);
  const isHalf = last >= 0xd8_00 && last <= 0xdb_ff;
  return text.slice(0, limit - ELLIPSIS.length - (isHalf ? 1 : 0)).plain(ELLIPSIS);
};
