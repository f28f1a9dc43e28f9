/** A notice as the message it becomes, in the reader's language and with the report as it stands now. */
import { z } from "zod";
import * as check from "./check-notices.ts";
import * as clock from "./clock-notices.ts";
import * as agencies from "./agency-notices.ts";
import { renderAnswerCard } from "./answer-card.ts";
import * as people from "./people-notices.ts";
import { renderAuthorCard } from "./author-card.ts";
import { DueParams } from "./date-story.ts";
import { dayInWords, explainDue, type Reading } from "./dates.ts";
import { renderDisputeNotice } from "./dispute-card.ts";
import { renderEditorCard } from "./editor-card.ts";
import type { OutMessage } from "./message.ts";
import * as moderation from "./moderation-notices.ts";
import type { NoticeKind } from "./notices.ts";
import { renderQueueCard } from "./queue-card.ts";
import { agencyName, rejectionInWords, topicTitle } from "./report-words.ts";
import type { ReportView } from "./report-view.ts";
import { renderGoneTask, renderMovedTask, renderTaskCard } from "./task-card.ts";
import { MOST_REPAIRS } from "../report/repair.ts";
import { lines, rich } from "./rich.ts";

/** The message for one notice. Throws when `params`, which are as stored, are not what its kind needs: the row is broken. */
export const renderNotice = (
  reading: Reading,
  notice: { kind: NoticeKind; params: unknown },
  report: ReportView,
): OutMessage => TEXTS[notice.kind](reading, report, notice.params);

type Text = (reading: Reading, report: ReportView, params: unknown) => OutMessage;

const AssignedParams = z.object({ agencyId: z.string(), due: DueParams, reason: z.string().optional() });
const RejectedParams = z.union([
  z.object({ code: z.string(), words: z.null() }),
  z.object({ code: z.null(), words: z.string() }),
]);

const assigned: Text = (reading, report, params) => {
  const { agencyId, due, reason } = AssignedParams.parse(params);
  const { i18n, locale } = reading;
  const agency = agencyName(reading, agencyId);
  return {
    text: lines(
      rich(i18n, locale, "notices:assigned.head", { ...nameOf(reading, report), agency }),
      rich(i18n, locale, "notices:assigned.due", { date: dayInWords(reading, due.to) }),
      rich(i18n, locale, "notices:assigned.why", { explanation: explainDue(reading, due) }),
      reason === undefined ? null : rich(i18n, locale, "notices:assigned.reason", { reason }),
    ),
  };
};

const rejected: Text = (reading, report, params) => {
  const { i18n, locale } = reading;
  const { title, advice } = rejectionInWords(reading, RejectedParams.parse(params));
  return {
    text: lines(
      rich(i18n, locale, "notices:rejected.head", nameOf(reading, report)),
      rich(i18n, locale, "notices:rejected.reason", { reason: title }),
      // The city's advice already says to send it again.
      report.repairs >= MOST_REPAIRS ? null : (advice ?? rich(i18n, locale, "notices:rejected.again")),
      moderation.returnLine(reading, report),
    ),
    buttons: moderation.returnButtons(reading, report),
  };
};

const TEXTS: Record<NoticeKind, Text> = {
  received: renderAuthorCard,
  author_card: renderAuthorCard,
  assigned,
  rejected,
  queue_card: renderQueueCard,
  queue_again: renderQueueCard,
  question: moderation.question,
  replied_officers: moderation.replied,
  merged: moderation.merged,
  merged_followers: moderation.mergedForFollowers,
  unmerged: moderation.unmerged,
  unmerged_followers: moderation.unmergedForFollowers,
  undone: moderation.undone,
  banned: moderation.banned,
  unbanned: moderation.unbanned,
  queue_decided: renderEditorCard,
  reply_reminder: clock.replyReminder,
  wait_ended: clock.waitEnded,
  wait_ended_officers: clock.waitEndedForOfficers,
  due_reminder: clock.dueReminder,
  overdue: clock.overdue,
  overdue_staff: clock.overdueForStaff,
  overdue_escalated: clock.overdueEscalated,
  late_escalated: clock.lateEscalated,
  check_reminder: clock.checkReminder("until"),
  check_last_reminder: clock.checkReminder("last"),
  answer_published: check.answerPublished,
  answer_followed: check.answerFollowed,
  check_invited: check.checkInvited,
  disputed: check.disputed,
  disputed_officers: check.disputedForOfficers,
  dispute_card: renderDisputeNotice,
  dispute_decided: renderDisputeNotice,
  reopened: check.reopened,
  reopened_officers: check.reopenedForOfficers,
  closed: check.closed,
  closed_followers: check.closedForFollowers,
  closed_officers: check.closedForOfficers,
  added_editors: people.added,
  added_officers: people.added,
  added_judges: people.added,
  withdrawn_officers: people.withdrawn,
  withdrawn_followers: people.withdrawn,
  task_gone: renderGoneTask,
  task_moved: renderMovedTask,
  task_card: renderTaskCard,
  task_returned: renderTaskCard,
  task_changed: renderTaskCard,
  answer_card: renderAnswerCard,
  answer_decided: renderEditorCard,
  postponed: agencies.postponed,
  rerouted: agencies.rerouted,
};

const nameOf = (reading: Reading, report: ReportView) => ({
  number: String(report.id),
  topic: topicTitle(reading, report.topicId),
});
