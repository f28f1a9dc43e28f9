import { boxAround, metersBetween } from "../city/geometry.ts";
import { deskOf, inspectionDue, SAME_PLACE_METERS } from "../report/dispute.ts";
import type { Role } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { countOwnDisputes, findBench, listAuthorDisputes } from "../store/queries/disputes.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { moveReport } from "./change-report.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** Who disputes: by a refutation, or, its author alone, of a closed report; `isByAuthor` also for the operator who speaks for them. */
export type Disputing = { act: "refute" | "contest"; actorId: number; actorRole: Role; isByAuthor: boolean };

/** Makes a claimed report disputed, on the desk it belongs to, and tells so; all ways to `disputed` lead through here. */
export const disputeReport = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  { act, isByAuthor, ...actor }: Disputing,
  now: Date,
): Promise<ReportRow> => {
  const desk = deskOf({
    cycle: report.cycle,
    disputesOfAuthor: isByAuthor ? 1 + (await countAuthorDisputes(tx, report)) : 0,
    bench: await findBench(tx, report),
  });
  const due = inspectionDue(deps.city, now);
  const change = { dueAt: new Date(due.dueAt), outcome: null };
  const disputed = await moveReport(tx, deps.city, report, act, "disputed", change, now);
  const data = { cycle: disputed.cycle, desk, isContest: act === "contest", due };
  await record(tx, deps, { report: disputed, ...actor, kind: "disputed", data }, now);
  return disputed;
};

const countAuthorDisputes = async (tx: Tx, report: ReportRow): Promise<number> => {
  const { lat, lon } = report;
  if (lat === null || lon === null) return countOwnDisputes(tx, report.id);
  const place = { lat, lon };
  const near = await listAuthorDisputes(tx, report, boxAround(place, SAME_PLACE_METERS));
  return near.filter((other) => other.lat !== null && other.lon !== null && isSamePlace(place, other.lat, other.lon))
    .length;
};

const isSamePlace = (place: { lat: number; lon: number }, lat: number, lon: number): boolean =>
  metersBetween(place, { lat, lon }) <= SAME_PLACE_METERS;
