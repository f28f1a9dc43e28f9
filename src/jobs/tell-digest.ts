import { renderDigest, type DigestNotice } from "../notices/digest.ts";
import type { OutMessage } from "../notices/message.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import { settleNotices } from "../store/writes/notices.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { handOver, type Chat } from "./hand-over.ts";
import { giveUpLater } from "./tell.ts";

/** Tells a digest in its reader's language of this moment. */
export const tellDigest = async (
  deps: DeliverDeps,
  chat: Chat,
  notice: WaitingNotice,
  kind: DigestNotice,
): Promise<Step> => {
  const { i18n, city, now, log, store } = deps;
  let message: OutMessage;
  try {
    message = renderDigest({ i18n, city, locale: chat.reader.locale, now: now() }, kind, notice.params);
  } catch (err) {
    log.error({ err, notice: notice.id, kind }, "digest cannot be rendered");
    return giveUpLater(deps, notice);
  }
  const handed = await handOver(deps, chat, { message }, [notice]);
  if (handed.kind === "step") return handed.step;
  await settleNotices(store.db, [notice.id], { state: "sent" }, now());
  return "more";
};
