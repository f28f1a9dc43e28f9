/** `/health` and `/retry`: how delivery stands, and trying once more what could not be delivered. */
import { toDate, toInstant } from "../../city/instant.ts";
import { retryNotices } from "../../actions/retry-notices.ts";
import { momentInWords } from "../../notices/dates.ts";
import { failureInWords } from "../../notices/failure.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { stuckBefore } from "../../report/digest.ts";
import { findHealth, type Health } from "../../store/queries/health.ts";
import { listSystemTrouble } from "../../store/queries/relays.ts";
import { agencyName } from "../../notices/report-words.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";

/** After an outage everything is told within ten minutes; what waits longer has another cause. */
const LATE_MINUTES = 15;

/** What could not be delivered longer ago was told already, and is listed without alarm. */
const FRESH_HOURS = 24;

/** Says how delivery stands, and first of all whether anybody has to do something. */
export const showHealth = async (ctx: BotContext): Promise<unknown> => {
  const reading = readingOf(ctx);
  const now = toInstant(reading.now);
  const health = await findHealth(ctx.store.db, {
    now: reading.now,
    toldSince: toDate(now.subtract({ hours: 1 })),
    stuckBefore: stuckBefore(reading.now),
  });
  const systems = await listSystemTrouble(ctx.store.db);
  const isSystemWell = systems.failing.length + systems.refused === 0;
  const limits = {
    lateBefore: toDate(now.subtract({ minutes: LATE_MINUTES })),
    freshAfter: toDate(now.subtract({ hours: FRESH_HOURS })),
  };
  return ctx.say({
    text: paragraphs(
      ctx.rich(isWell(health, limits) && isSystemWell ? "health:well" : "health:unwell"),
      waitingInWords(ctx, health),
      undeliveredInWords(ctx, health),
      lines(
        health.stuck === 0 ? null : ctx.t("clock:digest.stuck", { count: health.stuck }),
        health.failedJobs === 0 ? null : ctx.t("clock:digest.failed_jobs", { count: health.failedJobs }),
      ),
      systemsInWords(ctx, systems),
    ),
  });
};

/** Lets the undeliverable wait anew and says how many that were. */
export const retry = async (ctx: BotContext): Promise<unknown> => {
  const done = await retryNotices(ctx, { actorId: ctx.resident.id }, ctx.now());
  if (!done.ok) return ctx.tell("people:staff.not_allowed");
  return done.count === 0 ? ctx.tell("health:retry.none") : ctx.tell("health:retry.done", { count: done.count });
};

const isWell = (
  { waitingSince, reasons, stuck, failedJobs }: Health,
  { lateBefore, freshAfter }: { lateBefore: Date; freshAfter: Date },
): boolean => {
  const isLate = waitingSince !== null && waitingSince <= lateBefore;
  const isFailing = reasons.some(({ lastAt }) => lastAt !== null && lastAt > freshAfter);
  return !isLate && !isFailing && stuck + failedJobs === 0;
};

const waitingInWords = (ctx: BotContext, health: Health) => {
  const { waitingSince, blockedChats: chats, waitingForBlocked } = health;
  return lines(
    waitingSince === null
      ? ctx.rich("health:waiting.none")
      : ctx.rich("health:waiting.now", {
          size: String(health.waiting),
          since: momentInWords(readingOf(ctx), waitingSince),
        }),
    health.putOff === 0 ? null : ctx.rich("health:waiting.put_off", { size: String(health.putOff) }),
    health.later === 0 ? null : ctx.rich("health:waiting.later", { size: String(health.later) }),
    ctx.rich("health:told", { size: String(health.toldLately) }),
    chats === 0 ? null : ctx.rich("health:blocked", { chats: String(chats), size: String(waitingForBlocked) }),
  );
};

/** Of agencies' own systems nothing is said where all of them work. */
const systemsInWords = (
  ctx: BotContext,
  { failing, waiting, refused }: Awaited<ReturnType<typeof listSystemTrouble>>,
) =>
  lines(
    ...failing.map(({ agencyId, failure }) =>
      ctx.rich("relay:health.failing", {
        agency: agencyName(readingOf(ctx), agencyId, "shortName"),
        failure: failure ?? "",
      }),
    ),
    waiting === 0 ? null : ctx.t("relay:health.waiting", { count: waiting }),
    refused === 0 ? null : ctx.t("relay:health.refused", { count: refused }),
  );

const undeliveredInWords = (ctx: BotContext, { undelivered, reasons }: Health) => {
  if (undelivered === 0) return null;
  const shown = reasons.reduce((sum, { count }) => sum + count, 0);
  return lines(
    ctx.rich("health:undelivered.head", { size: String(undelivered) }),
    ...reasons.map(({ failure, count, number, lastAt }) =>
      ctx.rich(number === null ? "health:undelivered.line" : "health:undelivered.line_report", {
        size: String(count),
        reason: failureInWords(readingOf(ctx), failure),
        when: lastAt === null ? "" : momentInWords(readingOf(ctx), lastAt),
        number: String(number),
      }),
    ),
    shown === undelivered ? null : ctx.rich("health:undelivered.others", { size: String(undelivered - shown) }),
    ctx.rich("health:undelivered.retry"),
  );
};
