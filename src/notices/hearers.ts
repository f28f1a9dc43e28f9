/** Who may still be told what was meant for staff: a role can be taken away between the fact and its notice. */
import type { Grant } from "../report/permission.ts";
import type { DigestKind } from "../report/digest.ts";
import type { StaffRole } from "../report/status.ts";
import { isDigestKind } from "./digest.ts";
import { isNoticeKind, ruleOf, type Whom } from "./notices.ts";
import { isStaffNews, staffToTell } from "./staff-news.ts";

/** The roles that make somebody one of these; null for what a resident may be, too. */
const ROLES: Record<Whom, readonly StaffRole[] | null> = {
  author: null,
  followers: null,
  voters: null,
  lateFollowers: null,
  volunteers: null,
  unvoted: null,
  misinformed: null,
  editors: ["editor", "admin"],
  cardHolders: ["editor", "admin"],
  officers: ["officer"],
  formerOfficers: ["officer"],
  taker: ["officer"],
  heads: ["officer"],
  inspectors: ["inspector"],
  admins: ["admin"],
  judges: ["inspector", "editor", "admin"],
};

const DIGEST_ROLES: Record<DigestKind, readonly StaffRole[]> = {
  agency: ["officer"],
  editors: ["editor", "admin"],
  inspectors: ["inspector"],
  admins: ["admin"],
  troubles: ["admin"],
};

/** The roles of which a person needs one to be told this in their own chat; null where it is not for staff alone. */
export const rolesToHear = (kind: string): readonly StaffRole[] | null => {
  if (isDigestKind(kind)) return DIGEST_ROLES[kind.slice("digest_".length) as DigestKind];
  if (isStaffNews(kind)) return staffToTell(kind);
  if (!isNoticeKind(kind)) return null;
  const roles = [ruleOf(kind).to].flat().map((whom) => ROLES[whom]);
  return roles.includes(null) ? null : roles.flatMap((some) => some ?? []);
};

/** A notice as far as the right to hear it goes: the agency of its report now, and what its event kept. */
export type Hearable = { kind: string; agencyId: string | null; params: Record<string, unknown> };

/** Whether somebody with these roles at this moment is still to be told; an officer only of what concerns their agency. */
export const mayHear = (grants: readonly Grant[], { kind, agencyId, params }: Hearable): boolean => {
  const roles = rolesToHear(kind);
  // What passed to another agency concerns the one that had it, too.
  const concerned = [agencyId, params["agencyId"], params["from"]];
  return (
    roles === null ||
    grants.some(
      (grant) => roles.includes(grant.role) && (grant.role !== "officer" || concerned.includes(grant.agencyId)),
    )
  );
};
