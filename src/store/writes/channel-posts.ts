import { and, eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { channelPosts, type ChannelPostRow } from "../schema/channel-posts.ts";

/** Which post: a channel has one of a kind, report and cycle. */
export type PostKey = Pick<ChannelPostRow, "chatId" | "reportId" | "cycle" | "kind">;

/** Remembers a post as it stands in the channel now. */
export const savePost = async (
  db: Db,
  key: PostKey,
  stands: Pick<ChannelPostRow, "messageIds" | "pictures" | "hash">,
  now: Date,
): Promise<void> => {
  await db
    .insert(channelPosts)
    .values({ ...key, ...stands, postedAt: now })
    .onConflictDoUpdate({
      target: [channelPosts.chatId, channelPosts.reportId, channelPosts.cycle, channelPosts.kind],
      set: stands,
    });
};

/** Forgets a post that was taken back. */
export const removePost = async (db: Db, { chatId, reportId, cycle, kind }: PostKey): Promise<void> => {
  await db
    .delete(channelPosts)
    .where(
      and(
        eq(channelPosts.chatId, chatId),
        eq(channelPosts.reportId, reportId),
        eq(channelPosts.cycle, cycle),
        eq(channelPosts.kind, kind),
      ),
    );
};
