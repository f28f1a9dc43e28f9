import { routeOf } from "../city/routing.ts";
import type { City, Days } from "../city/schema.ts";
import { dueOn } from "../report/due.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { moveReport } from "./change-report.ts";
import type { ActCommand } from "./claim-act.ts";
import { claimModeration } from "./claim-moderation.ts";
import type { Deps } from "./deps.ts";
import { readWords } from "./read-words.ts";
import { record } from "./record.ts";
import type { ActRefusal } from "./act-refusal.ts";

/** An editor passes a report on; `agencyId` null is the agency the routing suggests. `days`: other days than the topic's, and the public reason. */
export type AssignReport = ActCommand & { agencyId: string | null; days?: { count: number; reason: string } | null };

/** Nobody gets longer than a year. */
const MOST_DAYS = 365;

/** Sends a report to its agency, which from now on has the topic's days. */
export const assignReport = async (
  deps: Deps,
  command: AssignReport,
  now: Date,
): Promise<{ ok: true; report: ReportRow; dueAt: Date } | ActRefusal | { ok: false; why: "days_wrong" }> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimModeration(tx, deps, "accept", command, now);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const agencyId = command.agencyId ?? routeOf(deps.city, report.topicId, report.districtId);
    if (!deps.city.agencies.some(({ id }) => id === agencyId)) return { ok: false, why: "unknown_agency" };
    const given = readDays(deps.city, report.topicId, command.days ?? null);
    if (!given.ok) return given;
    const due = dueOn(deps.city, given.days, now);
    const dueAt = new Date(due.dueAt);
    const dates = { dueAt, handlingDueAt: dueAt, firstDueAt: dueAt, dayCount: due.count, assignedAt: now };
    const change = { agencyId, moderatorId: command.actorId, isOnTop: false, ...dates };
    const saved = await moveReport(tx, deps.city, report, "accept", "assigned", change, now);
    const data = { agencyId, due, ...(given.reason !== null && { reason: given.reason }) };
    await record(tx, deps, { report: saved, actorId: command.actorId, actorRole: as, kind: "assigned", data }, now);
    return { ok: true, report: saved, dueAt };
  });

type Given = { ok: true; days: Days; reason: string | null };
type NotGiven = { ok: false; why: "days_wrong" | "reason_missing" | "reason_too_long" };

/** The topic's days, or the editor's, which count like the topic's. */
const readDays = (city: City, topicId: string, wished: { count: number; reason: string } | null): Given | NotGiven => {
  const topic = city.topics.get(topicId);
  if (topic === undefined) throw new Error(`The city has no topic ${topicId}`);
  if (wished === null) return { ok: true, days: topic.days, reason: null };
  const { count } = wished;
  if (!Number.isInteger(count) || count < 1 || count > MOST_DAYS) return { ok: false, why: "days_wrong" };
  const read = readWords(wished.reason);
  return read.ok ? { ok: true, days: { count, kind: topic.days.kind }, reason: read.words } : read;
};
