/** What a ban keeps people from, and how it outlives `/forget`. */
import { scrypt } from "node:crypto";
import { promisify } from "node:util";
import type { Tx } from "../store/open.ts";
import { findBan, hasBanMarks } from "../store/queries/bans.ts";
import type { Resident } from "../store/queries/residents.ts";
import { takeBanMark } from "../store/writes/ban-marks.ts";
import { saveBan } from "../store/writes/residents.ts";

/** Somebody banned wanted to file, add, vote or follow; `reason` is what they were told, empty after they were erased. */
export type Banned = { ok: false; why: "banned"; until: Date; reason: string };

/**
 * The refusal to somebody who is banned now, null for everybody else. A ban keeps its person from bringing anything new; what the city asks
 * them, what is theirs and one appeal stay open to them.
 */
export const refuseBanned = async (tx: Tx, residentId: number, now: Date): Promise<Banned | null> => {
  const ban = await findBan(tx, residentId, now);
  return ban === null ? null : { ok: false, why: "banned", ...ban };
};

const derive = promisify<string, string, number, Buffer>(scrypt);

/**
 * By what a banned person is known again after they were erased: their Telegram id, or without Telegram phone and name. Ids and phones are
 * few enough to be tried one after the other, so every try is made slow. Null when nothing of them is known.
 */
export const toBanMark = async (person: Pick<Resident, "telegramId" | "phone" | "name">): Promise<string | null> => {
  const { telegramId, phone, name } = person;
  const contact = telegramId === null ? phone && `${phone} ${name?.toLowerCase() ?? ""}` : String(telegramId);
  if (contact === null) return null;
  return (await derive(contact, "otklik: the ban of an erased person", 32)).toString("hex");
};

/** Lets a ban that had not ended when somebody was erased go on, now that they are back; until when, null for everybody else. */
export const resumeBan = async (
  tx: Tx,
  person: Pick<Resident, "id" | "telegramId" | "phone" | "name">,
  now: Date,
): Promise<Date | null> => {
  const mark = (await hasBanMarks(tx, now)) ? await toBanMark(person) : null;
  const bannedUntil = mark === null ? null : await takeBanMark(tx, mark);
  if (bannedUntil !== null) await saveBan(tx, person.id, { bannedUntil, banReason: null });
  return bannedUntil;
};
