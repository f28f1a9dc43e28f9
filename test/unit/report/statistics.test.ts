import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addMonths,
  bestAndWorstTopics,
  figuresBy,
  figuresByMonth,
  figuresOf,
  monthsBetween,
  percentOf,
  stageOf,
  STAGES,
  type Cell,
  type Counted,
  type DaysCell,
  type TopicCell,
} from "../../../src/report/statistics.ts";
import { OUTCOMES, STATUS_NAMES, STATUSES, type Status } from "../../../src/report/status.ts";
import { NOON } from "../../support/people.ts";

const aCell = (differs: Partial<Cell> = {}): Cell => ({
  month: "2026-07",
  districtId: "kuntsevo",
  agencyId: "lighting",
  status: "assigned",
  returnsTo: null,
  outcome: null,
  timing: null,
  count: 1,
  postponed: 0,
  reopened: 0,
  ...differs,
});

const closed = (outcome: NonNullable<Cell["outcome"]>, differs: Partial<Cell> = {}): Cell =>
  aCell({ status: "closed", outcome, timing: "in_time", ...differs });

const took = (days: number, count: number, differs: Partial<DaysCell> = {}): DaysCell => ({
  month: "2026-07",
  districtId: "kuntsevo",
  agencyId: "lighting",
  days,
  count,
  ...differs,
});

const counted = (
  cells: readonly Cell[],
  { days = [], topics = [] }: { days?: readonly DaysCell[]; topics?: readonly TopicCell[] } = {},
): Counted => ({ asOf: NOON, cells, days, topics, topicsFrom: "2025-08" });

describe("what is counted", () => {
  test("every status has one stage, and a question is asked in moderation or in work", () => {
    const stages = STATUS_NAMES.flatMap((status) =>
      (["submitted", "assigned"] as const).flatMap((returnsTo) =>
        OUTCOMES.map((outcome) => stageOf({ status, returnsTo, outcome })),
      ),
    );
    expect(new Set(stages)).toEqual(new Set(STAGES));
    const asked = { status: "needs_info", outcome: null } as const;
    expect(stageOf({ ...asked, returnsTo: "submitted" })).toBe("moderation");
    expect(stageOf({ ...asked, returnsTo: "assigned" })).toBe("work");
  });

  test("stages add up to everything that was filed", () => {
    const cells = fc.array(
      fc.record({ status: fc.constantFrom(...STATUS_NAMES), outcome: fc.constantFrom(...OUTCOMES), count: fc.nat(9) }),
    );
    fc.assert(
      fc.property(cells, (some) => {
        const outcomeOf = (status: Status, outcome: Cell["outcome"]) => (status === "closed" ? outcome : null);
        const figures = figuresOf(
          counted(some.map((cell) => aCell({ ...cell, outcome: outcomeOf(cell.status, cell.outcome) }))),
          {},
        );
        const sum = Object.values(figures.byStage).reduce((all, count) => all + count, 0);
        expect(sum).toBe(figures.filed);
        expect(figures.taken + figures.byStage.moderation + figures.byStage.declined).toBe(figures.filed);
      }),
    );
  });

  test("what the public calls open in the table of statuses is open here, once an editor has passed it", () => {
    for (const status of STATUS_NAMES) {
      const { open } = figuresOf(counted([aCell({ status, outcome: status === "closed" ? "confirmed" : null })]), {});
      expect([status, open]).toEqual([status, STATUSES[status].shows === "all" && status !== "closed" ? 1 : 0]);
    }
  });

  test("only a confirmed report is fixed; the other three outcomes stand in the denominator", () => {
    const { confirmed } = figuresOf(
      counted([
        closed("confirmed", { count: 3 }),
        closed("unverified", { count: 5 }),
        closed("answer_upheld"),
        closed("not_fixable"),
        aCell({ status: "published", timing: "in_time", count: 7 }),
      ]),
      {},
    );
    expect(confirmed).toEqual({ part: 3, of: 10 });
  });

  test("in time: of the answered and of those whose date has passed, and nothing of those whose date is to come", () => {
    const { inTime, inTimePostponed, overdue } = figuresOf(
      counted([
        aCell({ status: "answered", timing: "in_time", count: 4, postponed: 1 }),
        closed("unverified", { timing: "late", count: 2, postponed: 2 }),
        aCell({ status: "planned", timing: "overdue", count: 3, postponed: 3 }),
        aCell({ count: 50 }),
      ]),
      {},
    );
    expect(inTime).toEqual({ part: 4, of: 9 });
    expect(inTimePostponed).toBe(1);
    expect(overdue).toBe(3);
  });

  test("the median is the middle one, or lies between the two in the middle; of nothing there is none", () => {
    const median = (...days: DaysCell[]) => figuresOf(counted([], { days }), {}).days;
    expect(median()).toEqual({ median: null, of: 0 });
    expect(median(took(3, 1))).toEqual({ median: 3, of: 1 });
    expect(median(took(9, 1), took(0, 1))).toEqual({ median: 4.5, of: 2 });
    expect(median(took(2, 5), took(1, 1), took(30, 5))).toEqual({ median: 2, of: 11 });
  });
});

test("the median is that of the sorted days, however they are counted together", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1 }), (days) => {
      const sorted = days.toSorted((a, b) => a - b);
      const low = sorted[Math.ceil(days.length / 2) - 1] ?? NaN;
      const high = sorted[Math.floor(days.length / 2)] ?? NaN;
      const { median } = figuresOf(counted([], { days: days.map((day) => took(day, 1)) }), {}).days;
      expect(median).toBe((low + high) / 2);
    }),
  );
});

describe("of what", () => {
  const cells = [
    aCell({ month: "2026-01", districtId: "fili-park", agencyId: "roads" }),
    aCell({ month: "2026-03", districtId: "kuntsevo", agencyId: "roads", count: 2 }),
    aCell({ month: "2026-06", districtId: "kuntsevo", agencyId: null, status: "submitted", count: 4 }),
  ];

  test("period, district and agency each leave out what is not theirs", () => {
    const filed = (filter: Parameters<typeof figuresOf>[1]) => figuresOf(counted(cells), filter).filed;
    expect(filed({})).toBe(7);
    expect(filed({ from: "2026-02" })).toBe(6);
    expect(filed({ from: "2026-02", to: "2026-05" })).toBe(2);
    expect(filed({ districtId: "kuntsevo" })).toBe(6);
    expect(filed({ agencyId: "roads" })).toBe(3);
    expect(filed({ agencyId: "roads", districtId: "fili-park", to: "2025-12" })).toBe(0);
  });

  test("by month every month of the period is there, also the one in which nobody filed anything", () => {
    const months = (filter: Parameters<typeof figuresByMonth>[1]) =>
      figuresByMonth(counted(cells), filter).map(({ month, figures }) => `${month} ${figures.filed}`);
    expect(months({})).toEqual(["2026-01 1", "2026-02 0", "2026-03 2", "2026-04 0", "2026-05 0", "2026-06 4"]);
    // A city that began in March says nothing of the months before it.
    expect(months({ from: "2025-06", to: "2026-04", districtId: "kuntsevo" })).toEqual(["2026-03 2", "2026-04 0"]);
    expect(figuresByMonth(counted([]), {})).toEqual([]);
  });

  test("by agency those no editor has passed are nobody's", () => {
    expect([...figuresBy(counted(cells), {}, ({ agencyId }) => agencyId).keys()]).toEqual(["roads"]);
  });
});

describe("a percentage", () => {
  test("is not said of fewer than ten cases", () => {
    expect(percentOf({ part: 9, of: 9 })).toBeNull();
    expect(percentOf({ part: 10, of: 10 })).toBe(100);
  });

  test("is 100 only of all and 0 only of none", () => {
    expect(percentOf({ part: 9_999, of: 10_000 })).toBe(99);
    expect(percentOf({ part: 1, of: 10_000 })).toBe(1);
    expect(percentOf({ part: 0, of: 10_000 })).toBe(0);
    expect(percentOf({ part: 1, of: 12 })).toBe(8);
  });
});

describe("best and worst topics", () => {
  const aTopic = (topicId: string, inTime: number, late: number, differs: Partial<TopicCell> = {}): TopicCell[] =>
    [{ timing: "in_time", count: inTime } as const, { timing: "late", count: late } as const].map((cell) => ({
      districtId: "kuntsevo",
      agencyId: "roads",
      topicId,
      outcome: "unverified",
      ...cell,
      ...differs,
    }));
  const ranked = (topics: TopicCell[], filter: Parameters<typeof bestAndWorstTopics>[1] = {}) => {
    const { best, worst } = bestAndWorstTopics(counted([], { topics }), filter);
    return { best: best.map(({ topicId }) => topicId), worst: worst.map(({ topicId }) => topicId) };
  };

  test("the extreme ones come first, none stands twice, and few cases say nothing", () => {
    const topics = [
      ...aTopic("pits", 1, 19),
      ...aTopic("signs", 19, 1),
      ...aTopic("kerbs", 10, 10),
      ...aTopic("lucky", 9, 0),
    ];
    expect(ranked(topics)).toEqual({ best: ["signs", "kerbs"], worst: ["pits"] });
    expect(ranked(aTopic("pits", 1, 19))).toEqual({ best: ["pits"], worst: [] });
    expect(ranked([])).toEqual({ best: [], worst: [] });
  });

  test("never more than three of each", () => {
    const topics = Array.from({ length: 9 }, (_, n) => aTopic(`t${n}`, 10 + n, 10 - n)).flat();
    expect(ranked(topics)).toEqual({ best: ["t8", "t7", "t6"], worst: ["t0", "t1", "t2"] });
  });

  test("of one district or agency only its own", () => {
    const topics = [
      ...aTopic("pits", 10, 10),
      ...aTopic("signs", 10, 10, { districtId: "fili-park", agencyId: "signs" }),
    ];
    expect(ranked(topics, { districtId: "fili-park" }).best).toEqual(["signs"]);
    expect(ranked(topics, { agencyId: "roads" }).best).toEqual(["pits"]);
  });

  test("what is confirmed is a share of the topic's closed ones", () => {
    const open = { outcome: null } as const;
    const topics = [
      ...aTopic("pits", 6, 4, open),
      ...aTopic("pits", 3, 0, { outcome: "confirmed" }),
      ...aTopic("pits", 2, 0),
    ];
    expect(bestAndWorstTopics(counted([], { topics }), {}).best).toEqual([
      { topicId: "pits", inTime: { part: 11, of: 15 }, confirmed: { part: 3, of: 5 } },
    ]);
  });
});

test("months are counted over New Year in both directions", () => {
  expect(monthsBetween("2025-11", "2026-02")).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
  expect(monthsBetween("2026-02", "2026-01")).toEqual([]);
  expect(addMonths("2026-01", -1)).toBe("2025-12");
  expect(addMonths("2025-12", 13)).toBe("2027-01");
});
