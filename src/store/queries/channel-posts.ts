import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { PUBLIC_KINDS, type PublicKind } from "../../report/answer.ts";
import type { EventData } from "../../report/event.ts";
import type { ConfirmedBy } from "../../report/verdict.ts";
import type { Db } from "../db.ts";
import { answers } from "../schema/answers.ts";
import { channelPosts, type ChannelPostRow } from "../schema/channel-posts.ts";
import { chats } from "../schema/chats.ts";
import { events } from "../schema/events.ts";
import { reports, type ReportRow } from "../schema/reports.ts";
import { listOwnCopies, type OwnCopy } from "./photos.ts";

/** The bound channels. */
export const listChannels = async (db: Db): Promise<number[]> => {
  const found = await db.select({ chatId: chats.chatId }).from(chats).where(eq(chats.purpose, "channel"));
  return found.map(({ chatId }) => chatId);
};

/** What stands in a channel of a report, oldest cycle first. */
export const listPosts = (db: Db, chatId: number, reportId: number): Promise<ChannelPostRow[]> =>
  db
    .select()
    .from(channelPosts)
    .where(and(eq(channelPosts.chatId, chatId), eq(channelPosts.reportId, reportId)))
    .orderBy(asc(channelPosts.cycle), asc(channelPosts.kind));

/** What the public may read of a cycle's answer; nothing in it names anybody. */
export type StoredPost = Pick<
  ReportRow,
  | ("id" | "status" | "outcome" | "cycle" | "topicId" | "lat" | "lon" | "address")
  | ("dueAt" | "handlingDueAt" | "firstDueAt" | "postponements")
> & {
  answer: {
    kind: PublicKind;
    agencyId: string;
    words: string;
    sentAt: Date;
    isInTime: boolean;
  };
  confirmedBy: ConfirmedBy | null;
  /** Our copies of a photo from before and one from the answer, as far as there are any. */
  pictures: string[];
  /** A photo is still on its way to us. */
  isWaiting: boolean;
};

/** The report with the published answer of this cycle; null where none is published (any more). */
export const findPostContent = async (db: Db, reportId: number, cycle: number): Promise<StoredPost | null> => {
  const [report] = await db.select().from(reports).where(eq(reports.id, reportId));
  const [answer] = await db
    .select()
    .from(answers)
    .where(
      and(
        eq(answers.reportId, reportId),
        eq(answers.cycle, cycle),
        eq(answers.state, "accepted"),
        inArray(answers.kind, [...PUBLIC_KINDS]),
      ),
    )
    .orderBy(desc(answers.id))
    .limit(1);
  if (report === undefined || answer === undefined) return null;
  const { agencyId, words, sentAt } = answer;
  const told = await listTold(db, reportId);
  const answered = told.find(({ kind, data }) => kind === "answered" && data["answerId"] === answer.id);
  const closed = told.findLast(({ kind, data }) => kind === "closed" && data["cycle"] === cycle);
  const before = await listOwnCopies(db, { reportId });
  const after = await listOwnCopies(db, { answerId: answer.id });
  return {
    ...report,
    answer: {
      ...{ agencyId, words, sentAt },
      kind: answer.kind === "cannot_fix" ? "cannot_fix" : "fixed",
      // record() takes nothing else for the data of its kind.
      isInTime: (answered?.data as EventData["answered"] | undefined)?.isInTime ?? true,
    },
    confirmedBy: (closed?.data as EventData["closed"] | undefined)?.by ?? null,
    pictures: [...firstShown(before), ...firstShown(after)],
    isWaiting: [...before, ...after].some(({ state, isHidden }) => state === "pending" && !isHidden),
  };
};

const listTold = (db: Db, reportId: number) =>
  db
    .select({ kind: events.kind, data: events.data })
    .from(events)
    .where(and(eq(events.reportId, reportId), inArray(events.kind, ["answered", "closed"])))
    .orderBy(asc(events.id));

const firstShown = (copies: readonly OwnCopy[]): string[] => {
  const shown = copies.find(({ state, isHidden }) => state === "stored" && !isHidden);
  return shown?.state === "stored" ? [shown.storedAs] : [];
};
