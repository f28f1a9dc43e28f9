import { endOfDay } from "../city/city-time.ts";
import { addDays } from "../city/calendar.ts";
import type { City } from "../city/schema.ts";
import { lastDayOf } from "../report/due.ts";
import type { Role } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { findWaitingAnswer } from "../store/queries/answers.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { saveAnswerDecision } from "../store/writes/answers.ts";
import type { AnswerRefusal } from "./answer-refusal.ts";
import { moveReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { readWords } from "./read-words.ts";
import { record } from "./record.ts";
import { refuseInterested } from "./refuse-interested.ts";

/** Days an editor adds because the first agency used them up, with the reason the public reads. */
export type AddedDays = { days: number; reason: string };

/** An editor sends the report to another agency; `ask` null: to the successor that the agency named, for its reason. */
export type RerouteReport = ActCommand & {
  ask: { agencyId: string; reason: string } | null;
  added: AddedDays | null;
};

/** Hands a report on. The clock goes on as it is but for days that an editor adds; the public sees how often it was handed on. Nobody takes work off their own agency. */
export const rerouteReport = async (
  deps: Deps,
  command: RerouteReport,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | AnswerRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimAct(tx, deps, "reroute", command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const waiting = await findWaitingAnswer(tx, report.id);
    const asked = waiting?.kind === "not_ours" ? waiting : null;
    const { agencyId } = report;
    const wish = command.ask ?? (asked?.successorId ? { agencyId: asked.successorId, reason: asked.words } : null);
    if (wish === null) return { ok: false, why: "unknown_agency" };
    if (wish.agencyId === agencyId) return { ok: false, why: "same_agency" };
    if (!deps.city.agencies.some(({ id }) => id === wish.agencyId)) return { ok: false, why: "unknown_agency" };
    const reason = command.ask === null ? ({ ok: true, words: wish.reason } as const) : readWords(wish.reason);
    if (!reason.ok) return reason;
    const added = readAdded(deps.city, report, command.added);
    if (!added.ok) return added;
    const said = { agencyId, officerId: asked?.officerId ?? null };
    const refused = await refuseInterested(tx, deps, { act: "reroute", actorId: command.actorId, report }, said);
    if (refused !== null) return refused;
    if (asked !== null) {
      await saveAnswerDecision(tx, asked.id, { state: "accepted", decidedById: command.actorId }, now);
    }
    const passing = { act: "reroute", agencyId: wish.agencyId, reason: reason.words, added: added.days } as const;
    const saved = await passTo(tx, deps, report, { ...passing, actorId: command.actorId, actorRole: as }, now);
    return { ok: true, report: saved };
  });

/** Gives a claimed report to another agency and tells so; all ways there lead through here. */
export const passTo = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  passing: {
    act: "reroute" | "hand_over";
    agencyId: string;
    reason: string;
    added: AddedDays | null;
    actorId: number;
    actorRole: Role;
  },
  now: Date,
): Promise<ReportRow> => {
  const { act, agencyId, reason, added, ...actor } = passing;
  if (report.agencyId === null || report.dueAt === null) throw new Error(`Report ${report.id} has no agency yet`);
  const dueAt = added === null ? report.dueAt : later(deps.city, report, report.dueAt, added.days);
  const change = { agencyId, officerId: null, hops: report.hops + 1, dueAt, handlingDueAt: dueAt };
  const saved = await moveReport(tx, deps.city, report, act, "assigned", change, now);
  const until = lastDayOf(deps.city, dueAt).toString();
  const data = { from: report.agencyId, to: agencyId, reason, hops: saved.hops, added, until };
  await record(tx, deps, { report: saved, ...actor, kind: "rerouted", data }, now);
  return saved;
};

/** So many days more of the kind the topic counts in. */
const later = (city: City, { topicId }: ReportRow, dueAt: Date, count: number): Date => {
  const kind = city.topics.get(topicId)?.days.kind ?? "working";
  return endOfDay(city, addDays(city.calendar, lastDayOf(city, dueAt), { count, kind }).date);
};

/** An editor gives at most what the topic itself gives. */
const readAdded = (
  city: City,
  { topicId, dayCount }: ReportRow,
  added: AddedDays | null,
): { ok: true; days: AddedDays | null } | Extract<AnswerRefusal, { why: string }> => {
  if (added === null) return { ok: true, days: null };
  const most = city.topics.get(topicId)?.days.count ?? dayCount ?? 0;
  if (!Number.isInteger(added.days) || added.days < 1 || added.days > most) return { ok: false, why: "days_wrong" };
  const reason = readWords(added.reason);
  return reason.ok ? { ok: true, days: { days: added.days, reason: reason.words } } : reason;
};
