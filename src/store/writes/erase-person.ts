/** Erasing a person: table by table, what names them or is theirs alone goes; the facts stay. */
import { and, eq, inArray, isNull, or } from "drizzle-orm";
import { withoutAuthor } from "../../report/erasure.ts";
import type { Tx } from "../db.ts";
import { additions } from "../schema/additions.ts";
import { answerDrafts } from "../schema/answers.ts";
import { rates } from "../schema/chats.ts";
import { drafts } from "../schema/drafts.ts";
import { mutes } from "../schema/mutes.ts";
import { cards, notices, waitingCards } from "../schema/notices.ts";
import { photos } from "../schema/photos.ts";
import { prompts } from "../schema/prompts.ts";
import { reportMessages } from "../schema/report-messages.ts";
import { reports } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";
import { followers, volunteers } from "../schema/votes.ts";
import { removePhotos } from "./photos.ts";
import { saveReport } from "./reports.ts";

/** Empties everything of a person's own; `telegramId` is null for somebody without Telegram. Their reports are locked on the way, by number. */
export const erasePerson = async (
  tx: Tx,
  { id, telegramId }: { id: number; telegramId: number | null },
  now: Date,
): Promise<void> => {
  // Before the reports: a draft being sent this moment is one of them by the time this goes on.
  const own = tx.select({ id: reports.id }).from(reports).where(eq(reports.authorId, id));
  // What an operator corrects for them is theirs, too.
  await tx.delete(drafts).where(or(eq(drafts.residentId, id), inArray(drafts.repairsId, own)));
  const ids = await emptyReports(tx, id, now);
  // Again, for a repair that was begun while its report was waited for.
  await tx.delete(drafts).where(or(eq(drafts.residentId, id), inArray(drafts.repairsId, ids)));
  await emptyAdditions(tx, id);
  await tx.delete(answerDrafts).where(eq(answerDrafts.officerId, id));
  await tx.delete(volunteers).where(eq(volunteers.residentId, id));
  await tx.delete(followers).where(eq(followers.residentId, id));
  await tx.delete(mutes).where(eq(mutes.residentId, id));
  await tx.delete(notices).where(eq(notices.residentId, id));
  if (telegramId !== null) await forgetChat(tx, telegramId);
  const nobody = { telegramId: null, name: null, phone: null, consentVersion: null, consentAt: null };
  const noBan = { bannedUntil: null, banReason: null, blockedAt: null };
  const noHabits = { quietFrom: null, quietUntil: null, wantsDigest: false };
  await tx
    .update(residents)
    .set({ ...nobody, ...noBan, ...noHabits })
    .where(eq(residents.id, id));
};

const emptyReports = async (tx: Tx, residentId: number, now: Date): Promise<number[]> => {
  const own = await tx.select().from(reports).where(eq(reports.authorId, residentId)).orderBy(reports.id).for("update");
  const unseen: number[] = [];
  for (const report of own) {
    const { keepsPhotos, change } = withoutAuthor(report);
    if (!keepsPhotos) unseen.push(report.id);
    // What a decision changed could be words or a place of theirs: it is taken back no more.
    await saveReport(tx, report, { ...change, before: null }, now);
  }
  const ids = own.map((report) => report.id);
  if (own.length === 0) return ids;
  const ofReport = and(isNull(photos.answerId), isNull(photos.additionId));
  const unpublished = await tx
    .select({ id: photos.id })
    .from(photos)
    .where(
      and(
        ofReport,
        or(and(inArray(photos.reportId, ids), eq(photos.isHidden, true)), inArray(photos.reportId, unseen)),
      ),
    );
  await removePhotos(
    tx,
    unpublished.map((photo) => photo.id),
  );
  return ids;
};

/** Nothing that was added is ever public. */
const emptyAdditions = async (tx: Tx, residentId: number): Promise<void> => {
  const emptied = await tx
    .update(additions)
    .set({ authorId: null, words: null })
    .where(eq(additions.authorId, residentId))
    .returning({ id: additions.id });
  if (emptied.length === 0) return;
  const ids = emptied.map((addition) => addition.id);
  const theirs = await tx.select({ id: photos.id }).from(photos).where(inArray(photos.additionId, ids));
  await removePhotos(
    tx,
    theirs.map((photo) => photo.id),
  );
};

/** Whatever waits to be said there, or was; and how fast. */
const forgetChat = async (tx: Tx, chatId: number): Promise<void> => {
  for (const table of [notices, cards, waitingCards, prompts, reportMessages]) {
    await tx.delete(table).where(eq(table.chatId, chatId));
  }
  await tx.delete(rates).where(eq(rates.key, `chat:${chatId}`));
};
