/**
 * What partners are to hear, from the event to their answer. Whoever delivers holds the webhook until `claimedUntil`, wire time. A
 * webhook's row is always written before its deliveries, so that nobody waits for each other.
 */
import { and, asc, eq, inArray, lt, ne, or, sql } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { at } from "../raw.ts";
import { isDue } from "../queries/webhooks.ts";
import { events } from "../schema/events.ts";
import { webhookDeliveries, webhooks } from "../schema/webhooks.ts";

/** Where a public change belongs: the districts and agencies that have the report or had it until now. */
export type Concerned = { districtIds: readonly string[]; agencyIds: readonly string[] };

/** Adds a delivery of the event for every webhook it concerns; how many. Those that are paused keep theirs for later. */
export const addWebhookDeliveries = async (
  tx: Tx,
  { eventId, reportId }: { eventId: number; reportId: number },
  { districtIds, agencyIds }: Concerned,
): Promise<number> => {
  const concerned = await tx
    .select({ webhookId: webhooks.id })
    .from(webhooks)
    .where(
      and(
        ne(webhooks.state, "off"),
        or(
          and(sql`${webhooks.districtId} is null`, sql`${webhooks.agencyId} is null`),
          inArray(webhooks.districtId, [...districtIds]),
          inArray(webhooks.agencyId, [...agencyIds]),
        ),
      ),
    );
  if (concerned.length === 0) return 0;
  await tx.insert(webhookDeliveries).values(concerned.map(({ webhookId }) => ({ webhookId, eventId, reportId })));
  return concerned.length;
};

/** A webhook in hand. */
export type ClaimedWebhook = { id: number; url: string; claimedUntil: Date };

/**
 * Takes the due webhook that was served longest ago in hand until `until`; null when none is due. Should this process die, it is due
 * again then.
 */
export const claimWebhook = async (db: Db, wireNow: Date, until: Date): Promise<ClaimedWebhook | null> => {
  // In a WITH the row is chosen once; a plain subquery may be run again and take another.
  const due = db.$with("due").as(
    db
      .select({ id: webhooks.id })
      .from(webhooks)
      .where(isDue(db, wireNow))
      .orderBy(sql`${webhooks.deliveredAt} nulls first`, asc(webhooks.id))
      .limit(1)
      .for("update", { skipLocked: true }),
  );
  const [claimed] = await db
    .with(due)
    .update(webhooks)
    .set({ claimedUntil: until })
    .where(inArray(webhooks.id, db.select({ id: due.id }).from(due)))
    .returning({ id: webhooks.id, url: webhooks.url });
  return claimed === undefined ? null : { ...claimed, claimedUntil: until };
};

const inHand = ({ id, claimedUntil }: ClaimedWebhook) =>
  and(eq(webhooks.id, id), eq(webhooks.state, "active"), eq(webhooks.claimedUntil, claimedUntil));

/** Gives it back; harmless when somebody else has it by now. */
export const releaseWebhook = async (db: Db, claimed: ClaimedWebhook): Promise<void> => {
  await db.update(webhooks).set({ claimedUntil: null }).where(inHand(claimed));
};

/** What is to be delivered next, and with which secret it is signed; `attempts` counts this one, too. */
export type NextDelivery = {
  id: number;
  eventId: number;
  reportId: number;
  kind: string;
  at: Date;
  sequence: number;
  attempts: number;
  secret: string;
  /** Since when the webhook's partner takes nothing. */
  failingSince: Date | null;
};

/**
 * The webhook held until `until`, and the first delivery that waits for it, with its place in the order. Null: it is not in hand any more,
 * or has ended.
 */
export const takeNextDelivery = async (
  tx: Tx,
  claimed: ClaimedWebhook,
  until: Date,
): Promise<{ claimed: ClaimedWebhook; delivery: NextDelivery | null } | null> => {
  const [webhook] = await tx.update(webhooks).set({ claimedUntil: until }).where(inHand(claimed)).returning({
    secret: webhooks.secret,
    lastSequence: webhooks.lastSequence,
    failingSince: webhooks.failingSince,
  });
  if (webhook === undefined || webhook.secret === null) return null;
  const held = { ...claimed, claimedUntil: until };
  const [next] = await tx
    .select({
      id: webhookDeliveries.id,
      eventId: webhookDeliveries.eventId,
      reportId: webhookDeliveries.reportId,
      sequence: webhookDeliveries.sequence,
      attempts: webhookDeliveries.attempts,
      kind: events.kind,
      at: events.at,
    })
    .from(webhookDeliveries)
    .innerJoin(events, eq(events.id, webhookDeliveries.eventId))
    .where(and(eq(webhookDeliveries.webhookId, claimed.id), eq(webhookDeliveries.state, "waiting")))
    // What has a place comes before what has none yet.
    .orderBy(asc(webhookDeliveries.sequence), asc(webhookDeliveries.id))
    .limit(1);
  if (next === undefined) return { claimed: held, delivery: null };
  const sequence = next.sequence ?? webhook.lastSequence + 1;
  const attempts = next.attempts + 1;
  await tx.update(webhookDeliveries).set({ sequence, attempts }).where(eq(webhookDeliveries.id, next.id));
  if (next.sequence === null) {
    await tx.update(webhooks).set({ lastSequence: sequence }).where(eq(webhooks.id, claimed.id));
  }
  return {
    claimed: held,
    delivery: { ...next, sequence, attempts, secret: webhook.secret, failingSince: webhook.failingSince },
  };
};

/** Notes that it arrived. */
export const saveDelivered = async (tx: Tx, webhookId: number, deliveryId: number, wireNow: Date): Promise<void> => {
  await tx
    .update(webhooks)
    .set({ deliveredAt: wireNow, retryAt: null, failingSince: null, failure: null })
    .where(eq(webhooks.id, webhookId));
  await settle(tx, deliveryId, { state: "delivered", failure: null }, wireNow);
};

/** Notes that it did not arrive and may be tried again at `retryAt`; since when nothing arrives is kept. */
export const saveDeliveryFailure = async (
  tx: Tx,
  webhookId: number,
  deliveryId: number,
  { failure, retryAt, wireNow }: { failure: string; retryAt: Date; wireNow: Date },
): Promise<void> => {
  await tx
    .update(webhooks)
    .set({ failure, retryAt, failingSince: sql`coalesce(${webhooks.failingSince}, ${at(wireNow)})` })
    .where(and(eq(webhooks.id, webhookId), eq(webhooks.state, "active")));
  await tx.update(webhookDeliveries).set({ failure }).where(waits(deliveryId));
};

/** Gives a delivery up. */
export const saveDeadDelivery = (tx: Tx, deliveryId: number, failure: string, wireNow: Date): Promise<void> =>
  settle(tx, deliveryId, { state: "dead", failure }, wireNow);

/** Tries a webhook no more until an admin says so; false when it is not at work anyway. */
export const pauseWebhook = async (tx: Tx, webhookId: number, failure: string): Promise<boolean> => {
  const paused = await tx
    .update(webhooks)
    .set({ state: "paused", failure, claimedUntil: null, retryAt: null })
    .where(and(eq(webhooks.id, webhookId), eq(webhooks.state, "active")))
    .returning({ id: webhooks.id });
  return paused.length > 0;
};

const settle = async (
  tx: Tx,
  deliveryId: number,
  settlement: { state: "delivered" | "dead"; failure: string | null },
  wireNow: Date,
): Promise<void> => {
  await tx
    .update(webhookDeliveries)
    .set({ ...settlement, settledAt: wireNow })
    .where(waits(deliveryId));
};

const waits = (deliveryId: number) => and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.state, "waiting"));

/**
 * Forgets deliveries: those settled before `settledBefore` (wire time), and what waits for a webhook that stands still since `eventsBefore`
 * (city time).
 */
export const removeOldDeliveries = async (
  db: Db,
  { settledBefore, eventsBefore }: { settledBefore: Date; eventsBefore: Date },
): Promise<void> => {
  await db.delete(webhookDeliveries).where(lt(webhookDeliveries.settledAt, settledBefore));
  const standing = db.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.state, "paused"));
  const past = db.select({ id: events.id }).from(events).where(lt(events.at, eventsBefore));
  await db
    .delete(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.state, "waiting"),
        inArray(webhookDeliveries.webhookId, standing),
        inArray(webhookDeliveries.eventId, past),
      ),
    );
};
