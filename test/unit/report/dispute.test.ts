import { describe, expect, test } from "vitest";
import {
  barOf,
  deskOf,
  inspectionDue,
  lacksOfVerdict,
  mayDecide,
  nextCycleDays,
  type Bench,
  type Desk,
} from "../../../src/report/dispute.ts";
import type { Actor } from "../../../src/report/permission.ts";
import type { StaffRole } from "../../../src/report/status.ts";
import { loadDemoCity } from "../../support/demo-city.ts";
import { NOON } from "../../support/people.ts";

const actor = (...roles: StaffRole[]): Actor => ({
  residentId: 1,
  grants: roles.map((role) => ({ role, agencyId: role === "officer" ? "lighting" : null })),
});

const FULL: Bench = { inspectors: true, editors: true, admins: true };
const WITHOUT_INSPECTORS: Bench = { ...FULL, inspectors: false };
const ONLY_ADMINS: Bench = { ...WITHOUT_INSPECTORS, editors: false };
const NOBODY: Bench = { ...ONLY_ADMINS, admins: false };

describe("a dispute goes", () => {
  test.for([
    ["to the inspectors", { cycle: 1, disputesOfAuthor: 1, bench: FULL }, "inspectors"],
    ["to the inspectors the second time, too", { cycle: 2, disputesOfAuthor: 2, bench: FULL }, "inspectors"],
    [
      "to an editor with the author's third on the same place and topic",
      { cycle: 1, disputesOfAuthor: 3, bench: FULL },
      "editors",
    ],
    ["to an editor with every later one", { cycle: 2, disputesOfAuthor: 7, bench: FULL }, "editors"],
    [
      "to the inspectors when neighbours dispute, however often",
      { cycle: 2, disputesOfAuthor: 0, bench: FULL },
      "inspectors",
    ],
    [
      "to an editor where no inspector is appointed",
      { cycle: 1, disputesOfAuthor: 0, bench: WITHOUT_INSPECTORS },
      "editors",
    ],
    [
      "to an admin where every inspector and editor has a part in the answer",
      { cycle: 1, disputesOfAuthor: 0, bench: ONLY_ADMINS },
      "admins",
    ],
    ["to an admin where nobody is left at all", { cycle: 1, disputesOfAuthor: 3, bench: NOBODY }, "admins"],
    [
      "to the admins with an author's third where every editor has a part in the answer",
      { cycle: 1, disputesOfAuthor: 3, bench: { ...FULL, editors: false } },
      "admins",
    ],
    ["to the admins in the third cycle", { cycle: 3, disputesOfAuthor: 3, bench: FULL }, "admins"],
    [
      "to the admins in a fourth that an admin gave",
      { cycle: 4, disputesOfAuthor: 0, bench: WITHOUT_INSPECTORS },
      "admins",
    ],
  ] as const)("%s", ([, dispute, desk]) => {
    expect(deskOf(dispute)).toBe(desk);
  });
});

describe("deciding", () => {
  const cases: [StaffRole, Desk, boolean, boolean][] = [
    ["inspector", "inspectors", true, true],
    ["inspector", "editors", true, false],
    ["inspector", "admins", true, false],
    ["editor", "inspectors", true, false],
    ["editor", "inspectors", false, true],
    ["editor", "editors", true, true],
    ["editor", "admins", true, false],
    ["admin", "inspectors", true, true],
    ["admin", "editors", true, true],
    ["admin", "admins", true, true],
    ["officer", "inspectors", true, false],
    ["officer", "editors", false, false],
    ["operator", "editors", true, false],
  ];
  test.for(cases)("by the %s at the desk of the %s (inspectors appointed: %s): %s", ([role, desk, has, may]) => {
    expect(mayDecide(actor(role), desk, has)).toBe(may);
  });
});

describe("an answer is judged by nobody who has a part in it", () => {
  const makers = { authorId: 6, agencyId: "lighting", officerId: 7, publisherId: 8 };
  const judge = (residentId: number, roles: readonly StaffRole[], officerOf: string | null = null): Actor => ({
    residentId,
    grants: [
      ...roles.map((role) => ({ role, agencyId: null })),
      ...(officerOf === null ? [] : [{ role: "officer" as const, agencyId: officerOf }]),
    ],
  });
  const nobodys = { authorId: null, agencyId: null, officerId: null, publisherId: null };
  const desks: readonly Desk[] = ["inspectors", "editors", "admins"];
  const JUDGES = ["inspector", "editor", "admin"] as const;

  test.for(JUDGES)(
    "an %s who filed the report, of that agency, who sent it, or published it; anybody else may",
    (role) => {
      for (const desk of desks) {
        expect(barOf(judge(1, [role], "lighting"), makers, desk, FULL)).toBe("agency_staff");
        expect(barOf(judge(6, [role]), makers, desk, FULL)).toBe("own_report");
        expect(barOf(judge(7, [role]), makers, desk, FULL)).toBe("own_answer");
        expect(barOf(judge(8, [role]), makers, desk, FULL)).toBe("publisher");
        expect(barOf(judge(1, [role], "roads"), makers, desk, FULL)).toBeNull();
        expect(barOf(judge(1, [role]), nobodys, desk, FULL)).toBeNull();
      }
    },
  );

  test.for([
    ["inspectors", NOBODY, true],
    ["inspectors", ONLY_ADMINS, false],
    ["inspectors", { ...NOBODY, editors: true }, false],
    ["editors", NOBODY, true],
    ["editors", { ...NOBODY, inspectors: true }, true],
    ["editors", ONLY_ADMINS, false],
    ["admins", { ...FULL, admins: false }, true],
    ["admins", ONLY_ADMINS, false],
  ] as const)(
    "at the desk of the %s, with %j left, an interested admin may: %s; others never",
    ([desk, bench, may]) => {
      for (const admin of [
        judge(6, ["admin"]),
        judge(7, ["admin"]),
        judge(8, ["admin", "editor"]),
        judge(1, ["admin"], "lighting"),
      ]) {
        expect(barOf(admin, makers, desk, bench) === null).toBe(may);
      }
      for (const role of ["inspector", "editor"] as const) {
        expect(barOf(judge(8, [role]), makers, desk, bench)).toBe("publisher");
      }
    },
  );
});

describe("a decision lacks", () => {
  test.for([
    ["inspector", "fixed", null, false, ["words", "photo"]],
    ["inspector", "fixed", "Темно", false, ["photo"]],
    ["inspector", "fixed", null, true, ["words"]],
    ["inspector", "fixed", "Темно", true, []],
    ["inspector", "cannot_fix", "Труба цела", false, []],
    ["editor", "fixed", "Темно", false, []],
    ["admin", "fixed", "Темно", false, []],
    ["admin", "fixed", null, true, ["words"]],
  ] as const)("by an %s on «%s», told «%s» and a photo: %s → %j", ([as, answerKind, words, hasPhoto, lacks]) => {
    expect(lacksOfVerdict({ as, answerKind }, { words, hasPhoto })).toEqual(lacks);
  });
});

describe("the next cycle", () => {
  test.for([
    [8, 4],
    [9, 5],
    [1, 1],
    [19, 10],
  ] as const)("of a first one with %s days has %s, rounded up", ([first, next]) => {
    expect(nextCycleDays({ count: first, kind: "working" })).toEqual({ count: next, kind: "working" });
  });

  test("counts the kind of days its topic counts", () => {
    expect(nextCycleDays({ count: 3, kind: "calendar" })).toEqual({ count: 2, kind: "calendar" });
  });

  test("an inspection has three working days, until 24:00 in the city", async () => {
    // From Wednesday the 15th: Thursday, Friday, Monday.
    expect(inspectionDue(await loadDemoCity(), NOON)).toMatchObject({
      to: "2026-07-20",
      dueAt: "2026-07-20T21:00:00.000Z",
    });
  });
});
