import { Temporal } from "temporal-polyfill";
import { endOfDay } from "../city/city-time.ts";
import { faultOfPlannedDay, MOST_POSTPONEMENTS } from "../report/answer.ts";
import { lastDayOf } from "../report/due.ts";
import { findWaitingAnswer } from "../store/queries/answers.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { saveAnswerDecision } from "../store/writes/answers.ts";
import { refuseDecided } from "./act-refusal.ts";
import type { AnswerRefusal } from "./answer-refusal.ts";
import { moveReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";
import { refuseInterested } from "./refuse-interested.ts";

/** Gives the agency the later date it asked for; the first one stays public beside it. Nobody gives it to themselves or their agency. */
export const postponeReport = async (
  deps: Deps,
  command: ActCommand,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | AnswerRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimAct(tx, deps, "postpone", command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const answer = await findWaitingAnswer(tx, report.id);
    if (answer === null || answer.plannedOn === null) return refuseDecided(tx, report);
    const refused = await refuseInterested(tx, deps, { act: "postpone", actorId: command.actorId, report }, answer);
    if (refused !== null) return refused;
    if (report.postponements >= MOST_POSTPONEMENTS) return { ok: false, why: "no_more_postponements" };
    const day = Temporal.PlainDate.from(answer.plannedOn);
    // The day may have passed while the request waited.
    const why = faultOfPlannedDay(deps.city, report, day, now);
    if (why !== null) return { ok: false, why };
    const { actorId } = command;
    await saveAnswerDecision(tx, answer.id, { state: "accepted", decidedById: actorId }, now);
    const dueAt = endOfDay(deps.city, day);
    const change = { dueAt, handlingDueAt: dueAt, postponements: report.postponements + 1 };
    const saved = await moveReport(tx, deps.city, report, "postpone", "planned", change, now);
    const before = report.handlingDueAt ?? report.dueAt ?? now;
    const data = {
      answerId: answer.id,
      agencyId: answer.agencyId,
      from: lastDayOf(deps.city, before).toString(),
      to: answer.plannedOn,
      reason: answer.words,
      count: saved.postponements,
    };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "postponed", data }, now);
    return { ok: true, report: saved };
  });
