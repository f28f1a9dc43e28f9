/** Puts what was said in a long run beside what had to be said, and every report beside what its log promises. */
import { asc, isNotNull } from "drizzle-orm";
import type { I18n } from "../../../src/i18n/i18n.ts";
import { digestLimits } from "../../../src/report/digest.ts";
import { STATUSES } from "../../../src/report/status.ts";
import { listEscalated } from "../../../src/store/queries/digests.ts";
import { checks, events, notices, reports } from "../../../src/store/schema/index.ts";
import { dayOf } from "./almanac.ts";
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

const countOf = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

export const audit = async ({ deps, town, end }: World, i18n: I18n): Promise<Audit> => {
  const { db } = deps.store;
  const rows = await db.select().from(reports).orderBy(asc(reports.id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const invited = await db.select().from(checks);
  const log = await db.select().from(events).where(isNotNull(events.reportId)).orderBy(asc(events.id));
  const { expected, faults, stood } = tally(
    log.flatMap(({ reportId, ...event }) => (reportId === null ? [] : [{ ...event, reportId }])),
    town,
    {
      invited: (reportId, cycle) =>
        invited.flatMap((one) => (one.reportId === reportId && one.cycle === cycle ? [one.residentId] : [])),
      districtOf: (id) => byId.get(id)?.districtId ?? "",
      daysOf: (id) => {
        const days = deps.city.topics.get(byId.get(id)?.topicId ?? "")?.days;
        if (days === undefined) throw new Error(`Report ${id} has no topic`);
        return days;
      },
    },
    end,
  );
  const told = (await db.select().from(notices).orderBy(asc(notices.id))).flatMap(
    ({ kind, reportId, chatId, dueAt: at, state }) =>
      state === "sent" && reportId !== null && !SILENT.includes(kind) ? [keyOf({ kind, reportId, chatId, at })] : [],
  );
  const said = countOf(told);
  const may = countOf(expected.map(keyOf));
  const missing = expected.filter((one) => !one.mayLapse && !said.has(keyOf(one))).map(keyOf);
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
  const waiting = rows.filter(({ status }) => STATUSES[status].owes !== null);
  const past = waiting.filter(({ nextTickAt }) => nextTickAt === null);
  // What everybody was told of already is in the admins' digest every working morning: that is its next moment.
  const { overdue, late } = await listEscalated(db, digestLimits(deps.city, end), 1);
  const listed = overdue.total + late.total;
  const stuck = [
    ...waiting
      .filter(({ nextTickAt }) => nextTickAt !== null && nextTickAt <= end)
      .map(({ id }) => `report ${id}: not done`),
    ...past.filter(({ dueAt }) => dueAt === null || dueAt > end).map(({ id }) => `report ${id}: nothing to wait for`),
    ...(listed === past.length
      ? []
      : [`${past.length} reports past all their moments, ${listed} in the admins' digest`]),
  ];
  const kinds = Object.fromEntries(countOf(told.map((key) => key.split(" ")[0] ?? "")));
  const ended = Object.fromEntries(countOf(rows.map(({ status }) => status)));
  return { missing, double, faults, stuck, reports: rows.length, said: told.length, kinds, ended };
};
