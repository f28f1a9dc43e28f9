/** News of one or several reports that wait for one person together, told by one message. */
import { isNoticeKind, ruleOf } from "../notices/notices.ts";
import { isParagraph, isReadable, renderNews, type Piece } from "../notices/news.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import { settleNotices } from "../store/writes/notices.ts";
import { addReportMessages } from "../store/writes/report-messages.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { handOver, type Chat } from "./hand-over.ts";
import { prepareNotice, tellNotice } from "./tell.ts";

/**
 * Tells the first of these notices, which is news, and with it all news that follow: up to the first message that has to stand by itself,
 * so that nothing is told before what came earlier. Cards rewritten in between ring nobody and wait for their turn.
 */
export const tellNews = async (deps: DeliverDeps, chat: Chat, due: readonly WaitingNotice[]): Promise<Step> => {
  const { db } = deps.store;
  const { pieces, stale } = await gather(deps, chat, due);
  const staleIds = stale.map(({ id }) => id);
  if (staleIds.length > 0) await settleNotices(db, staleIds, { state: "dropped" }, deps.now());
  const [first, second] = pieces;
  if (first === undefined) {
    const [next] = due;
    return next === undefined || staleIds.includes(next.id) ? "more" : tellNotice(deps, chat, next);
  }
  if (second === undefined) return tellNotice(deps, chat, first.notice);
  const message = renderNews(readingFor(deps, chat), pieces);
  const notices = pieces.map(({ notice }) => notice);
  // One that Telegram does not take must not take the others with it.
  const handed = await handOver(deps, chat, { message }, notices, () => tellNotice(deps, chat, first.notice));
  if (handed.kind === "step") return handed.step;
  if (handed.kind === "missing") throw new Error("A new message has nothing to rewrite");
  const { messageId } = handed;
  const reportIds = new Set(pieces.map(({ reportId }) => reportId));
  await db.transaction(async (tx) => {
    const reportId = reportIds.size === 1 ? first.reportId : null;
    await addReportMessages(tx, { chatId: chat.chatId, messageIds: [messageId], reportId }, deps.now());
    const ids = notices.map(({ id }) => id);
    await settleNotices(tx, ids, { state: "sent" }, deps.now());
  });
  return "more";
};

type Gathered = { pieces: (Piece & { notice: WaitingNotice })[]; stale: WaitingNotice[] };

/** What can be told together, and what reports have left behind. */
const gather = async (deps: DeliverDeps, chat: Chat, due: readonly WaitingNotice[]): Promise<Gathered> => {
  const gathered: Gathered = { pieces: [], stale: [] };
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
    const message = prepared === "broken" ? undefined : prepared.outgoing?.message;
    if (prepared === "broken" || message === undefined || !isParagraph(message)) break;
    const pieces = [...gathered.pieces, { reportId: prepared.reportId, message, notice }];
    if (!isReadable(renderNews(reading, pieces))) break;
    gathered.pieces = pieces;
  }
  return gathered;
};

const readingFor = ({ i18n, city, now }: DeliverDeps, { reader }: Chat) => ({
  i18n,
  city,
  locale: reader.locale,
  now: now(),
});
