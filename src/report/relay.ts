/** How a report stands in an agency's own system, where the agency has one: the life of a relay. */
import type { EventKind } from "./event.ts";

/**
 * `waiting`: to be handed over; `unclear`: it was, and nobody knows whether it arrived; `accepted`: it arrived and has no number there
 * yet; `open`: what they say of it is asked for; `refused`: they will not take it; `ended`: it is none of theirs any more.
 */
export const RELAY_STATES = ["waiting", "unclear", "accepted", "open", "refused", "ended"] as const;
export type RelayState = (typeof RELAY_STATES)[number];

/** The events that give a report to an agency: with them it is handed over to the agency's own system, too. */
const RELAYED_ON: ReadonlySet<EventKind> = new Set<EventKind>([
  "assigned",
  "rerouted",
  "reopened",
  "unmerged",
  "undone",
]);

/** Whether a report may have become an agency's by such an event. */
export const isRelayed = (kind: EventKind): boolean => RELAYED_ON.has(kind);
