import { verificationDue } from "../report/due.ts";
import type { Status } from "../report/status.ts";
import { lacksOf } from "../report/voters.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { claimReport } from "../store/writes/reports.ts";
import { permit } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { disputeReport } from "./dispute-report.ts";
import { findActor } from "./find-actor.ts";
import { gatherWords, settleQuestion, WORDS_CHARACTERS, type Told } from "./gather-words.ts";
import { refuseBanned, type Banned } from "./refuse-banned.ts";

/** The author does not agree with how their report was closed. */
export type Contest = Told & { actorId: number; reportId: number };

/** Why a closed report stays closed. */
export type ContestRefusal =
  | Banned
  | { ok: false; why: "not_found" | "not_allowed" }
  | { ok: false; why: "not_closed"; status: Status }
  /** Day 10 after publication has passed. */
  | { ok: false; why: "too_late"; until: Date }
  | { ok: false; why: "words_or_photo" | "words_too_long" };

/** Makes a closed report disputed at its author's word, until day 10 after publication; an operator speaks for a person without Telegram. */
export const contest = async (
  deps: Deps,
  { actorId, reportId, ...told }: Contest,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ContestRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const report = await claimReport(tx, reportId);
    if (report === null) return { ok: false, why: "not_found" };
    const may = permit(deps, await findActor(tx, actorId), "contest", report);
    if (!may.ok) {
      return may.why === "not_allowed"
        ? { ok: false, why: may.why }
        : { ok: false, why: "not_closed", status: report.status };
    }
    const until = new Date(verificationDue(deps.city, report.publishedAt ?? report.statusAt).dueAt);
    if (now >= until) return { ok: false, why: "too_late", until };
    const banned = await refuseBanned(tx, report.authorId ?? actorId, now);
    if (banned !== null) return banned;
    if (told.words !== null && [...told.words].length > WORDS_CHARACTERS) return { ok: false, why: "words_too_long" };
    const authorId = report.authorId ?? actorId;
    const gathered = await gatherWords(tx, told, { reportId, kind: "vote", authorId }, now);
    const isComplete = lacksOf("author", gathered) === null;
    await settleQuestion(tx, told.question, gathered, isComplete);
    if (!isComplete) return { ok: false, why: "words_or_photo" };
    const disputing = { act: "contest", actorId, actorRole: may.as, isByAuthor: true } as const;
    return { ok: true, report: await disputeReport(tx, deps, report, disputing, now) };
  });
