import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { Db } from "../db.ts";
import { answers, type AnswerRow } from "../schema/answers.ts";
import { photos } from "../schema/photos.ts";
import type { ReportRow } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";
import { arePhotosPending, findReusedPhotos } from "./photos.ts";
import { pictureColumns, toPictures, type StoredPicture } from "./pictures.ts";

/** What an agency said, with its photos; `by` is the officer's name, null once erased. */
export type StoredAnswer = Pick<
  AnswerRow,
  "id" | "kind" | "state" | "cycle" | "agencyId" | "words" | "plannedOn" | "successorId" | "sentAt" | "remark"
> & {
  photos: StoredPicture[];
  by: string | null;
  isComparing: boolean;
  reused: { reportId: number; isBefore: boolean }[];
};

/** What the report's agency said last, decided or not; null when it said nothing yet. */
export const findAnswerView = async (db: Db, reportId: number): Promise<StoredAnswer | null> => {
  const [found] = await db
    .select({ answer: answers, by: residents.name })
    .from(answers)
    .innerJoin(residents, eq(residents.id, answers.officerId))
    .where(eq(answers.reportId, reportId))
    .orderBy(desc(answers.id))
    .limit(1);
  if (found === undefined) return null;
  const pictures = await db
    .select(pictureColumns)
    .from(photos)
    .where(eq(photos.answerId, found.answer.id))
    .orderBy(asc(photos.position));
  return {
    ...found.answer,
    by: found.by,
    isComparing: await arePhotosPending(db, { answerId: found.answer.id }),
    reused: (await findReusedPhotos(db, found.answer.id)).map(({ earlier }) => ({
      reportId: earlier.reportId,
      isBefore: earlier.answerId === null,
    })),
    photos: toPictures(pictures),
  };
};

/** The name of whoever of the agency has the report in hand; nobody once they have left it. */
export const findOfficerName = async (
  db: Db,
  { officerId, agencyId }: Pick<ReportRow, "officerId" | "agencyId">,
): Promise<string | null> => {
  if (officerId === null || agencyId === null) return null;
  const isTheirs = and(eq(grants.role, "officer"), eq(grants.agencyId, agencyId), isNull(grants.removedAt));
  const [officer] = await db
    .select({ name: residents.name })
    .from(residents)
    .innerJoin(grants, and(eq(grants.residentId, residents.id), isTheirs))
    .where(eq(residents.id, officerId));
  return officer?.name ?? null;
};
