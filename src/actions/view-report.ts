import { hasRole, rolesOn } from "../report/permission.ts";
import { findClientName } from "../store/queries/api-clients.ts";
import { findAuthor } from "../store/queries/author.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/**
 * What only editors see of a report's author, and operators of people without Telegram; `name` is null for a person who was erased, `phone`
 * is known of assisted ones only. `client` is the program that filed it, for a report that never had an author.
 */
export type ViewedReport =
  | { ok: true; name: string | null; phone: string | null; client: string | null }
  | { ok: false; why: "not_found" | "not_allowed" };

/** Shows an editor, or for an assisted report an operator, whose report it is; that somebody looked is an event. */
export const viewReport = async (
  deps: Deps,
  { actorId, reportId }: { actorId: number; reportId: number },
  now: Date,
): Promise<ViewedReport> =>
  deps.store.db.transaction(async (tx) => {
    const actor = await findActor(tx, actorId);
    const found = await findAuthor(tx, reportId);
    // An operator who works for the agency that has it is an officer to this report.
    const isAssisted =
      found !== null && found.report.operatorId !== null && !rolesOn(actor, found.report).includes("officer");
    const roles = ["editor", ...(isAssisted ? (["operator"] as const) : []), "admin"] as const;
    const actorRole = roles.find((role) => hasRole(actor, role));
    if (actorRole === undefined) return { ok: false, why: "not_allowed" };
    if (found === null) return { ok: false, why: "not_found" };
    await record(tx, deps, { report: found.report, actorId, actorRole, kind: "viewed", data: {} }, now);
    return { ok: true, name: found.name, phone: found.phone, client: await findClientName(tx, reportId) };
  });
