/** Who voted what and when, and what comes of it. */
import { describe, expect, test } from "vitest";
import { standingOf, type Vote } from "../../../src/report/verdict.ts";
import { hoursAfter, NOON } from "../../support/people.ts";

const publishedAt = NOON;
const windowEndsAt = new Date("2026-07-25T21:00:00.000Z");

const confirmed = (kind: Vote["kind"]): Vote => ({ kind, value: "confirmation" });
const refuted = (kind: Vote["kind"]): Vote => ({ kind, value: "refutation" });
const [author, follower, volunteer, inspector] = (["author", "follower", "volunteer", "inspector"] as const).map(
  confirmed,
) as [Vote, Vote, Vote, Vote];

type Case = {
  votes: Vote[];
  /** Hours after publication; the window closes 252 hours after it. */
  at: number;
  kind?: "fixed" | "cannot_fix";
  comes: string;
};

const WINDOW_HOURS = 252;

const CASES: Record<string, Case> = {
  "nobody yet": { votes: [], at: 1, comes: "open until the window ends" },
  "nobody until the end": { votes: [], at: WINDOW_HOURS, comes: "unverified by nobody" },
  "nobody a moment before the end": { votes: [], at: WINDOW_HOURS - 0.001, comes: "open until the window ends" },
  "the author alone": { votes: [author], at: 100, comes: "open until the window ends" },
  "the author alone, at the end": { votes: [author], at: WINDOW_HOURS, comes: "confirmed by the author" },
  "the author and a follower, at once": { votes: [author, follower], at: 0, comes: "confirmed by the author and 1" },
  "a follower and the author, in the other order": {
    votes: [follower, author],
    at: 1,
    comes: "confirmed by the author and 1",
  },
  "the author and two others": { votes: [follower, volunteer, author], at: 1, comes: "confirmed by the author and 2" },
  "two others within 48 hours": { votes: [follower, volunteer], at: 47.9, comes: "open until 48 hours" },
  "two others after 48 hours": { votes: [follower, volunteer], at: 48, comes: "confirmed by 2" },
  "two volunteers after 48 hours": { votes: [volunteer, volunteer], at: 60, comes: "confirmed by 2" },
  "an inspector and a volunteer after 48 hours": { votes: [inspector, volunteer], at: 49, comes: "confirmed by 2" },
  "an inspector alone": { votes: [inspector], at: 100, comes: "open until the window ends" },
  "one neighbour, at the end": { votes: [volunteer], at: WINDOW_HOURS, comes: "confirmed by 1" },
  "three others, at the end": {
    votes: [follower, volunteer, volunteer],
    at: WINDOW_HOURS + 5,
    comes: "confirmed by 3",
  },
  "a refutation by the author": { votes: [refuted("author")], at: 1, comes: "disputed" },
  "a refutation by a follower after a confirmation": { votes: [author, refuted("follower")], at: 1, comes: "disputed" },
  "a refutation by a volunteer against many": {
    votes: [follower, volunteer, inspector, refuted("volunteer")],
    at: 60,
    comes: "disputed",
  },
  "a refutation found at the end": { votes: [author, refuted("inspector")], at: WINDOW_HOURS, comes: "disputed" },
  "it cannot be fixed: nobody yet": { votes: [], at: 1, kind: "cannot_fix", comes: "open until the window ends" },
  "it cannot be fixed: nobody objects": {
    votes: [],
    at: WINDOW_HOURS,
    kind: "cannot_fix",
    comes: "not_fixable by nobody",
  },
  "it cannot be fixed: agreement never confirms": {
    votes: [author, follower, volunteer],
    at: 60,
    kind: "cannot_fix",
    comes: "open until the window ends",
  },
  "it cannot be fixed: agreed, at the end": {
    votes: [author, follower],
    at: WINDOW_HOURS,
    kind: "cannot_fix",
    comes: "not_fixable by the author and 1",
  },
  "it cannot be fixed: somebody objects": {
    votes: [author, refuted("follower")],
    at: 2,
    kind: "cannot_fix",
    comes: "disputed",
  },
};

/** A standing as the table words it. */
const comesTo = ({ votes, at, kind = "fixed" }: Case): string => {
  const standing = standingOf(votes, { kind, publishedAt, windowEndsAt }, hoursAfter(publishedAt, at));
  switch (standing.kind) {
    case "disputed":
      return "disputed";
    case "open":
      return standing.nextAt.getTime() === windowEndsAt.getTime()
        ? "open until the window ends"
        : untilHours(standing.nextAt);
    case "closed": {
      const { author: byAuthor, others } = standing.by;
      const by = byAuthor
        ? others > 0
          ? `the author and ${others}`
          : "the author"
        : others > 0
          ? String(others)
          : "nobody";
      return `${standing.outcome} by ${by}`;
    }
  }
};

const untilHours = (moment: Date): string =>
  `open until ${(moment.getTime() - publishedAt.getTime()) / 3_600_000} hours`;

describe("the votes on an answer", () => {
  test("the window of the table ends with the tenth day", () => {
    expect(hoursAfter(publishedAt, WINDOW_HOURS)).toEqual(windowEndsAt);
  });
  test.for(Object.entries(CASES))("%s", ([, one]) => {
    expect(comesTo(one)).toBe(one.comes);
  });
});
