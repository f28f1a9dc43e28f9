/** People of the local messenger who act and wait for answers like people do: what the demo and the tests of whole stories are told with. */
import type { LocalTelegram } from "./local-telegram/index.ts";
import type { PageAction, PageEvent, PageMessage } from "./local-telegram/page-api.ts";

/** How long a person waits for an answer before the story has failed. */
const PATIENCE_MS = 45_000;

type News = Extract<PageEvent, { type: "message" | "edited" }>;

/** One person in one chat: their own with the bot, or a group. */
export type Player = {
  chatId: number;
  say(text: string): Promise<void>;
  /** Pictures from the shelf, as one album if there are several. */
  sendPhotos(shelfIds: readonly string[], caption?: string): Promise<void>;
  sendLocation(lat: number, lon: number): Promise<void>;
  /** Presses the newest button whose label contains the text, as soon as there is one, and waits until the bot has answered the press. */
  press(label: string): Promise<void>;
  /** Replies to the newest message of the chat that matches, as soon as there is one. */
  reply(to: RegExp, text: string, shelfIds?: readonly string[]): Promise<void>;
  /** Waits until the chat has a message, new or edited since this player's last act, that matches; returns its text. */
  hears(pattern: RegExp): Promise<string>;
};

/** What a message says, whether it is a text or a caption. */
export const textOf = (message: PageMessage): string => message.text ?? message.caption ?? "";

/** A person at their phone. Every act is remembered as the moment from which they look for an answer. */
export const playerOf = (messenger: LocalTelegram, personId: number, chatId = personId): Player => {
  let since = messenger.lastEventId();
  const act = async (action: PageAction): Promise<string | undefined> => {
    since = messenger.lastEventId();
    const result = await messenger.act(action);
    if (!result.ok) throw new Error(`Person ${personId} could not ${action.do}: ${result.description}`);
    return result.queryId;
  };
  const newest = (matches: (message: PageMessage) => boolean): PageMessage | undefined =>
    messenger.messages(chatId).findLast(matches);
  const isNews = (event: PageEvent): event is News =>
    (event.type === "message" || event.type === "edited") && event.chatId === chatId;
  const missing =
    (what: string) =>
    (cause: unknown): never => {
      const last = newest(() => true);
      const seen = last === undefined ? "nothing" : `«${textOf(last)}»`;
      throw new Error(`Chat ${chatId} had no ${what}; its last message is ${seen}`, { cause });
    };
  const newestOrNext = async (matches: (message: PageMessage) => boolean, what: string): Promise<PageMessage> => {
    const arrives = (event: PageEvent): event is News => isNews(event) && matches(event.message);
    return (
      newest(matches) ?? (await messenger.waitFor(arrives, { timeoutMs: PATIENCE_MS }).catch(missing(what))).message
    );
  };
  const photosOf = (shelfIds: readonly string[]) => shelfIds.map((shelf) => ({ shelf }));

  return {
    chatId,
    say: async (text) => {
      await act({ do: "text", personId, chatId, text });
    },
    sendPhotos: async (shelfIds, caption) => {
      const photos = photosOf(shelfIds);
      await act({ do: "photos", personId, chatId, photos, ...(caption !== undefined && { caption }) });
    },
    sendLocation: async (lat, lon) => {
      await act({ do: "location", personId, chatId, lat, lon });
    },
    press: async (label) => {
      const isOn = (message: PageMessage): boolean => buttonData(message, label) !== undefined;
      const message = await newestOrNext(isOn, `button «${label}»`);
      const queryId = await act({
        do: "press",
        personId,
        chatId,
        messageId: message.message_id,
        data: buttonData(message, label) ?? "",
      });
      const isAnswer = (event: PageEvent): boolean => event.type === "answered" && event.queryId === queryId;
      await messenger
        .waitFor(isAnswer, { after: since, timeoutMs: PATIENCE_MS })
        .catch(missing(`answer to «${label}»`));
    },
    reply: async (to, text, shelfIds = []) => {
      const isTo = (message: PageMessage): boolean => to.test(textOf(message));
      const replyTo = (await newestOrNext(isTo, `message ${to}`)).message_id;
      await (shelfIds.length === 0
        ? act({ do: "text", personId, chatId, text, replyTo })
        : act({ do: "photos", personId, chatId, photos: photosOf(shelfIds), caption: text, replyTo }));
    },
    hears: async (pattern) => {
      const isIt = (event: PageEvent): event is News =>
        isNews(event) && event.message.from?.is_bot === true && pattern.test(textOf(event.message));
      const event = await messenger
        .waitFor(isIt, { after: since, timeoutMs: PATIENCE_MS })
        .catch(missing(`word of ${pattern}`));
      return textOf(event.message);
    },
  };
};

const buttonData = (message: PageMessage, label: string): string | undefined => {
  const markup = message.reply_markup;
  if (markup === undefined || !("inline_keyboard" in markup)) return undefined;
  const button = markup.inline_keyboard.flat().find(({ text }) => text.includes(label));
  return button !== undefined && "callback_data" in button ? button.callback_data : undefined;
};
