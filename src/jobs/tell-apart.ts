import type { Reading } from "../notices/dates.ts";
import type { OutMessage } from "../notices/message.ts";
import { findCard } from "../store/queries/cards.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import { settleNotices } from "../store/writes/notices.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { handOver, type Chat } from "./hand-over.ts";
import { markTold } from "./mark-told.ts";
import { giveUpLater } from "./put-off.ts";

/** Tells what is no fact of a report, a digest, staff news or the day in a channel, or empties a card that is its reader's no more. */
export const tellApart = async (
  deps: DeliverDeps,
  chat: Chat,
  notice: WaitingNotice,
  render: (reading: Reading) => OutMessage | Promise<OutMessage>,
): Promise<Step> => {
  const { i18n, city, now, log, store } = deps;
  let message: OutMessage;
  try {
    message = await render({ i18n, city, locale: chat.reader.locale, now: now() });
  } catch (err) {
    log.error({ err, notice: notice.id, kind: notice.kind }, "notice cannot be rendered");
    return giveUpLater(deps, [notice]);
  }
  const cardId = notice.reportId === null ? null : await findCard(store.db, chat.chatId, notice.reportId);
  const edit = cardId === null ? {} : { edit: { messageId: cardId, whenGone: "nothing" as const } };
  const handed = await handOver(deps, chat, { message, ...edit }, [notice]);
  if (handed.kind === "step") return handed.step;
  const state = handed.kind === "sent" ? "sent" : "dropped";
  await markTold(deps, chat, () => settleNotices(store.db, [notice.id], { state }, now()));
  return "more";
};
