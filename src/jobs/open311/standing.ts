import { STATUSES, type Status } from "../../report/status.ts";
import type { RelayRow } from "../../store/schema/relays.ts";

/** What of a report tells whether it is an agency's. */
export type Relayed = { status: Status; returnsTo: Status | null; agencyId: string | null; cycle: number };

/** `ours`: the agency has it to do. `paused`: it may have it to do again. `gone`: it is none of theirs, in this cycle, any more. */
export const standingOf = (
  { status, returnsTo, agencyId, cycle }: Relayed,
  relay: Pick<RelayRow, "agencyId" | "cycle">,
): "ours" | "paused" | "gone" => {
  if (agencyId !== relay.agencyId || cycle !== relay.cycle) return "gone";
  if (status === "assigned" || status === "planned") return "ours";
  const isPaused = status === "needs_info" ? returnsTo === "assigned" : STATUSES[status].owes !== null;
  return isPaused && status !== "submitted" ? "paused" : "gone";
};
