import type { PageMessage } from "../page-api.ts";
import { t } from "./strings.ts";

type Glimpsed = {
  [
    K in
      | "text"
      | "caption"
      | "photo"
      | "document"
      | "venue"
      | "location"
      | "contact"
      | "voice"
      | "sticker"
      | "video"
      | "poll"
  ]?: PageMessage[K] | undefined;
};

/** A message in a few words: for quotes, the pinned bar and announcements. */
export const glimpse = (message: Glimpsed): string => {
  const text = message.text ?? message.caption;
  if (text !== undefined) return text.replaceAll(/\s+/gu, " ");
  if (message.photo !== undefined) return t("photo");
  if (message.document !== undefined) return message.document.file_name ?? t("file");
  if (message.venue !== undefined) return message.venue.title;
  if (message.location !== undefined) return t("mapPlace");
  if (message.contact !== undefined) return t("phone");
  if (message.voice !== undefined) return t("voiceMessage");
  if (message.sticker !== undefined) return `${message.sticker.emoji ?? ""} ${t("sticker")}`.trim();
  if (message.video !== undefined) return t("video");
  if (message.poll !== undefined) return message.poll.question;
  return t("deletedReply");
};
