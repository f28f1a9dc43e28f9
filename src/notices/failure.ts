import type { Reading } from "./dates.ts";

/** What is kept as the reason of a notice of which our own program cannot make a text. */
export const UNRENDERABLE = "cannot be rendered";

/** Why a notice could not be delivered; Telegram's own words stay as they are, for they are what one searches for. */
export const failureInWords = ({ i18n, locale }: Pick<Reading, "i18n" | "locale">, failure: string): string =>
  failure === UNRENDERABLE ? i18n.t(locale, "health:reason.unrenderable") : failure;
