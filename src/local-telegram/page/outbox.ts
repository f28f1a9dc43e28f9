/** What one person is sending: on its way, failed and waiting for a retry, or done. */
import type { PageAction, PageActionResult } from "../page-api.ts";
import { act } from "./api.ts";

export type Letter = {
  id: number;
  action: PageAction;
  files: readonly File[];
  /** Addresses of the pictures to show while it is on its way. */
  previews: readonly string[];
  state: "sending" | "failed" | "sent";
  /** Why it failed, in the messenger's words; empty when the network did. */
  why: string;
  messageIds: readonly number[];
};

export type Outbox = {
  /** Everything whose messages have not arrived yet. */
  letters: () => readonly Letter[];
  send: (action: PageAction, files?: readonly File[], previews?: readonly string[]) => Promise<PageActionResult | null>;
  retry: (letter: Letter) => void;
  drop: (letter: Letter) => void;
};

/**
 * An outbox that calls `onChange` whenever a letter changes. Letters leave one after another, so they arrive in order.
 * `hasArrived` tells of a message id whether the chat already shows it: that may be before or after the answer to the letter.
 */
export const createOutbox = (hasArrived: (messageId: number) => boolean, onChange: () => void): Outbox => {
  let letters: Letter[] = [];
  let lastId = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const forget = (letter: Letter): void => {
    letters = letters.filter((other) => other !== letter);
    for (const url of letter.previews) if (url.startsWith("blob:")) URL.revokeObjectURL(url);
  };

  const post = async (letter: Letter): Promise<PageActionResult | null> => {
    letter.state = "sending";
    letter.why = "";
    onChange();
    try {
      const result = await act(letter.action, letter.files);
      if (result.ok) {
        letter.state = "sent";
        letter.messageIds = result.messageIds;
      } else {
        letter.state = "failed";
        letter.why = result.description;
      }
      onChange();
      return result;
    } catch {
      letter.state = "failed";
      onChange();
      return null;
    }
  };

  const enqueue = (letter: Letter): Promise<PageActionResult | null> => {
    const posted = queue.then(() => post(letter));
    queue = posted;
    return posted;
  };

  return {
    letters: () => {
      for (const letter of letters)
        if (letter.state === "sent" && letter.messageIds.every((id) => hasArrived(id))) forget(letter);
      return letters;
    },
    send: (action, files = [], previews = []) => {
      lastId += 1;
      const letter: Letter = { id: lastId, action, files, previews, state: "sending", why: "", messageIds: [] };
      letters = [...letters, letter];
      onChange();
      return enqueue(letter);
    },
    retry: (letter) => void enqueue(letter),
    drop: (letter) => {
      forget(letter);
      onChange();
    },
  };
};
