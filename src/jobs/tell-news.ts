/** News of one or several reports that wait for one person together, told by one message. */
import type { Reading } from "../notices/dates.ts";
import { isNoticeKind, ruleOf } from "../notices/notices.ts";
import type { OutMessage } from "../notices/message.ts";
import { isParagraph, isReadable, renderNews, type Piece } from "../notices/news.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import { settleNotices } from "../store/writes/notices.ts";
import { addReportMessages } from "../store/writes/report-messages.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { handOver, type Chat } from "./hand-over.ts";
import { markTold } from "./mark-told.ts";
import { prepareNotice, tellNotice } from "./tell.ts";

/**
 * Tells the first of these notices, which is news, and with it all news that follow: up to the first message that has to stand by itself,
 * so that nothing is told before what came earlier. Cards rewritten in between ring nobody and wait for their turn.
 */
export const tellNews = async (deps: DeliverDeps, chat: Chat, due: readonly WaitingNotice[]): Promise<Step> => {
  const { db } = deps.store;
  const { pieces, message, stale } = await gather(deps, chat, due);
  const staleIds = stale.map(({ id }) => id);
  if (staleIds.length > 0) await settleNotices(db, staleIds, { state: "dropped" }, deps.now());
  const [first, second] = pieces;
  if (first === undefined) {
    const [next] = due;
    return next === undefined || staleIds.includes(next.id) ? "more" : tellNotice(deps, chat, next);
  }
  if (second === undefined || message === null) return tellNotice(deps, chat, first.notice);
  const notices = pieces.map(({ notice }) => notice);
  // One that Telegram does not take must not take the others with it.
  const handed = await handOver(deps, chat, { message }, notices, () => tellNotice(deps, chat, first.notice));
  if (handed.kind === "step") return handed.step;
  if (handed.kind === "missing") throw new Error("A new message has nothing to rewrite");
  const { messageId } = handed;
  const reportIds = new Set(pieces.map(({ reportId }) => reportId));
  await markTold(deps, chat, () =>
    db.transaction(async (tx) => {
      const reportId = reportIds.size === 1 ? first.reportId : null;
      await addReportMessages(tx, { chatId: chat.chatId, messageIds: [messageId], reportId }, deps.now());
      const ids = notices.map(({ id }) => id);
      await settleNotices(tx, ids, { state: "sent" }, deps.now());
    }),
  );
  return "more";
};

type Gathered = {
  pieces: (Piece & { notice: WaitingNotice })[];
  /** What tells them all. */
  message: OutMessage | null;
  stale: WaitingNotice[];
};

/** What can be told together, and what reports have left behind. */
const gather = async (deps: DeliverDeps, chat: Chat, due: readonly WaitingNotice[]): Promise<Gathered> => {
  const gathered: Gathered = { pieces: [], message: null, stale: [] };
  const reading = readingFor(deps, chat);
  for (const notice of due) {
    if (!isNoticeKind(notice.kind)) break;
    const { as, folds } = ruleOf(notice.kind);
    if (as === "edit") continue;
    if (folds !== "news") break;
    const prepared = await prepareNotice(deps, chat, notice);
    if (prepared === "dropped") {
      gathered.stale.push(notice);
      continue;
    }
    // A broken row is told, and given up, on its own.
    const own = prepared === "broken" ? undefined : prepared.outgoing?.message;
    if (prepared === "broken" || own === undefined || !isParagraph(own)) break;
    const pieces = [...gathered.pieces, { reportId: prepared.reportId, message: own, notice }];
    const message = renderTogether(deps, reading, pieces);
    if (message === null || !isReadable(message)) break;
    gathered.pieces = pieces;
    gathered.message = message;
  }
  return gathered;
};

/** Null where they cannot be told together. */
const renderTogether = ({ log }: DeliverDeps, reading: Reading, pieces: Gathered["pieces"]): OutMessage | null => {
  try {
    return renderNews(reading, pieces);
  } catch (err) {
    log.error({ err, notices: pieces.map(({ notice }) => notice.id) }, "news cannot be rendered");
    return null;
  }
};

const readingFor = ({ i18n, city, now }: DeliverDeps, { reader }: Chat): Reading => ({
  i18n,
  city,
  locale: reader.locale,
  now: now(),
});
