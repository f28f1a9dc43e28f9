/**
 * A channel's posts of a report, brought to what the report is now: sent, rewritten, or taken back. What a notice asks for is only that they
 * are looked at, so however many wait, and however late, the channel ends up right.
 */
import { createHash } from "node:crypto";
import { PostParams, renderPost, TAKEN_BACK, toPictures } from "../notices/channel-post.ts";
import type { OutMessage } from "../notices/message.ts";
import type { PostKind } from "../report/post.ts";
import { outOfTheNight } from "../report/when-told.ts";
import { findPostContent, listPosts, type StoredPost } from "../store/queries/channel-posts.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import type { ChannelPostRow } from "../store/schema/channel-posts.ts";
import { removePost, savePost, type PostKey } from "../store/writes/channel-posts.ts";
import { settleNotices } from "../store/writes/notices.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { handOver, type Chat } from "./hand-over.ts";
import { markTold } from "./mark-told.ts";
import { giveUpLater, putOff } from "./put-off.ts";

/** So often, and so long each time, a new post waits for our own copies of its photos; then it goes out with those that are there. */
const PHOTO_TRIES = 4;
const PHOTO_SECONDS = 30;

/** Looks at the posts of the notice's report. */
export const tellPost = async (deps: DeliverDeps, chat: Chat, notice: WaitingNotice): Promise<Step> => {
  const { db } = deps.store;
  const { chatId } = chat;
  const { reportId } = notice;
  const params = PostParams.safeParse(notice.params);
  if (reportId === null || !params.success) return giveUpLater(deps, [notice]);
  const { cycle, fresh } = params.data;
  const standing = await listPosts(db, chatId, reportId);
  for (const post of standing) {
    const step = await refresh(deps, chat, notice, post);
    if (step !== null) return step;
  }
  const isKnown = standing.some((post) => post.cycle === cycle && post.kind === fresh);
  if (fresh !== null && !isKnown) {
    const step = await sendFresh(deps, chat, notice, { chatId, reportId, cycle, kind: fresh }, standing);
    if (step !== null) return step;
  }
  await settleNotices(db, [notice.id], { state: "sent" }, deps.now());
  return "more";
};

/** Null once there is nothing left to do with this post. */
const refresh = async (
  deps: DeliverDeps,
  chat: Chat,
  notice: WaitingNotice,
  post: ChannelPostRow,
): Promise<Step | null> => {
  const { db } = deps.store;
  const content = await findPostContent(db, post.reportId, post.cycle);
  const isSame = content !== null && content.pictures.join() === post.pictures.join();
  if (content === null || !isSame) {
    // Whoever removed it in the channel wants it gone as it was: what replaced it would be another post.
    if (content !== null && post.messageIds.length === 0) return null;
    if (post.messageIds.length > 0) {
      const removal = { message: TAKEN_BACK, remove: post.messageIds };
      const handed = await handOver(deps, chat, removal, [notice]);
      if (handed.kind === "step") return handed.step;
    }
    await removePost(db, post);
    return content === null ? null : send(deps, chat, notice, post, content, { isQuiet: true });
  }
  const words = wordsOf(deps, chat, notice, post, content);
  if (words === null) return giveUpLater(deps, [notice]);
  const { text, hash } = words;
  const [messageId] = post.messageIds;
  if (hash === post.hash || messageId === undefined) return null;
  const edit = { messageId, whenGone: "nothing", isCaption: post.pictures.length > 0 } as const;
  const handed = await handOver(deps, chat, { message: { text, isPost: true }, edit }, [notice]);
  if (handed.kind === "step") return handed.step;
  const messageIds = handed.kind === "missing" ? [] : post.messageIds;
  await markTold(deps, chat, () => savePost(db, post, { messageIds, pictures: post.pictures, hash }, deps.now()));
  return null;
};

const sendFresh = async (
  deps: DeliverDeps,
  chat: Chat,
  notice: WaitingNotice,
  key: PostKey,
  standing: readonly ChannelPostRow[],
): Promise<Step | null> => {
  const content = await findPostContent(deps.store.db, key.reportId, key.cycle);
  if (content === null || !isWorthPosting(key, content)) return null;
  if (content.isWaiting && notice.attempts < PHOTO_TRIES) return putOff(deps, [notice], PHOTO_SECONDS, null);
  const answer = standing.find(({ cycle, kind }) => cycle === key.cycle && kind === "answer");
  const [repliesTo] = answer?.messageIds ?? [];
  return send(deps, chat, notice, key, content, repliesTo === undefined ? {} : { repliesTo });
};

const isWorthPosting = ({ cycle, kind }: { cycle: number; kind: PostKind }, content: StoredPost): boolean =>
  content.cycle === cycle && (kind === "answer" || content.outcome === "confirmed");

const send = async (
  deps: DeliverDeps,
  chat: Chat,
  notice: WaitingNotice,
  { chatId, reportId, cycle, kind }: PostKey,
  content: StoredPost,
  how: Pick<OutMessage, "isQuiet" | "repliesTo">,
): Promise<Step | null> => {
  const words = wordsOf(deps, chat, notice, { cycle, kind }, content);
  if (words === null) return giveUpLater(deps, [notice]);
  const { text, hash } = words;
  const { pictures } = content;
  const isNight = outOfTheNight(deps.city, deps.now()) > deps.now();
  const photos = pictures.length === 0 ? {} : { photos: toPictures(pictures) };
  const message: OutMessage = { text, ...photos, isPost: true, isQuiet: isNight, ...how };
  const handed = await handOver(deps, chat, { message }, [notice]);
  if (handed.kind === "step") return handed.step;
  if (handed.kind === "missing") throw new Error("A new post has nothing to rewrite");
  const messageIds = [handed.messageId, ...(handed.pictureIds ?? [])];
  // Telegram may have taken the words alone.
  const shown = messageIds.length === Math.max(1, pictures.length) ? pictures : [];
  const key = { chatId, reportId, cycle, kind };
  await markTold(deps, chat, () => savePost(deps.store.db, key, { messageIds, pictures: shown, hash }, deps.now()));
  return null;
};

/** Null where our own program cannot word it. */
const wordsOf = (
  { i18n, city, now, log, publicUrl = null }: DeliverDeps,
  { reader }: Chat,
  notice: WaitingNotice,
  post: { cycle: number; kind: PostKind },
  content: StoredPost,
) => {
  const reading = { i18n, city, locale: reader.locale, now: now() };
  const link = publicUrl === null ? null : `${publicUrl}/r/${content.id}`;
  try {
    const text = renderPost(reading, post, content, link);
    const hash = createHash("sha256")
      .update(JSON.stringify([text.rawText, text.rawEntities]))
      .digest("hex");
    return { text, hash };
  } catch (err) {
    log.error({ err, notice: notice.id, kind: notice.kind }, "notice cannot be rendered");
    return null;
  }
};
