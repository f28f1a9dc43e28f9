import type { Handle } from "./handle-update.ts";

/** What the web answers Telegram: 200 once the effect is committed (the body may be a Bot API call), 500 so that the update comes again, 400 for what is no update. */
export type WebhookAnswer = { status: 200 | 400 | 500; body: string | null };

/** Handles the parsed JSON of one webhook request whose secret was checked. */
export declare const createWebhook: (handle: Handle) => (update: unknown) => Promise<WebhookAnswer>;
