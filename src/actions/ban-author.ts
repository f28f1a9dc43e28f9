import { Temporal } from "temporal-polyfill";
import { cityDate, endOfDay } from "../city/city-time.ts";
import { addHandledUpdate } from "../store/writes/drafts.ts";
import { saveBan } from "../store/writes/residents.ts";
import { hasAnyGrant } from "../store/queries/grants.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { changeReport } from "./change-report.ts";
import { claimForEditors } from "./claim-moderation.ts";
import type { Deps } from "./deps.ts";
import { readWords } from "./read-words.ts";
import { record } from "./record.ts";

/** Nobody is kept out for longer than a year, in days. */
const LONGEST_BAN_DAYS = 365;

/** Why nobody was banned, or nobody freed. */
export type BanRefusal = ActRefusal | { ok: false; why: "days_wrong" | "nobody" | "staff" | "not_banned" };

/** An editor bans the author of a report. */
export type BanAuthor = { actorId: number; reportId: number; days: number; reason: string; updateId?: number };

/** Keeps a report's author from filing reports until the end of the last of so many days, today being none; they are told why and until when, once an update. */
export const banAuthor = async (
  deps: Deps,
  { actorId, reportId, days, reason, updateId }: BanAuthor,
  now: Date,
): Promise<{ ok: true; until: Date } | BanRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimForEditors(tx, deps, { actorId, reportId, version: null });
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    if (!Number.isInteger(days) || days < 1 || days > LONGEST_BAN_DAYS) return { ok: false, why: "days_wrong" };
    const read = readWords(reason);
    if (!read.ok) return read;
    if (report.authorId === null) return { ok: false, why: "nobody" };
    if (await hasAnyGrant(tx, report.authorId)) return { ok: false, why: "staff" };
    const until = endOfDay(deps.city, cityDate(deps.city, now).add(Temporal.Duration.from({ days })));
    if (updateId !== undefined && !(await addHandledUpdate(tx, updateId, now))) return { ok: true, until };
    await saveBan(tx, report.authorId, { bannedUntil: until, banReason: read.words });
    // The report's own version grows, so that every ban is told and not only the first.
    const saved = await changeReport(tx, deps.city, report, {}, now);
    const data = { until: until.toISOString(), reason: read.words };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "banned", data }, now);
    return { ok: true, until };
  });

/** Lets a report's author file reports again, and tells them so. */
export const unbanAuthor = async (
  deps: Deps,
  { actorId, reportId }: { actorId: number; reportId: number },
  now: Date,
): Promise<{ ok: true } | BanRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimForEditors(tx, deps, { actorId, reportId, version: null });
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    if (report.authorId === null) return { ok: false, why: "nobody" };
    if (!(await saveBan(tx, report.authorId, { bannedUntil: null, banReason: null }, now))) {
      return { ok: false, why: "not_banned" };
    }
    const saved = await changeReport(tx, deps.city, report, {}, now);
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "unbanned", data: {} }, now);
    return { ok: true };
  });
