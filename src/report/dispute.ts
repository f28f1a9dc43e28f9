/** Who decides a disputed report, and what a new cycle is given. */
import type { Days } from "../city/schema.ts";
import { dueOn, type Due, type DueCity } from "./due.ts";
import { hasRole, type Actor } from "./permission.ts";
import type { Role } from "./status.ts";
import type { Grounds } from "./voters.ts";

/** Where a dispute is decided: with the inspectors, or, for the reasons `deskOf` tells, with editors or admins. */
export const DESKS = ["inspectors", "editors", "admins"] as const;
export type Desk = (typeof DESKS)[number];

/** The last cycle that an inspector may reopen; what is disputed in it goes to the admins. */
export const LAST_CYCLE = 3;

/** The author's dispute from which on the same place and topic is an editor's. */
const EDITORS_DISPUTE = 3;

/** Reports this near to each other are of the same place. */
export const SAME_PLACE_METERS = 100;

/** Whose report and whose answer it is: its author, the agency, the officer who sent it, and the editor who published it, if that was done. */
export type Makers = {
  authorId: number | null;
  agencyId: string | null;
  officerId: number | null;
  publisherId: number | null;
};

/** What ties somebody to a report or its answer so that its check is no longer an independent one. */
export const INTERESTS = ["own_report", "own_answer", "agency_staff", "publisher"] as const;
export type Interest = (typeof INTERESTS)[number];

/** The tie of this person to this answer, null when there is none. */
export const interestOf = (
  { residentId, grants }: Actor,
  { authorId, agencyId, officerId, publisherId }: Makers,
): Interest | null => {
  if (residentId === authorId) return "own_report";
  if (residentId === officerId) return "own_answer";
  const isTheirs = grants.some((grant) => grant.role === "officer" && grant.agencyId === agencyId);
  if (isTheirs) return "agency_staff";
  return residentId === publisherId ? "publisher" : null;
};

/** Of which roles somebody holds office at this moment whom nothing ties to the answer. */
export type Bench = { inspectors: boolean; editors: boolean; admins: boolean };

/** Whose desk a dispute lands on. `disputesOfAuthor` are the author's on this place and topic, this one included; 0 when it is somebody else's. */
export const deskOf = (dispute: { cycle: number; disputesOfAuthor: number; bench: Bench }): Desk => {
  const { cycle, disputesOfAuthor, bench } = dispute;
  if (cycle >= LAST_CYCLE) return "admins";
  if (disputesOfAuthor < EDITORS_DISPUTE && bench.inspectors) return "inspectors";
  return bench.editors ? "editors" : "admins";
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

/**
 * Why this person must not judge the answer at that desk, null when they may. An admin with an interest steps in only where nobody without
 * one is left: a city of one does not stand still, and the log tells who it was.
 */
export const barOf = (actor: Actor, makers: Makers, desk: Desk, bench: Bench): Interest | null => {
  const interest = interestOf(actor, makers);
  return interest !== null && hasRole(actor, "admin") && !isAnybodyAt(desk, bench) ? null : interest;
};

const isAnybodyAt = (desk: Desk, { inspectors, editors, admins }: Bench): boolean => {
  switch (desk) {
    case "inspectors":
      return inspectors || editors || admins;
    case "editors":
      return editors || admins;
    case "admins":
      return admins;
  }
};

/** What a decision consists of. */
export type VerdictPart = "words" | "photo";

/**
 * What a decision still lacks: always the words, for everybody reads why; and from an inspector, who went there to see whether it is fixed,
 * a photo. Editors and admins decide at their desks, and of what cannot be fixed there may be nothing to show.
 */
export const lacksOfVerdict = (
  verdict: { as: Role; answerKind: "fixed" | "cannot_fix" },
  { words, hasPhoto }: Grounds,
): VerdictPart[] => {
  const isLooked = verdict.as === "inspector" && verdict.answerKind === "fixed";
  return [...(words === null ? (["words"] as const) : []), ...(isLooked && !hasPhoto ? (["photo"] as const) : [])];
};

/** The days of every cycle after the first: half of the first one's, rounded up. */
export const nextCycleDays = (first: Days): Days => ({ count: Math.ceil(first.count / 2), kind: first.kind });

/** Three working days for whoever decides a dispute. */
export const inspectionDue = (city: DueCity, disputedAt: Date): Due =>
  dueOn(city, { count: 3, kind: "working" }, disputedAt);
