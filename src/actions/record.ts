import { noticesFor, whomToTell } from "../notices/notices-for.ts";
import { NEWS, PRESSING, ruleOf, type NoticeKind } from "../notices/notices.ts";
import type { EventData, EventKind } from "../report/event.ts";
import type { Role } from "../report/status.ts";
import { TELLING } from "../report/ticks.ts";
import type { Tx } from "../store/open.ts";
import { findAudience } from "../store/queries/audience.ts";
import { findHabits } from "../store/queries/habits.ts";
import { isUnfetched } from "../store/queries/photos.ts";
import type { reports } from "../store/schema/reports.ts";
import { addEvent } from "../store/writes/events.ts";
import { addNotices, bringForward } from "../store/writes/notices.ts";
import type { Deps } from "./deps.ts";
import { relayReport } from "./relay-report.ts";
import { tellChannels } from "./tell-channels.ts";
import { tellPartners } from "./tell-partners.ts";

/** A fact to be told: who did what to which report. */
export type Fact<Kind extends EventKind = EventKind> = {
  /** As it stands after the change, with its new version; null when the fact concerns none. */
  report: Pick<
    typeof reports.$inferSelect,
    "id" | "version" | "status" | "returnsTo" | "authorId" | "districtId" | "agencyId" | "cycle" | "answeredAt"
  > | null;
  /** Null when the clock did it. */
  actorId: number | null;
  /** In which role; `resident` for what everyone may do, `client` for a program that filed. */
  actorRole: Role | "resident" | "client";
  kind: Kind;
  data: EventData[Kind];
  /** When its notices begin to be due, where what they show is still on its way; else now. */
  tellFrom?: Date;
};

/**
 * The one way a fact is told: the event, what partners are to hear of it, its notices, the wake-up of their chats and of whoever fetches
 * new photos, all in the caller's transaction.
 */
export const record = <Kind extends EventKind>(
  tx: Tx,
  deps: Pick<Deps, "store" | "city">,
  fact: Fact<Kind>,
  now: Date,
): Promise<void> => recordAll(tx, deps, [fact], now);

/**
 * Tells facts that come in one breath. Their chats are woken together and in one order: transactions that woke them fact by fact would
 * wait for each other.
 */
export const recordAll = async (
  tx: Tx,
  deps: Pick<Deps, "store" | "city">,
  facts: readonly Fact[],
  now: Date,
): Promise<void> => {
  const toWake: number[] = [];
  for (const fact of facts) toWake.push(...(await write(tx, deps, fact, now)));
  await deps.store.wakeChats(tx, toWake);
};

const FROM_CLOCK: ReadonlySet<string> = new Set(TELLING);

/**
 * What dates bring comes in bursts: the sweep that records them wakes the chats once it is through, and they hear it in one message. Cards
 * that are rewritten for it are in nobody's way either.
 */
const isGathered = (event: EventKind, told: NoticeKind): boolean => {
  const { as, folds } = ruleOf(told);
  return folds === "list" || folds === "morning" || (as === "edit" && FROM_CLOCK.has(event));
};

/** Writes the event, what partners hear, and its notices; the chats that have to be woken now. */
const write = async (
  tx: Tx,
  { store, city }: Pick<Deps, "store" | "city">,
  { report, kind, data, tellFrom, ...actor }: Fact,
  now: Date,
): Promise<number[]> => {
  const eventId = await addEvent(tx, { ...actor, reportId: report?.id ?? null, kind, data, at: now });
  if (report !== null) await tellPartners(tx, { store }, { eventId, report, kind, data });
  if (report !== null && (await isUnfetched(tx, report.id))) await store.wakePhotos(tx);
  if (report !== null) await relayReport(tx, city, report, kind, now);
  const channels = report === null ? [] : await tellChannels(tx, report, kind, now);
  const whom = whomToTell(kind);
  if (report === null || whom.length === 0) return channels;
  const audience = await findAudience(tx, report, whom);
  const listeners = Object.values(audience).flatMap((part) => part.flatMap(({ residentId }) => residentId ?? []));
  const habits = await findHabits(tx, [...new Set(listeners)], report.id);
  const notices = noticesFor(city, { kind, data, actorId: actor.actorId }, report, audience, tellFrom ?? now, habits);
  await addNotices(tx, notices, now);
  const pressed = notices.filter(
    ({ kind: told, residentId }) =>
      residentId !== null && habits.get(residentId)?.wantsDigest === true && PRESSING.includes(told),
  );
  const pressedChats = pressed.map(({ chatId }) => chatId);
  await bringForward(tx, pressedChats, { news: NEWS, pressing: PRESSING });
  // The sweep wakes those that have to wait for the morning, and whoever answers an actor wakes theirs.
  const atOnce = notices.filter(({ dueAt, kind: told, residentId }) => {
    const isAnswered = ruleOf(told).afterAnswer === true && residentId === actor.actorId;
    return dueAt <= now && !isAnswered && !isGathered(kind, told);
  });
  return [...channels, ...atOnce.map(({ chatId }) => chatId)];
};
