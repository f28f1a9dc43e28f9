import { and, asc, desc, eq, exists, gte, inArray, or, sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { additions } from "../schema/additions.ts";
import { answers } from "../schema/answers.ts";
import { events } from "../schema/events.ts";
import { photos } from "../schema/photos.ts";
import type { ReportRow } from "../schema/reports.ts";
import { votes } from "../schema/votes.ts";
import { pictureColumns, toPictures, type StoredPicture } from "./pictures.ts";

/** The answer that residents check, why it was disputed, and what the last decision on a dispute showed; nothing in it names anybody. */
export type StoredCheck = {
  /** Null while the present cycle has none. */
  answer: { kind: "fixed" | "cannot_fix"; agencyId: string; words: string; photos: StoredPicture[] } | null;
  /** The words and photos of refutations and of the author's objection. */
  grounds: { words: string | null; photos: StoredPicture[] }[];
  verdictPhotos: StoredPicture[];
};

/** What the check of a report's answer is made of. Votes are not in it: only inspectors see them, in `listCheckVotes`. */
export const findCheck = async (db: Db, report: ReportRow): Promise<StoredCheck> => {
  const { id, cycle, publishedAt, authorId } = report;
  const [answer] = await db
    .select()
    .from(answers)
    .where(
      and(
        eq(answers.reportId, id),
        eq(answers.cycle, cycle),
        eq(answers.state, "accepted"),
        inArray(answers.kind, ["fixed", "cannot_fix"]),
      ),
    )
    .orderBy(desc(answers.id))
    .limit(1);
  const verdictId = await findVerdict(db, id);
  const said = publishedAt === null ? [] : await listGrounds(db, { id, cycle, authorId }, publishedAt);
  const pictures = await listPictures(db, id);
  const ofAddition = (additionId: number): StoredPicture[] =>
    toPictures(pictures.filter((picture) => picture.additionId === additionId));
  return {
    answer:
      answer === undefined
        ? null
        : {
            kind: answer.kind === "cannot_fix" ? "cannot_fix" : "fixed",
            agencyId: answer.agencyId,
            words: answer.words,
            photos: toPictures(pictures.filter(({ answerId }) => answerId === answer.id)),
          },
    grounds: said.map(({ id: additionId, words }) => ({ words, photos: ofAddition(additionId) })),
    verdictPhotos: verdictId === null ? [] : ofAddition(verdictId),
  };
};

/** What the last decision on a dispute came with; what somebody else began to say and did not finish is none. */
const findVerdict = async (db: Db, reportId: number): Promise<number | null> => {
  const decision = db
    .select({ actorId: events.actorId })
    .from(events)
    .where(
      and(
        eq(events.reportId, reportId),
        inArray(events.kind, ["reopened", "closed"]),
        inArray(events.actorRole, ["inspector", "editor", "admin"]),
      ),
    )
    .orderBy(desc(events.id))
    .limit(1);
  const [verdict] = await db
    .select({ id: additions.id })
    .from(additions)
    .where(and(eq(additions.reportId, reportId), eq(additions.kind, "verdict"), inArray(additions.authorId, decision)))
    .orderBy(desc(additions.id))
    .limit(1);
  return verdict?.id ?? null;
};

/** What one person said in the check of a report's present cycle. */
export type CheckVote = Pick<typeof votes.$inferSelect, "kind" | "value" | "at">;

/** The votes of the present cycle in the order they came, without names; for inspectors' eyes only. */
export const listCheckVotes = (db: Db, { id, cycle }: Pick<ReportRow, "id" | "cycle">): Promise<CheckVote[]> =>
  db
    .select({ kind: votes.kind, value: votes.value, at: votes.at })
    .from(votes)
    .where(and(eq(votes.reportId, id), eq(votes.cycle, cycle)))
    .orderBy(asc(votes.at), asc(votes.voterId));

const listGrounds = (
  db: Db,
  { id, cycle, authorId }: Pick<ReportRow, "id" | "cycle" | "authorId">,
  publishedAt: Date,
): Promise<{ id: number; words: string | null }[]> => {
  const refutes = db
    .select({ one: sql`1` })
    .from(votes)
    .where(and(eq(votes.additionId, additions.id), eq(votes.cycle, cycle), eq(votes.value, "refutation")));
  // The author's objection to a closed report is no vote.
  const objects = authorId === null ? undefined : eq(additions.authorId, authorId);
  return db
    .select({ id: additions.id, words: additions.words })
    .from(additions)
    .where(
      and(
        eq(additions.reportId, id),
        eq(additions.kind, "vote"),
        gte(additions.at, publishedAt),
        or(exists(refutes), objects),
      ),
    )
    .orderBy(asc(additions.id));
};

const listPictures = (db: Db, reportId: number) =>
  db
    .select({ ...pictureColumns, answerId: photos.answerId, additionId: photos.additionId })
    .from(photos)
    .where(eq(photos.reportId, reportId))
    .orderBy(asc(photos.position));
