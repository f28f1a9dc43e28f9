import type { City } from "../city/schema.ts";
import type { EventKind } from "../report/event.ts";
import { isRelayed } from "../report/relay.ts";
import type { Tx } from "../store/open.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addRelay } from "../store/writes/relays.ts";

/** Where this event gave the report to an agency with a system of its own: has it handed over there. Whether it is still theirs is asked then. */
export const relayReport = async (
  tx: Tx,
  city: Pick<City, "agencies">,
  { id: reportId, agencyId, cycle }: Pick<ReportRow, "id" | "agencyId" | "cycle">,
  kind: EventKind,
  now: Date,
): Promise<void> => {
  if (agencyId === null || !isRelayed(kind)) return;
  if (city.agencies.find(({ id }) => id === agencyId)?.open311 === undefined) return;
  await addRelay(tx, { reportId, agencyId, cycle }, now);
};
