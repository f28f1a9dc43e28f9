import { Temporal } from "temporal-polyfill";
import { KEPT_DAYS } from "../report/retention.ts";
import type { Store } from "../store/open.ts";
import { removeBanMarks } from "../store/writes/ban-marks.ts";
import { removeHandledUpdates, removeSettledNotices } from "../store/writes/housekeeping.ts";
import { removePromptsBefore } from "../store/writes/prompts.ts";
import { removeReportMessages } from "../store/writes/report-messages.ts";
import { removeOldDeliveries } from "../store/writes/webhook-deliveries.ts";
import { removeRestedRates } from "../store/writes/rates.ts";

const RESTED_RATE_HOURS = 1;
const DELIVERY_HOURS = 30 * 24;

/** Forgets what the tables promise to forget. `now` is city time, `wireNow` real. */
export const keepHouse = async ({ db }: Store, now: Date, wireNow: Date): Promise<void> => {
  await removeHandledUpdates(db, before(now, KEPT_DAYS.handledUpdates * 24));
  await removeSettledNotices(db, before(now, KEPT_DAYS.settledNotices * 24));
  await removePromptsBefore(db, before(now, KEPT_DAYS.prompts * 24));
  await removeReportMessages(db, before(now, KEPT_DAYS.reportMessages * 24));
  await removeBanMarks(db, now);
  const settledBefore = before(wireNow, DELIVERY_HOURS);
  await removeOldDeliveries(db, { settledBefore, eventsBefore: before(now, DELIVERY_HOURS) });
  await removeRestedRates(db, before(wireNow, RESTED_RATE_HOURS));
};

const before = (moment: Date, hours: number): Date =>
  new Date(Temporal.Instant.fromEpochMilliseconds(moment.getTime()).subtract({ hours }).epochMilliseconds);
