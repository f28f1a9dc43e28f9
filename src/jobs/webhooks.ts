/**
 * Telling partners of public changes: in order, at least once, each with its place in the order. What is sent is the report as the public
 * sees it at that moment, so that nothing hidden since leaves the house. Whoever delivers holds the webhook by a claim that runs out, so a
 * process that dies holds it up for a minute and loses nothing.
 */
import { giveUpDelivery } from "../actions/give-up-delivery.ts";
import type { City } from "../city/schema.ts";
import type { FetchOptions, Fetched, FetchRefusal } from "../fetch/safe-fetch.ts";
import type { Log } from "../log.ts";
import { toFoundFeature, type PublicLinks } from "../report/feature.ts";
import type { Store } from "../store/open.ts";
import { findPublicReport } from "../store/queries/public-reports.ts";
import {
  claimWebhook,
  releaseWebhook,
  saveDelivered,
  saveDeliveryFailure,
  takeNextDelivery,
  type ClaimedWebhook,
  type NextDelivery,
} from "../store/writes/webhook-deliveries.ts";
import { secondsAfter } from "./moments.ts";
import { afterFailure, judge } from "./webhook-rule.ts";
import { signedHeaders } from "./webhook-signature.ts";

/** What telling partners works with. */
export type WebhookDeps = {
  store: Store;
  city: City;
  links: PublicLinks;
  fetch: (url: string, options: FetchOptions) => Promise<Fetched | FetchRefusal>;
  /** City time: when the admins may be told. */
  now: () => Date;
  /** Wire time, always real: retries and signatures. */
  wireNow: () => Date;
  log: Log;
};

/** A partner has so long to answer. */
const ANSWER_SECONDS = 15;
/** Longer than one delivery can take. */
const CLAIM_SECONDS = 60;
/** So many deliveries, or so long, and another partner has its turn. */
const TURN_DELIVERIES = 50;
const TURN_SECONDS = 30;

/** Tells partners, one after the other, until none is due. */
export const deliverWebhooks = async (deps: WebhookDeps, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const now = deps.wireNow();
    const claimed = await claimWebhook(deps.store.db, now, secondsAfter(now, CLAIM_SECONDS));
    if (claimed === null) return;
    await takeTurn(deps, claimed, signal);
  }
};

/** Tells one partner what waits, until it fails, nothing waits, or its turn is over. */
const takeTurn = async (deps: WebhookDeps, first: ClaimedWebhook, signal: AbortSignal): Promise<void> => {
  const { db } = deps.store;
  const endsAt = secondsAfter(deps.wireNow(), TURN_SECONDS);
  let claimed = first;
  try {
    for (let left = TURN_DELIVERIES; left > 0 && deps.wireNow() < endsAt && !signal.aborted; left -= 1) {
      const until = secondsAfter(deps.wireNow(), CLAIM_SECONDS);
      const taken = await db.transaction((tx) => takeNextDelivery(tx, claimed, until));
      if (taken === null) return;
      claimed = taken.claimed;
      if (taken.delivery === null || !(await deliver(deps, claimed, taken.delivery, signal))) return;
    }
  } finally {
    await releaseWebhook(db, claimed);
  }
};

/** Whether the next delivery may be tried at once. */
const deliver = async (
  deps: WebhookDeps,
  { id: webhookId, url }: ClaimedWebhook,
  delivery: NextDelivery,
  signal: AbortSignal,
): Promise<boolean> => {
  const { store, log } = deps;
  const id = `evt_${delivery.eventId}`;
  const body = await renderBody(deps, id, delivery);
  const answer = await deps.fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...signedHeaders({ id, body, secret: delivery.secret }, deps.wireNow()),
    },
    body,
    // Only the status counts.
    maxBytes: 0,
    longer: "cut",
    timeoutMs: ANSWER_SECONDS * 1000,
    signal,
  });
  // Not the partner's fault: it is tried again by whoever works next.
  if (!answer.ok && answer.why === "aborted") return false;
  const wireNow = deps.wireNow();
  const judgement = judge(answer);
  if (judgement.kind === "delivered") {
    await store.db.transaction((tx) => saveDelivered(tx, webhookId, delivery.id, wireNow));
    return true;
  }
  const { why: failure } = judgement;
  const step = afterFailure(judgement, delivery, wireNow);
  const told = { webhook: webhookId, delivery: delivery.id, attempts: delivery.attempts, failure };
  if (step.kind === "again") {
    log.debug(told, "a partner did not take a delivery");
    const put = { failure, retryAt: step.at, wireNow };
    await store.db.transaction((tx) => saveDeliveryFailure(tx, webhookId, delivery.id, put));
    return false;
  }
  const pauses = step.kind === "pause";
  log.warn(told, pauses ? "a partner's webhook was paused" : "a delivery was given up");
  await giveUpDelivery(deps, { webhookId, deliveryId: delivery.id, failure, pauses }, deps.now(), wireNow);
  return !pauses;
};

/** What partners read. The order of names and the spaces are part of what is signed, so it is made once for a try. */
const renderBody = async (
  { store, city, links }: WebhookDeps,
  id: string,
  { reportId, kind, at, sequence }: NextDelivery,
): Promise<string> => {
  const found = await findPublicReport(store.db, city, reportId);
  if (found === null) throw new Error("A delivery without a report");
  const report = toFoundFeature(city, city.locales[0], links, found);
  return JSON.stringify({ type: `report.${kind}`, timestamp: at.toISOString(), id, sequence, data: { report } });
};
