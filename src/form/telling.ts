/** What the drafts of every form have in common: words, photos, and where in the form the person is. */
import { z } from "zod";

/** A picture as Telegram holds it; `document` is an image sent as a file. */
export type Photo = { fileId: string; fileUniqueId: string; kind: "photo" | "document" };

export type Telling = {
  /** What has happened or what was done, in the person's own words. */
  description: string | null;
  photos: Photo[];
  /** Words too few for a description, where the form keeps them to be added to. */
  opening: string | null;
  /** A description beyond the limit; nothing told is thrown away without asking. */
  overlong: string | null;
  /** A text that came when every text was told already. */
  spare: string | null;
  /** The question the person chose to change, by its key. */
  editing: string | null;
  /** Keys of optional questions they passed over. */
  skipped: string[];
  /** More photos are welcome until «готово». */
  isCollecting: boolean;
  /** The album whose photos are counted silently, and the one that was already told it is too many. */
  albumId: string | null;
  fullAlbumId: string | null;
  /** The message the description stands in, so that editing that message edits the description. */
  descriptionMessageId: number | null;
  /**
   * Which question this is: it grows when something else is asked, and at the preview with every change. A button carries the turn it
   * was shown in, so one of an older question is recognised while a photo arriving in between spoils nothing.
   */
  turn: number;
  /** The last choice taken, `turn:press`: its second tap is a double tap and not a stale button. */
  lastPress: string | null;
};

/** What every telling begins as; `turn` should be no small number, so that buttons of an earlier draft are not mistaken for this one's. */
export const emptyTelling = (turn: number): Telling => ({
  description: null,
  photos: [],
  opening: null,
  overlong: null,
  spare: null,
  editing: null,
  skipped: [],
  isCollecting: false,
  albumId: null,
  fullAlbumId: null,
  descriptionMessageId: null,
  turn,
  lastPress: null,
});

/** A text of a stored draft; what cannot be read counts as not told. */
export const storedText = z.string().nullable().catch(null);
const StoredPhoto = z.object({ fileId: z.string(), fileUniqueId: z.string(), kind: z.enum(["photo", "document"]) });

/** A telling out of the database, part by part: what a deploy renamed is asked again, the rest of what was told stays. */
export const storedTelling = {
  description: storedText,
  photos: z.array(StoredPhoto).catch([]),
  opening: storedText,
  overlong: storedText,
  spare: storedText,
  editing: storedText,
  skipped: z.array(z.string()).catch([]),
  isCollecting: z.boolean().catch(false),
  albumId: storedText,
  fullAlbumId: storedText,
  descriptionMessageId: z.number().nullable().catch(null),
  turn: z.int().catch(0),
  lastPress: storedText,
};
