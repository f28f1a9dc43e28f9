/** Asking an agency's system what became of its reports, all of them by one question where it has a list of updates. */
import { createHash } from "node:crypto";
import { hearSystem, type Heard } from "../../actions/hear-system.ts";
import { ANSWER_LENGTH } from "../../report/answer.ts";
import { listOpenRelays, type OpenRelay } from "../../store/queries/relays.ts";
import { saveRelay } from "../../store/writes/relays.ts";
import { minutesAfter } from "../moments.ts";
import type { TheirUpdate } from "./answers.ts";
import type { RelayDeps } from "./relays.ts";
import type { Client } from "./client.ts";
import type { System } from "./load-systems.ts";
import { standingOf } from "./standing.ts";

const EVERY_MINUTES = 10;
/** Clocks differ, and an update may be written down later than it says. */
const OVERLAP_MINUTES = 60;
/** The span that systems answer for. */
const MOST_DAYS = 89;
/** A list of so many may have been cut off. */
const MANY = 500;

/** Hears of everything that is open there; why that failed, null when it did not. */
export const hearAgency = async (deps: RelayDeps, system: System): Promise<string | null> => {
  const { db } = deps.store;
  const now = deps.wireNow();
  const found = await listOpenRelays(db, system.agencyId);
  const relays: OpenRelay[] = [];
  for (const relay of found) {
    if (standingOf(relay.report, relay) !== "gone") relays.push(relay);
    else await saveRelay(db, relay.id, { state: "ended", nextTickAt: null });
  }
  if (relays.length === 0) return null;
  const since = Math.min(...relays.map(({ heardUntil }) => (heardUntil ?? now).getTime()));
  const from = new Date(Math.max(since - OVERLAP_MINUTES * 60_000, daysBefore(now, MOST_DAYS).getTime()));
  const listed = await system.client.listUpdates(from, now);
  if (!listed.ok && listed.kind === "later") {
    await putOff(deps, relays, since);
    return listed.why;
  }
  const updates = listed.ok ? listed.value : null;
  for (const relay of relays) {
    const told =
      updates === null ? await askOne(system.client, relay) : updates.filter((one) => one.theirId === relay.theirId);
    if (typeof told === "string") {
      await putOff(deps, relays, since);
      return told;
    }
    for (const update of told) {
      const heard = await complete(system.client, update, told, now);
      if (typeof heard === "string") {
        await putOff(deps, relays, since);
        return heard;
      }
      const hearing = await hearSystem(deps, relay, heard, deps.now());
      deps.log.debug({ relay: relay.id, hearing }, "heard of an agency's system");
    }
  }
  const until = updates !== null && updates.length >= MANY ? (lastOf(updates, from, now) ?? now) : now;
  for (const { id } of relays)
    await saveRelay(db, id, { heardUntil: until, nextTickAt: minutesAfter(now, EVERY_MINUTES) });
  return null;
};

/** A system without a list of updates tells only how a request stands. */
const askOne = async (client: Client, { theirId }: OpenRelay): Promise<TheirUpdate[] | string> => {
  const asked = await client.findRequest(theirId ?? "");
  if (!asked.ok) return asked.kind === "later" ? asked.why : [];
  if (asked.value === null) return [];
  const { isClosed, words } = asked.value;
  const id = createHash("sha256")
    .update(JSON.stringify([isClosed, words]))
    .digest("hex");
  return [{ id, theirId: theirId ?? "", isClosed, words, photoUrl: null, at: null }];
};

/** What it is to us: pictures of the work may have come with an earlier update, and words with the request itself. */
const complete = async (
  client: Client,
  update: TheirUpdate,
  told: readonly TheirUpdate[],
  now: Date,
): Promise<Heard | string> => {
  const { id, isClosed } = update;
  if (!isClosed) return { id, isClosed, words: update.words, photoUrls: [] };
  let photoUrls = photosOf(told);
  if (photoUrls.length === 0) {
    const all = await client.listUpdates(daysBefore(now, MOST_DAYS), now);
    if (!all.ok && all.kind === "later") return all.why;
    photoUrls = all.ok ? photosOf(all.value.filter(({ theirId }) => theirId === update.theirId)) : [];
  }
  if (update.words.length >= ANSWER_LENGTH.min) return { id, isClosed, words: update.words, photoUrls };
  const asked = await client.findRequest(update.theirId);
  if (!asked.ok && asked.kind === "later") return asked.why;
  // Notes of a request that they still call open are about something else.
  const notes = asked.ok && asked.value?.isClosed === true ? asked.value.words : "";
  const words = [update.words, notes].filter((one) => one !== "").join(". ");
  return { id, isClosed, words, photoUrls };
};

const photosOf = (updates: readonly TheirUpdate[]): string[] => [
  ...new Set(updates.flatMap(({ photoUrl }) => photoUrl ?? [])),
];

/** Tried again in a minute, from where it was. */
const putOff = async ({ store, wireNow }: RelayDeps, relays: readonly OpenRelay[], since: number): Promise<void> => {
  for (const { id } of relays) {
    await saveRelay(store.db, id, { heardUntil: new Date(since), nextTickAt: minutesAfter(wireNow(), 1) });
  }
};

/** Of what was asked for: a date in years to come would make us deaf until then. */
const lastOf = (updates: readonly TheirUpdate[], from: Date, to: Date): Date | null => {
  const moments = updates.flatMap(({ at }) => (at === null || at < from || at > to ? [] : at.getTime()));
  return moments.length === 0 ? null : new Date(Math.max(...moments));
};

const daysBefore = (moment: Date, days: number): Date => minutesAfter(moment, -days * 24 * 60);
