/** One notice: rendered, handed over, settled. */
import type { Reading } from "../notices/dates.ts";
import type { OutMessage } from "../notices/message.ts";
import { isNoticeKind, ruleOf, type NoticeKind, type NoticeRule } from "../notices/notices.ts";
import { renderNotice } from "../notices/render.ts";
import type { Outgoing } from "../notices/send.ts";
import { isTimely } from "../notices/timely.ts";
import { findCard } from "../store/queries/cards.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import { findReportView } from "../store/queries/report-view.ts";
import { saveCard } from "../store/writes/cards.ts";
import { settleNotices } from "../store/writes/notices.ts";
import { addReportMessages } from "../store/writes/report-messages.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { refreshWaitingCard } from "./fold.ts";
import { handOver, type Chat } from "./hand-over.ts";
import { markTold } from "./mark-told.ts";
import { giveUpLater } from "./put-off.ts";

/** A newer program may write kinds this one does not know yet: they wait until it has taken over everywhere, which takes minutes. */
const UNKNOWN_SECONDS = 180;

/** Tells one notice in its reader's language of this moment, or settles why it need not be told. */
export const tellNotice = async (deps: DeliverDeps, chat: Chat, notice: WaitingNotice): Promise<Step> => {
  const { db } = deps.store;
  const settled = async (state: "dropped"): Promise<Step> => {
    await settleNotices(db, [notice.id], { state }, deps.now());
    return "more";
  };
  if (!isNoticeKind(notice.kind)) return giveUpLater(deps, [notice], UNKNOWN_SECONDS);
  const prepared = await prepareNotice(deps, chat, notice);
  if (prepared === "dropped") return settled("dropped");
  if (prepared === "broken") return giveUpLater(deps, [notice]);
  const { kind, reportId, outgoing } = prepared;
  if (ruleOf(kind).folds === "queue" || kind === "queue_decided") {
    const refreshed = await refreshWaitingCard(deps, chat, [notice], { ifNone: "nothing" });
    if (refreshed !== "fresh") return refreshed;
  }
  if (outgoing === null) return settled("dropped");
  const handed = await handOver(deps, chat, outgoing, [notice]);
  switch (handed.kind) {
    case "step":
      return handed.step;
    case "missing":
      return settled("dropped");
    case "sent":
      await markTold(deps, chat, () =>
        db.transaction(async (tx) => {
          const { as, renews } = ruleOf(kind);
          if (as === "card" || as === "new_card" || renews === true) {
            await saveCard(tx, { chatId: chat.chatId, reportId, messageId: handed.messageId }, deps.now());
          }
          const messageIds = [handed.messageId, ...(handed.pictureIds ?? [])];
          await addReportMessages(tx, { chatId: chat.chatId, messageIds, reportId }, deps.now());
          await settleNotices(tx, [notice.id], { state: "sent" }, deps.now());
        }),
      );
      return "more";
  }
};

type Prepared = { kind: NoticeKind; reportId: number; outgoing: Omit<Outgoing, "chatId"> | null };

/** What would be said at this moment; `dropped`: the report has left it behind, `broken`: the row cannot be told as it is. */
export const prepareNotice = async (
  deps: DeliverDeps,
  { chatId, reader }: Chat,
  { id, kind, params, reportId }: WaitingNotice,
): Promise<Prepared | "dropped" | "broken"> => {
  if (!isNoticeKind(kind) || reportId === null) return "broken";
  const report = await findReportView(deps.store.db, reportId);
  if (report === null) return "broken";
  const { i18n, city } = deps;
  if (!isTimely(city, { kind, params }, report)) return "dropped";
  const rule = ruleOf(kind);
  const { as } = rule;
  const reading: Reading = { i18n, city, locale: reader.locale, now: deps.now() };
  let message: OutMessage;
  try {
    message = renderNotice(reading, { kind, params }, report);
  } catch (err) {
    deps.log.error({ err, notice: id, kind }, "notice cannot be rendered");
    return "broken";
  }
  const cardId = as === "message" || as === "new_card" ? null : await findCard(deps.store.db, chatId, reportId);
  return { kind, reportId, outgoing: toOutgoing(rule, message, cardId) };
};

/** How the message leaves; null when it would rewrite a card the chat does not hold. */
const toOutgoing = ({ as, renews }: NoticeRule, message: OutMessage, cardId: number | null): Prepared["outgoing"] => {
  switch (as) {
    case "message":
    case "new_card":
      return { message };
    case "card":
      return cardId === null ? { message } : { message, edit: { messageId: cardId, whenGone: "send" } };
    case "edit":
      if (cardId === null) return null;
      return renews === true
        ? { message: { ...message, isQuiet: true }, edit: { messageId: cardId, whenGone: "send" } }
        : { message, edit: { messageId: cardId, whenGone: "nothing" } };
  }
};
