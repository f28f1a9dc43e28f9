/** A partner of a test: what it was sent, and what it answers. */
import type { FetchOptions, Fetched, FetchRefusal } from "../../src/fetch/safe-fetch.ts";
import { publicLinks } from "../../src/report/feature.ts";
import { createLog } from "../../src/log.ts";
import type { WebhookDeps } from "../../src/jobs/webhooks.ts";
import type { Db, Store } from "../../src/store/open.ts";
import { addWebhook } from "../../src/store/writes/webhooks.ts";
import { aClock } from "./delivery.ts";
import { city } from "./notices.ts";
import { NOON } from "./people.ts";

type Answer = Fetched | FetchRefusal;

/** What a partner got with one call. */
export type Call = { url: string; headers: Record<string, string>; text: string; body: PartnerBody };

/** The body of a webhook as its documentation promises it. */
export type PartnerBody = {
  id: string;
  type: string;
  timestamp: string;
  sequence: number;
  data: { report: { id: number; geometry: unknown; properties: Record<string, unknown> } };
};

export const status = (code: number, headers: Record<string, string> = {}): Answer => ({
  ok: true,
  status: code,
  headers,
  bytes: new Uint8Array(),
});

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** A webhook with a secret that is known; its number. */
export const aWebhook = (
  db: Db,
  differs: Partial<{ url: string; districtId: string; agencyId: string }> = {},
): Promise<number> =>
  db.transaction((tx) =>
    addWebhook(tx, {
      url: "https://partner.example.org/hook",
      districtId: null,
      agencyId: null,
      ...{ secret: SECRET, addedAt: NOON, ...differs },
    }),
  );

/** Everything that telling partners works with; wire time is far from city time, so that one taken for the other is seen. */
export const aPartner = (store: Store) => {
  const calls: Call[] = [];
  const prepared: (Answer | ((call: Call) => Answer | Promise<Answer>))[] = [];
  let always: (call: Call) => Answer | Promise<Answer> = () => status(204);
  const waiters: { count: number; reached: () => void }[] = [];
  const wire = aClock(new Date("2031-01-01T00:00:00Z"));
  const clock = aClock(NOON);
  const fetch = async (url: string, { headers = {}, body = "" }: FetchOptions): Promise<Answer> => {
    const text = String(body);
    const call: Call = { url, headers: { ...headers }, text, body: JSON.parse(text) as PartnerBody };
    calls.push(call);
    const next = prepared.shift() ?? always;
    const answer = await (typeof next === "function" ? next(call) : next);
    for (const waiter of waiters) if (calls.length >= waiter.count) waiter.reached();
    return answer;
  };
  const deps: WebhookDeps = {
    ...{ store, city, links: publicLinks("https://otklik.example.org"), fetch, now: clock.now, wireNow: wire.now },
    // What fails here fails on purpose.
    log: createLog("silent"),
  };
  return {
    ...{ calls, deps, wire, clock },
    /** The next answers, one a call. */
    answer: (...answers: (Answer | ((call: Call) => Answer | Promise<Answer>))[]): void =>
      void prepared.push(...answers),
    /** Every other answer from now on. */
    answerAlways: (answer: Answer | ((call: Call) => Answer | Promise<Answer>)): void => {
      always = typeof answer === "function" ? answer : () => answer;
    },
    /** Resolves when so many calls were answered. */
    reaches: (count: number): Promise<void> =>
      calls.length >= count
        ? Promise.resolve()
        : new Promise((reached) => {
            waiters.push({ count, reached });
          }),
    types: (): string[] => calls.map(({ body }) => body.type),
  };
};
