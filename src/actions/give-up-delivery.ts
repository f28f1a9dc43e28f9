import type { StaffNews } from "../notices/staff-news.ts";
import { outOfTheNight } from "../report/when-told.ts";
import { listStaff } from "../store/queries/audience.ts";
import { findWebhook } from "../store/queries/webhooks.ts";
import { addNotices, type NoticeToAdd } from "../store/writes/notices.ts";
import { pauseWebhook, saveDeadDelivery } from "../store/writes/webhook-deliveries.ts";
import type { Deps } from "./deps.ts";

/** What is given up and why; `pauses`: its partner is tried no more until an admin says so. */
export type GivenUpDelivery = { webhookId: number; deliveryId: number; failure: string; pauses: boolean };

/**
 * Gives a delivery up. The admins hear of a paused webhook, and of the first delivery that a partner would not take, once until they have it
 * tried anew. `now` is city time, `wireNow` real.
 */
export const giveUpDelivery = (
  { store, city }: Pick<Deps, "store" | "city">,
  { webhookId, deliveryId, failure, pauses }: GivenUpDelivery,
  now: Date,
  wireNow: Date,
): Promise<void> =>
  store.db.transaction(async (tx) => {
    // Ended meanwhile: there is nothing to tell any more.
    if (pauses && !(await pauseWebhook(tx, webhookId, failure))) return;
    await saveDeadDelivery(tx, deliveryId, failure, wireNow);
    const webhook = await findWebhook(tx, webhookId);
    if (webhook === null || webhook.state === "off") return;
    const kind = pauses ? "webhook_paused" : "webhook_refused";
    const params: StaffNews[typeof kind] = { webhookId, host: new URL(webhook.url).host, failure };
    const dueAt = outOfTheNight(city, now);
    const admins = await listStaff(tx, ["admin"]);
    const news = admins.map((admin): NoticeToAdd => {
      const dedupeKey = `${kind}:${webhookId}:${webhook.retries}:${admin.chatId}`;
      return { ...admin, reportId: null, kind, params, dedupeKey, dueAt };
    });
    await addNotices(tx, news, now);
    if (dueAt > now) return;
    await store.wakeChats(
      tx,
      admins.map(({ chatId }) => chatId),
    );
  });
