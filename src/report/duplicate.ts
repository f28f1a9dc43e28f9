/** When two reports may be about the same thing: the same topic, and hardly any way between them. */
import { boxAround, metersBetween, type Box } from "../city/geometry.ts";
import type { Point } from "../city/schema.ts";

/** So near to each other two reports on one topic may mean one thing. */
const SIMILAR_METERS = 100;

/** More than these are never shown: the nearest say enough. */
const MOST_SIMILAR = 3;

/** Where to look for them: a box, because that is what an index answers. */
export const similarBox = (place: Point): Box => boxAround(place, SIMILAR_METERS);

/** Those of the candidates that are near enough, the nearest first, each with its distance in whole meters. */
export const nearestOf = <Candidate extends Point>(
  place: Point,
  candidates: readonly Candidate[],
): (Candidate & { meters: number })[] =>
  candidates
    .map((candidate) => ({ ...candidate, meters: Math.round(metersBetween(place, candidate)) }))
    .filter((candidate) => metersBetween(place, candidate) <= SIMILAR_METERS)
    .toSorted((a, b) => a.meters - b.meters)
    .slice(0, MOST_SIMILAR);
