/** The two decisions of moderation, however they were asked for: by a press, a command or own words. `reading` is whoever hears the outcome. */
import type { ActRefusal } from "../../actions/act-refusal.ts";
import { assignReport } from "../../actions/assign-report.ts";
import { rejectReport } from "../../actions/reject-report.ts";
import { dayInWords, type Reading } from "../../notices/dates.ts";
import { agencyName, rejectionInWords } from "../../notices/report-words.ts";
import { lastDayOf } from "../../report/due.ts";
import { listOfficers } from "../../store/queries/audience.ts";
import type { BotContext } from "../context.ts";
import { refusalWords, type EditorRefusal, type Said } from "./refusal-words.ts";

/** `version` is the report's on the pressed card, null for a typed command. */
export type Target = { reportId: number; version: number | null };

/** What became of it and what to say; `stale`: the report had moved on, whatever is shown of it has to be shown anew. */
export type Outcome = { done: boolean; stale: boolean; said: Said };

/** Sends the report to the agency, or to the one routing names. */
export const accept = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  agencyId: string | null,
): Promise<Outcome> => {
  const result = await assignReport(ctx, { actorId: ctx.resident.id, ...target, agencyId }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  const agency = agencyName(reading, result.report.agencyId ?? "");
  const date = dayInWords(reading, lastDayOf(ctx.city, result.dueAt));
  const params = { number: String(target.reportId), agency, date };
  const isHeard = (await listOfficers(ctx.store.db, result.report.agencyId ?? "")).length > 0;
  return { done: true, stale: false, said: [isHeard ? "staff:done.accepted" : "moderation:accepted_unheard", params] };
};

/** Rejects the report for a reason of the city's list or in the editor's own words. */
export const reject = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  reason: { code: string } | { words: string },
): Promise<Outcome> => {
  const result = await rejectReport(ctx, { actorId: ctx.resident.id, ...target, reason }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  const told = "code" in reason ? { code: reason.code, words: null } : { code: null, words: reason.words };
  const { title } = rejectionInWords(reading, told);
  return {
    done: true,
    stale: false,
    said: ["staff:done.rejected", { number: String(target.reportId), reason: title }],
  };
};

/** What was refused, and what to say about it. */
export const refused = (reading: Reading, { reportId }: Target, refusal: ActRefusal | EditorRefusal): Outcome => ({
  done: false,
  stale: refusal.why === "decided",
  said: refusalWords(reading, reportId, refusal),
});
