import { createHash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";

/** The path under PUBLIC_URL where Telegram delivers. */
export const WEBHOOK_PATH = "/telegram/webhook";

/** Handles one update; 500 makes Telegram come again. A body is a Bot API call that Telegram carries out. */
export type HandleWebhook = (json: unknown) => Promise<{ status: 200 | 400 | 500; body: string | null }>;

/** Telegram's updates are small; anything larger is not from Telegram. */
const UPDATE_BYTES = 1024 * 1024;

/** Lets in only requests that know the secret (401 otherwise), whatever they carry. */
export const webhookRoutes = (secret: string, handle: HandleWebhook): Hono =>
  new Hono().post(WEBHOOK_PATH, bodyLimit({ maxSize: UPDATE_BYTES }), async (c) => {
    if (!sameSecret(c.req.header("x-telegram-bot-api-secret-token") ?? "", secret)) return c.body(null, 401);
    const json: unknown = await c.req.json().catch(() => null);
    const { status, body } = await handle(json);
    return body === null ? c.body(null, status) : c.body(body, status, { "content-type": "application/json" });
  });

// Hashes have one length, so the comparison takes the same time for every guess.
const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(sha256(given), sha256(secret));
const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();
