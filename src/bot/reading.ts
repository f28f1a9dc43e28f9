import type { Reading } from "../notices/dates.ts";
import type { BotContext } from "./context.ts";

/** What words for dates, names and cards depend on, at this moment in this chat. */
export const readingOf = ({ i18n, locale, city, now }: BotContext): Reading => ({ i18n, locale, city, now: now() });
