/** Who decides a disputed report, and what a new cycle is given. */
import type { Days } from "../city/schema.ts";
import { dueOn, type Due, type DueCity } from "./due.ts";
import { hasRole, type Actor } from "./permission.ts";

/** Where a dispute is decided: with the inspectors, or, for the reasons `deskOf` tells, with editors or admins. */
export const DESKS = ["inspectors", "editors", "admins"] as const;
export type Desk = (typeof DESKS)[number];

/** The last cycle that an inspector may reopen; what is disputed in it goes to the admins. */
export const LAST_CYCLE = 3;

/** The author's dispute from which on the same place and topic is an editor's. */
const EDITORS_DISPUTE = 3;

/** Reports this near to each other are of the same place. */
export const SAME_PLACE_METERS = 100;

/** Whose desk a dispute lands on. `disputesOfAuthor` are the author's on this place and topic, this one included; 0 when it is somebody else's. */
export const deskOf = (dispute: { cycle: number; disputesOfAuthor: number; hasInspectors: boolean }): Desk => {
  if (dispute.cycle >= LAST_CYCLE) return "admins";
  if (dispute.disputesOfAuthor >= EDITORS_DISPUTE || !dispute.hasInspectors) return "editors";
  return "inspectors";
};

/** Whether this person decides at that desk; an admin may at every one, an editor at the inspectors' while none is appointed. */
export const mayDecide = (actor: Actor, desk: Desk, hasInspectors: boolean): boolean => {
  if (hasRole(actor, "admin")) return true;
  switch (desk) {
    case "inspectors":
      return hasRole(actor, hasInspectors ? "inspector" : "editor");
    case "editors":
      return hasRole(actor, "editor");
    case "admins":
      return false;
  }
};

/** The days of every cycle after the first: half of the first one's, rounded up. */
export const nextCycleDays = (first: Days): Days => ({ count: Math.ceil(first.count / 2), kind: first.kind });

/** Three working days for whoever decides a dispute. */
export const inspectionDue = (city: DueCity, disputedAt: Date): Due =>
  dueOn(city, { count: 3, kind: "working" }, disputedAt);
