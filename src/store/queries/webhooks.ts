import { and, asc, count, eq, exists, getTableColumns, inArray, isNull, lte, ne, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "../db.ts";
import { events } from "../schema/events.ts";
import { webhookDeliveries, webhooks } from "../schema/webhooks.ts";

/** A webhook as everybody but the delivery, which signs, knows it. */
export type Webhook = Omit<typeof webhooks.$inferSelect, "secret">;

const { secret: _secret, ...COLUMNS } = getTableColumns(webhooks);

/** A webhook, an ended one included; null for a number none has. */
export const findWebhook = async (db: Db, id: number): Promise<Webhook | null> => {
  const [found] = await db.select(COLUMNS).from(webhooks).where(eq(webhooks.id, id));
  return found ?? null;
};

/** How many are not ended. */
export const countWebhooks = (db: Db): Promise<number> => db.$count(webhooks, ne(webhooks.state, "off"));

/** What of it waits and what was given up. */
export type WebhookState = Webhook & { waiting: number; dead: number };

/** Those that are not ended, in the order in which they were added. */
export const listWebhooks = async (db: Db): Promise<WebhookState[]> => {
  const found = await db.select(COLUMNS).from(webhooks).where(ne(webhooks.state, "off")).orderBy(asc(webhooks.id));
  const counts = await db
    .select({ webhookId: webhookDeliveries.webhookId, state: webhookDeliveries.state, size: count() })
    .from(webhookDeliveries)
    .where(inArray(webhookDeliveries.state, ["waiting", "dead"]))
    .groupBy(webhookDeliveries.webhookId, webhookDeliveries.state);
  const sizeOf = (id: number, state: "waiting" | "dead"): number =>
    counts.find((one) => one.webhookId === id && one.state === state)?.size ?? 0;
  return found.map((one) => ({ ...one, waiting: sizeOf(one.id, "waiting"), dead: sizeOf(one.id, "dead") }));
};

/** Something waits, nobody is at it, and its partner may be tried (wire time). */
export const isDue = (db: Db, wireNow: Date): SQL | undefined =>
  and(
    eq(webhooks.state, "active"),
    or(isNull(webhooks.claimedUntil), lte(webhooks.claimedUntil, wireNow)),
    or(isNull(webhooks.retryAt), lte(webhooks.retryAt, wireNow)),
    exists(
      db
        .select({ one: sql`1` })
        .from(webhookDeliveries)
        .where(and(eq(webhookDeliveries.webhookId, webhooks.id), eq(webhookDeliveries.state, "waiting"))),
    ),
  );

/** Whether any partner has to be told something now. */
export const isWebhookWorkDue = async (db: Db, wireNow: Date): Promise<boolean> => {
  const due = await db.select({ id: webhooks.id }).from(webhooks).where(isDue(db, wireNow)).limit(1);
  return due.length > 0;
};

/** Whether the public has ever seen a report: whoever heard of it then is to hear that it is gone. */
export const wasEverShown = async (db: Db, reportId: number): Promise<boolean> => {
  const found = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.kind, "assigned")))
    .limit(1);
  return found.length > 0;
};
