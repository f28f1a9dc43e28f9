/** The one «N ждут» card of a chat that gets more reports than it can be shown one by one. */
import { renderWaitingCard } from "../notices/waiting-card.ts";
import { findWaitingCard } from "../store/queries/cards.ts";
import { countQueue } from "../store/queries/queue-size.ts";
import { removeWaitingCard, saveWaitingCard } from "../store/writes/cards.ts";
import { settleNotices } from "../store/writes/notices.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { handOver, type Chat, type Notices } from "./hand-over.ts";
import { markTold } from "./mark-told.ts";

/** When so many cards wait for one chat, reports come faster than Telegram lets it be told. */
export const FOLD_FROM = 5;

/** Tells all these queue cards by the one card with their number: the reports stand in the queue, and only there. */
export const foldQueueCards = async (deps: DeliverDeps, chat: Chat, cards: Notices): Promise<Step> => {
  const refreshed = await refreshWaitingCard(deps, chat, cards, { ifNone: "send" });
  if (refreshed !== "fresh") return refreshed;
  const ids = cards.map(({ id }) => id);
  await settleNotices(deps.store.db, ids, { state: "dropped" }, deps.now());
  return "more";
};

/** Makes the card show how many wait at this moment; without one, `ifNone` says whether the chat gets one. A step: not now. */
export const refreshWaitingCard = async (
  deps: DeliverDeps,
  chat: Chat,
  notices: Notices,
  { ifNone }: { ifNone: "send" | "nothing" },
): Promise<"fresh" | Step> => {
  const { db } = deps.store;
  const { chatId, reader } = chat;
  const card = await findWaitingCard(db, chatId);
  if (card === null && ifNone === "nothing") return "fresh";
  const count = await countQueue(db, reader.districtIds);
  if (card === null ? count === 0 : card.count === count) return "fresh";
  const message = renderWaitingCard({ i18n: deps.i18n, locale: reader.locale }, count);
  const edit = card && {
    edit: { messageId: card.messageId, whenGone: count > 0 ? ("send" as const) : ("nothing" as const) },
  };
  const handed = await handOver(deps, chat, { message, ...edit }, notices);
  if (handed.kind === "step") return handed.step;
  await markTold(deps, chat, () =>
    count === 0 || handed.kind === "missing"
      ? removeWaitingCard(db, chatId)
      : saveWaitingCard(db, { chatId, messageId: handed.messageId, count }, deps.now()),
  );
  return "fresh";
};
