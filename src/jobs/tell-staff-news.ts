import type { OutMessage } from "../notices/message.ts";
import { renderStaffNews, type StaffNewsKind } from "../notices/staff-news.ts";
import { findCard } from "../store/queries/cards.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import { settleNotices } from "../store/writes/notices.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { handOver, type Chat } from "./hand-over.ts";
import { giveUpLater } from "./tell.ts";

/** Tells staff news, or empties a card that is theirs no more. */
export const tellStaffNews = async (
  deps: DeliverDeps,
  chat: Chat,
  notice: WaitingNotice,
  kind: StaffNewsKind,
): Promise<Step> => {
  const { i18n, city, now, log, store } = deps;
  let message: OutMessage;
  try {
    message = renderStaffNews({ i18n, city, locale: chat.reader.locale, now: now() }, kind, notice.params);
  } catch (err) {
    log.error({ err, notice: notice.id, kind }, "notice cannot be rendered");
    return giveUpLater(deps, notice);
  }
  const cardId = notice.reportId === null ? null : await findCard(store.db, chat.chatId, notice.reportId);
  const edit = cardId === null ? {} : { edit: { messageId: cardId, whenGone: "nothing" as const } };
  const handed = await handOver(deps, chat, { message, ...edit }, [notice]);
  if (handed.kind === "step") return handed.step;
  await settleNotices(store.db, [notice.id], { state: handed.kind === "sent" ? "sent" : "dropped" }, now());
  return "more";
};
