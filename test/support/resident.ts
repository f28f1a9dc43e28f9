/** A resident with a phone in hand: does something in their chat and waits for what the bot says to it. */
import type { PageAction, PageMessage } from "../../src/local-telegram/page-api.ts";
import { labelsOf, textOf, type RunningBot, type Toast } from "./bot.ts";
import { aJpeg } from "./pictures.ts";

type Place = { lat: number; lon: number };

/** By the yard of Кунцевская улица, 10. */
const AT_HOME: Place = { lat: 55.7305, lon: 37.4165 };

const IMAGE = { name: "photo.jpg", mime: "image/jpeg" };

export type Phone = ReturnType<typeof phoneOf>;

/** What one person can do; every method resolves with what the bot said that matches. */
export const phoneOf = (running: RunningBot, personId: number) => {
  const { messenger, act, hear } = running;
  const chat = { personId, chatId: personId };
  const doing = async (
    pattern: RegExp,
    action: PageAction,
    files?: Parameters<typeof act>[1],
  ): Promise<PageMessage> => {
    const after = messenger.lastEventId();
    await act(action, files);
    return hear(personId, pattern, after);
  };
  const sendPhotos = async (pattern: RegExp, count: number, caption?: string): Promise<PageMessage> => {
    const photos = Array.from({ length: count }, (_, i) => ({ upload: `file${i}` }));
    // Every picture has a size of its own, so that none is taken for another.
    const pictures = photos.map(
      async ({ upload }, i) => [upload, { ...IMAGE, bytes: await aJpeg(64 + i, 48) }] as const,
    );
    const files = new Map(await Promise.all(pictures));
    return doing(pattern, { do: "photos", ...chat, photos, ...(caption !== undefined && { caption }) }, files);
  };
  return {
    say: (text: string, pattern: RegExp) => doing(pattern, { do: "text", ...chat, text }),
    sendPhotos,
    sendFile: async (pattern: RegExp, file: { name: string; mime: string; bytes?: Uint8Array }) =>
      doing(
        pattern,
        { do: "document", ...chat, file: { upload: "file0" } },
        new Map([["file0", { bytes: await aJpeg(80, 60), ...file }]]),
      ),
    sendLocation: (
      pattern: RegExp,
      place: Place = AT_HOME,
      more: { title?: string; address?: string; livePeriod?: number } = {},
    ) => doing(pattern, { do: "location", ...chat, ...place, ...more }),
    sendOther: (kind: "voice" | "sticker" | "video" | "poll", pattern: RegExp) =>
      doing(pattern, { do: "other", ...chat, kind }),
    sendContact: (pattern: RegExp) => doing(pattern, { do: "contact", ...chat, phone: "+79990000000" }),
    edit: (message: PageMessage, text: string, pattern: RegExp) =>
      doing(pattern, { do: "edit", ...chat, messageId: message.message_id, text }),
    /** Presses a button and waits for what is said or rewritten. */
    press: async (message: PageMessage, label: string, pattern: RegExp): Promise<PageMessage> => {
      const after = messenger.lastEventId();
      await running.press(personId, message, label);
      return hear(personId, pattern, after);
    },
    /** Presses a button and sees the short answer. */
    tap: (message: PageMessage, label: string): Promise<Toast> => running.press(personId, message, label),
    /** Sends any button data from under a message. */
    forge: (message: PageMessage, data: string): Promise<Toast> => running.pressData(personId, message, data),
    /** The chat, oldest first. */
    messages: (): PageMessage[] => messenger.messages(personId),
    /** The chat as somebody would read it aloud; for looking at, and for failures. */
    transcript: (): string =>
      messenger
        .messages(personId)
        .map((message) => {
          const isBot = message.from?.id === running.bot.botInfo.id;
          const buttons = labelsOf(message).map((row) => `   [${row.join("] [")}]`);
          const what =
            textOf(message) ||
            Object.keys(message)
              .filter((key) => /photo|location|sticker|voice/.test(key))
              .join();
          return [`${isBot ? "BOT" : "  >"} ${what.replaceAll("\n", "\n    ")}`, ...buttons].join("\n");
        })
        .join("\n"),
    /** From the greeting to the first question. */
    register: async (): Promise<PageMessage> => {
      const greeting = await doing(/Здравствуйте|Hello/, { do: "text", ...chat, text: "/start" });
      const after = messenger.lastEventId();
      await running.press(personId, greeting, "согласие");
      return hear(personId, /Что случилось\?/, after);
    },
  };
};

/** What a reply keyboard below the chat offers; empty when the message brings none. */
export const keyboardOf = ({ reply_markup: markup }: PageMessage): string[] =>
  markup !== undefined && "keyboard" in markup
    ? markup.keyboard.flat().map((button) => (typeof button === "string" ? button : button.text))
    : [];
