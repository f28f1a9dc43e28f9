import type { FileStore } from "./files.ts";
import type { Content } from "./messages.ts";
import type { PageAction } from "./page-api.ts";
import { newPollId } from "./people.ts";

type OtherKind = (PageAction & { do: "other" })["kind"];

/** Enough of a file to be stored and fetched: a bot that takes only pictures and places never opens these. */
const sample = (name: string, mime: string, signature: string) => ({
  name,
  mime,
  bytes: Buffer.from(signature, "latin1"),
});

/** What a form of text, places and pictures must refuse kindly: a voice message, a sticker, a video or a poll. */
export const toOtherContent = async (files: FileStore, kind: OtherKind): Promise<Content> => {
  switch (kind) {
    case "voice": {
      const file = await files.save("voice", sample("voice.oga", "audio/ogg", "OggS"));
      const base = { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.bytes };
      return { voice: { ...base, duration: 3, mime_type: "audio/ogg" } };
    }
    case "sticker": {
      const file = await files.save("sticker", sample("sticker.webp", "image/webp", "RIFF\0\0\0\0WEBP"));
      const base = { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.bytes };
      const flags = { is_animated: false, is_video: false };
      return { sticker: { ...base, ...flags, type: "regular", width: 512, height: 512, emoji: "👍" } };
    }
    case "video": {
      const file = await files.save("video", sample("video.mp4", "video/mp4", "\0\0\0\x18ftypmp42"));
      const base = { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.bytes };
      return {
        video: { ...base, duration: 5, width: 1280, height: 720, mime_type: "video/mp4", file_name: "video.mp4" },
      };
    }
    case "poll": {
      const options = ["Да", "Нет"].map((text, index) => ({ persistent_id: String(index), text, voter_count: 0 }));
      return {
        poll: {
          id: newPollId(),
          question: "?",
          options,
          total_voter_count: 0,
          is_closed: false,
          is_anonymous: true,
          type: "regular",
          allows_multiple_answers: false,
          allows_revoting: true,
          members_only: false,
        },
      };
    }
  }
};
