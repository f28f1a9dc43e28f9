import { desc, sql, type SQL } from "drizzle-orm";
import type { AskedWord } from "../../report/asked-words.ts";
import type { Db } from "../db.ts";
import { reports, wordsOfReport } from "../schema/reports.ts";

/** A line of what was found. */
export type FoundReport = Pick<
  typeof reports.$inferSelect,
  "id" | "status" | "topicId" | "districtId" | "address" | "description" | "createdAt"
>;

/**
 * A page of the reports in which all the words stand, each in the text, the address or the topic's title, in any of their Russian or
 * English forms, newest first; `page` counts from 0. `isLast` when no further page follows.
 */
export const findReports = async (
  db: Db,
  words: readonly AskedWord[],
  { page, size }: { page: number; size: number },
): Promise<{ reports: FoundReport[]; isLast: boolean }> => {
  if (words.length === 0) return { reports: [], isLast: true };
  const found = await db
    .select({
      id: reports.id,
      status: reports.status,
      topicId: reports.topicId,
      districtId: reports.districtId,
      address: reports.address,
      description: reports.description,
      createdAt: reports.createdAt,
    })
    .from(reports)
    .where(sql`${wordsOfReport(reports)} @@ ${allOf(words)}`)
    .orderBy(desc(reports.id))
    .limit(size + 1)
    .offset(page * size);
  return { reports: found.slice(0, size), isLast: found.length <= size };
};

/** All of the words as a query; a database without a locale knows no small letters but Latin ones. */
export const allOf = (words: readonly AskedWord[]): SQL => sql`(${sql.join(words.map(toQuery), sql` && `)})`;

/** A word that says nothing, such as «на», is an empty query, and asks for nothing. */
const toQuery = ({ word, topicIds }: AskedWord): SQL => {
  const said = sql`plainto_tsquery('russian', ${word.toLowerCase().replaceAll("ё", "е")})`;
  if (topicIds.length === 0) return said;
  return sql`(${said} || ${topicIds.map((id) => `'t:${id}'`).join(" | ")}::tsquery)`;
};
