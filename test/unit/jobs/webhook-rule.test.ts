import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { afterFailure, judge } from "../../../src/jobs/webhook-rule.ts";
import { signedHeaders } from "../../../src/jobs/webhook-signature.ts";

const NOW = new Date("2031-01-01T00:00:00Z");
const answered = (status: number, headers = {}) => judge({ ok: true, status, headers, bytes: new Uint8Array() });
const secondsTo = (step: ReturnType<typeof afterFailure>): number => {
  if (step.kind !== "again") throw new Error(step.kind);
  return (step.at.getTime() - NOW.getTime()) / 1000;
};
const away = { kind: "away", why: "HTTP 503", afterSeconds: null } as const;

describe("a partner's answer", () => {
  test.each([200, 201, 202, 204, 299])("%i is an arrival", (status) => {
    expect(answered(status)).toEqual({ kind: "delivered" });
  });

  test.each([400, 409, 413, 415, 422])("%i refuses just this delivery", (status) => {
    expect(answered(status)).toEqual({ kind: "refused", why: `HTTP ${status}`, afterSeconds: null });
  });

  test.each([101, 301, 302, 307, 401, 403, 404, 405, 408, 425, 429, 500, 502, 503, 504])(
    "%i means that the partner takes nothing now",
    (status) => {
      expect(answered(status)).toEqual({ kind: "away", why: `HTTP ${status}`, afterSeconds: null });
    },
  );

  test("410 means that the partner wants nothing more", () => {
    expect(answered(410)).toMatchObject({ kind: "gone" });
  });

  test("Retry-After counts in seconds only", () => {
    expect(answered(429, { "retry-after": "120" })).toMatchObject({ afterSeconds: 120 });
    expect(answered(503, { "retry-after": "Wed, 21 Oct 2031 07:28:00 GMT" })).toMatchObject({ afterSeconds: null });
    expect(answered(503, { "retry-after": "-5" })).toMatchObject({ afterSeconds: null });
  });

  test("no answer is told by Node's word for it, and a forbidden address by ours", () => {
    expect(judge({ ok: false, why: "unreachable", code: "ECONNREFUSED" })).toMatchObject({ why: "ECONNREFUSED" });
    expect(judge({ ok: false, why: "not_public" })).toMatchObject({ kind: "away", why: "not_public" });
  });
});

describe("after a failure", () => {
  test("the pauses double from half a minute to a day, and half of each is chance", () => {
    const pauses = (random: () => number) =>
      Array.from({ length: 15 }, (_, i) =>
        secondsTo(afterFailure(away, { attempts: i + 1, failingSince: NOW }, NOW, random)),
      );
    expect(pauses(() => 1)).toEqual([
      ...[30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15_360, 30_720, 61_440],
      ...[86_400, 86_400, 86_400],
    ]);
    expect(pauses(() => 0).slice(0, 3)).toEqual([15, 30, 60]);
  });

  test("a partner that names a later time is believed, up to a day", () => {
    const asked = (afterSeconds: number) =>
      secondsTo(afterFailure({ ...away, afterSeconds }, { attempts: 1, failingSince: null }, NOW, () => 1));
    expect(asked(10)).toBe(30);
    expect(asked(600)).toBe(600);
    expect(asked(1_000_000)).toBe(86_400);
  });

  test("a partner that took nothing for three days is paused, and not a moment earlier", () => {
    const since = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
    expect(afterFailure(away, { attempts: 13, failingSince: since(71.9) }, NOW).kind).toBe("again");
    expect(afterFailure(away, { attempts: 14, failingSince: since(72) }, NOW)).toEqual({ kind: "pause" });
    expect(afterFailure(away, { attempts: 99, failingSince: null }, NOW).kind).toBe("again");
  });

  test("what a partner refuses five times holds up the rest no longer", () => {
    const refused = { ...away, kind: "refused" } as const;
    expect(afterFailure(refused, { attempts: 4, failingSince: NOW }, NOW).kind).toBe("again");
    expect(afterFailure(refused, { attempts: 5, failingSince: NOW }, NOW)).toEqual({ kind: "dead" });
  });

  test("a partner that wants nothing more is paused at once", () => {
    expect(afterFailure({ ...away, kind: "gone" }, { attempts: 1, failingSince: null }, NOW)).toEqual({
      kind: "pause",
    });
  });
});

describe("the signature", () => {
  // The example of the Standard Webhooks specification and of its reference libraries.
  const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  const body = '{"test": 2432232314}';
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  test("is the one the specification's own libraries make", () => {
    expect(signedHeaders({ id, body, secret }, new Date(1_614_265_330_000))).toEqual({
      "webhook-id": id,
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  test("is over the bytes that are sent, in any script", () => {
    const cyrillic = '{"текст":"Яма"}';
    const { "webhook-signature": given } = signedHeaders({ id, body: cyrillic, secret }, new Date(1_614_265_330_999));
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const bytes = Buffer.concat([Buffer.from(`${id}.1614265330.`), Buffer.from(cyrillic, "utf8")]);
    expect(given).toBe(`v1,${createHmac("sha256", key).update(bytes).digest("base64")}`);
  });
});
