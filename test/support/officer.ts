/** An officer at work: sends what a person of an agency sends, in whichever chat, and hears what the bot says to it. */
import type { PageMessage } from "../../src/local-telegram/page-api.ts";
import { labelsOf, type RunningBot } from "./bot.ts";
import { aJpeg } from "./pictures.ts";

type Where = { chatId?: number; replyTo?: number };

/** Every picture has a size of its own, so that none is taken for another. */
let pictures = 0;

export const officerOf = (running: RunningBot, personId: number) => {
  const { messenger, act, hear } = running;
  const own = { personId, chatId: personId };
  return {
    /** Opens the private chat, without which the bot could say nothing there. */
    open: () => running.tell(personId, "/help", /\/tasks/),
    /** Writes, and hears the bot in the chat `heardIn`, the private one unless told. */
    say: async (text: string, pattern: RegExp, where: Where & { heardIn?: number } = {}): Promise<PageMessage> => {
      const { heardIn = personId, ...there } = where;
      const after = messenger.lastEventId();
      await act({ do: "text", ...own, text, ...there });
      return hear(heardIn, pattern, after);
    },
    photos: async (
      count: number,
      pattern: RegExp,
      where: Where & { caption?: string; heardIn?: number } = {},
    ): Promise<PageMessage> => {
      const { heardIn = personId, ...there } = where;
      const photos = Array.from({ length: count }, (_, i) => ({ upload: `file${i}` }));
      const uploads = photos.map(async ({ upload }) => {
        pictures += 1;
        return [upload, { name: "photo.jpg", mime: "image/jpeg", bytes: await aJpeg(64 + pictures, 48) }] as const;
      });
      const after = messenger.lastEventId();
      await act({ do: "photos", ...own, photos, ...there }, new Map(await Promise.all(uploads)));
      return hear(heardIn, pattern, after);
    },
    /** Presses a button and waits for what is said or rewritten in `heardIn`, the message's chat unless told. */
    press: async (
      message: PageMessage,
      label: string,
      pattern: RegExp,
      heardIn = message.chat.id,
    ): Promise<PageMessage> => {
      const after = messenger.lastEventId();
      await running.press(personId, running.look(message), label);
      return hear(heardIn, pattern, after);
    },
    tap: (message: PageMessage, label: string) => running.press(personId, running.look(message), label),
    labels: (message: PageMessage): string[] => labelsOf(running.look(message)).flat(),
  };
};
