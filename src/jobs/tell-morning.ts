/** The reminders of dates that come near and the agency's digest of that morning, told by one message. */
import { z } from "zod";
import { readDigest } from "../notices/digest.ts";
import type { OutMessage } from "../notices/message.ts";
import { renderMorning } from "../notices/morning.ts";
import { isNoticeKind, ruleOf } from "../notices/notices.ts";
import { placeInWords, withoutExactPoint } from "../notices/report-words.ts";
import type { Status } from "../report/status.ts";
import { listStanding } from "../store/queries/digests.ts";
import type { WaitingNotice } from "../store/queries/due-notices.ts";
import { settleNotices } from "../store/writes/notices.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import { handOver, type Chat } from "./hand-over.ts";
import { markTold } from "./mark-told.ts";
import { giveUpLater } from "./put-off.ts";
import { tellNotice } from "./tell.ts";

const DIGEST = "digest_agency";

const Reminder = z.object({ due: z.iso.date() });

/** Whether a notice belongs to an agency's morning. */
export const isMorning = (kind: string): boolean => kind === DIGEST || isReminder(kind);

const isReminder = (kind: string): boolean => isNoticeKind(kind) && ruleOf(kind).folds === "morning";

/**
 * Tells the first of these notices, which belongs to an agency's morning, and with it whatever else of that morning waits for the chat. A
 * reminder that is alone comes as the message it is. What was answered meanwhile is dropped unsaid; of several digests, and of several
 * reminders of one report, held up somewhere, all but the newest are.
 */
export const tellMorning = async (
  deps: DeliverDeps,
  chat: Chat,
  first: WaitingNotice,
  due: readonly WaitingNotice[],
): Promise<Step> => {
  const { store, i18n, city, now, log } = deps;
  const { digests, reminders, all } = gather(first, due);
  // A broken row is told, and given up, on its own.
  if (!all.includes(first)) return first.kind === DIGEST ? giveUpLater(deps, [first]) : tellNotice(deps, chat, first);
  const digest = digests.at(-1) ?? null;
  const missed = digest?.params.sections.flatMap(({ items }) => items) ?? [];
  const standing = await listStanding(
    store.db,
    [...reminders, ...missed].map(({ id }) => id),
  );
  const coming = [...new Map(reminders.map((reminder) => [reminder.id, reminder])).values()].flatMap((reminder) => {
    const report = standing.get(reminder.id);
    return report !== undefined && isInWork(report.status) ? [{ ...reminder, topicId: report.topicId }] : [];
  });
  const told = [...coming, ...(digest === null ? [] : [digest])].map(({ notice }) => notice);
  const settle = (notices: readonly WaitingNotice[], state: "sent" | "dropped"): Promise<void> =>
    settleNotices(
      store.db,
      notices.map(({ id }) => id),
      { state },
      now(),
    );
  await settle(
    all.filter((notice) => !told.includes(notice)),
    "dropped",
  );
  const [reminder] = coming;
  if (told.length === 0) return "more";
  if (told.length === 1 && reminder !== undefined) return tellNotice(deps, chat, reminder.notice);
  const reading = { i18n, city, locale: chat.reader.locale, now: now() };
  const places = new Map(
    [...standing].map(([id, report]) => [id, placeInWords(reading, withoutExactPoint(reading, report))]),
  );
  const agencyId = agencyOf(first);
  const whenRefused = reminder && (() => tellNotice(deps, chat, reminder.notice));
  let message: OutMessage;
  try {
    message = renderMorning(reading, { agencyId, coming, digest: digest?.params ?? null }, places);
  } catch (err) {
    log.error({ err, notices: told.map(({ id }) => id) }, "a morning cannot be rendered");
    return whenRefused?.() ?? giveUpLater(deps, told);
  }
  const handed = await handOver(deps, chat, { message }, told, whenRefused);
  if (handed.kind === "step") return handed.step;
  await markTold(deps, chat, () => settle(told, "sent"));
  return "more";
};

/** What waits of the same agency's morning and can be read. */
const gather = (first: WaitingNotice, due: readonly WaitingNotice[]) => {
  const ofMorning = due.filter((notice) => isMorning(notice.kind) && agencyOf(notice) === agencyOf(first));
  const digests = ofMorning.flatMap((notice) => {
    const params = notice.kind === DIGEST ? readDigest(notice.params) : null;
    return params === null ? [] : [{ notice, params }];
  });
  const reminders = ofMorning.flatMap((notice) => {
    const params = notice.kind === DIGEST ? undefined : Reminder.safeParse(notice.params).data;
    return params === undefined || notice.reportId === null ? [] : [{ notice, id: notice.reportId, due: params.due }];
  });
  return { digests, reminders, all: [...digests, ...reminders].map(({ notice }) => notice) };
};

const agencyOf = ({ kind, params, agencyId }: WaitingNotice): string | null =>
  kind === DIGEST ? (readDigest(params)?.agencyId ?? null) : agencyId;

const isInWork = (status: Status): boolean => ruleOf("due_reminder").whileIn?.includes(status) ?? true;
