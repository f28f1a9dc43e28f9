/** Counts all reports for the statistics in one pass; what the counts mean is said in report/statistics.ts. */
import { setImmediate } from "node:timers/promises";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { TIMINGS, type Cell, type Counted, type DaysCell, type TopicCell } from "../../report/statistics.ts";
import type { Counting } from "../../report/statistics-period.ts";
import { OUTCOMES, STATUS_NAMES, STATUSES, type Status } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { at, untypedRows, wholeNumber } from "../raw.ts";
import { reports } from "../schema/reports.ts";

/**
 * Counts everything as it stands now. One pass over all reports, so its cost grows with all that were ever filed (1 M: 5 to 10 s on two
 * cores that were busy, 150 MB in the server): whoever asks often keeps what it returns.
 */
export const countReports = async (db: Db, counting: Counting): Promise<Counted> => {
  const cells: Cell[] = [];
  const days: DaysCell[] = [];
  const topics: TopicCell[] = [];
  for (const { set, ...row } of await inOnePass(db, passOf(counting))) {
    const { month, districtId, agencyId, count } = row;
    if (set === SETS.topics) {
      const { topicId, timing, outcome } = row;
      if (agencyId !== null && topicId !== null && row.recent > 0) {
        topics.push({ districtId, agencyId, topicId, timing, outcome, count: row.recent });
      }
    } else if (month === null) throw new Error("Reports were counted without their month");
    else if (set === SETS.days) {
      if (row.days !== null) days.push({ month, districtId, agencyId, days: row.days, count });
    } else if (row.status === null) throw new Error("Reports were counted without their status");
    else {
      const { status, returnsTo, outcome, timing, postponed, reopened } = row;
      cells.push({
        month,
        districtId,
        agencyId,
        status,
        returnsTo,
        outcome,
        timing,
        count,
        postponed,
        reopened,
      });
    }
  }
  return { asOf: counting.now, cells, days, topics, topicsFrom: counting.topicsFrom };
};

/** With the memory other questions get, Postgres would sort all reports on disk, three times over; and this one may take its time. */
const inOnePass = async (db: Db, statement: SQL): Promise<z.output<typeof Row>[]> => {
  const found = await db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('work_mem', '256MB', true), set_config('jit', 'off', true), set_config('statement_timeout', '5min', true)`,
    );
    return untypedRows(tx, statement);
  });
  const parsed: z.output<typeof Row>[] = [];
  // A large city has a hundred thousand of them: read at once they would keep everybody else waiting.
  for (let from = 0; from < found.length; from += BATCH) {
    parsed.push(...z.array(Row).parse(found.slice(from, from + BATCH)));
    await setImmediate();
  }
  return parsed;
};

const BATCH = 2000;

/** Which of the three groupings a row is of, as Postgres numbers them by what they leave out: topic, days and status. */
const SETS = { cells: 0b110, days: 0b101, topics: 0b011 } as const;

const Row = z.object({
  set: z.number(),
  month: z.string().nullable(),
  districtId: z.string(),
  agencyId: z.string().nullable(),
  topicId: z.string().nullable(),
  status: z.enum(STATUS_NAMES).nullable(),
  returnsTo: z.enum(STATUS_NAMES).nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  timing: z.enum(TIMINGS).nullable(),
  days: z.number().nullable(),
  count: wholeNumber,
  postponed: wholeNumber,
  reopened: wholeNumber,
  recent: wholeNumber,
});

const names = (statuses: readonly Status[]): SQL => sql.raw(statuses.map((status) => `'${status}'`).join(", "));

/** An answer stands; one that was sent back does not, though its moment is still noted. */
const ANSWERED = STATUS_NAMES.filter((status) => (STATUSES[status].has as readonly string[]).includes("answeredAt"));
/** The agency's clock runs. */
const RUNNING = STATUS_NAMES.filter((status) => STATUSES[status].owes === "officer");

const passOf = ({ timeZone, now, topicsFromAt }: Counting): SQL => {
  const { answeredAt, assignedAt, createdAt, handlingDueAt, outcome, returnsTo, status } = reports;
  const inCity = (moment: unknown): SQL => sql`(${moment} at time zone ${timeZone}::text)`;
  return sql`
    with report as (
      select
        date_trunc('month', ${inCity(createdAt)}) as month,
        ${reports.districtId}, ${reports.agencyId}, ${reports.topicId}, ${status}, ${returnsTo}, ${outcome},
        case
          when ${status} in (${names(ANSWERED)}) then
            case when ${answeredAt} < ${handlingDueAt} then 'in_time' else 'late' end
          when ${status} in (${names(RUNNING)}) and ${handlingDueAt} <= ${at(now)} then 'overdue'
        end as timing,
        case when ${status} in (${names(ANSWERED)}) then ${inCity(answeredAt)}::date - ${inCity(assignedAt)}::date end as days,
        ${reports.postponements} > 0 as is_postponed,
        ${reports.cycle} > 1 as is_reopened,
        ${createdAt} >= ${at(topicsFromAt)} as is_recent
      from ${reports}
    )
    select
      grouping(topic_id, days, status) as set,
      to_char(month, 'YYYY-MM') as month,
      district_id as "districtId", agency_id as "agencyId", topic_id as "topicId",
      status, returns_to as "returnsTo", outcome, timing, days,
      count(*) as count,
      count(*) filter (where is_postponed) as postponed,
      count(*) filter (where is_reopened) as reopened,
      count(*) filter (where is_recent) as recent
    from report
    group by grouping sets (
      (month, district_id, agency_id, status, returns_to, outcome, timing),
      (month, district_id, agency_id, days),
      (district_id, agency_id, topic_id, outcome, timing)
    )`;
};
