import { cityDate } from "../city/city-time.ts";
import type { Photo } from "../form/draft.ts";
import { moderationDue } from "../report/due.ts";
import type { Role, Status } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addAddition } from "../store/writes/additions.ts";
import { addHandledUpdate } from "../store/writes/drafts.ts";
import { claimReport } from "../store/writes/reports.ts";
import { addToEarlier, rememberAddition, type AddToReport } from "./add-to-report.ts";
import { moveReport } from "./change-report.ts";
import { permit } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { endPause } from "./end-pause.ts";
import { findActor } from "./find-actor.ts";
import { WORDS_CHARACTERS } from "./gather-words.ts";
import { record } from "./record.ts";

/** The author, or an operator for a person without Telegram, says what was asked; a message delivered again, or the rest of its album, is known by `message`. */
export type ReplyToQuestion = {
  actorId: number;
  reportId: number;
  words: string | null;
  photos: readonly Photo[];
  message: AddToReport["message"];
  /** The update it came with, which then is handled; absent where nothing else would take it for something new. */
  updateId?: number;
};

/** `isMore`: the reply was there already, and this message belongs to it. */
export type Replied = { ok: true; report: ReportRow; isMore: boolean };

/** Why a reply changed nothing; `not_asked`: the question is settled, `status` is how the report stands. */
export type ReplyRefusal =
  | { ok: false; why: "not_found" | "not_allowed" | "words_or_photo" | "words_too_long" | "no_room" }
  | { ok: false; why: "not_asked"; status: Status };

/** Takes the reply and lets the report go back where it was asked: to the top of the queue, or to its agency, whose clock goes on. */
export const replyToQuestion = async (
  deps: Deps,
  command: ReplyToQuestion,
  now: Date,
): Promise<Replied | ReplyRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId, reportId, words, photos, message } = command;
    const report = await claimReport(tx, reportId);
    if (report === null) return { ok: false, why: "not_found" };
    const earlier = await addToEarlier(tx, command, now);
    if (earlier !== null) return earlier.ok ? { ok: true, report, isMore: true } : { ok: false, why: "no_room" };
    const may = permit(deps, await findActor(tx, actorId), "reply", report);
    if (!may.ok) {
      return may.why === "not_allowed"
        ? { ok: false, why: may.why }
        : { ok: false, why: "not_asked", status: may.status };
    }
    if (words !== null && [...words].length > WORDS_CHARACTERS) return { ok: false, why: "words_too_long" };
    if (words === null && photos.length === 0) return { ok: false, why: "words_or_photo" };
    const authorId = report.authorId ?? actorId;
    const additionId = await addAddition(tx, { reportId, kind: "reply", authorId, words, photos }, now);
    await rememberAddition(tx, report, message, additionId, now);
    if (command.updateId !== undefined) await addHandledUpdate(tx, command.updateId, now);
    const saved = await goBack(tx, deps, report, { actorId, actorRole: may.as, additionId }, now);
    return { ok: true, report: saved, isMore: false };
  });

const goBack = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  { additionId, ...actor }: { actorId: number; actorRole: Role; additionId: number },
  now: Date,
): Promise<ReportRow> => {
  const { city } = deps;
  if (report.returnsTo === "assigned") {
    const { pause, change } = endPause(city, report, cityDate(city, now));
    const saved = await moveReport(tx, city, report, "reply", "assigned", change, now);
    await record(tx, deps, { report: saved, ...actor, kind: "replied", data: { additionId, pause } }, now);
    return saved;
  }
  const dueAt = new Date(moderationDue(city, now).dueAt);
  const change = { returnsTo: null, dueAt, isOnTop: true };
  const saved = await moveReport(tx, city, report, "reply", "submitted", change, now);
  await record(tx, deps, { report: saved, ...actor, kind: "replied", data: { additionId, pause: null } }, now);
  return saved;
};
