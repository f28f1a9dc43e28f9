/**
 * Handing reports over to agencies' own systems: once, however often it has to be tried. Before a report is posted it is noted that nobody
 * knows how that will end, so whoever takes it up after a crash, or after an answer that was lost, first looks whether it is there.
 */
import { tellRelayRefused, tellSystemFailing } from "../../actions/tell-system-trouble.ts";
import type { Log } from "../../log.ts";
import type { Store } from "../../store/open.ts";
import { findRelayedReport, type RelayedReport } from "../../store/queries/relays.ts";
import type { RelayRow } from "../../store/schema/relays.ts";
import { claimRelay, saveRelay, saveSystemState } from "../../store/writes/relays.ts";
import { backoffMs } from "../backoff.ts";
import { minutesAfter, secondsAfter } from "../moments.ts";
import type { Trouble } from "./client.ts";
import { hearAgency } from "./hear.ts";
import type { System } from "./load-systems.ts";
import { standingOf } from "./standing.ts";
import { markOf, toRequest, type Writing } from "./to-request.ts";

/** What handing over works with. */
export type RelayDeps = Writing & {
  store: Store;
  systems: readonly System[];
  /** City time: when what they say was said to us. */
  now: () => Date;
  /** Wire time, always real. */
  wireNow: () => Date;
  log: Log;
};

/** Longer than everything that is done with one relay can take. */
const CLAIM_SECONDS = 300;
/** A paused report may be in work again. */
const PAUSED_SECONDS = 3600;
/** So often, and so long each time, a report waits for our own copies of its photos. */
const PHOTO_TRIES = 4;
const PHOTO_SECONDS = 30;
const TOKEN_SECONDS = 60;
/** So long nothing has to get through before the admins hear of it. */
const FAILING_MINUTES = 60;
/** Clocks differ, and so does what a system calls the moment of a request. */
const LEEWAY_MINUTES = 60;

/** Does everything that is due; a system that fails is left alone until the next time. */
export const workRelays = async (deps: RelayDeps, signal: AbortSignal): Promise<void> => {
  const systems = new Map(deps.systems.map((system) => [system.agencyId, system]));
  while (!signal.aborted && systems.size > 0) {
    const now = deps.wireNow();
    const relay = await claimRelay(deps.store.db, [...systems.keys()], now, secondsAfter(now, CLAIM_SECONDS));
    const system = relay === null ? undefined : systems.get(relay.agencyId);
    if (relay === null || system === undefined) return;
    const trouble = await work(deps, system, relay);
    await saveStanding(deps, relay.agencyId, trouble);
    if (trouble !== null) systems.delete(relay.agencyId);
  }
};

/** Why the system could not be worked with, null when it could. */
const work = async (deps: RelayDeps, system: System, relay: RelayRow): Promise<string | null> => {
  const { db } = deps.store;
  const report = await findRelayedReport(db, relay.reportId);
  const standing = report === null ? "gone" : standingOf(report, relay);
  if (report === null || standing === "gone") {
    await saveRelay(db, relay.id, { state: "ended", nextTickAt: null });
    return null;
  }
  switch (relay.state) {
    case "waiting":
    case "unclear":
      if (standing === "paused") {
        await saveRelay(db, relay.id, { nextTickAt: secondsAfter(deps.wireNow(), PAUSED_SECONDS) });
        return null;
      }
      return relay.state === "waiting" ? post(deps, system, relay, report) : lookFirst(deps, system, relay, report);
    case "accepted":
      return askNumber(deps, system, relay);
    case "open":
      return hearAgency(deps, system);
    case "refused":
    case "ended":
      await saveRelay(db, relay.id, { nextTickAt: null });
      return null;
  }
};

const post = async (
  deps: RelayDeps,
  { client, services }: System,
  relay: RelayRow,
  report: RelayedReport,
): Promise<string | null> => {
  const { db } = deps.store;
  const { id } = relay;
  const attempts = relay.attempts + 1;
  if (report.isWaiting && relay.attempts < PHOTO_TRIES && relay.state === "waiting") {
    await saveRelay(db, id, { attempts, nextTickAt: secondsAfter(deps.wireNow(), PHOTO_SECONDS) });
    return null;
  }
  const triedAt = deps.wireNow();
  // What they say of it begins with its first posting, and that is also where it is looked for.
  const heardUntil = relay.heardUntil ?? triedAt;
  const nextTickAt = secondsAfter(triedAt, CLAIM_SECONDS);
  await saveRelay(db, id, { state: "unclear", attempts, heardUntil, nextTickAt });
  const posted = await client.post(toRequest(deps, relay, report, services));
  if (posted.ok) {
    if ("theirId" in posted.value) await open(deps, id, posted.value.theirId);
    else {
      const { token } = posted.value;
      const soon = secondsAfter(deps.wireNow(), TOKEN_SECONDS);
      await saveRelay(db, id, { state: "accepted", token, attempts: 0, failure: null, nextTickAt: soon });
    }
    return null;
  }
  if (posted.kind === "later") {
    await saveRelay(db, id, {
      state: posted.isUnclear ? "unclear" : "waiting",
      failure: posted.why,
      nextTickAt: retryAt(deps, attempts),
    });
    return posted.why;
  }
  const { why: failure } = posted;
  await saveRelay(db, id, { state: "refused", failure, nextTickAt: null });
  deps.log.warn({ report: report.id, agency: relay.agencyId, failure }, "an agency's system refused a report");
  const told = { relayId: id, number: report.id, agencyId: relay.agencyId, failure };
  await tellRelayRefused(deps, told, deps.now());
  return null;
};

/** It was posted, and nobody knows how that ended. */
const lookFirst = async (
  deps: RelayDeps,
  system: System,
  relay: RelayRow,
  report: RelayedReport,
): Promise<string | null> => {
  const now = deps.wireNow();
  const from = minutesAfter(relay.heardUntil ?? now, -LEEWAY_MINUTES);
  const listed = await system.client.listRequests(from, minutesAfter(now, LEEWAY_MINUTES));
  if (listed.ok) {
    const mark = markOf(deps, relay);
    const found = listed.value.find(({ description }) => description.includes(mark));
    if (found === undefined) return post(deps, system, relay, report);
    await open(deps, relay.id, found.theirId);
    return null;
  }
  // A system without a list can only be trusted to know the key of a request it has.
  if (listed.kind !== "later") return post(deps, system, relay, report);
  return putOff(deps, relay, listed);
};

const askNumber = async (deps: RelayDeps, { client }: System, relay: RelayRow): Promise<string | null> => {
  const found = await client.findByToken(relay.token ?? "");
  if (found.ok && found.value !== null) {
    await open(deps, relay.id, found.value);
    return null;
  }
  if (!found.ok && found.kind === "later") return putOff(deps, relay, found);
  const attempts = relay.attempts + 1;
  await saveRelay(deps.store.db, relay.id, { attempts, nextTickAt: retryAt(deps, Math.max(attempts, 6)) });
  return null;
};

const open = ({ store, wireNow }: RelayDeps, id: number, theirId: string): Promise<void> =>
  saveRelay(store.db, id, { state: "open", theirId, attempts: 0, failure: null, nextTickAt: wireNow() });

const putOff = async (deps: RelayDeps, relay: RelayRow, { why }: Trouble): Promise<string> => {
  const attempts = relay.attempts + 1;
  await saveRelay(deps.store.db, relay.id, { attempts, failure: why, nextTickAt: retryAt(deps, attempts) });
  return why;
};

/** Notes whether the system works, and tells the admins of one that has not for an hour, once. */
const saveStanding = async (deps: RelayDeps, agencyId: string, failure: string | null): Promise<void> => {
  const wireNow = deps.wireNow();
  const system = await saveSystemState(deps.store.db, agencyId, failure === null ? null : { failure, wireNow });
  if (failure === null || system === null || system.failingSince === null) return;
  deps.log.debug({ agency: agencyId, failure }, "an agency's system fails");
  if (system.toldAt !== null || system.failingSince > minutesAfter(wireNow, -FAILING_MINUTES)) return;
  deps.log.warn({ agency: agencyId, failure }, "an agency's system has failed for an hour");
  await tellSystemFailing(deps, { agencyId, failure }, deps.now(), wireNow);
};

const retryAt = ({ wireNow }: RelayDeps, attempts: number): Date => new Date(wireNow().getTime() + backoffMs(attempts));
