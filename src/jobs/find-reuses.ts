import { LIKE_BITS } from "../report/likeness.ts";
import { thumbnailOf, type PhotoFiles } from "../report/photo.ts";
import { isSamePicture } from "../report/same-picture.ts";
import type { Store } from "../store/open.ts";
import { listLookAlikes, type LookAlike } from "../store/queries/photos.ts";
import type { ClaimedPhoto } from "../store/writes/photos.ts";
import { toGrey, type PreparedPhoto } from "./prepare-photo.ts";

/** So many are looked at closely, the nearest first: among 20,000 pictures about thirty are as near by chance as a trimmed copy may be. */
const LOOKED_AT = 40;

/** A photo of an answer and the earlier one it shows again. */
export type Reuse = { id: number; reportId: number; answerId: number; earlierId: number; earlierReportId: number };

/**
 * What the new photo of an answer has to do with those that are stored: it shows an earlier one again, or, having arrived late, is
 * shown again by later ones. Residents' photos are compared with answers' and never with one another.
 */
export const findReuses = async (
  { store, files }: { store: Store; files: PhotoFiles },
  { id, reportId, answerId }: ClaimedPhoto,
  { thumbnail, likeness }: PreparedPhoto,
): Promise<Reuse[]> => {
  if (answerId === null || likeness === null) return [];
  const alike = await listLookAlikes(
    store.db,
    { id, reportId, answerId, likeness },
    { bits: LIKE_BITS, limit: LOOKED_AT },
  );
  if (alike.length === 0) return [];
  const grey = await toGrey(thumbnail);
  const same: LookAlike[] = [];
  for (const other of alike) {
    const bytes = await files.read(thumbnailOf(other.storedAs));
    if (bytes !== null && isSamePicture(grey, await toGrey(bytes))) same.push(other);
  }
  const [first] = same.filter((other) => other.id < id).toSorted((a, b) => a.id - b.id);
  const earlier =
    first === undefined ? [] : [{ id, reportId, answerId, earlierId: first.id, earlierReportId: first.reportId }];
  const later = same.flatMap((other) =>
    other.id > id && other.answerId !== null && !other.isReuse
      ? [{ id: other.id, reportId: other.reportId, answerId: other.answerId, earlierId: id, earlierReportId: reportId }]
      : [],
  );
  return [...earlier, ...later];
};
