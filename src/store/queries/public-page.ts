/** What the page of one report shows besides the report itself. Whether the report is shown at all, `findPublicReport` has said before. */
import { and, asc, eq, inArray, isNotNull, isNull, or } from "drizzle-orm";
import { PUBLIC_KINDS, type PublicKind } from "../../report/answer.ts";
import { isShown } from "../../report/status.ts";
import type { VoteValue } from "../../report/verdict.ts";
import type { Db } from "../db.ts";
import { answers } from "../schema/answers.ts";
import { events } from "../schema/events.ts";
import { photos } from "../schema/photos.ts";
import { reports } from "../schema/reports.ts";
import { votes } from "../schema/votes.ts";

/** What an agency said and an editor published. */
export type PublicAnswer = {
  id: number;
  cycle: number;
  kind: PublicKind;
  agencyId: string;
  words: string;
  sentAt: Date;
};

const isPublished = and(eq(answers.state, "accepted"), inArray(answers.kind, [...PUBLIC_KINDS]));

/** The published answers, first to last. */
export const listPublicAnswers = async (db: Db, reportId: number): Promise<PublicAnswer[]> => {
  const { id, cycle, kind, agencyId, words, sentAt } = answers;
  const found = await db
    .select({ id, cycle, kind, agencyId, words, sentAt })
    .from(answers)
    .where(and(eq(answers.reportId, reportId), isPublished))
    .orderBy(asc(id));
  return found.map((answer) => ({ ...answer, kind: answer.kind === "cannot_fix" ? "cannot_fix" : "fixed" }));
};

/** A photo that everybody may see: `answerId` null is from before. */
export type PublicPhoto = { storedAs: string; answerId: number | null };

/** Ours, not hidden, and of the report itself or of an answer that is published; what was added to either stays with the staff. */
const isSeen = and(
  isNotNull(photos.storedAs),
  eq(photos.isHidden, false),
  isNull(photos.additionId),
  or(isNull(photos.answerId), isPublished),
);

/** The photos of a shown report and of its answers, each in the order they were sent. */
export const listPublicPhotos = async (db: Db, reportId: number): Promise<PublicPhoto[]> => {
  const found = await db
    .select({ storedAs: photos.storedAs, answerId: photos.answerId })
    .from(photos)
    .leftJoin(answers, eq(answers.id, photos.answerId))
    .where(and(eq(photos.reportId, reportId), isSeen))
    .orderBy(asc(photos.answerId), asc(photos.position));
  return found.flatMap(({ storedAs, answerId }) => (storedAs === null ? [] : [{ storedAs, answerId }]));
};

/** Whether a photo may be shown to everybody at this moment. */
export const isPublicPhoto = async (db: Db, storedAs: string): Promise<boolean> => {
  const [found] = await db
    .select({ status: reports.status, returnsTo: reports.returnsTo })
    .from(photos)
    .innerJoin(reports, eq(reports.id, photos.reportId))
    .leftJoin(answers, eq(answers.id, photos.answerId))
    .where(and(eq(photos.storedAs, storedAs), isSeen));
  return found !== undefined && isShown(found);
};

/** The report's life from the beginning, without whoever acted. */
export const listPublicEvents = (
  db: Db,
  reportId: number,
): Promise<{ at: Date; kind: string; data: Record<string, unknown>; actorRole: string }[]> =>
  db
    .select({ at: events.at, kind: events.kind, data: events.data, actorRole: events.actorRole })
    .from(events)
    .where(eq(events.reportId, reportId))
    .orderBy(asc(events.id));

/** When whoever has the next step is late, since when the agency's clock stands still, and which report this one is a part of. */
export type PublicTurn = { turnEndsAt: Date | null; pausedAt: Date | null; mergedIntoId: number | null };

/** Throws for a report that does not exist. */
export const getPublicTurn = async (db: Db, reportId: number): Promise<PublicTurn> => {
  const { dueAt, pausedAt, mergedIntoId } = reports;
  const [found] = await db
    .select({ turnEndsAt: dueAt, pausedAt, mergedIntoId })
    .from(reports)
    .where(eq(reports.id, reportId));
  if (found === undefined) throw new Error(`There is no report ${reportId}`);
  return found;
};

/** Votes of a check that is over: whether its author was among them, and how many others. */
export type VoteCount = Record<VoteValue, { author: boolean; others: number }>;

/** The votes of the present cycle; null unless the report is closed, before which nobody is to know of any. */
export const countClosedVotes = async (db: Db, reportId: number): Promise<VoteCount | null> => {
  const [report] = await db
    .select({ cycle: reports.cycle })
    .from(reports)
    .where(and(eq(reports.id, reportId), eq(reports.status, "closed")));
  if (report === undefined) return null;
  const cast = await db
    .select({ kind: votes.kind, value: votes.value })
    .from(votes)
    .where(and(eq(votes.reportId, reportId), eq(votes.cycle, report.cycle)));
  const countOf = (value: VoteValue): VoteCount[VoteValue] => ({
    author: cast.some((vote) => vote.value === value && vote.kind === "author"),
    others: cast.filter((vote) => vote.value === value && vote.kind !== "author").length,
  });
  return { confirmation: countOf("confirmation"), refutation: countOf("refutation") };
};
