import { and, eq } from "drizzle-orm";
import type { Tx } from "../db.ts";
import { reports, type ReportRow } from "../schema/reports.ts";

/** Locks the report for the rest of the transaction: whoever else wants to act on it waits, and then sees what was done. */
export const claimReport = async (tx: Tx, id: number): Promise<ReportRow | null> => {
  const [report] = await tx.select().from(reports).where(eq(reports.id, id)).for("update");
  return report ?? null;
};

/** The same for who can come again: null also while somebody else acts on it. */
export const claimFreeReport = async (tx: Tx, id: number): Promise<ReportRow | null> => {
  const [report] = await tx.select().from(reports).where(eq(reports.id, id)).for("update", { skipLocked: true });
  return report ?? null;
};

/** Writes a change as of `now` and raises the version; throws if somebody changed the report since it was read, which the lock rules out. */
export const saveReport = async (
  tx: Tx,
  read: Pick<ReportRow, "id" | "version">,
  change: Partial<Omit<ReportRow, "id" | "version" | "draftId" | "createdAt" | "updatedAt">>,
  now: Date,
): Promise<ReportRow> => {
  const [saved] = await tx
    .update(reports)
    .set({ ...change, updatedAt: now, version: read.version + 1 })
    .where(and(eq(reports.id, read.id), eq(reports.version, read.version)))
    .returning();
  if (saved === undefined) throw new Error(`Report ${read.id} is not at version ${read.version}`);
  return saved;
};

/** Lets what was merged into one report belong to another. */
export const moveMerged = async (tx: Tx, { from, to }: { from: number; to: number }): Promise<void> => {
  await tx.update(reports).set({ mergedIntoId: to }).where(eq(reports.mergedIntoId, from));
};

/** Lets a claimed report go that an editor kept from the others. It stands as before, so whatever its reader began stays good. */
export const freeTaken = async (tx: Tx, report: ReportRow): Promise<ReportRow> => {
  const freed = { takenById: null, takenUntil: null };
  await tx.update(reports).set(freed).where(eq(reports.id, report.id));
  return { ...report, ...freed };
};

/** Notes up to which moment a claimed report's moments are told. It stands as before, so cards stay good and the version is the same. */
export const saveTicked = async (
  tx: Tx,
  { id }: Pick<ReportRow, "id">,
  ticked: Pick<ReportRow, "tickedAt" | "nextTickAt">,
): Promise<void> => {
  await tx.update(reports).set(ticked).where(eq(reports.id, id));
};
