import type { ReportContent } from "../../form/draft.ts";
import type { Tx } from "../db.ts";
import { reports, type ReportRow } from "../schema/reports.ts";
import { addPhotos } from "./photos.ts";

/** A report out of a finished draft, on its way to moderation. */
export type NewReport = {
  draftId: string;
  /** Null where a program filed it. */
  authorId: number | null;
  clientId?: number | null;
  /** Set where an operator wrote it for a person without Telegram. */
  operatorId?: number | null;
  content: ReportContent;
  dueAt: Date;
};

/** Adds the report with its photos; a draft makes one report at most, so doing it twice throws. */
export const addReport = async (
  tx: Tx,
  { draftId, authorId, clientId = null, operatorId = null, content, dueAt }: NewReport,
  now: Date,
): Promise<ReportRow> => {
  const { topicId, place, description, answers } = content;
  const [added] = await tx
    .insert(reports)
    .values({
      draftId,
      authorId,
      clientId,
      operatorId,
      status: "submitted",
      topicId,
      districtId: place.districtId,
      lat: place.point?.lat ?? null,
      lon: place.point?.lon ?? null,
      address: place.address,
      description,
      answers,
      createdAt: now,
      updatedAt: now,
      statusAt: now,
      dueAt,
      nextTickAt: dueAt,
    })
    .returning();
  if (!added) throw new Error("The report was not added");
  await addPhotos(tx, { reportId: added.id }, content.photos);
  return added;
};
