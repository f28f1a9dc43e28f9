import { cityDate, endOfDay, startOfDay } from "../city/city-time.ts";
import type { ReportContent } from "../form/draft.ts";
import { moderationDue } from "../report/due.ts";
import { hasRole } from "../report/permission.ts";
import type { Tx } from "../store/open.ts";
import { countReportsSince } from "../store/queries/own-reports.ts";
import type { DraftRow } from "../store/queries/residents.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addHandledUpdate, claimDraft, endRepairing, removeDraft } from "../store/writes/drafts.ts";
import { ensureAssisted } from "../store/writes/intakes.ts";
import { addReport } from "../store/writes/new-report.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";
import { refuseBanned, resumeBan, type Banned } from "./refuse-banned.ts";
import { repairReport } from "./repair-report.ts";

/** `conflict`: the draft is no longer the one that was read. `limit`: no more today; the draft waits until `until`. */
export type Submitted =
  | { ok: true; report: ReportRow }
  | { ok: false; why: "conflict" }
  | { ok: false; why: "limit"; until: Date }
  /** The operator is none any more, or the person they write for is banned until then. */
  | { ok: false; why: "not_allowed" }
  | Banned
  /** The rejected report can be repaired no more; the draft waits, and becomes a report of its own when it is sent again. */
  | { ok: false; why: "repair_over"; reportId: number };

/**
 * Turns the draft into a report: report, photos, event, notices, and the draft and its update settled, in the caller's transaction.
 * The draft's row is locked first, so of two confirmations one makes the report and the other is a conflict.
 */
export const submitReport = async (
  tx: Tx,
  deps: Deps,
  { draft, content, updateId }: { draft: DraftRow; content: ReportContent; updateId: number },
  now: Date,
): Promise<Submitted> => {
  const { city } = deps;
  if (!(await claimDraft(tx, draft))) return { ok: false, why: "conflict" };
  if (draft.repairsId !== null) {
    return sendRepaired(tx, deps, { draft, reportId: draft.repairsId, content, updateId }, now);
  }
  const today = cityDate(city, now);
  const by = await findAuthorOf(tx, deps, draft, now);
  if (!by.ok) return by;
  const { authorId, operatorId } = by;
  const filed = await countReportsSince(tx, authorId, startOfDay(city, today));
  if (filed >= city.limits.reportsPerDay) return { ok: false, why: "limit", until: endOfDay(city, today) };

  const dueAt = new Date(moderationDue(city, now).dueAt);
  const report = await addReport(tx, { draftId: draft.draftId, authorId, operatorId, content, dueAt }, now);
  const actorRole = operatorId === null ? "author" : "operator";
  await record(tx, deps, { report, actorId: draft.residentId, actorRole, kind: "submitted", data: {} }, now);
  await removeDraft(tx, draft);
  await addHandledUpdate(tx, updateId, now);
  return { ok: true, report };
};

/** Whoever writes it; where an operator does for somebody without Telegram, that person, who is known from this moment on. */
const findAuthorOf = async (
  tx: Tx,
  deps: Deps,
  { residentId, intake }: DraftRow,
  now: Date,
): Promise<
  { ok: true; authorId: number; operatorId: number | null } | Extract<Submitted, { why: "not_allowed" | "banned" }>
> => {
  if (intake === null)
    return (await refuseBanned(tx, residentId, now)) ?? { ok: true, authorId: residentId, operatorId: null };
  if (!hasRole(await findActor(tx, residentId), "operator", "admin")) return { ok: false, why: "not_allowed" };
  const person = await ensureAssisted(tx, intake, deps.city.locales[0], now);
  await resumeBan(tx, person, now);
  const banned = await refuseBanned(tx, person.id, now);
  if (banned !== null) return banned;
  // The operator says that they agreed.
  const data = { version: intake.consentVersion };
  const fact = { report: null, actorId: residentId, actorRole: "operator", kind: "consented", data } as const;
  await record(tx, deps, fact, now);
  return { ok: true, authorId: person.id, operatorId: residentId };
};

const sendRepaired = async (
  tx: Tx,
  deps: Deps,
  { updateId, ...repaired }: { draft: DraftRow; reportId: number; content: ReportContent; updateId: number },
  now: Date,
): Promise<Submitted> => {
  const { draft, reportId } = repaired;
  const done = await repairReport(tx, deps, repaired, now);
  if (done.ok) await removeDraft(tx, draft);
  else await endRepairing(tx, draft.residentId);
  await addHandledUpdate(tx, updateId, now);
  return done.ok ? done : { ok: false, why: "repair_over", reportId };
};
