import { PUBLIC } from "../notices/public-log.ts";
import type { EventData, EventKind } from "../report/event.ts";
import { isShown } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { wasEverShown } from "../store/queries/webhooks.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addWebhookDeliveries } from "../store/writes/webhook-deliveries.ts";
import type { Deps } from "./deps.ts";

/** What takes a report out of the public's sight: whoever heard of it has to hear that, too. */
const HIDES: ReadonlySet<EventKind> = new Set<EventKind>(["withdrawn", "undone"]);

/** Lets partners' webhooks hear of an event, if it is one that the public may see, of a report that it may see. */
export const tellPartners = async (
  tx: Tx,
  { store }: Pick<Deps, "store">,
  told: {
    eventId: number;
    report: Pick<ReportRow, "id" | "status" | "returnsTo" | "districtId" | "agencyId">;
    kind: EventKind;
    data: EventData[EventKind];
  },
): Promise<void> => {
  const { eventId, report, kind, data } = told;
  if (PUBLIC[kind] === "not public") return;
  if (!isShown(report) && !(HIDES.has(kind) && (await wasEverShown(tx, report.id)))) return;
  const { districtId, agencyId } = report;
  const concerned = {
    districtIds: [districtId],
    agencyIds: [agencyId, formerAgency(kind, data)].flatMap((id) => id ?? []),
  };
  const added = await addWebhookDeliveries(tx, { eventId, reportId: report.id }, concerned);
  if (added > 0) await store.wakeWebhooks(tx);
};

/** Who had the report until now: their webhooks hear that it is gone. */
const formerAgency = (kind: EventKind, data: EventData[EventKind]): string | null => {
  if (kind === "rerouted") return (data as EventData["rerouted"]).from;
  if (kind === "undone") return (data as EventData["undone"]).agencyId ?? null;
  return null;
};
