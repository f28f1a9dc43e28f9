import { describe, expect, test } from "vitest";
import { deskOf, inspectionDue, mayDecide, nextCycleDays, type Desk } from "../../../src/report/dispute.ts";
import type { Actor } from "../../../src/report/permission.ts";
import type { StaffRole } from "../../../src/report/status.ts";
import { loadDemoCity } from "../../support/demo-city.ts";
import { NOON } from "../../support/people.ts";

const actor = (...roles: StaffRole[]): Actor => ({
  residentId: 1,
  grants: roles.map((role) => ({ role, agencyId: role === "officer" ? "lighting" : null })),
});

describe("a dispute goes", () => {
  test.for([
    ["to the inspectors", { cycle: 1, disputesOfAuthor: 1, hasInspectors: true }, "inspectors"],
    ["to the inspectors the second time, too", { cycle: 2, disputesOfAuthor: 2, hasInspectors: true }, "inspectors"],
    [
      "to an editor with the author's third on the same place and topic",
      { cycle: 1, disputesOfAuthor: 3, hasInspectors: true },
      "editors",
    ],
    ["to an editor with every later one", { cycle: 2, disputesOfAuthor: 7, hasInspectors: true }, "editors"],
    [
      "to the inspectors when neighbours dispute, however often",
      { cycle: 2, disputesOfAuthor: 0, hasInspectors: true },
      "inspectors",
    ],
    [
      "to an editor where no inspector is appointed",
      { cycle: 1, disputesOfAuthor: 0, hasInspectors: false },
      "editors",
    ],
    ["to the admins in the third cycle", { cycle: 3, disputesOfAuthor: 3, hasInspectors: true }, "admins"],
    ["to the admins in a fourth that an admin gave", { cycle: 4, disputesOfAuthor: 0, hasInspectors: false }, "admins"],
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
