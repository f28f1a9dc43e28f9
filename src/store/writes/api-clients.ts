import { and, count, eq, gte, isNull } from "drizzle-orm";
import type { Tx } from "../db.ts";
import { apiClients, type ApiClientRow } from "../schema/api-clients.ts";
import { reports } from "../schema/reports.ts";

/** Adds a client and gives its number. */
export const addClient = async (tx: Tx, client: Omit<ApiClientRow, "id" | "disabledAt">): Promise<number> => {
  const [added] = await tx.insert(apiClients).values(client).returning({ id: apiClients.id });
  if (added === undefined) throw new Error("The client was not added");
  return added.id;
};

/** Locks the client that is called so, whatever the case, and is not switched off; null when there is none. */
export const claimClientNamed = async (tx: Tx, name: string): Promise<ApiClientRow | null> => {
  // A database without a language knows no capital Cyrillic, and clients are few.
  const clients = await tx.select().from(apiClients).where(isNull(apiClients.disabledAt)).for("update");
  return clients.find((client) => client.name.toLowerCase() === name.toLowerCase()) ?? null;
};

/** Locks a client for the rest of the transaction, so that of two reports at once the second sees the first; null once it is switched off. */
export const claimClient = async (tx: Tx, id: number): Promise<ApiClientRow | null> => {
  const isOn = and(eq(apiClients.id, id), isNull(apiClients.disabledAt));
  const [client] = await tx.select().from(apiClients).where(isOn).for("update");
  return client ?? null;
};

/** Switches a client off for good; its reports stay. */
export const disableClient = async (tx: Tx, id: number, now: Date): Promise<void> => {
  await tx.update(apiClients).set({ disabledAt: now }).where(eq(apiClients.id, id));
};

/** How many reports a client has filed since the moment. */
export const countFiledSince = async (tx: Tx, clientId: number, since: Date): Promise<number> => {
  const [row] = await tx
    .select({ filed: count() })
    .from(reports)
    .where(and(eq(reports.clientId, clientId), gte(reports.createdAt, since)));
  return row?.filed ?? 0;
};

/** The number of the report that was made from this draft; null when none was. */
export const findNumberByDraft = async (tx: Tx, draftId: string): Promise<number | null> => {
  const [report] = await tx.select({ id: reports.id }).from(reports).where(eq(reports.draftId, draftId));
  return report?.id ?? null;
};
