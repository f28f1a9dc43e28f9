/** Messages of a chat into the rows of its list: days, notes in the middle, and bubbles, albums counted as one. */
import type { PageMessage } from "../page-api.ts";
import { dayKey } from "./times.ts";

export type Row =
  | { kind: "day"; key: string; at: number }
  | { kind: "service"; key: string; message: PageMessage }
  | {
      kind: "bubble";
      key: string;
      /** One message, or all of an album. */
      messages: [PageMessage, ...PageMessage[]];
      isOut: boolean;
      /** First and last of a run of one sender: only the first names the sender, only the last has a tail. */
      isFirst: boolean;
      isLast: boolean;
    };

// Longer silences start a new run, as in Telegram's clients.
const runSeconds = 300;

const isService = (message: PageMessage): boolean =>
  message.new_chat_members !== undefined ||
  message.left_chat_member !== undefined ||
  message.pinned_message !== undefined ||
  message.group_chat_created !== undefined ||
  message.new_chat_title !== undefined;

const sameAlbum = (a: PageMessage, b: PageMessage): boolean =>
  a.media_group_id !== undefined && a.media_group_id === b.media_group_id && a.from?.id === b.from?.id;

const sameRun = (a: PageMessage, b: PageMessage): boolean =>
  a.from?.id === b.from?.id && b.date - a.date < runSeconds && dayKey(a.date) === dayKey(b.date);

/** The rows of `messages` as `isOut` tells whose they are. */
export const rowsOf = (messages: Iterable<PageMessage>, isOut: (message: PageMessage) => boolean): Row[] => {
  const rows: Row[] = [];
  let before: PageMessage | null = null;
  for (const message of messages) {
    if (before === null || dayKey(before.date) !== dayKey(message.date))
      rows.push({ kind: "day", key: `d${dayKey(message.date)}`, at: message.date });
    const last = rows.at(-1);
    if (isService(message)) {
      rows.push({ kind: "service", key: `s${message.message_id}`, message });
    } else if (last?.kind === "bubble" && sameAlbum(last.messages[0], message)) {
      last.messages.push(message);
    } else {
      const continues = last?.kind === "bubble" && before !== null && sameRun(before, message);
      if (continues) last.isLast = false;
      rows.push({
        kind: "bubble",
        key: `m${message.message_id}`,
        messages: [message],
        isOut: isOut(message),
        isFirst: !continues,
        isLast: true,
      });
    }
    before = message;
  }
  return rows;
};
