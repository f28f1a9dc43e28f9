/** The place of a report as everybody may see it. */
import { withoutInside } from "../city/address-text.ts";
import type { City, Point } from "../city/schema.ts";

/** What of the city the public's view of reports depends on. */
export type PublicCity = Pick<City, "topics">;

/** A report's place as it is stored. */
type StoredPlace = { topicId: string; lat: number | null; lon: number | null; address: string | null };

/** A thousandth of a degree is a block: as near as the public comes to what is within a home. */
const PER_DEGREE = 1000;

/** The middle of the block a coordinate lies in; SQL that looks for blocks counts the same way. */
const toBlock = (degrees: number): number => Math.floor(degrees * PER_DEGREE + 0.5) / PER_DEGREE;

/** How far from its own coordinates a block's middle may lie, in degrees. */
export const BLOCK_REACH = 0.5 / PER_DEGREE;

/** The topics of what happens outside, whose points are shown as they are. */
export const outdoorTopics = (city: PublicCity): string[] =>
  [...city.topics.values()].filter(({ place }) => place === "outdoors").map(({ id }) => id);

/**
 * The point and the address as the public sees them: no flat, entrance or floor, and for what happens within a home the point of its block
 * and never the phone's own. A topic the city has dropped since might have been one, so its point is a block's, too.
 */
export const publicPlaceOf = (
  city: PublicCity,
  { topicId, lat, lon, address }: StoredPlace,
): { place: Point | null; address: string | null } => {
  const isExact = city.topics.get(topicId)?.place === "outdoors";
  return {
    place: lat === null || lon === null ? null : isExact ? { lat, lon } : { lat: toBlock(lat), lon: toBlock(lon) },
    address: address === null ? null : withoutInside(address) || null,
  };
};
