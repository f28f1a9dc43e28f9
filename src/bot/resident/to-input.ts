/** The last line that knows Telegram: what a private message is to the form. */
import type { Document, Message } from "grammy/types";
import type { Photo } from "../../form/draft.ts";
import type { Input, WrongKind } from "../../form/input.ts";

/** Telegram hands out files up to this size and no larger ones. */
const LARGEST_FILE_BYTES = 20_000_000;

/** Pictures that can be shown and looked at later. */
const PICTURES: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"]);

/** Null for what no person said: service messages such as a pinned one. */
export const toInput = (message: Message): Input | null => {
  const { message_id: messageId } = message;
  if (message.text !== undefined) {
    const text = message.text.trim();
    return text === "" ? null : { kind: "text", text, messageId };
  }
  const { venue, location } = message;
  // A venue carries its location beside it, so it has to be looked at first.
  if (venue !== undefined) {
    const address = [venue.title, venue.address].filter((part) => part !== "").join(", ");
    return { kind: "location", point: toPoint(venue.location), address: address || null, source: "venue" };
  }
  if (location !== undefined)
    return {
      kind: "location",
      point: toPoint(location),
      address: null,
      source: location.live_period === undefined ? "location" : "live",
    };
  return toPhoto(message) ?? toWrong(message);
};

const toPoint = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({
  lat: latitude,
  lon: longitude,
});

const captionOf = ({ caption }: Message): string | null => caption?.trim() || null;

const toPhoto = (message: Message): Input | null => {
  const picture = pictureOf(message);
  if (picture === null) return null;
  const { message_id: messageId, media_group_id: albumId = null } = message;
  if (typeof picture === "string") return { kind: "wrong", what: picture, caption: captionOf(message), messageId };
  return { kind: "photo", photo: picture, caption: captionOf(message), albumId, messageId };
};

const pictureOf = ({ photo, document, animation }: Message): Photo | WrongKind | null => {
  const largest = photo?.at(-1);
  if (largest !== undefined)
    return isTooLarge(largest)
      ? "tooLarge"
      : { fileId: largest.file_id, fileUniqueId: largest.file_unique_id, kind: "photo" };
  // A GIF is sent as an animation with a document beside it.
  if (document === undefined || animation !== undefined) return null;
  if (!PICTURES.has(document.mime_type ?? "")) return isOddPicture(document) ? "format" : "file";
  return isTooLarge(document)
    ? "tooLarge"
    : { fileId: document.file_id, fileUniqueId: document.file_unique_id, kind: "document" };
};

/** What Telegram would turn into a photo by itself, had it been sent as one. */
const isOddPicture = ({ mime_type: mime = "", file_name: name = "" }: Document): boolean =>
  /^image\/(?!svg)/.test(mime) || /\.(heic|heif)$/i.test(name);

const isTooLarge = ({ file_size: bytes = 0 }: { file_size?: number }): boolean => bytes > LARGEST_FILE_BYTES;

/** What people send that a form cannot take, by Telegram's name for it. */
const WRONG: readonly (readonly [kind: WrongKind, fields: readonly (keyof Message)[]])[] = [
  ["voice", ["voice", "audio"]],
  ["video", ["video", "video_note", "animation"]],
  ["sticker", ["sticker"]],
  ["poll", ["poll"]],
  ["contact", ["contact"]],
  ["other", ["dice", "game", "story", "paid_media", "invoice", "checklist"]],
];

const toWrong = (message: Message): Input | null => {
  const what = WRONG.find(([, fields]) => fields.some((field) => field in message))?.[0];
  return what === undefined
    ? null
    : { kind: "wrong", what, caption: captionOf(message), messageId: message.message_id };
};

/** What a corrected message is to the form; null for a live location that moves on. */
export const toEdit = (message: Message): Input | null => {
  const text = (message.text ?? message.caption)?.trim();
  return text === undefined || text === "" ? null : { kind: "edited", text, messageId: message.message_id };
};
