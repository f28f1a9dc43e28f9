/** What residents read about the check of an answer, outcome by outcome, in both languages. */
import { describe, expect, test } from "vitest";
import { renderDisputeNotice } from "../../../src/notices/dispute-card.ts";
import { renderNotice } from "../../../src/notices/render.ts";
import type { ReportView } from "../../../src/notices/report-view.ts";
import type { Outcome } from "../../../src/report/status.ts";
import { actsOf, anAssigned, AT, readingIn } from "../../support/notices.ts";

const answer = { kind: "fixed", agencyId: "housing-kuntsevo", words: "Починили", photos: [] } as const;

const aClosed = (outcome: Outcome, differs: Partial<ReportView> = {}): ReportView =>
  anAssigned({
    ...{ status: "closed", outcome, dueAt: null, publishedAt: AT },
    check: { answer, grounds: [], verdictPhotos: [] },
    ...differs,
  });

const closing = (
  outcome: Outcome,
  {
    by = { author: false, others: 0 },
    reason = null,
  }: { by?: { author: boolean; others: number }; reason?: string | null } = {},
) => ({ cycle: 1, outcome, by, reason });

const said = (locale: string, view: ReportView, params: unknown): string =>
  renderNotice(readingIn(locale), { kind: "closed_followers", params }, view).text.text;

describe("how a report ended", () => {
  test.for([
    [{ author: true, others: 0 }, "Подтвердил автор.", "Confirmed by the author."],
    [{ author: true, others: 1 }, "Подтвердили автор и ещё 1 человек.", "Confirmed by the author and 1 other person."],
    [{ author: true, others: 2 }, "Подтвердили автор и ещё 2 человека.", "Confirmed by the author and 2 other people."],
    [{ author: true, others: 5 }, "Подтвердили автор и ещё 5 человек.", "Confirmed by the author and 5 other people."],
    [{ author: false, others: 1 }, "Подтвердил 1 человек.", "Confirmed by 1 person."],
    [{ author: false, others: 3 }, "Подтвердили 3 человека.", "Confirmed by 3 people."],
  ] as const)("tells by whom it was confirmed: %o", ([by, ru, en]) => {
    const params = closing("confirmed", { by });
    expect(said("ru", aClosed("confirmed"), params)).toContain(`закрыто: устранено. ${ru}`);
    expect(said("en", aClosed("confirmed"), params)).toContain(`is closed: fixed. ${en}`);
  });

  test.for([
    ["unverified", null, /никто не сказал.*В статистике устранённым оно не считается/, /do not count it as fixed/],
    ["answer_upheld", "Горит", /проверен и подтверждён\.\nРешение: Горит/, /stands\.\nDecision: Горит/],
    ["not_fixable", null, /никто не возразил/, /nobody objected/],
    ["not_fixable", "Дерево под охраной", /Решение: Дерево под охраной/, /Decision: Дерево/],
  ] as const)("%s (reason: %s)", ([outcome, reason, ru, en]) => {
    const params = closing(outcome, { reason });
    expect(said("ru", aClosed(outcome), params)).toMatch(ru);
    expect(said("en", aClosed(outcome), params)).toMatch(en);
  });

  test("offers its author to contest until day 10, and not after", () => {
    const params = closing("unverified");
    const inTime = renderNotice(readingIn("ru"), { kind: "closed", params }, aClosed("unverified"));
    expect(inTime.text.text).toContain("до 9 мая включительно");
    expect(actsOf(inTime)).toEqual([[{ kind: "report", act: "contest", reportId: 123, version: 2 }]]);
    const late = readingIn("ru", new Date("2026-05-09T21:00:00.000Z"));
    expect(renderNotice(late, { kind: "closed", params }, aClosed("unverified")).buttons).toBeUndefined();
  });
});

describe("the card of a dispute", () => {
  const disputed = (cycle: number): ReportView =>
    aClosed("confirmed", {
      ...{ status: "disputed", outcome: null, cycle, dueAt: new Date("2026-05-05T21:00:00.000Z") },
      check: {
        answer,
        grounds: [
          { words: "Не горит", photos: [] },
          { words: null, photos: [] },
        ],
        verdictPhotos: [],
      },
    });

  test("offers to give up only after the last cycle", () => {
    const acts = (cycle: number) =>
      actsOf(renderDisputeNotice(readingIn("ru"), disputed(cycle), { desk: "admins" }))
        .flat()
        .map((act) => (typeof act === "object" && act.kind === "report" ? act.act : "go"));
    expect(acts(2)).toEqual(["uphold", "reopen", "go"]);
    expect(acts(3)).toEqual(["uphold", "give_up", "reopen", "go"]);
  });

  test("tells why and never who or how many", () => {
    const { text } = renderDisputeNotice(readingIn("en"), disputed(1), { desk: "inspectors" });
    expect(text.text).toContain("Why they disagree:\n— Не горит\n— (a photo without words)");
    expect(text.text).not.toMatch(/vote|author:/i);
  });
});
