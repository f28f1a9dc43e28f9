import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { renderAuthorCard } from "../../../src/notices/author-card.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { findLastDecision } from "../../../src/store/queries/decisions.ts";
import type { Store } from "../../../src/store/open.ts";
import { chats, grants, notices, reports } from "../../../src/store/schema/index.ts";
import {
  AGENCY,
  aCast,
  aFollower,
  aPublished,
  aTicking,
  aVote,
  at,
  clockEvents,
  endOf,
  reload,
  tickAt,
  toldTo,
} from "../../support/clocks.ts";
import { readingIn } from "../../support/notices.ts";
import { NOON } from "../../support/people.ts";
import { freshStore, STORE_KINDS } from "../../support/store.ts";

const open = async (kind: Store["kind"] = "postgres"): Promise<Store> => {
  const store = await freshStore(kind);
  onTestFinished(() => store.close());
  return store;
};

const SLOW = { timeout: 90_000 };
const MISSED = endOf("2026-07-27");

describe.each(STORE_KINDS)("a missed date on %s", SLOW, (kind) => {
  test("is told at once to agency and editors, to author and followers in the morning, and once", async () => {
    const store = await open(kind);
    const { author, follower } = await aCast(store);
    const report = await aTicking(store, author, { status: "assigned" });
    await aFollower(store, report.id, follower);
    await tickAt(store, report, MISSED);
    await tickAt(store, report, MISSED);
    await tickAt(store, report, at("2026-07-28T12:00"));
    expect(await toldTo(store)).toEqual([
      "author_card → 1",
      "overdue → 1",
      "overdue → 2",
      "overdue_staff → 3",
      "overdue_staff → 4",
      "overdue_staff → 5",
    ]);
    const when = await store.db.select({ kind: notices.kind, dueAt: notices.dueAt }).from(notices);
    for (const one of when) expect(one.dueAt).toEqual(one.kind === "overdue" ? at("2026-07-28T08:00") : MISSED);
    expect(await clockEvents(store)).toEqual([
      { kind: "overdue", data: { due: "2026-07-27", escalatesOn: "2026-07-30" } },
    ]);
  });
});

describe("a reminder", () => {
  test("rings the agency only, and leaves cards that were shown before as good as they were", async () => {
    const store = await open();
    const { author, follower } = await aCast(store);
    const report = await aTicking(store, author, { status: "assigned" });
    await aFollower(store, report.id, follower);
    await tickAt(store, report, at("2026-07-24T09:00"));
    expect(await toldTo(store)).toEqual(["author_card → 1", "due_reminder → 3", "due_reminder → 4"]);
    const after = await reload(store, report);
    expect(after).toMatchObject({ version: report.version, nextTickAt: at("2026-07-27T09:00") });
    // Whoever presses a card that has changed since is told what was decided, not that a date came near.
    expect(await findLastDecision(store.db, report.id)).toBeNull();
  });

  test("goes to the agency's group and, in private, to the officer who took the task, while they are with the agency", async () => {
    const store = await open();
    const { author, officer } = await aCast(store);
    const binding = { districtIds: [], locale: "ru", boundById: author, boundAt: NOON };
    await store.db.insert(chats).values({ chatId: -500, purpose: "agency", agencyId: AGENCY, ...binding });
    const report = await aTicking(store, author, { status: "assigned", officerId: officer });
    await tickAt(store, report, at("2026-07-24T09:00"));
    expect(await toldTo(store)).toEqual(["author_card → 1", "due_reminder → -500", "due_reminder → 3"]);
    await store.db.update(grants).set({ removedAt: NOON }).where(eq(grants.residentId, officer));
    await tickAt(store, report, at("2026-07-27T09:00"));
    expect((await toldTo(store)).slice(3)).toEqual(["author_card → 1", "due_reminder → -500"]);
  });

  test("does nothing a moment too early", async () => {
    const store = await open();
    const { author } = await aCast(store);
    const report = await aTicking(store, author, { status: "assigned" });
    expect(await tickAt(store, report, at("2026-07-24T08:59"))).toEqual([]);
    expect(await reload(store, report)).toEqual(report);
  });

  test("to check goes to whoever has not said yet whether it is fixed", async () => {
    const store = await open();
    const { author, follower, officer } = await aCast(store);
    const report = await aPublished(store, author, officer, at("2026-07-15T12:00"), endOf("2026-07-25"));
    await aFollower(store, report.id, follower);
    await store.db
      .update(reports)
      .set({ answeredAt: at("2026-07-15T13:00") })
      .where(eq(reports.id, report.id));
    await aVote(store, report.id, author, "author");
    await tickAt(store, report, at("2026-07-18T09:00"));
    expect(await toldTo(store)).toEqual(["check_reminder → 2"]);
    await tickAt(store, report, at("2026-07-23T09:00"));
    expect(await toldTo(store)).toEqual(["check_reminder → 2", "check_last_reminder → 2"]);
  });
});

describe("three working days after the date", () => {
  test("the agency's head hears of it; the admins read it in their digest", async () => {
    const store = await open();
    const { author } = await aCast(store);
    const report = await aTicking(store, author, { status: "planned" });
    await tickAt(store, report, MISSED);
    const before = await toldTo(store);
    await tickAt(store, report, endOf("2026-07-30"));
    expect((await toldTo(store)).slice(before.length)).toEqual(["overdue_escalated → 4"]);
    expect(await reload(store, report)).toMatchObject({ status: "planned", nextTickAt: null });
  });
});

describe("an answer that comes back to a date that is past", () => {
  test("is overdue at once when the answer was in time", async () => {
    const store = await open();
    const { author } = await aCast(store);
    const report = await aTicking(store, author, { status: "assigned", statusAt: at("2026-07-29T12:00") });
    expect(report.nextTickAt).toEqual(MISSED);
    await tickAt(store, report, at("2026-07-29T12:00"));
    expect(await clockEvents(store)).toMatchObject([{ kind: "overdue" }]);
  });

  test("tells nobody a second time what they heard before", async () => {
    const store = await open();
    const { author } = await aCast(store);
    const report = await aTicking(store, author, { status: "assigned" });
    await tickAt(store, report, MISSED);
    const told = await toldTo(store);
    // Answered on the 28th, returned on the 29th.
    await store.db
      .update(reports)
      .set({ statusAt: at("2026-07-29T12:00"), tickedAt: null, version: 3 })
      .where(eq(reports.id, report.id));
    await tickAt(store, report, at("2026-07-29T12:00"));
    expect(await toldTo(store)).toEqual(told);
    expect(await clockEvents(store)).toHaveLength(1);
  });
});

describe("a question without a reply", () => {
  test("from moderation is rejected, for a reason its author may put right", async () => {
    const store = await open();
    const { author } = await aCast(store);
    const waiting = { status: "needs_info", returnsTo: "submitted", dueAt: endOf("2026-07-18") } as const;
    const report = await aTicking(store, author, { ...waiting, agencyId: null, assignedAt: null, handlingDueAt: null });
    await tickAt(store, report, at("2026-07-16T12:00"));
    expect(await toldTo(store)).toEqual(["reply_reminder → 1"]);
    await tickAt(store, report, endOf("2026-07-18"));
    expect(await reload(store, report)).toMatchObject({ status: "rejected", dueAt: null, returnsTo: null });
    expect((await clockEvents(store)).at(-1)).toEqual({ kind: "rejected", data: { code: "no_reply", words: null } });
    expect(await toldTo(store)).toContain("rejected → 1");
  });

  test("from the agency goes back to it, and the date moves by the pause", async () => {
    const store = await open();
    const { author } = await aCast(store);
    const report = await aTicking(store, author, {
      status: "needs_info",
      returnsTo: "assigned",
      pausedAt: at("2026-07-15T12:00"),
      dueAt: endOf("2026-07-18"),
      handlingDueAt: MISSED,
    });
    await tickAt(store, report, endOf("2026-07-18"));
    // Thursday and Friday were lost; the 18th was a Saturday.
    const dueAt = endOf("2026-07-29");
    expect(await reload(store, report)).toMatchObject({
      status: "assigned",
      dueAt,
      handlingDueAt: dueAt,
      pausedAt: null,
      nextTickAt: at("2026-07-24T09:00"),
    });
    expect(await toldTo(store)).toEqual([
      "author_card → 1",
      "wait_ended → 1",
      "wait_ended_officers → 3",
      "wait_ended_officers → 4",
      "task_changed → 3",
      "task_changed → 4",
    ]);
  });
});

test.each([
  { swept: "2026-07-17T00:00", why: "at once" },
  { swept: "2026-07-17T10:00", why: "after a night without the program" },
])("waiting until Thursday gives the agency three days back and not Friday too, swept $why", async ({ swept }) => {
  const store = await open();
  const { author } = await aCast(store);
  const report = await aTicking(store, author, {
    status: "needs_info",
    returnsTo: "assigned",
    pausedAt: at("2026-07-13T12:00"),
    dueAt: endOf("2026-07-16"),
    handlingDueAt: endOf("2026-07-20"),
  });
  await tickAt(store, report, at(swept));
  expect(await reload(store, report)).toMatchObject({ status: "assigned", dueAt: endOf("2026-07-23") });
  expect((await clockEvents(store)).at(-1)).toMatchObject({
    kind: "wait_ended",
    data: { from: "2026-07-13", to: "2026-07-16", due: { count: 3, from: "2026-07-20", to: "2026-07-23" } },
  });
});

describe("a check that ends", () => {
  const published = at("2026-07-15T12:00");
  const ends = endOf("2026-07-25");

  test.each([
    { voters: [], outcome: "unverified", by: { author: false, others: 0 } },
    { voters: ["author"], outcome: "confirmed", by: { author: true, others: 0 } },
    { voters: ["follower"], outcome: "confirmed", by: { author: false, others: 1 } },
  ] as const)("with $voters closes as $outcome", async ({ voters, outcome, by }) => {
    const store = await open();
    const cast = await aCast(store);
    const report = await aPublished(store, cast.author, cast.officer, published, ends);
    for (const kind of voters) await aVote(store, report.id, cast[kind], kind);
    await tickAt(store, report, ends);
    expect(await reload(store, report)).toMatchObject({ status: "closed", outcome, dueAt: null, nextTickAt: null });
    expect((await clockEvents(store)).at(-1)).toMatchObject({ kind: "closed", data: { outcome, by } });
  });

  test("as something that cannot be fixed, when nobody disagreed", async () => {
    const store = await open();
    const { author, officer } = await aCast(store);
    const report = await aPublished(store, author, officer, published, ends, "cannot_fix");
    await tickAt(store, report, ends);
    expect(await reload(store, report)).toMatchObject({ status: "closed", outcome: "not_fixable" });
  });

  test("after 48 hours when two neighbours agreed, and not before", async () => {
    const store = await open();
    const { author, follower, editor, officer } = await aCast(store);
    const report = await aPublished(store, author, officer, published, ends);
    await aVote(store, report.id, follower, "follower");
    await aVote(store, report.id, editor, "follower");
    await tickAt(store, report, at("2026-07-17T11:59"));
    expect(await reload(store, report)).toMatchObject({ status: "published" });
    await tickAt(store, report, at("2026-07-17T12:00"));
    expect(await reload(store, report)).toMatchObject({ status: "closed", outcome: "confirmed" });
  });
});

test("the end of a rejection's seven days takes the ways back from its author's card, and rings nobody", async () => {
  const store = await open();
  const { author } = await aCast(store);
  const report = await aTicking(store, author, { status: "rejected", dueAt: null });
  const view = await findReportView(store.db, report.id);
  if (view === null) throw new Error("The report is gone");
  const waysBack = (now: Date) =>
    renderAuthorCard(readingIn("ru", now), view)
      .buttons?.flat()
      .map(({ label }) => label);
  const ends = endOf("2026-07-22");
  expect(waysBack(new Date(ends.getTime() - 1))).toEqual(["✏️ Исправить и отправить", "✋ Обжаловать"]);
  await tickAt(store, report, ends);
  expect(await toldTo(store)).toEqual(["author_card → 1"]);
  expect(waysBack(ends)).toEqual([]);
});

test("an editor's and an inspector's clock running out decides nothing", async () => {
  const store = await open();
  const { author } = await aCast(store);
  const dueAt = endOf("2026-07-17");
  for (const status of ["submitted", "answered", "disputed"] as const) {
    const report = await aTicking(store, author, { status, dueAt });
    await tickAt(store, report, dueAt);
    await tickAt(store, report, endOf("2026-07-20"));
    expect(await reload(store, report)).toMatchObject({ status, version: report.version, nextTickAt: null });
  }
  expect(await toldTo(store)).toEqual(["author_card → 1", "author_card → 1", "author_card → 1"]);
  expect((await clockEvents(store)).map(({ kind }) => kind)).toEqual([
    "moderation_late",
    "moderation_escalated",
    "answer_check_late",
    "answer_check_escalated",
    "inspection_late",
    "inspection_escalated",
  ]);
});

test("of several processes that see the same moment one does it", async () => {
  const store = await open();
  const { author, officer } = await aCast(store);
  const overdue = await aTicking(store, author, { status: "assigned" });
  const ended = await aPublished(store, author, officer, at("2026-07-15T12:00"), endOf("2026-07-25"));
  const done = await Promise.all(
    Array.from({ length: 5 }, async () => [
      ...(await tickAt(store, overdue, MISSED)),
      ...(await tickAt(store, ended, MISSED)),
    ]),
  );
  // Both looks at the votes were due; the first closed the report.
  expect(done.flat().toSorted()).toEqual(["last_invited", "more_invited", "overdue", "quorum"]);
  expect((await clockEvents(store)).map(({ kind }) => kind).toSorted()).toEqual(["closed", "overdue"]);
});
