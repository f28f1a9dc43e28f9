import { setTimeout as sleep } from "node:timers/promises";
import { findReportMessage, type ReportMessage } from "../store/queries/report-messages.ts";
import type { BotContext } from "./context.ts";

/** Seconds between a message of the bot and a reply to it within which the note of what it is about may still be under way. */
const JUST_SAID_SECONDS = 2;
const LOOKS = 5;
const LOOK_AGAIN_MS = 200;

/** What the replied message is about. It is noted right after Telegram took it, so whoever is that quick is looked at again. */
export const findAbout = async (
  ctx: BotContext,
  { chat, date }: { chat: { id: number }; date: number },
  replied: { message_id: number; date: number; from?: { id: number } },
): Promise<ReportMessage | null> => {
  const look = (): Promise<ReportMessage | null> => findReportMessage(ctx.store.db, chat.id, replied.message_id);
  let about = await look();
  const isFresh = replied.from?.id === ctx.me.id && date - replied.date <= JUST_SAID_SECONDS;
  for (let left = isFresh ? LOOKS : 0; about === null && left > 0; left -= 1) {
    await sleep(LOOK_AGAIN_MS);
    about = await look();
  }
  return about;
};
