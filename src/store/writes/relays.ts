/** Reports on their way to agencies' own systems, and what came back. */
import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import type { RelayState } from "../../report/relay.ts";
import type { Db, Tx } from "../db.ts";
import { at } from "../raw.ts";
import { agencySystems, relays, relayUpdates, type AgencySystemRow, type RelayRow } from "../schema/relays.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

// Whatever the wire's clock says, that is over.
const AT_ONCE = new Date(0);

/** Has a report handed over to its agency's system; one that was there in the same cycle is gone on with. */
export const addRelay = async (
  tx: Tx,
  relay: Pick<RelayRow, "reportId" | "agencyId" | "cycle">,
  now: Date,
): Promise<void> => {
  const again = sql`case when ${relays.theirId} is not null then 'open' when ${relays.token} is not null then 'accepted' else 'waiting' end`;
  await tx
    .insert(relays)
    .values({ ...relay, state: "waiting", nextTickAt: AT_ONCE, createdAt: now })
    .onConflictDoUpdate({
      target: [relays.reportId, relays.agencyId, relays.cycle],
      set: { state: again, nextTickAt: AT_ONCE },
      setWhere: eq(relays.state, "ended"),
    });
};

/** Takes one due relay of these agencies in hand until then, wire time, whoever waits longest first; null when none is due. */
export const claimRelay = async (
  db: Db,
  agencyIds: readonly string[],
  wireNow: Date,
  until: Date,
): Promise<RelayRow | null> => {
  if (agencyIds.length === 0) return null;
  const due = db.$with("due").as(
    db
      .select({ id: relays.id })
      .from(relays)
      .where(and(lte(relays.nextTickAt, wireNow), inArray(relays.agencyId, [...agencyIds])))
      .orderBy(asc(relays.nextTickAt), asc(relays.id))
      .limit(1)
      .for("update", { skipLocked: true }),
  );
  const [claimed] = await db
    .with(due)
    .update(relays)
    .set({ nextTickAt: until })
    .where(inArray(relays.id, db.select({ id: due.id }).from(due)))
    .returning();
  return claimed ?? null;
};

/** How a relay stands now; `nextTickAt` null: there is nothing to do any more. */
export const saveRelay = async (
  db: Db | Tx,
  id: number,
  change: Partial<Pick<RelayRow, "token" | "theirId" | "attempts" | "failure" | "heardUntil">> & {
    state?: RelayState;
    nextTickAt: Date | null;
  },
): Promise<void> => {
  await db.update(relays).set(change).where(eq(relays.id, id));
};

/** Notes that what they said is taken up; false when it was before. */
export const addRelayUpdate = async (tx: Tx, relayId: number, theirId: string, now: Date): Promise<boolean> => {
  const added = await tx
    .insert(relayUpdates)
    .values({ relayId, theirId, at: now })
    .onConflictDoNothing()
    .returning({ relayId: relayUpdates.relayId });
  return added.length > 0;
};

/** The officer in whose name an agency's system answers; made the first time, a person without chat whom `/staff` shows by this name. */
export const ensureSystem = async (
  tx: Tx,
  agencyId: string,
  name: string,
  locale: string,
  now: Date,
): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('agency_systems'))`);
  const [known] = await tx.select().from(agencySystems).where(eq(agencySystems.agencyId, agencyId));
  if (known !== undefined) return;
  const [person] = await tx
    .insert(residents)
    .values({ name, locale, createdAt: now, quietFrom: null, quietUntil: null })
    .returning({ id: residents.id });
  if (person === undefined) throw new Error("No resident was added");
  await tx.insert(grants).values({ residentId: person.id, role: "officer", agencyId, grantedAt: now });
  await tx.insert(agencySystems).values({ agencyId, residentId: person.id });
};

/** The system is heard from: null; or it is not, for this reason, and since then. Its row as it is afterwards. */
export const saveSystemState = async (
  db: Db,
  agencyId: string,
  failing: { failure: string; wireNow: Date } | null,
): Promise<AgencySystemRow | null> => {
  const change =
    failing === null
      ? { failingSince: null, failure: null, toldAt: null }
      : {
          failingSince: sql`coalesce(${agencySystems.failingSince}, ${at(failing.wireNow)})`,
          failure: failing.failure,
        };
  const [saved] = await db.update(agencySystems).set(change).where(eq(agencySystems.agencyId, agencyId)).returning();
  return saved ?? null;
};

/** Notes that the admins are told of the failure; false when somebody else told them. */
export const markSystemTold = async (tx: Tx, agencyId: string, wireNow: Date): Promise<boolean> => {
  const marked = await tx
    .update(agencySystems)
    .set({ toldAt: wireNow })
    .where(and(eq(agencySystems.agencyId, agencyId), sql`${agencySystems.toldAt} is null`))
    .returning({ agencyId: agencySystems.agencyId });
  return marked.length > 0;
};
