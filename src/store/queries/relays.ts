import { and, asc, count, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "../db.ts";
import { photos } from "../schema/photos.ts";
import { agencySystems, relays, type AgencySystemRow, type RelayRow } from "../schema/relays.ts";
import { reports, type ReportRow } from "../schema/reports.ts";

/** A report as an agency's system is told of it; nothing in it names anybody. */
export type RelayedReport = Pick<
  ReportRow,
  | ("id" | "status" | "returnsTo" | "agencyId" | "cycle" | "topicId" | "lat" | "lon" | "address" | "answers")
  | ("description" | "publicText")
> & {
  /** Our copies of the photos it was filed with, but for hidden ones. */
  photos: string[];
  /** A photo is still on its way to us. */
  isWaiting: boolean;
};

/** The report, null when there is none. */
export const findRelayedReport = async (db: Db, reportId: number): Promise<RelayedReport | null> => {
  const [report] = await db.select().from(reports).where(eq(reports.id, reportId));
  if (report === undefined) return null;
  const own = await db
    .select({ storedAs: photos.storedAs, nextTickAt: photos.nextTickAt })
    .from(photos)
    .where(
      and(
        eq(photos.reportId, reportId),
        isNull(photos.answerId),
        isNull(photos.additionId),
        eq(photos.isHidden, false),
      ),
    )
    .orderBy(asc(photos.position));
  return {
    ...report,
    photos: own.flatMap(({ storedAs }) => storedAs ?? []),
    isWaiting: own.some(({ nextTickAt }) => nextTickAt !== null),
  };
};

/** A relay with how its report stands. */
export type OpenRelay = RelayRow & { report: Pick<ReportRow, "status" | "returnsTo" | "agencyId" | "cycle"> };

/** The relays of an agency of which the system is asked. */
export const listOpenRelays = async (db: Db, agencyId: string): Promise<OpenRelay[]> => {
  const { status, returnsTo, agencyId: reportAgencyId, cycle } = reports;
  const found = await db
    .select({ relay: relays, report: { status, returnsTo, agencyId: reportAgencyId, cycle } })
    .from(relays)
    .innerJoin(reports, eq(reports.id, relays.reportId))
    .where(and(eq(relays.agencyId, agencyId), eq(relays.state, "open"), isNotNull(relays.nextTickAt)))
    .orderBy(asc(relays.id));
  return found.map(({ relay, report }) => ({ ...relay, report }));
};

/** The officer in whose name an agency's system answers. */
export const findSystem = async (db: Db, agencyId: string): Promise<AgencySystemRow | null> => {
  const [system] = await db.select().from(agencySystems).where(eq(agencySystems.agencyId, agencyId));
  return system ?? null;
};

/** The systems that nothing gets through to, and how many reports that are in work wait for them or were refused. */
export const listSystemTrouble = async (
  db: Db,
): Promise<{ failing: AgencySystemRow[]; waiting: number; refused: number }> => {
  const failing = await db.select().from(agencySystems).where(isNotNull(agencySystems.failingSince));
  const counted = await db
    .select({ state: relays.state, size: count() })
    .from(relays)
    .innerJoin(reports, eq(reports.id, relays.reportId))
    .where(
      and(
        inArray(relays.state, ["waiting", "unclear", "accepted", "refused"]),
        inArray(reports.status, ["assigned", "planned"]),
        eq(reports.agencyId, relays.agencyId),
      ),
    )
    .groupBy(relays.state);
  const of = (...states: string[]): number =>
    counted.filter(({ state }) => states.includes(state)).reduce((sum, { size }) => sum + size, 0);
  return { failing, waiting: of("waiting", "unclear", "accepted"), refused: of("refused") };
};
