/** Handing one message to the messenger at the pace it takes, and what failing means for the notices behind it. */
import { giveUpChat } from "../actions/give-up-chat.ts";
import { giveUpNotices } from "../actions/give-up-notices.ts";
import { migrateChat } from "../actions/migrate-chat.ts";
import type { Outgoing, Sent } from "../notices/send.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import type { ChatReader } from "../store/queries/readers.ts";
import { markBlocked } from "../store/writes/blocks.ts";
import { BLOCKED, settleNotices } from "../store/writes/notices.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { giveUpLater, isTriedEnough, putOff } from "./put-off.ts";
import { holdChat, holdTurns } from "./rates.ts";
import { waitForTurn } from "./wait-for-turn.ts";

/** A chat being told something; the signal ends waiting, never a message in hand. */
export type Chat = { chatId: number; reader: ChatReader; signal: AbortSignal };

/** The notices a message stands for. */
export type Notices = readonly Pick<WaitingNotice, "id" | "attempts" | "kind" | "reportId">[];

/**
 * Hands over one message for these notices. What Telegram refuses, delays or cannot deliver is settled here and is a `step`;
 * what arrived is the caller's to mark. `missing`: there was nothing left to edit. `whenRefused` is done instead of giving these up.
 */
export const handOver = async (
  deps: DeliverDeps,
  chat: Chat,
  outgoing: Omit<Outgoing, "chatId">,
  notices: Notices,
  whenRefused?: () => Promise<Step>,
): Promise<Extract<Sent, { kind: "sent" }> | { kind: "missing" } | { kind: "step"; step: Step }> => {
  const cost = outgoing.edit ? 1 : 1 + (outgoing.message.photos?.length ?? 0);
  const waitMs = await waitForTurn(deps, chat, cost);
  if (waitMs > 0) return { kind: "step", step: { afterMs: waitMs } };
  const { chatId } = chat;
  const { store, now, log } = deps;
  const ids = notices.map(({ id }) => id);
  const sent = await deps.send({ ...outgoing, chatId }).catch((err: unknown) => ({ kind: "failed", err }) as const);
  const sendWithoutPictures = (): ReturnType<typeof handOver> => {
    const { photos: _, ...message } = outgoing.message;
    return handOver(deps, chat, { ...outgoing, message }, notices, whenRefused);
  };
  switch (sent.kind) {
    case "sent":
    case "missing":
      return sent;
    case "retry":
      if (sent.afterSeconds !== null) {
        const until = new Date(deps.wireNow().getTime() + sent.afterSeconds * 1000);
        // A person's chat is told at a pace that Telegram takes, so its «too many» means all chats; a group may have been full.
        await (chatId > 0 ? holdTurns(store.db, deps.city, until) : holdChat(store.db, chatId, until));
      }
      return { kind: "step", step: await putOff(deps, notices, sent.afterSeconds, null) };
    case "pictures_away":
      log.warn({ err: sent.cause, notices: ids }, "pictures cannot be read");
      if (!isTriedEnough(notices)) return { kind: "step", step: await putOff(deps, notices, null, null) };
      return sendWithoutPictures();
    case "failed":
      log.error({ err: sent.err, notices: ids }, "a message cannot be sent");
      // One of several that cannot be sent must not take the others with it.
      return { kind: "step", step: await (whenRefused?.() ?? giveUpLater(deps, notices)) };
    case "migrated":
      await migrateChat(deps, chatId, sent.chatId);
      return { kind: "step", step: "more" };
    case "gone":
      log.warn({ reason: sent.reason, group: chatId < 0 }, "nobody to deliver to");
      if (chatId < 0) await giveUpChat(deps, { chatId, noticeIds: ids, failure: sent.words }, now());
      else {
        await store.db.transaction(async (tx) => {
          await markBlocked(tx, chatId, now());
          await settleNotices(tx, ids, { state: "undeliverable", failure: BLOCKED }, now());
        });
      }
      return { kind: "step", step: "more" };
    case "refused": {
      if (outgoing.message.photos !== undefined) {
        // A picture Telegram no longer has must not take the words with it.
        log.warn({ notices: ids, telegram: sent.words }, "sent without pictures");
        return sendWithoutPictures();
      }
      if (whenRefused !== undefined) return { kind: "step", step: await whenRefused() };
      log.error({ notices: ids, telegram: sent.words }, "undeliverable notice");
      await giveUpNotices(deps, notices, sent.words, now());
      return { kind: "step", step: "more" };
    }
  }
};
