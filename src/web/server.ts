import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";

/** What answers requests; a Hono application is one. */
type Application = { fetch: (request: Request, env: never) => Response | Promise<Response> };

export type Server = {
  /** With the port that was really taken. */
  url: string;
  /** From now on this answers; until then every request gets 503. */
  serve(app: Application): void;
  /** Takes no more requests, waits for those in hand, at most two seconds, and frees the port. */
  close(): Promise<void>;
};

/** How long a request in hand may still take when the program ends; streams and idle connections are cut then. */
const GRACE_MS = 2_000;

/** Listens; the address is known before there is anything to serve, because the parts that serve need to know it. Throws Node's EADDRINUSE and the like. */
export const listen = async ({ host, port }: { host: string; port: number }): Promise<Server> => {
  let app: Application | null = null;
  const server = createAdaptorServer({
    fetch: (request, env) => app?.fetch(request, env as never) ?? new Response("Starting", { status: 503 }),
  });
  server.listen(port, host);
  await once(server, "listening");
  const taken = (server.address() as AddressInfo).port;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${taken}`,
    serve: (application) => {
      app = application;
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      if ("closeIdleConnections" in server) server.closeIdleConnections();
      const grace = new AbortController();
      await Promise.race([closed, sleep(GRACE_MS, undefined, { signal: grace.signal }).catch(() => undefined)]);
      grace.abort();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
};
