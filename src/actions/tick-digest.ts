import { cityWarnings } from "../city/city-warnings.ts";
import { cityDate, endOfDay } from "../city/city-time.ts";
import { toDate, toInstant } from "../city/instant.ts";
import type { City } from "../city/schema.ts";
import { isWorthSaying, type DigestParams, type DigestSection } from "../notices/digest.ts";
import { outOfTheNight } from "../report/when-told.ts";
import { LINES } from "../notices/together.ts";
import type { Desk } from "../report/dispute.ts";
import { digestLimits, nextDigestAt, stuckBefore, type DigestKind } from "../report/digest.ts";
import { lastDayOf } from "../report/due.ts";
import type { Tx } from "../store/open.ts";
import { listOfficers, listStaff, type Listener } from "../store/queries/audience.ts";
import {
  countDueToday,
  countOverdueByAgency,
  countTrouble,
  listDisputes,
  listEditorGroups,
  listEscalated,
  listForEditors,
  listOverdue,
  listOverdueAgencies,
  listUnheard,
  type DigestList,
} from "../store/queries/digests.ts";
import { countQueue } from "../store/queries/queue-size.ts";
import { claimDigest, saveDigest } from "../store/writes/digests.ts";
import { addNotices } from "../store/writes/notices.ts";
import type { Deps } from "./deps.ts";

/** One digest and the chats that get it. */
type Told = { listeners: readonly Listener[]; params: DigestParams };
type Compose = (tx: Tx, city: City, at: { now: Date; since: Date }) => Promise<Told[]>;

/**
 * Puts a digest together for everybody who gets it, where there is something to say, and gives it its next moment. False when it is not
 * due (any more): of several processes that try, one does it. After an outage there is one digest and not one for each morning missed.
 */
export const tickDigest = async ({ store, city }: Deps, kind: DigestKind, now: Date): Promise<boolean> =>
  store.db.transaction(async (tx) => {
    const digest = await claimDigest(tx, kind);
    if (digest === null || digest.nextTickAt > now) return false;
    const since = digest.tickedAt ?? hoursBefore(now, 24 * 7);
    const told = await COMPOSE[kind](tx, city, { now, since });
    const dueAt = outOfTheNight(city, now);
    const notices = told
      .filter(({ params }) => isWorthSaying(params))
      .flatMap(({ listeners, params }) =>
        listeners.map((listener) => ({
          ...listener,
          kind: `digest_${kind}`,
          reportId: null,
          params,
          // An officer of one agency may have become another's: told apart by whose digest it is.
          dedupeKey: ["digest", kind, params.agencyId ?? "", digest.nextTickAt.toISOString(), listener.chatId].join(
            ":",
          ),
          dueAt,
        })),
      );
    await addNotices(tx, notices, now);
    await saveDigest(tx, kind, { tickedAt: now, nextTickAt: nextDigestAt(city, kind, now) });
    if (dueAt <= now) {
      await store.wakeChats(
        tx,
        notices.map(({ chatId }) => chatId),
      );
    }
    return true;
  });

const agency: Compose = async (tx, city, { now }) => {
  const limits = digestLimits(city, now);
  const told: Told[] = [];
  for (const agencyId of await listOverdueAgencies(tx, limits)) {
    const overdue = toSection(city, "overdue", await listOverdue(tx, agencyId, limits, LINES));
    told.push({ listeners: await listOfficers(tx, agencyId), params: { ...saying(overdue), agencyId } });
  }
  return told;
};

/** Each group hears of its districts; what no group covers, every editor and admin hears of in private. */
const editors: Compose = async (tx, city, { now }) => {
  const all = city.districts.map(({ id }) => id);
  const groups = await listEditorGroups(tx);
  const covered = new Set(groups.flatMap(({ districtIds }) => (districtIds.length === 0 ? all : districtIds)));
  const hasInspectors = (await listStaff(tx, ["inspector"])).length > 0;
  const desks: Desk[] = hasInspectors ? ["editors"] : ["editors", "inspectors"];
  const about = async (districtIds: readonly string[]): Promise<DigestParams> => {
    const lists = await listForEditors(tx, districtIds, {
      now,
      limits: digestLimits(city, now),
      limit: LINES,
      disputes: desks,
    });
    const today = await countDueToday(tx, districtIds, { now, endOfToday: endOfDay(city, cityDate(city, now)) });
    return saying(
      { title: "queue", total: await countQueue(tx, districtIds), today: today.moderation, items: [] },
      toSection(city, "moderation_late", lists.moderation_late),
      { ...toSection(city, "answers", lists.answers), today: today.answers },
      toSection(city, "requests", lists.requests),
      toSection(city, "disputes", lists.disputes),
      toSection(city, "overdue", lists.overdue),
    );
  };
  const told: Told[] = [];
  for (const { chatId, districtIds } of groups) {
    const params = await about(districtIds.length === 0 ? all : districtIds);
    told.push({ listeners: [{ chatId, residentId: null }], params });
  }
  const uncovered = all.filter((id) => !covered.has(id));
  if (uncovered.length > 0) {
    told.push({ listeners: await listStaff(tx, ["editor", "admin"]), params: await about(uncovered) });
  }
  return told;
};

const inspectors: Compose = async (tx, city) => [
  {
    listeners: await listStaff(tx, ["inspector"]),
    params: saying(toSection(city, "disputes", await listDisputes(tx, ["inspectors"], LINES))),
  },
];

/** What cannot wait a week; what is escalated the admins hear by notices of their own. */
const troubles: Compose = async (tx, city, { now, since }) => {
  const said = saying(toSection(city, "unheard", await listUnheard(tx, LINES)));
  const { stuck, failed_jobs } = await countTrouble(tx, troubleSince(since, now));
  return [{ listeners: await listStaff(tx, ["admin"]), params: { ...said, troubles: { stuck, failed_jobs } } }];
};

const admins: Compose = async (tx, city, { now, since }) => {
  const limits = digestLimits(city, now);
  const escalated = await listEscalated(tx, limits, LINES);
  const said = saying(
    toSection(city, "disputes", await listDisputes(tx, ["admins"], LINES)),
    toSection(city, "escalated", escalated.overdue),
    toSection(city, "late", escalated.late),
  );
  const { undelivered, blocked } = await countTrouble(tx, troubleSince(since, now));
  const agencies = await countOverdueByAgency(tx, limits);
  const warnings = cityWarnings(city, now);
  const params = { ...said, agencies, troubles: { undelivered, blocked }, warnings };
  return [{ listeners: await listStaff(tx, ["admin"]), params }];
};

const COMPOSE: Record<DigestKind, Compose> = { agency, editors, inspectors, admins, troubles };

const saying = (...sections: DigestSection[]): DigestParams => ({
  agencyId: null,
  sections: sections.filter(({ total }) => total > 0),
  agencies: [],
  troubles: {},
  warnings: [],
});

const toSection = (city: City, title: DigestSection["title"], { items, total }: DigestList): DigestSection => ({
  title,
  total,
  items: items.map(({ id, topicId, dueAt }) => ({ id, topicId, due: lastDayOf(city, dueAt).toString() })),
});

/** Jobs know nothing of city time: they are told of as far back as the last digest is. */
const troubleSince = (since: Date, now: Date) => ({
  since,
  stuckBefore: stuckBefore(now),
  failedWithinHours: toInstant(since).until(toInstant(now)).total("hours"),
});

const hoursBefore = (moment: Date, hours: number): Date => toDate(toInstant(moment).subtract({ hours }));
