import type { Tx } from "../store/open.ts";
import type { DraftRow } from "../store/queries/residents.ts";
import { addHandledUpdate, claimDraft, removeDraft } from "../store/writes/drafts.ts";
import type { Deps } from "./deps.ts";
import { followIn } from "./follow-report.ts";

/** `own`: it is their own report. `conflict`: the draft is no longer the one that was read. `not_public`: it can be joined no more. */
export type Joined = { ok: true; reportId: number; isOwn: boolean } | { ok: false; why: "conflict" | "not_public" };

/** Joins a report instead of filing the draft: the resident follows it, and the draft is gone. */
export const joinReport = async (
  deps: Deps,
  { draft, reportId, updateId }: { draft: DraftRow; reportId: number; updateId: number },
  now: Date,
): Promise<Joined> =>
  deps.store.db.transaction(async (tx: Tx) => {
    if (!(await claimDraft(tx, draft))) return { ok: false, why: "conflict" };
    const followed = await followIn(tx, deps, { residentId: draft.residentId, reportId }, now);
    if (!followed.ok && followed.why === "banned") return { ok: false, why: "conflict" };
    if (!followed.ok && (followed.why === "not_found" || followed.why === "not_public")) {
      return { ok: false, why: "not_public" };
    }
    await removeDraft(tx, draft);
    await addHandledUpdate(tx, updateId, now);
    const isOwn = !followed.ok && followed.why === "own";
    return { ok: true, reportId: followed.ok ? followed.report.id : reportId, isOwn };
  });
