/** Everything that is reached over HTTP, put together. */
import { Hono } from "hono";
import type { Log } from "../log.ts";
import type { WebDeps } from "./deps.ts";
import { healthRoutes, type Readiness } from "./health.ts";
import { publicRoutes } from "./public.ts";
import { webhookRoutes, type HandleWebhook } from "./webhook.ts";

/** The parts that answer; a process has those of its roles. */
export type WebParts = {
  ready: () => Promise<Readiness>;
  /** Where updates arrive by webhook; null when they are fetched. */
  webhook: { secret: string; handle: HandleWebhook } | null;
  /** The messenger on one's own machine with its chat page, when there is one. */
  localTelegram: Hono | null;
  /** What the public pages work with; null in a process that serves none. */
  pages: WebDeps | null;
  log: Log;
};

/** The web application; errors are told to the operator's log and to nobody else. */
export const createWeb = ({ ready, webhook, localTelegram, pages, log }: WebParts): Hono => {
  const app = new Hono();
  app.route("/", healthRoutes(ready));
  if (webhook !== null) app.route("/", webhookRoutes(webhook.secret, webhook.handle));
  if (localTelegram !== null) app.route("/", localTelegram);
  // Last, for whatever nobody knows gets its answer there.
  if (pages !== null) app.route("/", publicRoutes(pages));
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, "request failed");
    return c.text("Internal Server Error", 500);
  });
  return app;
};
