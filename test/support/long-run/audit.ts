/** Puts what was said in a long run beside what had to be said, and every report beside what its log promises. */
import { asc, eq, isNotNull } from "drizzle-orm";
import type { I18n } from "../../../src/i18n/i18n.ts";
import { checks, events, notices, reports } from "../../../src/store/schema/index.ts";
import { count, dayOf, hourOf } from "./almanac.ts";
import { LISTS, type Digest } from "./mornings.ts";
import { faultOfStory } from "./shown.ts";
import { tally, type Expected } from "./tally.ts";
import type { World } from "./world.ts";

/** Cards rewritten where they stand: nobody is rung up, and nothing has to be said. */
const SILENT = [
  "author_card",
  "queue_decided",
  "task_gone",
  "task_moved",
  "task_changed",
  "answer_decided",
  "dispute_decided",
];

/** Nobody owes anything any more, or it is only theirs to take up again. */
const OVER = ["rejected", "merged", "withdrawn", "closed"];

/** So many working days after the date the admins hear of whoever owes the report something. */
const ESCALATED_AFTER: Readonly<Record<string, number>> = {
  ...{ assigned: 3, planned: 3 },
  ...{ submitted: 1, answered: 1, disputed: 1 },
};

export type Audit = {
  /** Had to be said and was not. */
  missing: string[];
  /** Was said more often than it had to be. */
  double: string[];
  /** Dates and moments that contradict the log. */
  faults: string[];
  /** Neither over nor waiting for anything. */
  stuck: string[];
  reports: number;
  said: number;
  /** Kinds of notices and how often each was said. */
  kinds: Record<string, number>;
  /** Statuses and how many reports ended there. */
  ended: Record<string, number>;
};

const keyOf = ({ kind, reportId, chatId, at }: Omit<Expected, "mayLapse">): string =>
  `${kind} of report ${reportId} to ${chatId} at ${at.toISOString()}`;

const keyOfDigest = ({ kind, chatId, at, lists }: Digest): string =>
  `${kind} to ${chatId} at ${at.toISOString()}: ${LISTS.map((name) => `${name} ${lists[name] ?? 0}`).join(", ")}`;

/** How long each list of a digest is. */
const listsOf = ({ sections }: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries((sections as { title: string; total: number }[]).map(({ title, total }) => [title, total]));

const countOf = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

export const audit = async ({ deps, town, mutes, start, end }: World, i18n: I18n): Promise<Audit> => {
  const { db } = deps.store;
  const rows = await db.select().from(reports).orderBy(asc(reports.id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const invited = await db.select().from(checks);
  const log = await db.select().from(events).where(isNotNull(events.reportId)).orderBy(asc(events.id));
  const { expected, digests, faults, stood } = tally(
    log.flatMap(({ reportId, ...event }) => (reportId === null ? [] : [{ ...event, reportId }])),
    town,
    {
      invited: (reportId, cycle) =>
        invited.flatMap(({ residentId: id, invitedAt: at, ...one }) =>
          one.reportId === reportId && one.cycle === cycle ? [{ id, at }] : [],
        ),
      districtOf: (id) => byId.get(id)?.districtId ?? "",
      daysOf: (id) => {
        const days = deps.city.topics.get(byId.get(id)?.topicId ?? "")?.days;
        if (days === undefined) throw new Error(`Report ${id} has no topic`);
        return days;
      },
      mutes,
    },
    { start, end },
  );
  const sent = await db.select().from(notices).where(eq(notices.state, "sent")).orderBy(asc(notices.id));
  const told = sent.flatMap(({ kind, reportId, chatId, dueAt: at, params }) => {
    if (reportId !== null) return SILENT.includes(kind) ? [] : [keyOf({ kind, reportId, chatId, at })];
    return [keyOfDigest({ kind, chatId, at, lists: listsOf(params) })];
  });
  const said = countOf(told);
  const may = countOf([...expected.map(keyOf), ...digests.map(keyOfDigest)]);
  const must = [...expected.filter(({ mayLapse }) => !mayLapse).map(keyOf), ...digests.map(keyOfDigest)];
  const missing = must.filter((key) => !said.has(key));
  const double = [...said].flatMap(([key, times]) => (times > (may.get(key) ?? 0) ? [`${key}, ${times} times`] : []));
  for (const { id, status, dueAt } of rows) {
    const promised = stood.get(id);
    const due = dueAt === null ? null : dayOf(new Date(dueAt.getTime() - 1));
    if (promised?.status !== status || promised.due !== due) {
      faults.push(`report ${id} is ${status} until ${due}, by its log ${promised?.status} until ${promised?.due}`);
    }
  }
  const histories = Map.groupBy(log, ({ reportId }) => reportId);
  const reading = { i18n, city: deps.city, now: end };
  faults.push(...rows.flatMap((row) => faultOfStory(reading, histories.get(row.id) ?? [], row)));
  // What is so late that everybody was told comes with every digest: in the admins' each week, and in that of whoever lets it lie.
  const isEscalated = ({ status, dueAt }: (typeof rows)[number]): boolean => {
    const days = ESCALATED_AFTER[status];
    if (days === undefined || dueAt === null) return false;
    const due = dayOf(new Date(dueAt.getTime() - 1));
    return hourOf(count(due, { count: days, kind: "working" }), 24) <= end;
  };
  const stuck = rows
    .filter(({ status }) => !OVER.includes(status))
    .flatMap((row) => {
      if (row.nextTickAt !== null) return row.nextTickAt > end ? [] : [`report ${row.id}: not done`];
      return isEscalated(row) ? [] : [`report ${row.id}: nothing to wait for`];
    });
  const kinds = Object.fromEntries(countOf(told.map((key) => key.split(" ")[0] ?? "")));
  const ended = Object.fromEntries(countOf(rows.map(({ status }) => status)));
  return { missing, double, faults, stuck, reports: rows.length, said: told.length, kinds, ended };
};
