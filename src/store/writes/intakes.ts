import { and, asc, eq, isNull } from "drizzle-orm";
import type { Draft } from "../../form/draft.ts";
import type { Tx } from "../db.ts";
import type { Resident } from "../queries/residents.ts";
import { drafts, type Intake } from "../schema/drafts.ts";
import { residents } from "../schema/residents.ts";

/** Locks what a resident is writing, so that nobody begins something else beside it; null when that is nothing. */
export const claimOwnDraft = async (tx: Tx, residentId: number): Promise<{ content: unknown } | null> => {
  const [draft] = await tx
    .select({ content: drafts.content })
    .from(drafts)
    .where(eq(drafts.residentId, residentId))
    .for("update");
  return draft ?? null;
};

/** Begins a draft for somebody else in place of whatever the operator had. */
export const saveIntake = async (
  tx: Tx,
  begun: { operatorId: number; draftId: string; intake: Intake; content: Draft },
  now: Date,
): Promise<void> => {
  const { operatorId: residentId, ...draft } = begun;
  await tx.delete(drafts).where(eq(drafts.residentId, residentId));
  await tx.insert(drafts).values({ ...draft, residentId, version: 1, updatedAt: now });
};

/** The person with this phone and name who has no Telegram, added where an operator meets them for the first time. */
export const ensureAssisted = async (
  tx: Tx,
  { name, phone, consentVersion }: Intake,
  locale: string,
  now: Date,
): Promise<Resident> => {
  const consent = { consentVersion, consentAt: now };
  const callers = await tx
    .select({ id: residents.id, name: residents.name })
    .from(residents)
    .where(and(eq(residents.phone, phone), isNull(residents.telegramId)))
    .orderBy(asc(residents.id));
  // Compared here: a database without a language knows no capital Cyrillic.
  const same = name.toLowerCase();
  const known = callers.find((caller) => caller.name?.toLowerCase() === same);
  const [saved] =
    known === undefined
      ? await tx
          .insert(residents)
          .values({ name, phone, locale, ...consent, createdAt: now })
          .returning()
      : await tx.update(residents).set(consent).where(eq(residents.id, known.id)).returning();
  if (saved === undefined) throw new Error("The person was not saved");
  return saved;
};
