import { row } from "./ask.ts";
import { answered, stay, type Question, type Scene, type Taken } from "./question.ts";
import type { Photo, Telling } from "./telling.ts";

/** More than this nobody looks at. */
export const MOST_PHOTOS = 5;

/**
 * Adds a photo; the sixth and the one that is there already are refused. `isNews` is false for what was already said to this album, so
 * that ten photos sent at once are not answered ten times.
 */
export const addPhoto = <D extends Telling>(
  draft: D,
  photo: Photo,
  albumId: string | null,
): Taken<D> & { isNews: boolean } => {
  const isSameAlbum = albumId !== null && draft.albumId === albumId;
  if (draft.photos.some(({ fileUniqueId }) => fileUniqueId === photo.fileUniqueId))
    return { ...stay(draft, { text: "photos.same" }), isNews: !isSameAlbum };
  if (draft.photos.length >= MOST_PHOTOS)
    return {
      ...stay({ ...draft, fullAlbumId: albumId }, { text: "photos.full", params: { max: MOST_PHOTOS } }),
      isNews: albumId === null || draft.fullAlbumId !== albumId,
    };
  const photos = [...draft.photos, photo];
  const added = { ...draft, photos, albumId, skipped: draft.skipped.filter((key) => key !== "photos") };
  const isFull = photos.length === MOST_PHOTOS;
  return isFull
    ? { ...answered({ ...added, isCollecting: false }), isNews: true }
    : { ...stay(added), isNews: !isSameAlbum };
};

/** How a form wants photos: one at least, whether there are any, or none unless they come. */
type Wish = "required" | "asked" | "welcome";

/** Pictures, asked for as the form wants them at that moment. */
export const photosQuestion = <D extends Telling, S extends Scene>(
  wishOf: (draft: D, scene: S) => Wish,
): Question<D, S> => ({
  key: "photos",
  title: { text: "title.photos" },
  expects: { text: "photos.expects" },
  isMissing: (draft, scene) => {
    if (draft.isCollecting) return true;
    if (draft.photos.length > 0) return false;
    const wish = wishOf(draft, scene);
    return wish === "required" || (wish === "asked" && !draft.skipped.includes("photos"));
  },
  ask: (draft, scene) => {
    const count = draft.photos.length;
    const isRequired = wishOf(draft, scene) === "required";
    if (count === 0)
      return {
        lines: [{ text: isRequired ? "photos.ask" : "photos.askOptional", params: { max: MOST_PHOTOS } }],
        buttons: isRequired ? [] : [row("button.skip", "skip")],
      };
    return {
      lines: [{ text: "photos.collect", params: { count, max: MOST_PHOTOS } }],
      buttons: [row("button.done", "done"), ...(draft.editing === "photos" ? [row("button.clear", "clear")] : [])],
    };
  },
  press: (draft, press, scene) => {
    switch (press) {
      case "done":
        return draft.photos.length > 0 ? answered({ ...draft, isCollecting: false }) : null;
      case "skip":
        return wishOf(draft, scene) === "required" || draft.photos.length > 0
          ? null
          : answered({ ...draft, skipped: [...draft.skipped, "photos"] }, { text: "photos.none" });
      case "clear":
        return stay({ ...draft, photos: [], albumId: null, fullAlbumId: null, isCollecting: false });
    }
    return null;
  },
  answer: ({ photos }) => (photos.length > 0 ? { text: "photos.count", params: { count: photos.length } } : null),
});
