import { describe, expect, test } from "vitest";
import { isTimely, listOvertaken } from "../../../src/notices/timely.ts";
import type { Status } from "../../../src/report/status.ts";
import { endOf } from "../../support/clocks.ts";
import { city } from "../../support/notices.ts";

const standing = (status: Status, lastDay: string | null) => ({
  status,
  dueAt: lastDay === null ? null : endOf(lastDay),
});

describe("an escalation that waited for the morning", () => {
  const escalated = { kind: "late_escalated", params: { due: "2026-07-15" } } as const;

  test("is told while what was late is", () => {
    for (const status of ["submitted", "answered", "disputed"] as const) {
      expect(isTimely(city, escalated, standing(status, "2026-07-15"))).toBe(true);
    }
  });

  test("is not told of a report that went on meanwhile, be it to something else that has a date", () => {
    expect(isTimely(city, escalated, standing("assigned", "2026-07-15"))).toBe(false);
    expect(isTimely(city, escalated, standing("answered", "2026-07-20"))).toBe(false);
    expect(isTimely(city, escalated, standing("submitted", "2026-07-21"))).toBe(false);
  });

  test("is left to whoever renders it when the row is broken", () => {
    expect(isTimely(city, { ...escalated, params: {} }, standing("submitted", "2026-07-15"))).toBe(true);
  });
});

test("what is about no date does not ask for one", () => {
  expect(isTimely(city, { kind: "check_reminder", params: { due: "2026-07-15" } }, standing("published", null))).toBe(
    true,
  );
});

describe("of what waits for a chat", () => {
  const waiting = (...kinds: (string | [string, number])[]) =>
    kinds.map((kind, index) => {
      const [name, reportId] = typeof kind === "string" ? [kind, null] : kind;
      return { id: index + 1, kind: name, reportId };
    });

  test("only the newest digest of each kind is told; an agency's are looked over with its mornings", () => {
    const digests = waiting("digest_editors", "digest_admins", "digest_editors", "digest_agency", "digest_agency");
    expect(listOvertaken(digests)).toEqual([1]);
  });

  test("only the newest reminder to check a report is told, and every other notice", () => {
    const news = waiting(
      ["check_reminder", 1],
      ["overdue", 1],
      ["check_reminder", 2],
      ["overdue", 1],
      ["check_last_reminder", 1],
      "from_a_newer_program",
      "from_a_newer_program",
    );
    expect(listOvertaken(news)).toEqual([1]);
  });
});
