/** What every handler of the bot is given: Telegram's update, who sent it, and the few ways to answer. */
import type { FormattedString } from "@grammyjs/parse-mode";
import type { Context } from "grammy";
import type { Deps } from "../actions/deps.ts";
import type { ReadStatistics } from "../actions/read-statistics.ts";
import type { I18n } from "../i18n/i18n.ts";
import type { Key, Params } from "../i18n/keys.ts";
import type { Log } from "../log.ts";
import type { OutMessage } from "../notices/message.ts";
import type { PictureTools } from "./send.ts";
import type { Actor } from "../report/permission.ts";
import type { Resident, Visit } from "../store/queries/residents.ts";
import type { CommandEntry } from "./commands.ts";

/** What the bot is made with; `now` is city time. */
export type BotDeps = Deps &
  PictureTools & {
    i18n: I18n;
    log: Log;
    now: () => Date;
    /** Everything counted for the statistics, at most some minutes old. */
    statistics: ReadStatistics;
  };

export type BotFlavor = Omit<BotDeps, "log"> & {
  /** Tells the update, never the person or what they wrote. */
  log: Log;
  /** Whoever wrote or pressed. */
  resident: Resident;
  /** What came along when the resident was read: the report they are writing, and whether this update was handled before (`meetResident`). */
  visit: Visit;
  /** Their language; in a bound group, for everything said aloud, the group's. */
  locale: string;
  botUsername: string;
  /** Every command there is, for /help and the menus. */
  commands: readonly CommandEntry[];
  /** Their rights, read from the database once per update, or again after they changed. */
  actor(how?: { anew: boolean }): Promise<Actor>;
  t(key: Key, params?: Params): string;
  rich(key: Key, params?: Params): FormattedString;
  /** Says something in this chat; the id of the message with the text, null when they have blocked the bot or the chat is gone. */
  say(message: OutMessage): Promise<number | null>;
  /** The same for a single text of the locales. */
  tell(key: Key, params?: Params): Promise<number | null>;
  /** Says something to whoever wrote or pressed, in their private chat; null when they never spoke to the bot there. */
  whisper(message: OutMessage): Promise<number | null>;
  /** Rewrites the pressed message; said anew when there is none or it can no longer be edited. */
  change(message: OutMessage): Promise<void>;
  /** The short answer to a press, in the presser's own language, cut at 200 characters; the last one wins, and a press without one is answered silently. Does nothing for other updates. */
  toast(key: Key, params?: Params, look?: { alert: boolean }): void;
  /** What `toast` was last told; sent once, when everything else is done. */
  pressAnswer: { text?: string; show_alert?: boolean };
};

export type BotContext = Context & BotFlavor;
