import { ACTS, type Act, type StaffRole, type Status } from "./status.ts";

/** One staff role a resident holds; `agencyId` is set for officers only. */
export type Grant = { role: StaffRole; agencyId: string | null };

/** Who acts, with the rights read from the database in the same transaction. */
export type Actor = { residentId: number; grants: readonly Grant[] };

/** Whether the actor holds one of the roles, anywhere. */
export const hasRole = (actor: Actor, ...roles: StaffRole[]): boolean =>
  actor.grants.some((grant) => roles.includes(grant.role));

/** Why an act on a report is refused: the person has no such right, or the report is no longer (or not yet) where the act starts. */
export type Refused = { ok: false; why: "not_allowed" } | { ok: false; why: "wrong_status"; status: Status };

/** Whether this actor may do this act to this report now; the role that allows it goes into the event. */
export const mayAct = (
  actor: Actor,
  act: Act,
  report: { status: Status; authorId: number | null; agencyId: string | null },
): { ok: true; as: StaffRole | "author" } | Refused => {
  const rule = ACTS[act];
  const role = rolesOn(actor, report).find((held) => (rule.by as readonly string[]).includes(held));
  if (role === undefined) return { ok: false, why: "not_allowed" };
  if (!(rule.from as readonly Status[]).includes(report.status)) {
    return { ok: false, why: "wrong_status", status: report.status };
  }
  return { ok: true, as: role };
};

/** The roles a person has towards one report: an officer counts only in the agency that has it. */
const rolesOn = (
  actor: Actor,
  report: { authorId: number | null; agencyId: string | null },
): (StaffRole | "author")[] => [
  ...(report.authorId === actor.residentId ? (["author"] as const) : []),
  ...actor.grants
    .filter((grant) => grant.role !== "officer" || grant.agencyId === report.agencyId)
    .map((grant) => grant.role),
];
