import type { Reading } from "../notices/dates.ts";
import type { BotContext } from "./context.ts";

/** What words for dates, names and cards depend on at this moment: in this chat's language, for what is said aloud. */
export const readingOf = (ctx: BotContext): Reading => readingIn(ctx, ctx.locale);

/** The same in the person's own language, for what only they see: the answer to a press. */
export const ownReadingOf = (ctx: BotContext): Reading => readingIn(ctx, ctx.resident.locale);

const readingIn = ({ i18n, city, now }: BotContext, locale: string): Reading => ({ i18n, locale, city, now: now() });
