/** Every clock of PRODUCT.md in one table: nothing a millisecond before, once at its moment, and never again. */
import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { STATUS_NAMES, STATUSES } from "../../../src/report/status.ts";
import { TICKS, type Tick } from "../../../src/report/ticks.ts";
import type { Store } from "../../../src/store/open.ts";
import { events, reports, type ReportRow } from "../../../src/store/schema/index.ts";
import {
  aCast,
  aFollower,
  aPublished,
  aTicking,
  aVote,
  at,
  endOf,
  reload,
  tickAt,
  toldTo,
} from "../../support/clocks.ts";
import { aVolunteer } from "../../support/check.ts";
import { aResident, NOON } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

type Cast = Awaited<ReturnType<typeof aCast>>;
type Begin = (store: Store, cast: Cast, tickedAt: Date) => Promise<ReportRow>;
type Clock = {
  begin: Begin;
  at: Date;
  /** What is recorded, and who is told: 1 author, 2 follower, 3 officer, 4 their head, 5 editor, 6 inspector, 7 admin. Cards that are rewritten ring nobody. */
  records: string;
  tells: readonly string[];
  becomes?: Partial<ReportRow>;
};

/** A report in this status since Wednesday, 15 July, noon, with a follower. */
const inStatus =
  (differs: Partial<ReportRow> & Pick<ReportRow, "status">): Begin =>
  async (store, { author, follower }, tickedAt) => {
    const report = await aTicking(store, author, { tickedAt, ...differs });
    await aFollower(store, report.id, follower);
    return report;
  };

/** The same with an answer published then, and the votes of these. */
const published =
  (...voters: ("author" | "follower" | "editor")[]): Begin =>
  async (store, cast, tickedAt) => {
    const { id } = await aPublished(store, cast.author, cast.officer, NOON, endOf("2026-07-25"));
    // As one who joined before the answer was sent.
    await aFollower(store, id, cast.follower);
    for (const voter of voters) await aVote(store, id, cast[voter], voter === "author" ? "author" : "follower");
    await store.db
      .update(reports)
      .set({ tickedAt, answeredAt: at("2026-07-15T12:01") })
      .where(eq(reports.id, id));
    return reload(store, { id });
  };

const asked = { status: "needs_info", dueAt: endOf("2026-07-18") } as const;
const unassigned = { agencyId: null, assignedAt: null, handlingDueAt: null } as const;
const FRIDAY = endOf("2026-07-17");
const IN_WORK = inStatus({ status: "assigned", dueAt: FRIDAY });
const closed = ["closed → 1", "closed_followers → 2", "closed_officers → 3", "closed_officers → 4"];

/** A clock that is missing here does not compile. */
const CLOCKS: Record<Tick, Clock> = {
  // Moderation: one working day; nothing is decided by itself, the digest says it, and a working day later the admins'.
  taking_ended: {
    begin: (store, cast, tickedAt) =>
      inStatus({
        ...{ status: "submitted", dueAt: FRIDAY, ...unassigned },
        ...{ takenById: cast.editor, takenUntil: at("2026-07-15T12:15") },
      })(store, cast, tickedAt),
    ...{ at: at("2026-07-15T12:15"), records: "released", tells: [] },
    becomes: { status: "submitted", takenById: null, takenUntil: null, version: 1 },
  },
  moderation_late: {
    begin: inStatus({ status: "submitted", dueAt: FRIDAY, ...unassigned }),
    ...{ at: FRIDAY, records: "moderation_late", tells: [], becomes: { status: "submitted" } },
  },
  moderation_escalated: {
    begin: inStatus({ status: "submitted", dueAt: FRIDAY, ...unassigned }),
    ...{
      at: endOf("2026-07-20"),
      records: "moderation_escalated",
      tells: ["late_escalated → 7"],
      becomes: { nextTickAt: null },
    },
  },
  // A question: three days.
  reply_reminder: {
    begin: inStatus({ ...asked, returnsTo: "submitted", ...unassigned }),
    ...{ at: at("2026-07-16T12:00"), records: "reply_reminder", tells: ["reply_reminder → 1"] },
  },
  wait_ended: {
    begin: inStatus({ ...asked, returnsTo: "assigned", pausedAt: NOON, handlingDueAt: endOf("2026-07-20") }),
    at: endOf("2026-07-18"),
    records: "wait_ended",
    tells: ["wait_ended → 1", "wait_ended_officers → 3", "wait_ended_officers → 4"],
    becomes: { status: "assigned", dueAt: endOf("2026-07-22") },
  },
  // A rejection: seven days to repair or appeal; only the author's card is rewritten.
  repair_ended: {
    begin: inStatus({ status: "rejected", dueAt: null, ...unassigned }),
    ...{ at: endOf("2026-07-22"), records: "repair_ended", tells: [] },
    becomes: { status: "rejected", nextTickAt: null },
  },
  // The agency: three days before, one day before, on the morning; overdue at once; three working days later its head and the admins.
  due_in_three_days: {
    begin: inStatus({ status: "planned", dueAt: endOf("2026-07-24") }),
    at: at("2026-07-21T09:00"),
    records: "due_in_three_days",
    tells: ["due_reminder → 3", "due_reminder → 4"],
  },
  due_tomorrow: {
    ...{ begin: IN_WORK, at: at("2026-07-16T09:00"), records: "due_tomorrow" },
    tells: ["due_reminder → 3", "due_reminder → 4"],
  },
  due_today: {
    ...{ begin: IN_WORK, at: at("2026-07-17T09:00"), records: "due_today" },
    tells: ["due_reminder → 3", "due_reminder → 4"],
  },
  overdue: {
    ...{ begin: IN_WORK, at: FRIDAY, records: "overdue" },
    tells: [
      "overdue → 1",
      "overdue → 2",
      "overdue_staff → 3",
      "overdue_staff → 4",
      "overdue_staff → 5",
      "overdue_staff → 7",
    ],
    becomes: { status: "assigned", dueAt: FRIDAY, nextTickAt: endOf("2026-07-22") },
  },
  overdue_escalated: {
    ...{ begin: IN_WORK, at: endOf("2026-07-22"), records: "overdue_escalated" },
    tells: ["overdue_escalated → 4", "overdue_escalated → 7"],
    becomes: { status: "assigned", nextTickAt: null },
  },
  // The check of an answer: one working day.
  answer_check_late: {
    begin: inStatus({ status: "answered", dueAt: FRIDAY }),
    ...{ at: FRIDAY, records: "answer_check_late", tells: [], becomes: { status: "answered" } },
  },
  answer_check_escalated: {
    begin: inStatus({ status: "answered", dueAt: FRIDAY }),
    ...{
      at: endOf("2026-07-20"),
      records: "answer_check_escalated",
      tells: ["late_escalated → 7"],
      becomes: { nextTickAt: null },
    },
  },
  // Verification: neighbours are asked until there are five, on the two mornings after the answer.
  more_invited: {
    begin: async (store, cast, tickedAt) => {
      await aVolunteer({ store }, 100, 9);
      return published()(store, cast, tickedAt);
    },
    ...{ at: at("2026-07-16T09:00"), records: "checks_invited", tells: ["check_invited → 9"] },
    becomes: { status: "published", nextTickAt: at("2026-07-17T09:00") },
  },
  last_invited: {
    begin: async (store, cast, tickedAt) => {
      await aVolunteer({ store }, 100, 9);
      return published()(store, cast, tickedAt);
    },
    ...{ at: at("2026-07-17T09:00"), records: "checks_invited", tells: ["check_invited → 9"] },
    becomes: { status: "published", nextTickAt: at("2026-07-17T12:00") },
  },
  // 48 hours for the author, reminders on day 3 and 8, the end on day 10.
  quorum: {
    ...{ begin: published("follower", "editor"), at: at("2026-07-17T12:00"), records: "closed", tells: closed },
    becomes: { status: "closed", outcome: "confirmed", nextTickAt: null },
  },
  check_reminder: {
    ...{ begin: published("author"), at: at("2026-07-18T09:00"), records: "check_reminder" },
    tells: ["check_reminder → 2"],
  },
  check_last_reminder: {
    ...{ begin: published(), at: at("2026-07-23T09:00"), records: "check_last_reminder" },
    tells: ["check_last_reminder → 1", "check_last_reminder → 2"],
  },
  window_ended: {
    ...{ begin: published(), at: endOf("2026-07-25"), records: "closed", tells: closed },
    becomes: { status: "closed", outcome: "unverified", nextTickAt: null },
  },
  // A dispute: three working days; nothing is decided by itself.
  inspection_late: {
    begin: inStatus({ status: "disputed", dueAt: FRIDAY }),
    ...{ at: FRIDAY, records: "inspection_late", tells: [], becomes: { status: "disputed" } },
  },
  inspection_escalated: {
    begin: inStatus({ status: "disputed", dueAt: FRIDAY }),
    ...{
      at: endOf("2026-07-20"),
      records: "inspection_escalated",
      tells: ["late_escalated → 7"],
      becomes: { nextTickAt: null },
    },
  },
};

const SILENT = /^(author_card|task_changed|queue_decided|dispute_decided|answer_decided) /;
const justBefore = (moment: Date): Date => new Date(moment.getTime() - 1);

const kindsOf = async (store: Store): Promise<string[]> =>
  (await store.db.select({ kind: events.kind }).from(events).orderBy(events.id)).map(({ kind }) => kind);

describe("the clock", () => {
  test.each(Object.entries(CLOCKS))("%s", async (tick, { begin, at: moment, records, tells, becomes = {} }) => {
    const store = await freshStore("postgres");
    onTestFinished(() => store.close());
    // What comes before it was done in its time.
    const cast = await aCast(store);
    await aResident(store.db, { telegramId: 7, role: "admin" });
    const report = await begin(store, cast, justBefore(moment));
    expect(await tickAt(store, report, justBefore(moment))).toEqual([]);
    expect(await kindsOf(store)).toEqual([]);

    expect(await tickAt(store, report, moment)).toEqual([tick]);
    expect(await kindsOf(store)).toEqual([records]);
    expect((await toldTo(store)).filter((line) => !SILENT.test(line))).toEqual(tells);
    const after = await reload(store, report);
    expect(after).toMatchObject(becomes);
    expect(after.nextTickAt === null || after.nextTickAt > moment).toBe(true);

    expect(await tickAt(store, report, moment)).toEqual([]);
    expect(await kindsOf(store)).toEqual([records]);
  });

  test("of every status that has one is among them", () => {
    const timed = new Set(Object.values(TICKS).flatMap((rule): readonly string[] => rule.in));
    expect([...timed].toSorted()).toEqual(STATUS_NAMES.filter((name) => STATUSES[name].clock !== null).toSorted());
  });
});
