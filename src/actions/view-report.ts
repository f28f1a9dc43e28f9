import { hasRole } from "../report/permission.ts";
import { findAuthor } from "../store/queries/author.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/** What only editors see of a report's author; `name` is null for a person who was erased. */
export type ViewedReport = { ok: true; name: string | null } | { ok: false; why: "not_found" | "not_allowed" };

/** Shows an editor whose report it is; that somebody looked is an event. */
export const viewReport = async (
  deps: Deps,
  { actorId, reportId }: { actorId: number; reportId: number },
  now: Date,
): Promise<ViewedReport> =>
  deps.store.db.transaction(async (tx) => {
    const actor = await findActor(tx, actorId);
    if (!hasRole(actor, "editor", "admin")) return { ok: false, why: "not_allowed" };
    const found = await findAuthor(tx, reportId);
    if (found === null) return { ok: false, why: "not_found" };
    const actorRole = hasRole(actor, "editor") ? "editor" : "admin";
    await record(tx, deps, { report: found.report, actorId, actorRole, kind: "viewed", data: {} }, now);
    return { ok: true, name: found.name };
  });
