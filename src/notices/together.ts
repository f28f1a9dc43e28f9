/** Several notices of one kind said in one message, a line each. */
import { z } from "zod";
import type { Key } from "../i18n/keys.ts";
import { whenInWords } from "./clock-notices.ts";
import type { Reading } from "./dates.ts";
import type { OutMessage } from "./message.ts";
import type { ListKind } from "./notices.ts";
import { topicTitle } from "./report-words.ts";
import type { ReportView } from "./report-view.ts";
import { lines, paragraphs, rich } from "./rich.ts";

/** A list longer than this is read by nobody: the rest is a number. */
export const LINES = 20;

/** The heads of the kinds that can be said together. */
const HEADS: Record<ListKind, Key> = {
  overdue_staff: "clock:overdue.list",
  overdue_escalated: "clock:overdue_escalated.list",
  late_escalated: "clock:late_escalated.list",
};

const DueParams = z.object({ due: z.iso.date() });

/** The one message for several notices of a kind, soonest date first. Throws when a row is broken. */
export const renderTogether = (
  reading: Reading,
  kind: ListKind,
  notices: readonly { params: unknown; report: Pick<ReportView, "id" | "topicId"> }[],
): OutMessage => {
  const { i18n, locale } = reading;
  const items = notices
    .map(({ params, report: { id, topicId } }) => ({ id, topicId, due: DueParams.parse(params).due }))
    .toSorted(bySoonest);
  return {
    text: paragraphs(
      rich(i18n, locale, HEADS[kind], { count: items.length }),
      lines(...itemLines(reading, items, ({ due }) => whenInWords(reading, due)), moreLine(reading, items.length)),
    ),
  };
};

/** The soonest date first. */
export const bySoonest = (a: { id: number; due: string }, b: { id: number; due: string }): number =>
  a.due < b.due ? -1 : a.due > b.due ? 1 : a.id - b.id;

/** A line per report, as many as are read; `what` says why it is in the list. */
export const itemLines = <Item extends { id: number; topicId: string }>(
  reading: Reading,
  items: readonly Item[],
  what: (item: Item) => string,
) =>
  items.slice(0, LINES).map((item) =>
    rich(reading.i18n, reading.locale, "clock:line", {
      number: String(item.id),
      topic: topicTitle(reading, item.topicId),
      what: what(item),
    }),
  );

/** «и ещё 12»; nothing when the list shows all. */
export const moreLine = ({ i18n, locale }: Reading, total: number, shown = LINES): string | null =>
  total > shown ? i18n.t(locale, "clock:more", { count: total - shown }) : null;
