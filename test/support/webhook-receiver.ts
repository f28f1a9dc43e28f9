import { serve } from "@hono/node-server";

/** An HTTP server of one function, as a bot's webhook. */
export type WebhookReceiver = { url: string; close: () => Promise<void> };

/** Starts it on a free port of this machine. */
export const startReceiver = (handle: (request: Request) => Response | Promise<Response>): Promise<WebhookReceiver> =>
  new Promise((resolve) => {
    const server = serve({ fetch: handle, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
      const close = (): Promise<void> =>
        new Promise((closed, failed) => {
          server.close((error) => (error ? failed(error) : closed()));
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      resolve({ url: `http://127.0.0.1:${port}/hook`, close });
    });
  });
