import { listen } from "../../src/web/server.ts";
import type { WebDeps } from "../../src/web/deps.ts";
import { launchBrowser, type TestBrowser } from "./browser.ts";
import { freshWeb, type FreshWeb } from "./web.ts";

/** The public web on a port of its own, and a browser to look at it. */
export type ServedWeb = FreshWeb & { url: string; browser: TestBrowser; close: () => Promise<void> };

/** Serves what `freshWeb` makes; `close` it in `afterAll`. */
export const serveWeb = async (differs: Partial<WebDeps> = {}): Promise<ServedWeb> => {
  const [web, browser, server] = await Promise.all([
    freshWeb({ baseUrl: (c) => new URL(c.req.url).origin, ...differs }),
    launchBrowser(),
    listen({ host: "127.0.0.1", port: 0 }),
  ]);
  server.serve(web.app);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
    await web.store.close();
  };
  return { ...web, url: server.url, browser, close };
};
