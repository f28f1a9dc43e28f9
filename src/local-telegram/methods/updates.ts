import { z } from "zod";
import { toMe } from "../chats.ts";
import type { Core } from "../core.ts";
import { flag, int, json } from "../params.ts";
import { badRequest } from "../refusal.ts";
import { updateKinds } from "../update-kinds.ts";
import { method } from "./method.ts";

const allowedUpdates = json(z.array(z.enum(updateKinds))).optional();

/** `getMe`. */
export const getMe = method({}, (core) => toMe(core));

/** `getUpdates`: at once when something waits, else after up to `timeout` seconds (at most 50). */
export const getUpdates = method(
  { offset: int.optional(), limit: int.optional(), timeout: int.optional(), allowed_updates: allowedUpdates },
  (core, params, call) =>
    core.queue.poll(
      {
        offset: params.offset ?? 0,
        limit: Math.min(Math.max(params.limit ?? 100, 1), 100),
        timeout: params.timeout ?? 0,
        allowedUpdates: params.allowed_updates ?? null,
      },
      call.signal,
    ),
);

const dropPending = (core: Core): void => core.queue.confirm([...core.state.updates.keys()]);

const checkUrl = (url: string): void => {
  const protocol = URL.canParse(url) ? new URL(url).protocol : "";
  // Telegram wants HTTPS; a bot on the same machine has no certificate, as with Telegram's own server in local mode.
  if (protocol !== "https:" && protocol !== "http:") throw badRequest("bad webhook: invalid webhook URL specified");
};

/** `setWebhook`; an empty address removes it. */
export const setWebhook = method(
  {
    url: z.string().optional(),
    max_connections: int.optional(),
    allowed_updates: allowedUpdates,
    drop_pending_updates: flag.optional(),
    secret_token: z.string().optional(),
    ip_address: z.string().optional(),
  },
  (core, params) => {
    const { url = "", max_connections: maxConnections = 40, secret_token: secretToken } = params;
    if (secretToken !== undefined && secretToken.length > 256) throw badRequest("secret token is too long");
    if (secretToken !== undefined && !/^[A-Za-z0-9_-]*$/.test(secretToken)) {
      throw badRequest("secret token contains unallowed characters");
    }
    if (maxConnections < 1 || maxConnections > 100) throw badRequest("max_connections must be between 1 and 100");
    if (url !== "") checkUrl(url);
    if (params.drop_pending_updates) dropPending(core);
    if (params.allowed_updates) core.record({ fact: "allowedUpdates", kinds: params.allowed_updates });
    if (url !== "") core.queue.interrupt("terminated by setWebhook request");
    const webhook = { url, maxConnections, ...(secretToken ? { secretToken } : {}) };
    core.record({ fact: "webhook", webhook: url === "" ? null : webhook });
    core.webhookChanged();
    return true;
  },
);

/** `deleteWebhook`. */
export const deleteWebhook = method({ drop_pending_updates: flag.optional() }, (core, params) => {
  if (params.drop_pending_updates) dropPending(core);
  if (core.state.webhook) core.record({ fact: "webhook", webhook: null });
  core.webhookChanged();
  return true;
});

/** `getWebhookInfo`. */
export const getWebhookInfo = method({}, ({ state }) => ({
  url: state.webhook?.url ?? "",
  has_custom_certificate: false,
  pending_update_count: state.updates.size,
  ...(state.webhook ? { max_connections: state.webhook.maxConnections } : {}),
  ...(state.webhook?.lastErrorAt ? { last_error_date: state.webhook.lastErrorAt } : {}),
  ...(state.webhook?.lastErrorMessage ? { last_error_message: state.webhook.lastErrorMessage } : {}),
  ...(state.allowedUpdates.length > 0 ? { allowed_updates: state.allowedUpdates } : {}),
}));
