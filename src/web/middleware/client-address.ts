import { isIP } from "node:net";
import type { Context } from "hono";

/** What the server hands along with a request; missing where a test calls the application itself. */
type Incoming = { incoming?: { socket?: { remoteAddress?: string | undefined } } } | undefined;

/** Loopback, private and link-local addresses: whoever connects from there is our own reverse proxy, or sits at the machine. */
const NEAR = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i;

/**
 * The address a request comes from; null where there is none. Behind a reverse proxy on the same machine or network it is the last hop of
 * X-Forwarded-For, the one that proxy wrote itself: from anywhere else the header is the client's own invention.
 */
export const clientAddress = (c: Context): string | null => {
  const socket = (c.env as Incoming)?.incoming?.socket?.remoteAddress?.replace(/^::ffff:(?=\d+\.)/i, "");
  if (socket === undefined) return null;
  if (!NEAR.test(socket)) return socket;
  const hop =
    c.req
      .header("x-forwarded-for")
      ?.split(",")
      .at(-1)
      ?.trim()
      .replace(/^\[(.*)\]$/, "$1") ?? "";
  return isIP(hop) === 0 ? socket : hop;
};
