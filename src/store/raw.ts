/** Raw SQL where the query builder ends; the only place that knows how the two drivers answer. */
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "./db.ts";

/** A bigint of a raw row: text from postgres.js, number or bigint from PGlite. */
export const wholeNumber = z
  .union([z.number(), z.bigint(), z.string().regex(/^-?\d+$/)])
  .transform(Number)
  .pipe(z.int());

/** A timestamptz of a raw row: both drivers give Postgres's own text. */
export const timestamp = z
  .string()
  .transform((text) => new Date(text))
  .pipe(z.date());

/** A moment as a parameter of raw SQL, where postgres.js refuses a `Date`. */
export const at = (moment: Date): SQL => sql`${moment.toISOString()}::timestamptz`;

/** The rows a raw statement returns, each parsed; throws if they are not of the shape the caller claims. */
export const rows = async <Row extends z.ZodType>(db: Db, row: Row, statement: SQL): Promise<z.output<Row>[]> =>
  z.array(row).parse(await untypedRows(db, statement));

/** The rows as they come, for somebody else's SQL. */
export const untypedRows = async (db: Db, statement: SQL): Promise<unknown[]> => {
  const result: unknown = await db.execute(statement);
  return Array.isArray(result) ? result : Answer.parse(result).rows;
};

const Answer = z.object({ rows: z.array(z.unknown()) });
