/** Several notices of one kind that wait for one chat, told by one message. */
import { renderTogether } from "../notices/together.ts";
import type { ListKind } from "../notices/notices.ts";
import type { OutMessage } from "../notices/message.ts";
import type { ReportView } from "../notices/report-view.ts";
import { isTimely } from "../notices/timely.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import { findReportView } from "../store/queries/report-view.ts";
import { settleNotices } from "../store/writes/notices.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { handOver, type Chat } from "./hand-over.ts";
import { markTold } from "./mark-told.ts";
import { tellNotice } from "./tell.ts";

/**
 * Tells these notices, all of the kind; those that reports have left behind are dropped unsaid, and of several about one report, held up
 * somewhere, all but the newest.
 */
export const tellTogether = async (
  deps: DeliverDeps,
  chat: Chat,
  kind: ListKind,
  notices: readonly [WaitingNotice, ...WaitingNotice[]],
): Promise<Step> => {
  const { db } = deps.store;
  const settle = (settled: readonly WaitingNotice[], state: "sent" | "dropped"): Promise<void> =>
    settleNotices(
      db,
      settled.map(({ id }) => id),
      { state },
      deps.now(),
    );
  const newest = new Map<number, { notice: WaitingNotice; params: unknown; report: ReportView }>();
  const stale: WaitingNotice[] = [];
  for (const notice of notices) {
    const report = notice.reportId === null ? null : await findReportView(db, notice.reportId);
    // A broken row is told, and given up, on its own.
    if (report === null) return tellNotice(deps, chat, notice);
    if (!isTimely(deps.city, { kind, params: notice.params }, report)) stale.push(notice);
    else {
      const overtaken = newest.get(report.id);
      if (overtaken !== undefined) stale.push(overtaken.notice);
      newest.set(report.id, { notice, params: notice.params, report });
    }
  }
  const fresh = [...newest.values()];
  await settle(stale, "dropped");
  const [first, second] = fresh;
  if (first === undefined) return "more";
  if (second === undefined) return tellNotice(deps, chat, first.notice);
  const reading = { i18n: deps.i18n, city: deps.city, locale: chat.reader.locale, now: deps.now() };
  let message: OutMessage;
  try {
    message = renderTogether(reading, kind, fresh);
  } catch {
    return tellNotice(deps, chat, first.notice);
  }
  const told = fresh.map(({ notice }) => notice);
  const handed = await handOver(deps, chat, { message }, told, () => tellNotice(deps, chat, first.notice));
  if (handed.kind === "step") return handed.step;
  await markTold(deps, chat, () => settle(told, "sent"));
  return "more";
};
