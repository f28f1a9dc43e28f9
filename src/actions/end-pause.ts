import type { Temporal } from "temporal-polyfill";
import type { City } from "../city/schema.ts";
import { pauseOf, type Pause } from "../report/pause.ts";
import type { ReportRow } from "../store/schema/reports.ts";

/** The pause of a report that goes back to its agency, and what it changes of its dates: one way for a reply and for none. */
export const endPause = (
  city: City,
  report: ReportRow,
  lastDay: Temporal.PlainDate,
): { pause: Pause; change: Pick<ReportRow, "returnsTo" | "pausedAt" | "dueAt" | "handlingDueAt"> } => {
  const { pausedAt, handlingDueAt } = report;
  if (pausedAt === null || handlingDueAt === null) throw new Error(`Report ${report.id} has no date to return to`);
  const kind = city.topics.get(report.topicId)?.days.kind ?? "working";
  const pause = pauseOf(city, { pausedAt, handlingDueAt }, kind, lastDay);
  const dueAt = new Date(pause.due.dueAt);
  return { pause, change: { returnsTo: null, pausedAt: null, dueAt, handlingDueAt: dueAt } };
};
