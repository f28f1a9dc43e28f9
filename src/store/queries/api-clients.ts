import { and, asc, count, eq, gte, isNull, max } from "drizzle-orm";
import type { Db } from "../db.ts";
import { apiClients, type ApiClientRow } from "../schema/api-clients.ts";
import { reports } from "../schema/reports.ts";

/** The client with this key, null when nobody has it or it was switched off. */
export const findClientByKey = async (db: Db, keyHash: string): Promise<ApiClientRow | null> => {
  const isTheirs = and(eq(apiClients.keyHash, keyHash), isNull(apiClients.disabledAt));
  const [client] = await db.select().from(apiClients).where(isTheirs);
  return client ?? null;
};

/** What the client that filed a report is called; null for a report of somebody's own. */
export const findClientName = async (db: Db, reportId: number): Promise<string | null> => {
  const [found] = await db
    .select({ name: apiClients.name })
    .from(reports)
    .innerJoin(apiClients, eq(apiClients.id, reports.clientId))
    .where(eq(reports.id, reportId));
  return found?.name ?? null;
};

/** A client with what it has filed: since the moment, ever, and when last. */
export type ClientUse = ApiClientRow & { filedSince: number; filed: number; lastAt: Date | null };

/** Every client that is not switched off, the oldest first. */
export const listClients = async (db: Db, since: Date): Promise<ClientUse[]> => {
  const clients = await db.select().from(apiClients).where(isNull(apiClients.disabledAt)).orderBy(asc(apiClients.id));
  const used = await db
    .select({ clientId: reports.clientId, filed: count(), lastAt: max(reports.createdAt) })
    .from(reports)
    .innerJoin(apiClients, eq(apiClients.id, reports.clientId))
    .groupBy(reports.clientId);
  const today = await db
    .select({ clientId: reports.clientId, filed: count() })
    .from(reports)
    .innerJoin(apiClients, eq(apiClients.id, reports.clientId))
    .where(gte(reports.createdAt, since))
    .groupBy(reports.clientId);
  return clients.map((client) => {
    const ever = used.find(({ clientId }) => clientId === client.id);
    const filedSince = today.find(({ clientId }) => clientId === client.id)?.filed ?? 0;
    return { ...client, filedSince, filed: ever?.filed ?? 0, lastAt: ever?.lastAt ?? null };
  });
};
