/** Column shapes that every table shares. */
import { bigint, timestamp } from "drizzle-orm/pg-core";

/** A moment; always with time zone, always a `Date`. */
export const moment = () => timestamp({ withTimezone: true, mode: "date", precision: 3 });

/** Telegram's chat, user and update ids: up to 52 bits, so a number holds them. */
export const telegramId = () => bigint({ mode: "number" });

/** Our own ids. */
export const id = () => bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
export const reference = () => bigint({ mode: "number" });
