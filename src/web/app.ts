/** Everything that is reached over HTTP, put together. */
import { Hono } from "hono";
import type { Log } from "../log.ts";
import { healthRoutes, type Readiness } from "./health.ts";
import { webhookRoutes, type HandleWebhook } from "./webhook.ts";

export type WebParts = {
  ready: () => Promise<Readiness>;
  /** Where updates arrive by webhook; null when they are fetched. */
  webhook: { secret: string; handle: HandleWebhook } | null;
  /** The messenger on one's own machine with its chat page, when there is one. */
  localTelegram: Hono | null;
  log: Log;
};

/** The web application; errors are told to the operator's log and to nobody else. */
export const createWeb = ({ ready, webhook, localTelegram, log }: WebParts): Hono => {
  const app = new Hono();
  app.route("/", healthRoutes(ready));
  if (webhook !== null) app.route("/", webhookRoutes(webhook.secret, webhook.handle));
  if (localTelegram !== null) {
    app.get("/", (c) => c.redirect("/chat"));
    app.route("/", localTelegram);
  }
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, "request failed");
    return c.text("Internal Server Error", 500);
  });
  return app;
};
