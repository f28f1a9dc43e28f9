/** Which reports the public asks for, as SQL that the partial indexes answer. */
import { and, between, eq, gte, inArray, isNotNull, lt, notInArray, or, sql, type SQL } from "drizzle-orm";
import { askedWords } from "../../report/asked-words.ts";
import { BLOCK_REACH, outdoorTopics, type PublicCity } from "../../report/public-place.ts";
import type { Status } from "../../report/status.ts";
import { isOneOf } from "../schema/one-of.ts";
import { AGENCY_OWES, isShownIn, publicWordsOf, reports } from "../schema/reports.ts";
import { allOf } from "./find-reports.ts";

/** Sides in degrees. */
export type Box = { south: number; west: number; north: number; east: number };

/** What is looked for: all of it has to hold. Of two moments the first is included and the second is not. */
export type PublicFilter = {
  districtId?: string;
  topicIds?: readonly string[];
  statuses?: readonly Status[];
  agencyId?: string;
  /** Filed from then on. */
  from?: Date;
  /** Filed before then. */
  to?: Date;
  /** Its agency's date has passed at this moment, and the agency still owes the step. */
  isOverdueAt?: Date;
  /** Each word stands in the public text, the address or the topic's title, in any of its Russian or English forms. */
  words?: string;
  /** Its place, as the public sees it, lies in here. */
  box?: Box;
  ids?: readonly number[];
  /** Changed last from then on. */
  updatedFrom?: Date;
  /** Changed last before then. */
  updatedTo?: Date;
};

/** The condition of a filter: never anything but what the public may see all of. */
export const isPublic = (city: PublicCity, filter: PublicFilter): SQL => {
  const { districtId, topicIds, statuses, agencyId, from, to, isOverdueAt, words, box, ids } = filter;
  const { updatedFrom, updatedTo } = filter;
  return sql`${and(
    isShownIn(reports),
    districtId === undefined ? undefined : eq(reports.districtId, districtId),
    topicIds === undefined ? undefined : inArray(reports.topicId, [...topicIds]),
    statuses === undefined ? undefined : inArray(reports.status, [...statuses]),
    agencyId === undefined ? undefined : eq(reports.agencyId, agencyId),
    from === undefined ? undefined : gte(reports.createdAt, from),
    to === undefined ? undefined : lt(reports.createdAt, to),
    isOverdueAt === undefined
      ? undefined
      : and(isOneOf(reports.status, AGENCY_OWES), lt(reports.handlingDueAt, isOverdueAt)),
    words === undefined ? undefined : says(city, words),
    box === undefined ? undefined : isIn(city, box),
    ids === undefined ? undefined : inArray(reports.id, [...ids]),
    updatedFrom === undefined ? undefined : gte(reports.updatedAt, updatedFrom),
    updatedTo === undefined ? undefined : lt(reports.updatedAt, updatedTo),
  )}`;
};

/** More words find no more, and each costs. */
const MOST_WORDS = 12;

const says = (city: PublicCity, words: string): SQL => {
  const asked = askedWords(city, words).slice(0, MOST_WORDS);
  return asked.length === 0 ? sql`false` : sql`${publicWordsOf(reports)} @@ ${allOf(asked)}`;
};

/** A coordinate's block as `toBlock` counts it. */
export const blockOf = (column: typeof reports.lat | typeof reports.lon): SQL =>
  sql`(floor(${column} * 1000 + 0.5) / 1000)`;

/** Asked with ever smaller boxes, the answer must not tell more of a home than its block: so it is the block that is compared. */
const isIn = (city: PublicCity, { south, west, north, east }: Box): SQL | undefined =>
  and(
    isNotNull(reports.lat),
    between(reports.lat, south - BLOCK_REACH, north + BLOCK_REACH),
    between(reports.lon, west - BLOCK_REACH, east + BLOCK_REACH),
    or(
      and(
        inArray(reports.topicId, outdoorTopics(city)),
        between(reports.lat, south, north),
        between(reports.lon, west, east),
      ),
      and(
        between(blockOf(reports.lat), sql`${south}::float8`, sql`${north}::float8`),
        between(blockOf(reports.lon), sql`${west}::float8`, sql`${east}::float8`),
        notInArray(reports.topicId, outdoorTopics(city)),
      ),
    ),
  );
