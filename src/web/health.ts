import { Hono } from "hono";

/** What a part needs to be able to work: `ok`, or what is wrong in words for an operator. */
export type Readiness = Readonly<Record<string, "ok" | string>>;

/**
 * `/healthz` answers while the process lives; `/readyz` answers 200 when every part it needs does, else 503, and names each part.
 * Neither says anything about anybody, so neither needs a key.
 */
export const healthRoutes = (ready: () => Promise<Readiness>): Hono =>
  new Hono()
    .get("/healthz", (c) => c.json({ status: "alive" }))
    .get("/readyz", async (c) => {
      const parts = await ready();
      return c.json(parts, Object.values(parts).every((part) => part === "ok") ? 200 : 503);
    });
