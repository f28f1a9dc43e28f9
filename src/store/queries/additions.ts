import { and, asc, count, desc, eq, gte, inArray } from "drizzle-orm";
import type { AdditionKind } from "../../report/addition.ts";
import type { Db, Tx } from "../db.ts";
import { additions } from "../schema/additions.ts";
import { photos } from "../schema/photos.ts";
import { pictureColumns, toPictures, type StoredPicture } from "./pictures.ts";

/** How many additions a report got since the moment. */
export const countAdditionsSince = async (db: Db | Tx, reportId: number, since: Date): Promise<number> => {
  const [row] = await db
    .select({ added: count() })
    .from(additions)
    .where(and(eq(additions.reportId, reportId), eq(additions.kind, "addition"), gte(additions.at, since)));
  return row?.added ?? 0;
};

/** What somebody said to a report after it was sent; nothing in it names them. */
export type StoredSaid = {
  id: number;
  kind: AdditionKind;
  words: string | null;
  photos: StoredPicture[];
  at: Date;
};

/** The last `limit` additions of these kinds in the order in which they were said. */
export const listSaid = async (
  db: Db | Tx,
  reportId: number,
  kinds: readonly AdditionKind[],
  limit: number,
): Promise<StoredSaid[]> => {
  const said = await db
    .select({ id: additions.id, kind: additions.kind, words: additions.words, at: additions.at })
    .from(additions)
    .where(and(eq(additions.reportId, reportId), inArray(additions.kind, [...kinds])))
    .orderBy(desc(additions.id))
    .limit(limit);
  if (said.length === 0) return [];
  const ids = said.map(({ id }) => id);
  const pictures = await db
    .select({ additionId: photos.additionId, ...pictureColumns })
    .from(photos)
    .where(inArray(photos.additionId, ids))
    .orderBy(asc(photos.position));
  return said.toReversed().map((one) => ({
    ...one,
    photos: toPictures(pictures.filter(({ additionId }) => additionId === one.id)),
  }));
};
