import { and, desc, eq, inArray } from "drizzle-orm";
import type { Vote } from "../../report/verdict.ts";
import type { Db } from "../db.ts";
import { answers } from "../schema/answers.ts";
import type { ReportRow } from "../schema/reports.ts";
import { votes } from "../schema/votes.ts";

/** The votes of the report's cycle, without their voters. */
export const listVotes = (db: Db, { id, cycle }: Pick<ReportRow, "id" | "cycle">): Promise<Vote[]> =>
  db
    .select({ kind: votes.kind, value: votes.value })
    .from(votes)
    .where(and(eq(votes.reportId, id), eq(votes.cycle, cycle)))
    .orderBy(votes.at, votes.voterId);

/** What the answer that was published in the report's cycle says; throws when none was, which no status with a check allows. */
export const getPublishedKind = async (
  db: Db,
  { id, cycle }: Pick<ReportRow, "id" | "cycle">,
): Promise<"fixed" | "cannot_fix"> => {
  const [answer] = await db
    .select({ kind: answers.kind })
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
  if (answer === undefined) throw new Error(`No answer was published to report ${id} in cycle ${cycle}`);
  return answer.kind === "cannot_fix" ? "cannot_fix" : "fixed";
};
