import { eq } from "drizzle-orm";
import type { MorningKind } from "../../report/digest.ts";
import type { Db, Tx } from "../db.ts";
import { digests } from "../schema/digests.ts";

/** Gives each of these digests its first moment; one that has a moment keeps it. */
export const addDigests = async (db: Db, firstMoments: ReadonlyMap<MorningKind, Date>): Promise<void> => {
  const rows = [...firstMoments].map(([kind, nextTickAt]) => ({ kind, nextTickAt }));
  await db.insert(digests).values(rows).onConflictDoNothing();
};

/** Locks a digest for the rest of the transaction: whoever else wants to put it together waits, and then sees that it is done. */
export const claimDigest = async (tx: Tx, kind: MorningKind): Promise<typeof digests.$inferSelect | null> => {
  const [digest] = await tx.select().from(digests).where(eq(digests.kind, kind)).for("update");
  return digest ?? null;
};

/** Notes that a claimed digest was put together, and when it is again. */
export const saveDigest = async (
  tx: Tx,
  kind: MorningKind,
  moments: { tickedAt: Date; nextTickAt: Date },
): Promise<void> => {
  await tx.update(digests).set(moments).where(eq(digests.kind, kind));
};
