import { ruleOfAct, type Act, type Role, type StaffRole, type Status } from "./status.ts";

/** One staff role a resident holds; `agencyId` is set for officers only. */
export type Grant = { role: StaffRole; agencyId: string | null };

/** Who acts, with the rights read from the database in the same transaction. */
export type Actor = { residentId: number; grants: readonly Grant[] };

/** Whether the actor holds one of the roles, anywhere. */
export const hasRole = (actor: Actor, ...roles: StaffRole[]): boolean =>
  actor.grants.some((grant) => roles.includes(grant.role));

/** Why an act on a report is refused: the person has no such right, or the report is no longer (or not yet) where the act starts. */
export type Refused = { ok: false; why: "not_allowed" } | { ok: false; why: "wrong_status"; status: Status };

/** What permission looks at; `isFollower` and `isVolunteer` tell of the actor, and count as no where they are not looked up. */
export type Actable = {
  status: Status;
  authorId: number | null;
  agencyId: string | null;
  /** The operator who filed it for a person without Telegram. */
  operatorId: number | null;
  isFollower?: boolean;
  isVolunteer?: boolean;
};

/** Whether this actor may do this act to this report now; the role that allows it goes into the event. */
export const mayAct = (actor: Actor, act: Act, report: Actable): { ok: true; as: Role } | Refused => {
  const { by, from } = ruleOfAct(act);
  const role = rolesOn(actor, report).find((held) => by.includes(held));
  if (role === undefined) return { ok: false, why: "not_allowed" };
  if (!from.includes(report.status)) return { ok: false, why: "wrong_status", status: report.status };
  return { ok: true, as: role };
};

/**
 * The roles a person has towards one report: an officer counts only in the agency that has it, an operator only where one filed it for a
 * person without Telegram. Any operator then, for the desk works in shifts and that person comes back to whoever sits there.
 */
export const rolesOn = (actor: Actor, report: Actable): Role[] => [
  ...(report.authorId === actor.residentId ? (["author"] as const) : []),
  ...(report.isFollower === true ? (["follower"] as const) : []),
  ...(report.isVolunteer === true ? (["volunteer"] as const) : []),
  ...actor.grants
    .filter(({ role, agencyId }) => {
      if (role === "officer") return agencyId === report.agencyId;
      if (role === "operator") return report.operatorId !== null;
      return true;
    })
    .map(({ role }) => role),
];
