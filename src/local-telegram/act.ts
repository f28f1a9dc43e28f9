import { toCaptionContent, toTextContent } from "./captions.ts";
import { findPerson } from "./chats.ts";
import type { Core } from "./core.ts";
import type { Upload } from "./files.ts";
import { toDocument, toPhoto } from "./media.ts";
import type { Content } from "./messages.ts";
import { newMediaGroupId } from "./methods/send-media-group.ts";
import { toOtherContent } from "./other-content.ts";
import type { PageAction, PageActionResult, PagePhoto } from "./page-api.ts";
import { findMessage } from "./messages.ts";
import { press, refuseAct, rewrite, say, setBlocked, takeSeat } from "./people.ts";
import { Refusal } from "./refusal.ts";
import { readShelf } from "./shelf.ts";

type Files = ReadonlyMap<string, Upload>;

const getUpload = async (photo: PagePhoto, files: Files): Promise<Upload> => {
  const upload = "shelf" in photo ? await readShelf(photo.shelf) : files.get(photo.upload);
  if (!upload) throw refuseAct("FILE_ID_INVALID");
  return upload;
};

/** A caption a person writes is plain text; what is in it is found as in the bot's. */
const caption = (text: string | undefined): Content =>
  toCaptionContent({ text, parseMode: undefined, entities: undefined });

const toLocation = (action: PageAction & { do: "location" }): Content => {
  const { lat: latitude, lon: longitude, title, address, livePeriod } = action;
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) throw refuseAct("MEDIA_INVALID");
  const location = { latitude, longitude, ...(livePeriod === undefined ? {} : { live_period: livePeriod }) };
  return title === undefined ? { location } : { location, venue: { location, title, address: address ?? "" } };
};

const run = async (
  core: Core,
  action: PageAction,
  files: Files,
): Promise<{ messageIds: number[]; queryId?: string }> => {
  switch (action.do) {
    case "block":
    case "unblock":
      setBlocked(core, action.personId, action.do === "block");
      return { messageIds: [] };
    case "press": {
      const seat = takeSeat(core, action.personId, action.chatId);
      return { messageIds: [], queryId: press(core, seat, action.messageId, action.data) };
    }
    case "edit": {
      const seat = takeSeat(core, action.personId, action.chatId);
      const old = findMessage(core, action.chatId, action.messageId);
      const isText = old?.text !== undefined;
      const text = { text: action.text, parseMode: undefined, entities: undefined };
      rewrite(core, seat, action.messageId, isText ? toTextContent(text) : toCaptionContent(text));
      return { messageIds: [action.messageId] };
    }
    case "text":
    case "photos":
    case "document":
    case "location":
    case "contact":
    case "other": {
      const anonymous = action.do === "text" && action.anonymous === true;
      const seat = { ...takeSeat(core, action.personId, action.chatId), anonymous };
      const replyTo = "replyTo" in action ? action.replyTo : undefined;
      const contents = await toContents(core, action, files);
      return { messageIds: contents.map((content) => say(core, seat, content, replyTo)) };
    }
  }
};

type Saying = PageAction & { do: "text" | "photos" | "document" | "location" | "contact" | "other" };

const toContents = async (core: Core, action: Saying, files: Files): Promise<Content[]> => {
  switch (action.do) {
    case "text":
      return [toTextContent({ text: action.text, parseMode: undefined, entities: undefined })];
    case "photos": {
      if (action.photos.length < 1 || action.photos.length > 10) throw refuseAct("MULTI_MEDIA_TOO_LONG");
      const text = caption(action.caption);
      const photos = await Promise.all(
        action.photos.map(async (photo) => toPhoto(await core.files.savePhoto(await getUpload(photo, files)))),
      );
      const album = photos.length > 1 ? { media_group_id: newMediaGroupId() } : {};
      return photos.map((photo, index) => ({ ...album, ...photo, ...(index === 0 ? text : {}) }));
    }
    case "document": {
      const text = caption(action.caption);
      const file = await core.files.save("document", await getUpload(action.file, files));
      return [{ ...toDocument(file), ...text }];
    }
    case "location":
      return [toLocation(action)];
    case "contact": {
      const person = findPerson(core, action.personId);
      if (!person) throw refuseAct("USER_ID_INVALID");
      const lastName = person.lastName ? { last_name: person.lastName } : {};
      const contact = { phone_number: action.phone, first_name: person.firstName, ...lastName, user_id: person.id };
      return [{ contact }];
    }
    case "other":
      return [await toOtherContent(core.files, action.kind)];
  }
};

/** Does one thing a person does in their app; a refusal carries Telegram's words. */
export const act = async (core: Core, action: PageAction, files: Files): Promise<PageActionResult> => {
  try {
    return { ok: true, ...(await run(core, action, files)) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, description: error.message };
    throw error;
  }
};
