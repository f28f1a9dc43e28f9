/**
 * Telling a chat what waits for it, in order and at least once: a crash between Telegram's yes and our mark may repeat a message,
 * never lose one. What cannot be delivered is a state of the notice, never of a job.
 */
import type { City } from "../city/schema.ts";
import type { I18n } from "../i18n/i18n.ts";
import type { Log } from "../log.ts";
import { CHANNEL_DAY } from "../notices/channel-day.ts";
import { CHANNEL_POST } from "../notices/channel-post.ts";
import { isDigestKind, renderDigest } from "../notices/digest.ts";
import { mayHear, rolesToHear } from "../notices/hearers.ts";
import { isListKind, isNoticeKind, ruleOf } from "../notices/notices.ts";
import type { Send } from "../notices/send.ts";
import { isStaffNews, renderStaffNews } from "../notices/staff-news.ts";
import { listOvertaken } from "../notices/timely.ts";
import type { Store } from "../store/open.ts";
import { listDueNotices, type WaitingNotice } from "../store/queries/due-notices.ts";
import { listGrantsOfChat } from "../store/queries/grants.ts";
import { findReader } from "../store/queries/readers.ts";
import { settleNotices } from "../store/writes/notices.ts";
import { settleUnreachable } from "../store/writes/unreachable.ts";
import { renderChannelDay } from "./channel-day.ts";
import { FOLD_FROM, foldQueueCards } from "./fold.ts";
import { tellApart } from "./tell-apart.ts";
import { isMorning, tellMorning } from "./tell-morning.ts";
import { tellNews } from "./tell-news.ts";
import { tellNotice } from "./tell.ts";
import { tellPost } from "./tell-post.ts";
import { tellTogether } from "./tell-together.ts";

export type DeliverDeps = {
  store: Store;
  city: City;
  i18n: I18n;
  send: Send;
  /** City time: what is due. */
  now: () => Date;
  /** Wire time, always real: rates and retries. */
  wireNow: () => Date;
  log: Log;
  /** Where the pages are, without a slash at the end; null, or not given: nobody knows, and no post leads there. */
  publicUrl?: string | null;
  /** Nobody waits at Telegram's pace: for a messenger that takes anything. */
  isHurried?: boolean;
};

/** What one step came to: look for more at once, look again after so many ms of wire time, or there is nothing to tell. */
export type Step = "more" | "nothing" | { afterMs: number };

/** So many steps, or so long (wire time), and the next chat is let in. */
const STEPS = 20;
const LONGEST_MS = 5000;

/** So many notices are looked at together: folding sees no more of them at once. */
const BATCH = 200;

/** Tells a chat what is due; the ms (wire time) after which it has to be looked at again, null when nothing waits for that. */
export const deliverChat = async (deps: DeliverDeps, chatId: number, signal: AbortSignal): Promise<number | null> => {
  const until = deps.wireNow().getTime() + LONGEST_MS;
  for (let left = STEPS; left > 0 && !signal.aborted && deps.wireNow().getTime() < until; left -= 1) {
    const step = await deliverNext(deps, chatId, signal);
    if (step === "nothing") return null;
    if (step !== "more") return step.afterMs;
  }
  return 0;
};

const deliverNext = async (deps: DeliverDeps, chatId: number, signal: AbortSignal): Promise<Step> => {
  const { db } = deps.store;
  const due = await listDueNotices(db, chatId, deps.now(), BATCH);
  const [first] = due;
  if (first === undefined) return "nothing";
  const ids = due.map(({ id }) => id);
  const reader = await findReader(db, chatId);
  if (reader === null) {
    await settleNotices(db, ids, { state: "dropped" }, deps.now(), chatId);
    return "more";
  }
  if (reader.unreachable !== null) {
    await settleUnreachable(db, chatId, ids, deps.now());
    return "more";
  }
  const unheard = reader.kind === "group" ? [] : await listUnheard(deps, chatId, due);
  const unsaid = [...unheard, ...listOvertaken(due)];
  if (unsaid.length > 0) {
    await settleNotices(db, unsaid, { state: "dropped" }, deps.now());
    return "more";
  }
  const waitMs = first.retryAt === null ? 0 : first.retryAt.getTime() - deps.wireNow().getTime();
  if (waitMs > 0) return { afterMs: waitMs };
  const cards = due.filter(({ kind }) => isNoticeKind(kind) && ruleOf(kind).folds === "queue");
  const chat = { chatId, reader, signal };
  if (cards.length >= FOLD_FROM) return foldQueueCards(deps, chat, cards);
  const { kind } = first;
  if (kind === CHANNEL_POST) return tellPost(deps, chat, first);
  if (kind === CHANNEL_DAY) return tellApart(deps, chat, first, (reading) => renderChannelDay(reading, first.params));
  if (isMorning(kind)) return tellMorning(deps, chat, first, due);
  if (isDigestKind(kind)) {
    return tellApart(deps, chat, first, (reading) => renderDigest(reading, kind, first.params));
  }
  if (isStaffNews(kind)) {
    return tellApart(deps, chat, first, (reading) => renderStaffNews(reading, kind, first.params));
  }
  if (!isNoticeKind(kind)) return tellNotice(deps, chat, first);
  if (isListKind(kind)) {
    return tellTogether(deps, chat, kind, [first, ...due.slice(1).filter((notice) => notice.kind === kind)]);
  }
  return ruleOf(kind).folds === "news" ? tellNews(deps, chat, due) : tellNotice(deps, chat, first);
};

/** What a person is not to hear: it was meant for staff, and they have lost the role since. */
const listUnheard = async (
  { store }: DeliverDeps,
  chatId: number,
  due: readonly WaitingNotice[],
): Promise<number[]> => {
  const forStaff = due.filter(({ kind }) => rolesToHear(kind) !== null);
  if (forStaff.length === 0) return [];
  const grants = await listGrantsOfChat(store.db, chatId);
  return forStaff.filter((notice) => !mayHear(grants, notice)).map(({ id }) => id);
};
