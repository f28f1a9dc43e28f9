import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";

/** `example.org` of `example.org:8080`; null when the header is missing or malformed. */
const hostNameOf = (host: string | undefined): string | null => {
  if (host === undefined || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname;
};

/** A browser says where a request comes from; other programs say nothing and are let through. */
const isForeign = (origin: string | undefined, site: string | undefined, host: string | undefined): boolean => {
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
};

/**
 * Keeps other web pages, open in the same browser, from driving the messenger: a request must come from its own page, and
 * under `localhost`, a bare address (no name, so no DNS rebinding) or one of `hosts`. Refused with 403.
 */
export const guardPage = (hosts: readonly string[]): MiddlewareHandler => {
  const names = new Set(["localhost", ...hosts]);
  const isKnown = (name: string): boolean => names.has(name) || isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  return async (c, next) => {
    const host = c.req.header("host");
    if (!isKnown(hostNameOf(host) ?? "")) return c.text("Forbidden: unknown host", 403);
    if (isForeign(c.req.header("origin"), c.req.header("sec-fetch-site"), host)) {
      return c.text("Forbidden: foreign origin", 403);
    }
    return next();
  };
};

/** The same for the Bot API, which bots may reach under any name: only what a foreign web page sends is refused. */
export const refuseForeignPages: MiddlewareHandler = async (c, next) => {
  if (isForeign(c.req.header("origin"), c.req.header("sec-fetch-site"), c.req.header("host"))) {
    return c.text("Forbidden: foreign origin", 403);
  }
  return next();
};
