import { routeOf } from "../city/routing.ts";
import type { City } from "../city/schema.ts";
import { dueOn } from "../report/due.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { moveReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";
import type { ActRefusal } from "./act-refusal.ts";

/** An editor passes a report on; `agencyId` null is the agency the routing suggests. */
export type AssignReport = ActCommand & { agencyId: string | null };

/** Sends a report to its agency, which from now on has the topic's days. */
export const assignReport = async (
  deps: Deps,
  command: AssignReport,
  now: Date,
): Promise<{ ok: true; report: ReportRow; dueAt: Date } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimAct(tx, deps, "accept", command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const agencyId = command.agencyId ?? routeOf(deps.city, report.topicId, report.districtId);
    if (!deps.city.agencies.some(({ id }) => id === agencyId)) return { ok: false, why: "unknown_agency" };
    const due = dueOn(deps.city, daysOf(deps.city, report.topicId), now);
    const dueAt = new Date(due.dueAt);
    const dates = { dueAt, handlingDueAt: dueAt, firstDueAt: dueAt, dayCount: due.count, assignedAt: now };
    const change = { agencyId, moderatorId: command.actorId, isOnTop: false, ...dates };
    const saved = await moveReport(tx, deps.city, report, "accept", "assigned", change, now);
    const data = { agencyId, due };
    await record(tx, deps, { report: saved, actorId: command.actorId, actorRole: as, kind: "assigned", data }, now);
    return { ok: true, report: saved, dueAt };
  });

const daysOf = (city: City, topicId: string) => {
  const topic = city.topics.get(topicId);
  if (topic === undefined) throw new Error(`The city has no topic ${topicId}`);
  return topic.days;
};
