/**
 * What statistics say, each figure defined once and never without what it is a share of. Pure: counted cells go in, figures come out.
 * Everything is said of the reports that were filed in the months asked for, as they stand at the moment of counting.
 */
import { OUTCOMES, type Outcome, type Status } from "./status.ts";

/**
 * Where a report stands. `moderation`: no editor has passed it yet; `work`: its agency owes an answer, or waits for the resident's word;
 * `check`: answered, and somebody looks whether it is true; the four outcomes of closed ones; `declined`: rejected, withdrawn or merged
 * into another one, so that nobody works on it.
 */
export const STAGES = ["moderation", "work", "check", ...OUTCOMES, "declined"] as const;
export type Stage = (typeof STAGES)[number];

/**
 * How a report did by its agency's date, the last one promised: answered by it or after it, or not answered though it has passed. Only a
 * standing answer counts, one sent back does not; while the date is still to come, or the clock stands still, there is nothing to say.
 */
export const TIMINGS = ["in_time", "late", "overdue"] as const;
export type Timing = (typeof TIMINGS)[number];

/** A calendar month of the city, `YYYY-MM`. */
export type Month = string;

/** Reports filed in one month that are alike in everything statistics ask about. */
export type Cell = {
  month: Month;
  districtId: string;
  /** Null until an editor has passed it. */
  agencyId: string | null;
  status: Status;
  /** Where a question was asked. */
  returnsTo: Status | null;
  outcome: Outcome | null;
  timing: Timing | null;
  count: number;
  /** Of them: given a later date at the agency's request. */
  postponed: number;
  /** Of them: given back to work, because the answer was not true. */
  reopened: number;
};

/** Answered reports that took so many days of the city's calendar, from the day the first agency was told to the day of the answer. */
export type DaysCell = Pick<Cell, "month" | "districtId" | "agencyId" | "count"> & { days: number };

/** How the topics of the latest months do. */
export type TopicCell = {
  districtId: string;
  agencyId: string;
  topicId: string;
  timing: Timing | null;
  outcome: Outcome | null;
  count: number;
};

/** Everything counted in one pass at one moment. */
export type Counted = {
  asOf: Date;
  cells: readonly Cell[];
  days: readonly DaysCell[];
  topics: readonly TopicCell[];
  /** The first month the topics were counted from. */
  topicsFrom: Month;
};

/** Of which reports; both months belong to it. */
export type StatisticsFilter = {
  from?: Month | undefined;
  to?: Month | undefined;
  districtId?: string | undefined;
  agencyId?: string | undefined;
};

/** A part never goes without its whole. */
export type Share = { part: number; of: number };

/** What is said of any number of reports. */
export type Figures = {
  /** All that were filed. */
  filed: number;
  byStage: Record<Stage, number>;
  /** Passed by an editor, and neither withdrawn nor merged: in work, in check or closed. */
  taken: number;
  /** Taken and not closed. */
  open: number;
  /** In work, and the agency's date has passed. */
  overdue: number;
  /** Answered by the date, of those answered and those whose date has passed. */
  inTime: Share;
  /** Of those in time: only by a date that was moved later. */
  inTimePostponed: number;
  /** Closed as fixed because somebody besides the agency looked, of all closed. */
  confirmed: Share;
  /** Given back to work at least once. */
  reopened: number;
  /** Days until the answer: half of the answered took no longer. `median` is null where nothing is answered. */
  days: { median: number | null; of: number };
};

/** With fewer cases a percentage says more than anybody knows. */
export const FEWEST_FOR_PERCENT = 10;

/** Where a report stands. */
export const stageOf = ({ status, returnsTo, outcome }: Pick<Cell, "status" | "returnsTo" | "outcome">): Stage => {
  switch (status) {
    case "submitted":
      return "moderation";
    case "needs_info":
      return returnsTo === "assigned" ? "work" : "moderation";
    case "assigned":
    case "planned":
      return "work";
    case "answered":
    case "published":
    case "disputed":
      return "check";
    case "rejected":
    case "withdrawn":
    case "merged":
      return "declined";
    case "closed":
      if (outcome === null) throw new Error("A closed report has no outcome");
      return outcome;
  }
};

/** The figures of all reports the filter lets through. */
export const figuresOf = (counted: Counted, filter: StatisticsFilter): Figures =>
  figuresBy(counted, filter, () => "all").get("all") ?? toFigures(emptyTally());

/** The figures by month of filing, from the first with any report; the quiet months after it are there, too. */
export const figuresByMonth = (counted: Counted, filter: StatisticsFilter): { month: Month; figures: Figures }[] => {
  const found = figuresBy(counted, filter, ({ month }) => month);
  const known = [...found.keys()].toSorted();
  const [first] = known;
  const last = filter.to ?? known.at(-1);
  if (first === undefined || last === undefined) return [];
  return monthsBetween(first, last).map((month) => ({ month, figures: found.get(month) ?? toFigures(emptyTally()) }));
};

/** The figures of everything that shares a key; what has none is left out. */
export const figuresBy = (
  counted: Counted,
  filter: StatisticsFilter,
  keyOf: (cell: Pick<Cell, "month" | "districtId" | "agencyId">) => string | null,
): Map<string, Figures> => {
  const tallies = new Map<string, Tally>();
  const tallyOf = (cell: Pick<Cell, "month" | "districtId" | "agencyId">): Tally | null => {
    const key = isIn(cell, filter) ? keyOf(cell) : null;
    if (key === null) return null;
    const tally = tallies.get(key) ?? emptyTally();
    tallies.set(key, tally);
    return tally;
  };
  for (const cell of counted.cells) {
    const tally = tallyOf(cell);
    if (tally !== null) add(tally, cell);
  }
  for (const cell of counted.days) {
    const days = tallyOf(cell)?.days;
    days?.set(cell.days, (days.get(cell.days) ?? 0) + cell.count);
  }
  return new Map([...tallies].map(([key, tally]) => [key, toFigures(tally)]));
};

/** A topic's figures: in time and confirmed as everywhere. */
export type TopicFigures = { topicId: string } & Pick<Figures, "inTime" | "confirmed">;

/**
 * The topics that go best and worst by the agency's date, at most `most` of each and none twice, the extreme ones first. Only topics with
 * cases enough; with the same share more cases say more.
 */
export const bestAndWorstTopics = (
  counted: Counted,
  filter: Pick<StatisticsFilter, "districtId" | "agencyId">,
  most = 3,
): { best: TopicFigures[]; worst: TopicFigures[] } => {
  const byTopic = new Map<string, TopicFigures>();
  for (const cell of counted.topics) {
    if (!isOf(cell, filter)) continue;
    const { topicId, timing, outcome, count } = cell;
    const topic = byTopic.get(topicId) ?? { topicId, inTime: { part: 0, of: 0 }, confirmed: { part: 0, of: 0 } };
    byTopic.set(topicId, topic);
    tallyShare(topic.inTime, timing === null ? null : timing === "in_time", count);
    tallyShare(topic.confirmed, outcome === null ? null : outcome === "confirmed", count);
  }
  const ranked = [...byTopic.values()]
    .filter(({ inTime }) => inTime.of >= FEWEST_FOR_PERCENT)
    .toSorted(
      (a, b) => ratio(b.inTime) - ratio(a.inTime) || b.inTime.of - a.inTime.of || compare(a.topicId, b.topicId),
    );
  const half = Math.min(most, Math.ceil(ranked.length / 2));
  const best = ranked.slice(0, half);
  return { best, worst: ranked.slice(half).slice(-most).toReversed() };
};

/** Whole per cent; null with too few cases. All and nothing are said only of all and nothing. */
export const percentOf = ({ part, of }: Share): number | null => {
  if (of < FEWEST_FOR_PERCENT) return null;
  if (part === of) return 100;
  return part === 0 ? 0 : Math.min(99, Math.max(1, Math.round((part / of) * 100)));
};

/** The months from one to another, both included; none when the second is earlier. */
export const monthsBetween = (from: Month, to: Month): Month[] => {
  const months: Month[] = [];
  for (let index = indexOf(from); index <= indexOf(to); index += 1) months.push(monthAt(index));
  return months;
};

/** The month so many months later, or earlier. */
export const addMonths = (month: Month, count: number): Month => monthAt(indexOf(month) + count);

type Tally = Omit<Figures, "taken" | "open" | "days"> & { days: Map<number, number> };

const emptyTally = (): Tally => ({
  filed: 0,
  byStage: Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>,
  overdue: 0,
  inTime: { part: 0, of: 0 },
  inTimePostponed: 0,
  confirmed: { part: 0, of: 0 },
  reopened: 0,
  days: new Map(),
});

const add = (tally: Tally, cell: Cell): void => {
  const { count, timing, outcome } = cell;
  tally.filed += count;
  tally.byStage[stageOf(cell)] += count;
  tally.reopened += cell.reopened;
  tallyShare(tally.inTime, timing === null ? null : timing === "in_time", count);
  if (timing === "in_time") tally.inTimePostponed += cell.postponed;
  if (timing === "overdue") tally.overdue += count;
  tallyShare(tally.confirmed, outcome === null ? null : outcome === "confirmed", count);
};

const tallyShare = (share: Share, isPart: boolean | null, count: number): void => {
  if (isPart === null) return;
  share.of += count;
  if (isPart) share.part += count;
};

const toFigures = ({ days, ...tally }: Tally): Figures => {
  const { work, check } = tally.byStage;
  const open = work + check;
  const closed = OUTCOMES.reduce((sum, outcome) => sum + tally.byStage[outcome], 0);
  return { ...tally, taken: open + closed, open, days: medianOf(days) };
};

/** The middle of counted values; between the two middle ones when there are two. */
const medianOf = (counts: ReadonlyMap<number, number>): Figures["days"] => {
  const sorted = [...counts].toSorted(([a], [b]) => a - b);
  const of = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (of === 0) return { median: null, of };
  return { median: (nth(sorted, Math.floor((of - 1) / 2)) + nth(sorted, Math.floor(of / 2))) / 2, of };
};

const nth = (sorted: readonly (readonly [value: number, count: number])[], index: number): number => {
  let passed = 0;
  for (const [value, count] of sorted) {
    passed += count;
    if (index < passed) return value;
  }
  throw new Error(`There is no value ${index} of ${passed}`);
};

const isOf = (
  cell: Pick<Cell, "districtId" | "agencyId">,
  { districtId, agencyId }: Pick<StatisticsFilter, "districtId" | "agencyId">,
): boolean =>
  (districtId === undefined || cell.districtId === districtId) &&
  (agencyId === undefined || cell.agencyId === agencyId);

// Months written as numbers are in order as texts.
const isIn = (cell: Pick<Cell, "month" | "districtId" | "agencyId">, filter: StatisticsFilter): boolean =>
  isOf(cell, filter) &&
  (filter.from === undefined || cell.month >= filter.from) &&
  (filter.to === undefined || cell.month <= filter.to);

const ratio = ({ part, of }: Share): number => (of === 0 ? 0 : part / of);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const indexOf = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

const monthAt = (index: number): Month =>
  `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
