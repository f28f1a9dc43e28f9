import { moderationDue } from "../report/due.ts";
import { faultOfAppeal } from "../report/repair.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addAddition } from "../store/writes/additions.ts";
import { answerPrompt } from "../store/writes/prompts.ts";
import { claimReport } from "../store/writes/reports.ts";
import { moveReport } from "./change-report.ts";
import { permit } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import type { Answering } from "./gather-words.ts";
import { readWords } from "./read-words.ts";
import { record } from "./record.ts";
import type { RepairRefusal } from "./repair-report.ts";

/** `question` is what asked for the words, where something did; it is answered with them. */
export type AppealRejection = {
  actorId: number;
  reportId: number;
  words: string;
  question?: Omit<Answering, "additionId"> | null;
};

/** Sends a rejected report back to moderation as it is, once, with the author's reason; it goes to somebody else than whoever rejected it. */
export const appealRejection = async (
  deps: Deps,
  { actorId, reportId, words, question = null }: AppealRejection,
  now: Date,
): Promise<
  { ok: true; report: ReportRow } | RepairRefusal | { ok: false; why: "reason_missing" | "reason_too_long" }
> =>
  deps.store.db.transaction(async (tx) => {
    const report = await claimReport(tx, reportId);
    if (report === null) return { ok: false, why: "not_found" };
    const may = permit(deps, await findActor(tx, actorId), "appeal", report);
    if (!may.ok) return may;
    const fault = faultOfAppeal(deps.city, report, now);
    if (fault !== null) return { ok: false, ...fault };
    const read = readWords(words);
    if (!read.ok) return read;
    const authorId = report.authorId ?? actorId;
    const appeal = { reportId, kind: "appeal", authorId, words: read.words, photos: [] } as const;
    const additionId = await addAddition(tx, appeal, now);
    if (question !== null) await answerPrompt(tx, question, { ...question, additionId });
    const dueAt = new Date(moderationDue(deps.city, now).dueAt);
    const change = { dueAt, hasAppealed: true, isOnTop: true };
    const saved = await moveReport(tx, deps.city, report, "appeal", "submitted", change, now);
    const data = { additionId };
    await record(tx, deps, { report: saved, actorId, actorRole: may.as, kind: "appealed", data }, now);
    return { ok: true, report: saved };
  });
