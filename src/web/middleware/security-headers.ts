import type { MiddlewareHandler } from "hono";

/** Sources of `img-src` besides our own: where a city's map tiles come from. */
const contentSecurityPolicy = (imageSources: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data:${imageSources.map((source) => ` ${source}`).join("")}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/**
 * What every public answer says to a browser: nothing inline runs or styles, nobody frames it, nothing is guessed or told to other sites.
 * An answer that brings its own policy keeps it.
 */
export const securityHeaders = (imageSources: readonly string[] = []): MiddlewareHandler => {
  const policy = contentSecurityPolicy(imageSources);
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has("content-security-policy")) headers.set("content-security-policy", policy);
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("permissions-policy", "camera=(), microphone=(), geolocation=(self), interest-cohort=()");
  };
};
