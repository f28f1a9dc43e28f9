import { randomUUID } from "node:crypto";
import { emptyDraft, type Draft, type ReportContent } from "../form/draft.ts";
import { ownKey } from "../form/own-question.ts";
import { moderationDue } from "../report/due.ts";
import { faultOfRepair, type ReturnFault } from "../report/repair.ts";
import type { Status } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { findReportContent } from "../store/queries/report-content.ts";
import type { DraftRow } from "../store/queries/residents.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addDraft, removeDraftOf } from "../store/writes/drafts.ts";
import { claimOwnDraft } from "../store/writes/intakes.ts";
import { replaceReportPhotos } from "../store/writes/photos.ts";
import { claimReport } from "../store/writes/reports.ts";
import { moveReport } from "./change-report.ts";
import { permit } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";
import { refuseBanned, type Banned } from "./refuse-banned.ts";

/** Why a report cannot be repaired; `wrong_status` says how it stands. */
export type RepairRefusal =
  | { ok: false; why: "not_found" | "not_allowed" }
  | { ok: false; why: "wrong_status"; status: Status }
  | ({ ok: false } & ReturnFault);

/** A ban keeps its person from repairing, too; an appeal stays open to them. */
type BeginRefusal = RepairRefusal | Banned | { ok: false; why: "draft_exists" };

/**
 * Begins a draft with everything in it that the rejected report was made of. Another draft is only replaced when the resident said so
 * (`replace`); else it is `draft_exists`, and nothing changes.
 */
export const beginRepair = async (
  deps: Deps,
  { residentId, reportId, replace, turn }: { residentId: number; reportId: number; replace: boolean; turn: number },
  now: Date,
): Promise<{ ok: true } | BeginRefusal> =>
  deps.store.db.transaction(async (tx) => {
    // Draft before report, as everybody does who locks both.
    if (replace) await claimOwnDraft(tx, residentId);
    const claimed = await claimRepair(tx, deps, { residentId, reportId }, now);
    if (!claimed.ok) return claimed;
    const banned = await refuseBanned(tx, residentId, now);
    if (banned !== null) return banned;
    const told = await findReportContent(tx, reportId);
    if (told === null) return { ok: false, why: "not_found" };
    if (replace) await removeDraftOf(tx, residentId);
    const content = toDraft(deps, told, turn);
    const isAdded = await addDraft(tx, { residentId, draftId: randomUUID(), repairsId: reportId, content }, now);
    return isAdded ? { ok: true } : { ok: false, why: "draft_exists" };
  });

/** What was passed over or insisted on the first time need not be asked again. */
const toDraft = ({ city }: Deps, told: ReportContent, turn: number): Draft => {
  const unanswered = (city.topics.get(told.topicId)?.questions ?? []).filter(
    ({ id }) => told.answers[id] === undefined,
  );
  const skipped = [...unanswered.map(({ id }) => ownKey(id)), ...(told.photos.length === 0 ? ["photos"] : [])];
  return { ...emptyDraft(turn), ...told, skipped, insistedTopicId: told.topicId };
};

/** Puts a repaired draft into the report it repairs, which goes back to moderation under its number; the caller's transaction settles the draft. */
export const repairReport = async (
  tx: Tx,
  deps: Deps,
  { draft, reportId, content }: { draft: DraftRow; reportId: number; content: ReportContent },
  now: Date,
): Promise<{ ok: true; report: ReportRow } | RepairRefusal> => {
  const { residentId } = draft;
  const claimed = await claimRepair(tx, deps, { residentId, reportId }, now);
  if (!claimed.ok) return claimed;
  const { report, as } = claimed;
  const { topicId, place, description, photos, answers } = content;
  await replaceReportPhotos(tx, reportId, photos);
  const told = {
    topicId,
    districtId: place.districtId,
    lat: place.point?.lat ?? null,
    lon: place.point?.lon ?? null,
    address: place.address,
    description,
    answers,
    publicText: null,
  };
  // Whoever rejected it may look again: a repair is no appeal against them.
  const dates = { dueAt: new Date(moderationDue(deps.city, now).dueAt), moderatorId: null };
  const repairs = report.repairs + 1;
  const saved = await moveReport(tx, deps.city, report, "repair", "submitted", { ...told, ...dates, repairs }, now);
  await record(
    tx,
    deps,
    { report: saved, actorId: residentId, actorRole: as, kind: "repaired", data: { repairs } },
    now,
  );
  return { ok: true, report: saved };
};

const claimRepair = async (
  tx: Tx,
  deps: Deps,
  { residentId, reportId }: { residentId: number; reportId: number },
  now: Date,
) => {
  const report = await claimReport(tx, reportId);
  if (report === null) return { ok: false, why: "not_found" } as const;
  const may = permit(deps, await findActor(tx, residentId), "repair", report);
  if (!may.ok) return may;
  const fault = faultOfRepair(deps.city, report, now);
  return fault === null ? ({ ok: true, report, as: may.as } as const) : ({ ok: false, ...fault } as const);
};
