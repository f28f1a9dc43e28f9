import { setTimeout as sleep } from "node:timers/promises";
import type { Outgoing, Send } from "../notices/send.ts";
import { AnswerLater } from "./answer-later.ts";

/** The messages that arrived, the one with the text first; none when nobody is there. */
export type Delivered = { chatId: number; messageIds: number[] };

/** So long an answer waits for its turn on the spot: were the update handled again, its sender would hear that it was done already. */
const PATIENCE_SECONDS = 5;

/** Delivers an answer. Throws when Telegram refuses it, and `AnswerLater` when it asks for more patience than there is. */
export const deliver = async (
  send: Send,
  outgoing: Outgoing,
  wait: (ms: number) => Promise<unknown> = sleep,
  patience = PATIENCE_SECONDS,
): Promise<Delivered> => {
  const { chatId, message } = outgoing;
  const sent = await send(outgoing);
  switch (sent.kind) {
    case "sent":
      return { chatId, messageIds: [sent.messageId, ...(sent.pictureIds ?? [])] };
    case "missing":
    case "gone":
      return { chatId, messageIds: [] };
    case "retry": {
      const seconds = Math.max(1, sent.afterSeconds ?? 1);
      // Nobody answered: what was sent may have arrived all the same.
      if (sent.afterSeconds === null || seconds > patience) throw new AnswerLater(seconds * 1000);
      await wait(seconds * 1000);
      return deliver(send, outgoing, wait, patience - seconds);
    }
    case "migrated":
      return deliver(send, { chatId: sent.chatId, message }, wait, patience);
    case "pictures_away": {
      // Whoever asked hears the words now rather than both at some time.
      const { photos: _, ...words } = message;
      return deliver(send, { ...outgoing, message: words }, wait, patience);
    }
    case "refused":
      throw new Error(`Telegram refused the answer: ${sent.words}`);
  }
};
