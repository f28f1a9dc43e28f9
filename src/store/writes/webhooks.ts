/** Partners' webhooks as admins change them; what the delivery changes stands in webhook-deliveries.ts. */
import { and, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "../db.ts";
import { webhookDeliveries, webhooks } from "../schema/webhooks.ts";

/** Adds a webhook; its number. */
export const addWebhook = async (
  tx: Tx,
  added: { url: string; districtId: string | null; agencyId: string | null; secret: string; addedAt: Date },
): Promise<number> => {
  const [row] = await tx.insert(webhooks).values(added).returning({ id: webhooks.id });
  if (row === undefined) throw new Error("No webhook was added");
  return row.id;
};

/** Ends a webhook for good: its secret is forgotten, and nothing that waits is sent. False when it is ended already. */
export const endWebhook = async (tx: Tx, id: number): Promise<boolean> => {
  const ended = await tx
    .update(webhooks)
    .set({ state: "off", secret: null, claimedUntil: null, retryAt: null, failingSince: null, failure: null })
    .where(and(eq(webhooks.id, id), ne(webhooks.state, "off")))
    .returning({ id: webhooks.id });
  if (ended.length === 0) return false;
  await tx
    .delete(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, id), ne(webhookDeliveries.state, "delivered")));
  return true;
};

/** Lets a webhook be tried at once, with all that was given up; how many deliveries wait now. */
export const reviveWebhook = async (tx: Tx, id: number): Promise<number> => {
  await tx
    .update(webhooks)
    .set({ state: "active", retryAt: null, failingSince: null, failure: null, retries: sql`${webhooks.retries} + 1` })
    .where(and(eq(webhooks.id, id), ne(webhooks.state, "off")));
  const ofThis = eq(webhookDeliveries.webhookId, id);
  await tx
    .update(webhookDeliveries)
    .set({ state: "waiting", attempts: 0, failure: null, settledAt: null })
    .where(and(ofThis, eq(webhookDeliveries.state, "dead")));
  return tx.$count(webhookDeliveries, and(ofThis, eq(webhookDeliveries.state, "waiting")));
};
