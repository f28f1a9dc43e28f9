/** How a ban is told where somebody wanted what it keeps them from. */
import type { Banned } from "../../actions/refuse-banned.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import { banParams } from "../../notices/moderation-notices.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";

/** One sentence with the end of the ban, and why where that is still known. */
export const bannedInWords = (ctx: BotContext, ban: Pick<Banned, "until" | "reason">): readonly [Key, Params] => [
  ban.reason === "" ? "moderation:banned.again" : "moderation:banned.text",
  banParams(readingOf(ctx), ban),
];
