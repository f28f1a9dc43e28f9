import { and, asc, eq, inArray, ne, or, isNull } from "drizzle-orm";
import { STATUS_NAMES, STATUSES } from "../../report/status.ts";
import type { Tx } from "../db.ts";
import { cards } from "../schema/notices.ts";
import { reports } from "../schema/reports.ts";

/** Where somebody owes a step, so that cards offer one. */
const OPEN = STATUS_NAMES.filter((status) => STATUSES[status].owes !== null);

/** The open reports a person's own chat holds a card of as staff: none of their own; `agencyId` for those of one agency only. */
export const listHeldCards = async (
  tx: Tx,
  { chatId, residentId, agencyId }: { chatId: number; residentId: number; agencyId: string | null },
): Promise<number[]> => {
  const held = await tx
    .select({ reportId: cards.reportId })
    .from(cards)
    .innerJoin(reports, eq(reports.id, cards.reportId))
    .where(
      and(
        eq(cards.chatId, chatId),
        or(isNull(reports.authorId), ne(reports.authorId, residentId)),
        inArray(reports.status, OPEN),
        agencyId === null ? undefined : eq(reports.agencyId, agencyId),
      ),
    )
    .orderBy(asc(cards.reportId));
  return held.map(({ reportId }) => reportId);
};
