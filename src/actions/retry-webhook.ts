import { hasRole } from "../report/permission.ts";
import { findWebhook } from "../store/queries/webhooks.ts";
import { reviveWebhook } from "../store/writes/webhooks.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/** An admin has a partner tried at once, with everything that was given up; `waiting`: how much that is. */
export const retryWebhook = (
  deps: Deps,
  { actorId, webhookId }: { actorId: number; webhookId: number },
  now: Date,
): Promise<{ ok: true; waiting: number } | { ok: false; why: "not_allowed" | "not_found" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    const webhook = await findWebhook(tx, webhookId);
    if (webhook === null || webhook.state === "off") return { ok: false, why: "not_found" };
    const waiting = await reviveWebhook(tx, webhookId);
    await deps.store.wakeWebhooks(tx);
    const fact = { report: null, actorId, actorRole: "admin", kind: "webhook_retried", data: { webhookId } } as const;
    await record(tx, deps, fact, now);
    return { ok: true, waiting };
  });
