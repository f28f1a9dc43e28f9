/** Commands as data: an entry brings its guard, its line in /help and its place in Telegram's menus. */
import type { Key } from "../i18n/keys.ts";
import type { StaffRole } from "../report/status.ts";
import type { BotContext } from "./context.ts";

export type CommandEntry = {
  /** Latin, lower case, without the slash. */
  name: string;
  /** Where it works; elsewhere the person is told where it does. */
  where: readonly ("private" | "group")[];
  /** Who may: everyone, or whoever holds one of the roles at this moment. */
  by: "everyone" | readonly [StaffRole, ...StaffRole[]];
  /** One line for menus and /help. */
  description: Key;
  /** How it is written, with an example; shown in /help and when it was written wrongly. */
  usage?: Key;
  /** `words` is what stands after the command, trimmed. */
  run(ctx: BotContext, words: string): Promise<unknown>;
};
