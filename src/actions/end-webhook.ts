import { hasRole } from "../report/permission.ts";
import { endWebhook as end } from "../store/writes/webhooks.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/** An admin ends a webhook for good: its partner hears nothing more, not even what waits. */
export const endWebhook = (
  deps: Deps,
  { actorId, webhookId }: { actorId: number; webhookId: number },
  now: Date,
): Promise<{ ok: true } | { ok: false; why: "not_allowed" | "not_found" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    if (!(await end(tx, webhookId))) return { ok: false, why: "not_found" };
    const fact = { report: null, actorId, actorRole: "admin", kind: "webhook_ended", data: { webhookId } } as const;
    await record(tx, deps, fact, now);
    return { ok: true };
  });
