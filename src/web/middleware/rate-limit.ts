import type { Context, MiddlewareHandler } from "hono";
import { clientAddress } from "./client-address.ts";

/** Addresses that are remembered; beyond that those are forgotten first who have asked least lately. */
const MOST_ADDRESSES = 50_000;

/** One subscriber has a whole /64 of IPv6. */
const toKey = (address: string): string => {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups =
    tail === undefined ? first : [...first, ...Array<string>(8 - first.length - last.length).fill("0"), ...last];
  return groups.slice(0, 4).join(":");
};

/**
 * Lets each address make `burst` requests at once and `perSecond` for good, and refuses more with what `refuse` makes and Retry-After.
 * Counted in this process by GCRA: one moment an address, up to which its requests are spent. `wireNow` is real time, in ms.
 */
export const rateLimit = (
  { burst, perSecond }: { burst: number; perSecond: number },
  refuse: (c: Context) => Response | Promise<Response>,
  wireNow: () => number = Date.now,
): MiddlewareHandler => {
  const spentUntil = new Map<string, number>();
  const cost = 1000 / perSecond;
  return async (c, next) => {
    const address = clientAddress(c);
    if (address === null || cost === 0) return next();
    const key = toKey(address);
    const now = wireNow();
    const spent = Math.max(spentUntil.get(key) ?? now, now);
    const wait = spent + cost - now - burst * cost;
    if (wait > 0) {
      c.header("Retry-After", String(Math.ceil(wait / 1000)));
      return refuse(c);
    }
    // Written anew, it moves to the end: the map's order is who asked last.
    spentUntil.delete(key);
    spentUntil.set(key, spent + cost);
    if (spentUntil.size > MOST_ADDRESSES) {
      const [oldest] = spentUntil.keys();
      if (oldest !== undefined) spentUntil.delete(oldest);
    }
    return next();
  };
};
