import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "./schema/index.ts";

/**
 * The database as both drivers offer it; a transaction is one, too. Inside a transaction only the transaction may be used:
 * the embedded database has one connection, so the outer `db` would wait for itself for ever.
 */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/** A running transaction: what writes demand, so that none of them stands alone by accident. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** Columns are `snake_case` in the database; drizzle.config.ts says the same to the migrations. */
export const CASING = "snake_case";
