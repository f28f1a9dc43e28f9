import type { Photo } from "../form/draft.ts";
import { readerOfAddition, type AdditionReader } from "../report/addition.ts";
import { rolesOn } from "../report/permission.ts";
import type { Status } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { countAdditionsSince } from "../store/queries/additions.ts";
import { findReportAlbum, findReportMessage } from "../store/queries/report-messages.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addAddition, extendAddition } from "../store/writes/additions.ts";
import { addReportMessages } from "../store/writes/report-messages.ts";
import { claimReport } from "../store/writes/reports.ts";
import { changeReport } from "./change-report.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { WORDS_CHARACTERS } from "./gather-words.ts";
import { record } from "./record.ts";
import { refuseBanned, type Banned } from "./refuse-banned.ts";

/** So much somebody may add to one report in a day: more is a conversation, and nobody could read it. */
export const ADDITIONS_A_DAY = 10;

/** What somebody says to a report, and the message they said it in; a message delivered again adds nothing. */
export type AddToReport = {
  actorId: number;
  reportId: number;
  words: string | null;
  photos: readonly Photo[];
  message: { chatId: number; messageId: number; albumId: string | null };
};

/** `more`: it went to what an earlier photo of the album had begun. `again`: the message was taken before. */
export type AddedToReport =
  | { ok: true; how: "new"; reader: AdditionReader }
  | { ok: true; how: "more" | "again" }
  | { ok: false; why: "not_found" | "not_allowed" | "nothing" | "words_too_long" | "enough" | "no_room" }
  | Banned
  /** Nobody would read it there; `status` tells what can be done instead. */
  | { ok: false; why: "resting"; status: Status; mergedIntoId: number | null };

/**
 * Adds words and photos to a report at its author's word (or an operator's, who speaks for a person without Telegram), and tells whoever
 * owes the next step. A question that waits for a reply is answered by `replyToQuestion`.
 */
export const addToReport = async (deps: Deps, command: AddToReport, now: Date): Promise<AddedToReport> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId, reportId, words, photos, message } = command;
    const report = await claimReport(tx, reportId);
    if (report === null) return { ok: false, why: "not_found" };
    const earlier = await addToEarlier(tx, command, now);
    if (earlier !== null) return earlier;
    const roles = rolesOn(await findActor(tx, actorId), report);
    const as = roles.includes("author") ? "author" : roles.includes("operator") ? "operator" : null;
    if (as === null) return { ok: false, why: "not_allowed" };
    const banned = await refuseBanned(tx, report.authorId ?? actorId, now);
    if (banned !== null) return banned;
    const why = await faultOf(tx, command, now);
    if (why !== null) return { ok: false, why };
    const reader = readerOfAddition(report.status);
    if (reader === null) {
      return { ok: false, why: "resting", status: report.status, mergedIntoId: report.mergedIntoId };
    }
    // The author's words, whoever wrote them down: erasing the person finds them by it.
    const authorId = report.authorId ?? actorId;
    const additionId = await addAddition(tx, { reportId, kind: "addition", authorId, words, photos }, now);
    await rememberAddition(tx, report, message, additionId, now);
    // A decision has to be made knowing it, so cards shown before are old.
    const saved = await changeReport(tx, deps.city, report, {}, now);
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "added", data: { additionId, reader } }, now);
    return { ok: true, how: "new", reader };
  });

/** Takes a message that was taken before, or belongs to an album that was begun; null for one that is new. The report has to be claimed. */
export const addToEarlier = async (
  tx: Tx,
  { words, photos, message }: Pick<AddToReport, "words" | "photos" | "message">,
  now: Date,
): Promise<{ ok: true; how: "more" | "again" } | { ok: false; why: "no_room" } | null> => {
  const { chatId, messageId, albumId } = message;
  const same = await findReportMessage(tx, chatId, messageId);
  if (same !== null) return { ok: true, how: "again" };
  const album = albumId === null ? null : await findReportAlbum(tx, chatId, albumId);
  if (album === null || album.additionId === null || album.reportId === null) return null;
  const { reportId, additionId } = album;
  const fits = await extendAddition(tx, { id: additionId, words, photos });
  await addReportMessages(tx, { chatId, messageIds: [messageId], reportId, additionId, albumId }, now);
  return fits ? { ok: true, how: "more" } : { ok: false, why: "no_room" };
};

/** Remembers what a message became, so that it is known when it is delivered again, and its album with it. */
export const rememberAddition = (
  tx: Tx,
  { id: reportId }: ReportRow,
  { chatId, messageId, albumId }: AddToReport["message"],
  additionId: number,
  now: Date,
): Promise<void> => addReportMessages(tx, { chatId, messageIds: [messageId], reportId, additionId, albumId }, now);

const DAY_MS = 24 * 3_600_000;

const faultOf = async (
  tx: Tx,
  { reportId, words, photos }: AddToReport,
  now: Date,
): Promise<"nothing" | "words_too_long" | "enough" | null> => {
  if (words === null && photos.length === 0) return "nothing";
  if (words !== null && [...words].length > WORDS_CHARACTERS) return "words_too_long";
  const count = await countAdditionsSince(tx, reportId, new Date(now.getTime() - DAY_MS));
  return count >= ADDITIONS_A_DAY ? "enough" : null;
};
