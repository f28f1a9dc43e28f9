import { Temporal } from "temporal-polyfill";
import type { Store } from "../store/open.ts";
import { removeBanMarks } from "../store/writes/ban-marks.ts";
import { removeHandledUpdates, removeSettledNotices } from "../store/writes/housekeeping.ts";
import { removePromptsBefore } from "../store/writes/prompts.ts";
import { removeReportMessages } from "../store/writes/report-messages.ts";
import { removeOldDeliveries } from "../store/writes/webhook-deliveries.ts";
import { removeRestedRates } from "../store/writes/rates.ts";

/** Telegram repeats an update for a day at most; two are kept. */
const HANDLED_UPDATE_HOURS = 48;
const SETTLED_NOTICE_HOURS = 90 * 24;
const PROMPT_HOURS = 7 * 24;
const REPORT_MESSAGE_HOURS = 366 * 24;
const RESTED_RATE_HOURS = 1;
const DELIVERY_HOURS = 30 * 24;

/** Forgets what the tables promise to forget. `now` is city time, `wireNow` real. */
export const keepHouse = async ({ db }: Store, now: Date, wireNow: Date): Promise<void> => {
  await removeHandledUpdates(db, before(now, HANDLED_UPDATE_HOURS));
  await removeSettledNotices(db, before(now, SETTLED_NOTICE_HOURS));
  await removePromptsBefore(db, before(now, PROMPT_HOURS));
  await removeReportMessages(db, before(now, REPORT_MESSAGE_HOURS));
  await removeBanMarks(db, now);
  const settledBefore = before(wireNow, DELIVERY_HOURS);
  await removeOldDeliveries(db, { settledBefore, eventsBefore: before(now, DELIVERY_HOURS) });
  await removeRestedRates(db, before(wireNow, RESTED_RATE_HOURS));
};

const before = (moment: Date, hours: number): Date =>
  new Date(Temporal.Instant.fromEpochMilliseconds(moment.getTime()).subtract({ hours }).epochMilliseconds);
