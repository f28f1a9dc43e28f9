import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../src/store/open.ts";
import { rows } from "../../src/store/raw.ts";

/** Every table in which an act leaves something. */
const TABLES = [
  ...["reports", "events", "notices", "answers", "answer_drafts", "votes", "additions", "photos"],
  ...["followers", "checks", "prompts", "drafts", "residents", "grants", "volunteers", "invitations", "chats"],
];

/** All of it as one short text: equal exactly where nothing was changed. */
export const snapshotOf = async (db: Db): Promise<string> => {
  const digests = TABLES.map((table) => `(select md5(string_agg(t::text, ',' order by t::text)) from ${table} t)`);
  const [row] = await rows(
    db,
    z.object({ all: z.string() }),
    sql.raw(`select concat_ws('-', ${digests.join()}) as all`),
  );
  if (row === undefined) throw new Error("No row");
  return row.all;
};

/** Does something in a transaction that is then taken back, whatever came of it; `db` is the transaction. */
export const inVain = async <Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> => {
  const results: Result[] = [];
  const back = new Error("taken back");
  await db
    .transaction(async (tx) => {
      results.push(await work(tx));
      throw back;
    })
    .catch((error: unknown) => {
      if (error !== back) throw error;
    });
  const [result] = results;
  if (result === undefined) throw new Error("Nothing was done");
  return result;
};
