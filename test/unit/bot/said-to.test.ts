import { describe, expect, test } from "vitest";
import { saidTo } from "../../../src/bot/editor/said-to.ts";
import { staffHistory } from "../../../src/bot/editor/staff-history.ts";
import { NOTICES, type NoticeKind } from "../../../src/notices/notices.ts";
import type { HistoryEntry } from "../../../src/store/queries/history.ts";
import type { Told } from "../../../src/store/queries/told.ts";
import { AT, readingIn } from "../../support/notices.ts";

const aTold = (kind: NoticeKind, differs: Partial<Told> = {}): Told => ({
  eventAt: AT,
  eventKind: "published",
  kind,
  isAuthors: false,
  state: "sent",
  failure: null,
  count: 1,
  at: AT,
  ...differs,
});
const said = (...told: Told[]): string | null =>
  saidTo(readingIn("ru"), { at: AT, kind: "published" }, told)?.rawText.trim() ?? null;

describe("whom an event was told", () => {
  test("is in no event's line what another event, or the same kind at another moment, gave rise to", () => {
    expect(said(aTold("closed", { eventKind: "closed" }), aTold("closed", { eventAt: new Date(0) }))).toBeNull();
  });

  test("never tells who has voted, or that they did: neither by whom nobody reminds, nor by who disputed", () => {
    expect(
      said(aTold("check_reminder"), aTold("check_last_reminder"), aTold("disputed", { isAuthors: true })),
    ).toBeNull();
    const told = (Object.keys(NOTICES) as NoticeKind[]).filter((kind) => said(aTold(kind)) !== null);
    for (const kind of told) expect(NOTICES[kind].to, kind).not.toBe("unvoted");
  });

  test("finds a word for everybody a notice may be for", () => {
    const kinds = (Object.keys(NOTICES) as NoticeKind[]).filter((kind) => said(aTold(kind)) !== null);
    expect(kinds.length).toBeGreaterThan(30);
    for (const kind of kinds) expect(said(aTold(kind)), kind).toMatch(/^↳ сказано: [а-я ]+ 14:05$/);
    expect(said(aTold("overdue_staff"))).toContain("исполнителям и редакторам");
    expect(said(aTold("overdue", { isAuthors: true }), aTold("overdue", { count: 12 }))).toBe(
      "↳ сказано: автору 14:05, подписчикам (12) 14:05",
    );
  });

  test("names the day only where it is another than the event's", () => {
    const later = aTold("closed", { isAuthors: true, at: new Date("2026-04-30T08:00:00+03:00") });
    expect(said(later)).toBe("↳ сказано: автору 30 апреля в 08:00");
  });
});

describe("the history", () => {
  const entries = Array.from({ length: 20 }, (_, index): HistoryEntry => ({
    at: AT,
    kind: "returned",
    data: { remark: `${"щ".repeat(300)} ${index}` },
    actorRole: "editor",
    name: "Вера",
  }));
  const beside = { notes: new Map(), told: [] };

  test("keeps its newest events within the room there is, and counts the others", () => {
    const lines = staffHistory(readingIn("ru"), entries, beside, 1500).map(({ rawText }) => rawText);
    expect(lines.join("\n").length).toBeLessThanOrEqual(1500);
    expect(lines[0]).toBe("… и раньше: 16");
    expect(lines.at(-1)).toContain("щ 19");
  });

  test("shows the newest event even where there is no room", () => {
    expect(staffHistory(readingIn("ru"), entries, beside, 0)).toHaveLength(2);
  });
});
