/** Photos as our own copies: what is there, what is still on its way, and which show an earlier one again. */
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte, ne, not, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { STATUS_NAMES, STATUSES } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { additions } from "../schema/additions.ts";
import { answers } from "../schema/answers.ts";
import { photoLeftovers, photos } from "../schema/photos.ts";
import { reports } from "../schema/reports.ts";

/** A photo and our copy of it: `pending` is still on its way, `lost` could not be fetched and will not be. */
export type OwnCopy = { id: number; position: number; isHidden: boolean } & (
  { state: "stored"; storedAs: string } | { state: "pending" } | { state: "lost" }
);

/** Which photos: those a report was filed with, those of an answer, or those of an addition. */
export type PhotosOf = { reportId: number } | { answerId: number } | { additionId: number };

/** The photos in the order in which they were told. */
export const listOwnCopies = async (db: Db, of: PhotosOf): Promise<OwnCopy[]> => {
  const found = await db
    .select({
      id: photos.id,
      position: photos.position,
      isHidden: photos.isHidden,
      storedAs: photos.storedAs,
      nextTickAt: photos.nextTickAt,
    })
    .from(photos)
    .where(ownedBy(of))
    .orderBy(asc(photos.position));
  return found.map(({ storedAs, nextTickAt, ...photo }) =>
    storedAs === null
      ? { ...photo, state: nextTickAt === null ? "lost" : "pending" }
      : { ...photo, state: "stored", storedAs },
  );
};

/** Whether our copy of any of these photos is still on its way. */
export const arePhotosPending = async (db: Db, of: PhotosOf): Promise<boolean> => {
  const found = await db
    .select({ id: photos.id })
    .from(photos)
    .where(and(ownedBy(of), isNotNull(photos.nextTickAt)))
    .limit(1);
  return found.length > 0;
};

const ownedBy = (of: PhotosOf): SQL | undefined => {
  if ("answerId" in of) return eq(photos.answerId, of.answerId);
  if ("additionId" in of) return eq(photos.additionId, of.additionId);
  return and(eq(photos.reportId, of.reportId), isNull(photos.answerId), isNull(photos.additionId));
};

/** An answer's photo that shows an earlier one again; `earlier.answerId` is null where that is a report's own photo. */
export type ReusedPhoto = {
  position: number;
  earlier: { reportId: number; answerId: number | null; position: number };
};

/** The answer's photos that show an earlier one again, as far as they are fetched: see `arePhotosPending`. */
export const findReusedPhotos = (db: Db, answerId: number): Promise<ReusedPhoto[]> => {
  const earlier = alias(photos, "earlier");
  return db
    .select({
      position: photos.position,
      earlier: { reportId: earlier.reportId, answerId: earlier.answerId, position: earlier.position },
    })
    .from(photos)
    .innerJoin(earlier, eq(earlier.id, photos.reusesId))
    .where(eq(photos.answerId, answerId))
    .orderBy(asc(photos.position));
};

/** A stored photo that may show the same picture; `isReuse` when it is known to show an earlier one again. */
export type LookAlike = Pick<typeof photos.$inferSelect, "id" | "reportId" | "answerId"> & {
  storedAs: string;
  isReuse: boolean;
};

/** A year of a large agency's answers; more than that are not compared, the newest first. */
const COMPARED = 20_000;

/**
 * The photos most like this one, at most `limit`, whose hashes differ in no more than `bits`: among the photos its report was filed
 * with, and those of the same agency's answers sent in the year around it, but for those to the same report in the same cycle: an answer
 * returned for its words may come again with its photo. Looks at up to 20,000 of them, whatever else is stored.
 */
export const listLookAlikes = async (
  db: Db,
  photo: { id: number; reportId: number; answerId: number; likeness: string },
  { bits, limit }: { bits: number; limit: number },
): Promise<LookAlike[]> => {
  const distance = sql<number>`bit_count(('x' || ${photos.likeness})::bit(64) # ('x' || ${photo.likeness})::bit(64))::int`;
  const isLike = and(
    ne(photos.id, photo.id),
    isNotNull(photos.likeness),
    isNotNull(photos.storedAs),
    lte(distance, bits),
  );
  const { id, reportId, answerId, storedAs, reusesId } = photos;
  const fields = { id, reportId, answerId, storedAs, reusesId, distance };
  const mine = db
    .select({ reportId: answers.reportId, cycle: answers.cycle, agencyId: answers.agencyId, sentAt: answers.sentAt })
    .from(answers)
    .where(eq(answers.id, photo.answerId))
    .as("mine");
  const year = sql`interval '1 year'`;
  const near = db
    .select({ id: answers.id })
    .from(answers)
    .innerJoin(mine, eq(mine.agencyId, answers.agencyId))
    .where(
      and(
        gte(answers.sentAt, sql`${mine.sentAt} - ${year}`),
        lte(answers.sentAt, sql`${mine.sentAt} + ${year}`),
        or(ne(answers.reportId, mine.reportId), ne(answers.cycle, mine.cycle)),
      ),
    )
    .orderBy(desc(answers.sentAt))
    .limit(COMPARED)
    .as("near");
  const answered = await db
    .select(fields)
    .from(near)
    .innerJoin(photos, eq(photos.answerId, near.id))
    .where(isLike)
    .orderBy(distance, asc(photos.id))
    .limit(limit);
  const before = await db
    .select(fields)
    .from(photos)
    .where(and(ownedBy({ reportId: photo.reportId }), isLike))
    .orderBy(distance, asc(photos.id))
    .limit(limit);
  return [...before, ...answered]
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .flatMap((found) =>
      found.storedAs === null
        ? []
        : [
            {
              id: found.id,
              reportId: found.reportId,
              answerId: found.answerId,
              storedAs: found.storedAs,
              isReuse: found.reusesId !== null,
            },
          ],
    );
};

/** Whether a report has photos of any kind that nobody has tried to fetch yet. */
export const isUnfetched = async (db: Db, reportId: number): Promise<boolean> => {
  const found = await db
    .select({ id: photos.id })
    .from(photos)
    .where(and(eq(photos.reportId, reportId), isNotNull(photos.nextTickAt), eq(photos.attempts, 0)))
    .limit(1);
  return found.length > 0;
};

/** Whether the fetching job has anything to do by then, wire time. */
export const isPhotoWorkDue = async (db: Db, wireNow: Date): Promise<boolean> => {
  const due = await db.select({ id: photos.id }).from(photos).where(lte(photos.nextTickAt, wireNow)).limit(1);
  return due.length > 0 || (await listPhotoLeftovers(db, 1)).length > 0;
};

/** Names of files whose photo was erased, at most `limit`. */
export const listPhotoLeftovers = async (db: Db, limit: number): Promise<string[]> => {
  const found = await db.select().from(photoLeftovers).limit(limit);
  return found.map(({ storedAs }) => storedAs);
};

/** Those of the names that belong to a photo. */
export const listKnownNames = async (db: Db, names: readonly string[]): Promise<string[]> => {
  const found = await db
    .select({ storedAs: photos.storedAs })
    .from(photos)
    .where(inArray(photos.storedAs, [...names]));
  return found.flatMap(({ storedAs }) => storedAs ?? []);
};

const SHOWN = STATUS_NAMES.filter((status) => STATUSES[status].shows === "all");

/** The report as the public sees it is all there: `isShown` in SQL. */
const isShownNow = inArray(sql`coalesce(${reports.returnsTo}, ${reports.status})`, SHOWN);

/**
 * Photos of a person that the public does not see, which is what erasing a person erases: those of their reports an editor has not
 * passed or has hidden, and those they added later. An answer's photos are the agency's, a verdict's the city's.
 */
export const listUnpublishedPhotoIds = async (db: Db, residentId: number): Promise<number[]> => {
  const found = await db
    .select({ id: photos.id })
    .from(photos)
    .innerJoin(reports, eq(reports.id, photos.reportId))
    .leftJoin(additions, eq(additions.id, photos.additionId))
    .where(
      and(
        isNull(photos.answerId),
        or(
          and(isNull(photos.additionId), eq(reports.authorId, residentId), or(not(isShownNow), photos.isHidden)),
          and(eq(additions.authorId, residentId), ne(additions.kind, "verdict")),
        ),
      ),
    );
  return found.map(({ id }) => id);
};
