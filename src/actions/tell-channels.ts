import { CHANNEL_POST } from "../notices/channel-post.ts";
import type { EventKind } from "../report/event.ts";
import { freshPostOf } from "../report/post.ts";
import type { Tx } from "../store/open.ts";
import { listChannels } from "../store/queries/channel-posts.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addNotices } from "../store/writes/notices.ts";

/** Has every bound channel look at the report after this event: the channels to wake. What they say is decided when they look. */
export const tellChannels = async (
  tx: Tx,
  { id: reportId, version, cycle }: Pick<ReportRow, "id" | "version" | "cycle">,
  kind: EventKind,
  now: Date,
): Promise<number[]> => {
  const fresh = freshPostOf(kind);
  if (fresh === undefined) return [];
  const channels = await listChannels(tx);
  const notices = channels.map((chatId) => ({
    chatId,
    residentId: null,
    reportId,
    kind: CHANNEL_POST,
    params: { cycle, fresh },
    // The version does not stand where the notices of a decision have theirs: nothing has to be taken back that looks anew by itself.
    dedupeKey: [CHANNEL_POST, reportId, kind, version, chatId, now.getTime()].join(":"),
    dueAt: now,
  }));
  await addNotices(tx, notices, now);
  return channels;
};
