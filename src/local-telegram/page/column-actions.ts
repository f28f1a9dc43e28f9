/** What can be done in a chat: each act of the person becomes one letter to the messenger. */
import type { InlineKeyboardButton } from "grammy/types";
import type { PageMessage, World } from "../page-api.ts";
import { act } from "./api.ts";
import { openContactDialog } from "./contact-dialog.ts";
import { openPlaceDialog } from "./map-dialog.ts";
import { openMenu, type MenuItem } from "./menu.ts";
import type { Outbox } from "./outbox.ts";
import { openPhotoDialog } from "./photo-dialog.ts";
import type { Key } from "./reply-keyboard.ts";
import { t } from "./strings.ts";

export type ChatDeed = {
  world: World;
  chatId: number;
  /** Who acts at the moment; in a group the person chosen there. */
  personId: () => number;
  outbox: Outbox;
  takeReply: () => number | undefined;
};

/** An absent reply must be an absent field, not `undefined`. */
const answering = (replyTo: number | undefined): { replyTo?: number } => (replyTo === undefined ? {} : { replyTo });

export const sendText = (deed: ChatDeed, text: string, replyTo?: number): void =>
  void deed.outbox.send({
    do: "text",
    personId: deed.personId(),
    chatId: deed.chatId,
    text,
    ...answering(replyTo),
  });

/** Lets the person choose photos and sends them; one as a file when `asFile`. */
export const choosePhotos = (deed: ChatDeed, asFile: boolean, given: readonly File[] = []): void => {
  const title = t(asFile ? "fileTitle" : "photosTitle");
  openPhotoDialog(deed.world, title, asFile ? 1 : 10, given, ({ photos, files, previews, caption }) => {
    const [file] = photos;
    if (file === undefined) return;
    const common = {
      personId: deed.personId(),
      chatId: deed.chatId,
      ...(caption !== "" && { caption }),
      ...answering(deed.takeReply()),
    };
    void deed.outbox.send(
      asFile ? { do: "document", file, ...common } : { do: "photos", photos, ...common },
      files,
      previews,
    );
  });
};

const liveSeconds = 3_600;

/** Lets the person choose a place and sends it; a named one becomes a venue. */
const choosePlace = (deed: ChatDeed): void =>
  openPlaceDialog(deed.world.map, ({ lat, lon, title, address, isLive }) => {
    const isVenue = title !== "" || address !== "";
    void deed.outbox.send({
      do: "location",
      personId: deed.personId(),
      chatId: deed.chatId,
      lat,
      lon,
      ...(isVenue && { title: title || address, address: address || title }),
      ...(isLive && !isVenue && { livePeriod: liveSeconds }),
      ...answering(deed.takeReply()),
    });
  });

/** Asks and sends the person's own number. */
const chooseContact = (deed: ChatDeed): void =>
  openContactDialog(deed.personId(), (phone) => {
    void deed.outbox.send({ do: "contact", personId: deed.personId(), chatId: deed.chatId, phone });
  });

/** Does what a key of the bot's reply keyboard asks for. */
export const pressKey = (deed: ChatDeed, key: Key): void => {
  switch (key.kind) {
    case "text":
      return sendText(deed, key.text);
    case "location":
      return choosePlace(deed);
    case "contact":
      return chooseContact(deed);
  }
};

/** Everything that can be attached, as a menu. */
export const openAttachMenu = (deed: ChatDeed, anchor: HTMLElement): void => {
  const other = (kind: "voice" | "sticker" | "video" | "poll"): MenuItem => ({
    label: t(kind),
    icon: kind,
    onPick: () => void deed.outbox.send({ do: "other", personId: deed.personId(), chatId: deed.chatId, kind }),
  });
  openMenu(anchor, [
    { label: t("photos"), icon: "photo", onPick: () => choosePhotos(deed, false) },
    { label: t("asFile"), icon: "file", onPick: () => choosePhotos(deed, true) },
    { label: t("location"), icon: "place", onPick: () => choosePlace(deed) },
    { label: t("contact"), icon: "contact", onPick: () => chooseContact(deed) },
    other("voice"),
    other("sticker"),
    other("video"),
    other("poll"),
  ]);
};

export type Presses = {
  press: (message: PageMessage, button: InlineKeyboardButton, element: HTMLElement) => void;
  /** Ends the spinner of a press the bot has answered. */
  answered: (queryId: string) => void;
};

// Telegram gives up waiting for the bot's answer about here, and so does the spinner.
const spinnerMs = 15_000;

/** Presses of callback buttons, each with its spinner until the bot answers. */
export const createPresses = (deed: ChatDeed, onTrouble: (text: string) => void): Presses => {
  const waiting = new Map<string, () => void>();
  // The answer may come over the event stream before the press itself returns.
  const early = new Set<string>();

  const press = async (message: PageMessage, data: string, element: HTMLElement): Promise<void> => {
    const done = (): void => element.removeAttribute("aria-busy");
    element.setAttribute("aria-busy", "true");
    try {
      const result = await act({
        do: "press",
        personId: deed.personId(),
        chatId: deed.chatId,
        messageId: message.message_id,
        data,
      });
      if (!result.ok) {
        done();
        onTrouble(result.description);
      } else if (result.queryId === undefined || early.delete(result.queryId)) done();
      else {
        waiting.set(result.queryId, done);
        window.setTimeout(done, spinnerMs);
      }
    } catch {
      done();
      onTrouble(t("pressFailed"));
    }
  };

  return {
    press: (message, button, element) => {
      if (element.getAttribute("aria-busy") === "true" || !("callback_data" in button)) return;
      void press(message, button.callback_data, element);
    },
    answered: (queryId) => {
      const done = waiting.get(queryId);
      if (done === undefined) early.add(queryId);
      else done();
      waiting.delete(queryId);
    },
  };
};
