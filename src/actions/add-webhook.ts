import { randomBytes } from "node:crypto";
import { readSafeUrl, type UrlRefusal } from "../fetch/safe-url.ts";
import { hasRole } from "../report/permission.ts";
import { countWebhooks } from "../store/queries/webhooks.ts";
import { addWebhook as add } from "../store/writes/webhooks.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/** Every public change writes a row for each. */
export const MOST_WEBHOOKS = 50;

/** 32 bytes, as many as the signature itself has. */
const SECRET_BYTES = 32;

/** What a partner is to hear of: a district's reports, an agency's, or all. */
export type Narrowed = { districtId: string | null; agencyId: string | null };

/** An admin lets a partner hear of public changes; `secret` signs what is sent and is told this once. */
export const addWebhook = (
  deps: Deps,
  { actorId, url, narrowed }: { actorId: number; url: string; narrowed: Narrowed },
  now: Date,
): Promise<{ ok: true; webhookId: number; secret: string } | { ok: false; why: UrlRefusal | "not_allowed" | "full" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    const read = readSafeUrl(url);
    if (!read.ok) return read;
    if ((await countWebhooks(tx)) >= MOST_WEBHOOKS) return { ok: false, why: "full" };
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
    const webhookId = await add(tx, { url: read.url.href, ...narrowed, secret, addedAt: now });
    const data = { webhookId, ...narrowed };
    await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "webhook_added", data }, now);
    return { ok: true, webhookId, secret };
  });
