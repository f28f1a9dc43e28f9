import { check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { POST_KINDS } from "../../report/post.ts";
import { moment, reference, telegramId } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { reports } from "./reports.ts";

/**
 * What stands in a channel of a report, so that it is rewritten, or taken back, as the report changes. Written and read by the delivery;
 * one or two rows a report and cycle.
 */
export const channelPosts = pgTable(
  "channel_posts",
  {
    chatId: telegramId().notNull(),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    cycle: integer().notNull(),
    kind: text({ enum: POST_KINDS }).notNull(),
    /** The messages, the one with the words first; none once somebody removed them in the channel. */
    messageIds: integer().array().notNull(),
    /** Our copies of the photos it shows, in order. */
    pictures: text().array().notNull(),
    /** The hash of its words, so that it is rewritten only when they have changed. */
    hash: text().notNull(),
    postedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.chatId, t.reportId, t.cycle, t.kind] }),
    check("channel_posts_kind", isOneOf(t.kind, POST_KINDS)),
  ],
);

/** A post as it is stored. */
export type ChannelPostRow = typeof channelPosts.$inferSelect;
