/** Taking back: every decision of the table leaves nothing behind, unless something has come of it. */
import { and, asc, eq, isNull, like } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addNote } from "../../../src/actions/add-note.ts";
import { addToReport } from "../../../src/actions/add-to-report.ts";
import { castVote } from "../../../src/actions/cast-vote.ts";
import { changePlace, changeTopic, editPublicText } from "../../../src/actions/correct-report.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { forgetPerson } from "../../../src/actions/forget-person.ts";
import { refuseRequest } from "../../../src/actions/refuse-request.ts";
import { removeRole } from "../../../src/actions/remove-role.ts";
import { takeCard } from "../../../src/actions/take-card.ts";
import { takeTask } from "../../../src/actions/take-task.ts";
import { tickReport } from "../../../src/actions/tick-report.ts";
import { undoDecision } from "../../../src/actions/undo-decision.ts";
import { viewReport } from "../../../src/actions/view-report.ts";
import { mayHear } from "../../../src/notices/hearers.ts";
import { NOTICES } from "../../../src/notices/notices.ts";
import { actsFrom, type Act } from "../../../src/report/status.ts";
import { mayBeTakenBack, ruleOfTakingBack, TAKEN_BACK_KINDS } from "../../../src/report/take-back.ts";
import { findLastDecision } from "../../../src/store/queries/decisions.ts";
import { REWRITES } from "../../../src/store/queries/audience.ts";
import { listGrants } from "../../../src/store/queries/grants.ts";
import { answers, events, followers, notices, reports } from "../../../src/store/schema/index.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { checks } from "../../../src/store/schema/votes.ts";
import { PERFORM, type Done } from "../../support/acts.ts";
import { LIFE_NAMES, live, startLives, statusOf, toDoing, type Cast, type Life } from "../../support/life.ts";
import { aResident, hoursAfter, NOON } from "../../support/people.ts";
import type { FreshStore } from "../../support/store.ts";

let store: FreshStore;
let deps: Deps;
let cast: Cast;
let originalId: number;

beforeAll(async () => {
  ({ store, deps, cast, originalId } = await startLives());
});
beforeEach(async () => {
  // A neighbour is asked twice a day at most, and an author's third dispute goes to another desk.
  await store.db.delete(checks);
  cast = { ...cast, author: await aResident(store.db, { name: "Анна" }) };
});
afterAll(() => store.close());

const minutesAfter = (from: Date, minutes: number): Date => hoursAfter(from, minutes / 60);

/** Whoever decides it in these lives. */
const deciderOf = (act: Act): "editor" | "inspector" => (act === "uphold" || act === "reopen" ? "inspector" : "editor");

const decide = async (act: Act, reportId: number, at: Date, actor: keyof Cast = deciderOf(act)): Promise<Done> => {
  const report = await stored(reportId);
  return PERFORM[act](deps, toDoing(cast, actor, report, originalId), at);
};

const undo = (actor: keyof Cast, at: Date) => undoDecision(deps, { actorId: cast[actor] }, at);

const stored = async (id: number) => {
  const report = await store.db.query.reports.findFirst({ where: eq(reports.id, id) });
  if (report === undefined) throw new Error("no report");
  return report;
};

/** Everything a decision may change; of the report all but its version and when it last changed, which only grow. */
const standing = async (id: number) => {
  const { version: _, updatedAt: __, ...report } = await stored(id);
  const following = and(eq(followers.reportId, originalId), isNull(followers.leftAt));
  return {
    report,
    answers: await store.db.select().from(answers).where(eq(answers.reportId, id)).orderBy(asc(answers.id)),
    invited: await store.db.select().from(checks).where(eq(checks.reportId, id)),
    authorFollows: await store.db
      .select()
      .from(followers)
      .where(and(following, eq(followers.residentId, cast.author))),
  };
};

const kindsAfter = async (id: number, count: number): Promise<string[]> =>
  (await store.db.select().from(events).where(eq(events.reportId, id)).orderBy(asc(events.id)))
    .slice(count)
    .map(({ kind }) => kind);

const undoings = (id: number) => and(eq(notices.reportId, id), like(notices.dedupeKey, "%:undone"));

/** Whom taking back told what: kinds of notices by who gets them. */
const toldOfUndoing = async (id: number): Promise<Record<string, string[]>> => {
  const told = await store.db.select().from(notices).where(undoings(id)).orderBy(asc(notices.id));
  const names = Object.entries(cast);
  const byName: Record<string, string[]> = {};
  for (const { residentId, kind } of told) {
    const name = names.find(([, residentOf]) => residentOf === residentId)?.[0] ?? "somebody else";
    byName[name] = [...(byName[name] ?? []), kind];
  }
  return byName;
};

const deliverAll = (id: number, at: Date) =>
  store.db.update(notices).set({ state: "sent", settledAt: at }).where(eq(notices.reportId, id));

/** A decision is made in every life where the table allows it. */
const cells = LIFE_NAMES.flatMap((life) =>
  actsFrom(statusOf(life), "editor", "inspector")
    .filter(mayBeTakenBack)
    // An agency asks for a later date before it gets one.
    .filter((act) => act !== "postpone" || life === "assigned" || life === "planned")
    .map((act) => ({ life, act })),
);

const corrections: Record<string, (id: number, at: Date) => Promise<{ ok: boolean }>> = {
  topic_changed: (reportId, at) =>
    changeTopic(deps, { actorId: cast.editor, reportId, version: null, topicId: "pothole" }, at),
  place_changed: (reportId, at) => {
    const place = { point: { lat: 55.74, lon: 37.41 }, address: "Ярцевская, 14", districtId: "kuntsevo" };
    return changePlace(deps, { actorId: cast.editor, reportId, version: null, place }, at);
  },
  text_edited: (reportId, at) =>
    editPublicText(deps, { actorId: cast.editor, reportId, version: null, text: "Не горит фонарь у арки" }, at),
};

describe("a decision is taken back", () => {
  test.each(cells)("«$act» of a report that is $life: everything stands as before", async ({ life, act }) => {
    const { report, now } = await live(deps, { cast, originalId }, life, NOON);
    const before = await standing(report.id);
    const count = (await kindsAfter(report.id, 0)).length;
    expect(await decide(act, report.id, now)).toMatchObject({ ok: true });
    expect(await undo(deciderOf(act), minutesAfter(now, 4))).toMatchObject({ ok: true });
    expect(await standing(report.id)).toEqual(before);
    expect((await kindsAfter(report.id, count)).at(-1)).toBe("undone");
  });

  test.each(Object.keys(corrections))("«%s» leaves what the resident had written", async (kind) => {
    const { report, now } = await live(deps, { cast, originalId }, "submitted", NOON);
    const before = await standing(report.id);
    expect(await corrections[kind]?.(report.id, now)).toMatchObject({ ok: true });
    expect(await standing(report.id)).not.toEqual(before);
    expect(await undo("editor", minutesAfter(now, 1))).toMatchObject({ ok: true, kind });
    expect(await standing(report.id)).toEqual(before);
  });

  test("a refused request waits again", async () => {
    const { report, now } = await live(deps, { cast, originalId }, "planned", NOON);
    const before = await standing(report.id);
    const command = { actorId: cast.editor, reportId: report.id, version: null, remark: "Зима уже прошла" };
    expect(await refuseRequest(deps, command, now)).toMatchObject({ ok: true });
    expect(await undo("editor", minutesAfter(now, 1))).toMatchObject({ ok: true, kind: "request_refused" });
    expect(await standing(report.id)).toEqual(before);
  });

  test("every kind of the table is taken back by some test above", () => {
    const acts = new Set<Act | null>(cells.map(({ act }) => act));
    const others = [...Object.keys(corrections), "request_refused"];
    for (const kind of TAKEN_BACK_KINDS) {
      expect(acts.has(ruleOfTakingBack(kind).act) || others.includes(kind), kind).toBe(true);
    }
  });

  test("and made anew: the same answer is published and neighbours are asked again", async () => {
    const { report, now } = await live(deps, { cast, originalId }, "answered", NOON);
    await decide("publish", report.id, now);
    await undo("editor", minutesAfter(now, 1));
    expect(await decide("publish", report.id, minutesAfter(now, 2))).toMatchObject({ ok: true });
    expect((await standing(report.id)).invited).toHaveLength(1);
  });
});

type Follow = { life: Life; act: Act; later: (id: number, at: Date) => Promise<{ ok: boolean }>; what: string | null };

describe("what has come of a decision keeps it", () => {
  const message = (id: number) => ({ chatId: cast.author, messageId: 90_000 + id, albumId: null });
  const add = (id: number, at: Date) => {
    const words = "И второй фонарь тоже";
    return addToReport(deps, { actorId: cast.author, reportId: id, words, photos: [], message: message(id) }, at);
  };
  const confirm = (id: number, at: Date) => decide("confirm", id, at, "author");

  test.each<Follow>([
    { life: "submitted", act: "ask", later: (id, at) => decide("reply", id, at, "author"), what: "replied" },
    { life: "submitted", act: "reject", later: (id, at) => decide("appeal", id, at, "author"), what: "appealed" },
    { life: "submitted", act: "accept", later: add, what: "added" },
    {
      ...{ life: "submitted", act: "accept", what: "task_taken" },
      later: (reportId, at) => takeTask(deps, { actorId: cast.officer, reportId, version: null }, at),
    },
    { life: "answered", act: "return", later: (id, at) => decide("answer", id, at, "officer"), what: "answered" },
    // That somebody voted is told to nobody, not even by a refusal.
    { life: "answered", act: "publish", later: confirm, what: null },
    { life: "answered", act: "publish", later: (id, at) => decide("refute", id, at, "author"), what: null },
    { life: "disputed", act: "uphold", later: (id, at) => decide("contest", id, at, "author"), what: "disputed" },
    { life: "disputed", act: "reopen", later: (id, at) => decide("answer", id, at, "officer"), what: "answered" },
    { life: "submitted", act: "accept", later: (id, at) => decide("reroute", id, at, "moderator"), what: "rerouted" },
  ])("«$act» of a report that is $life, then $what", async ({ life, act, later, what }) => {
    const { report, now } = await live(deps, { cast, originalId }, life, NOON);
    await decide(act, report.id, now);
    expect(await later(report.id, minutesAfter(now, 1))).toMatchObject({ ok: true });
    const before = await standing(report.id);
    const refused = { ok: false, why: "followed", reportId: report.id, what };
    expect(await undo(deciderOf(act), minutesAfter(now, 2))).toEqual(refused);
    expect(await standing(report.id)).toEqual(before);
  });

  test("even a «not fixed» that still lacks its words", async () => {
    const { report, now } = await live(deps, { cast, originalId }, "answered", NOON);
    await decide("publish", report.id, now);
    const half = { words: "Не горит", photos: [], question: null };
    const vote = { voterId: cast.volunteer, reportId: report.id, cycle: 1, value: "refutation", ...half } as const;
    expect(await castVote(deps, vote, minutesAfter(now, 1))).toMatchObject({ ok: false, why: "photo" });
    expect(await undo("editor", minutesAfter(now, 2))).toMatchObject({ ok: false, why: "followed", what: null });
  });

  test("but nobody's look, note or reminder does", async () => {
    const { report, now } = await live(deps, { cast, originalId }, "submitted", NOON);
    await decide("accept", report.id, now);
    await viewReport(deps, { actorId: cast.moderator, reportId: report.id }, now);
    await addNote(deps, { actorId: cast.moderator, reportId: report.id, words: "Звонили" }, minutesAfter(now, 1));
    expect(await undo("editor", minutesAfter(now, 2))).toMatchObject({ ok: true });
  });

  test("nor the end of the time for which they had taken it", async () => {
    const { report, now } = await live(deps, { cast, originalId }, "submitted", NOON);
    expect(await takeCard(deps, { actorId: cast.editor, reportId: report.id, version: null }, now)).toMatchObject({
      ok: true,
    });
    await corrections["topic_changed"]?.(report.id, minutesAfter(now, 13));
    expect(await tickReport(deps, report.id, minutesAfter(now, 15))).toEqual(["taking_ended"]);
    expect(await findLastDecision(store.db, report.id)).toMatchObject({ kind: "topic_changed" });
    expect(await undo("editor", minutesAfter(now, 16))).toMatchObject({ ok: true });
    expect(await stored(report.id)).toMatchObject({ topicId: report.topicId, takenById: null });
  });

  test("nor are words kept for it whose author was erased meanwhile", async () => {
    const { report, now } = await live(deps, { cast, originalId }, "submitted", NOON);
    await corrections["text_edited"]?.(report.id, now);
    await forgetPerson(deps, { actorId: cast.author, reportId: null }, minutesAfter(now, 1));
    expect(await stored(report.id)).toMatchObject({ before: null });
    expect(await undo("editor", minutesAfter(now, 2))).toMatchObject({ ok: false, why: "followed" });
  });

  test("and what was taken back is not taken back twice", async () => {
    const { report, now } = await live(deps, { cast, originalId }, "submitted", NOON);
    await decide("accept", report.id, now);
    await undo("editor", now);
    expect(await undo("editor", now)).toEqual({ ok: false, why: "again", reportId: report.id });
  });

  test("an inspector who is one no more takes no verdict back, and a vote is no decision", async () => {
    const { report, now } = await live(deps, { cast, originalId }, "disputed", NOON);
    const inspectorId = await aResident(store.db, { role: "inspector" });
    await PERFORM.uphold(deps, { ...toDoing(cast, "inspector", report, 0), actorId: inspectorId }, now);
    const grant = await store.db.query.grants.findFirst({ where: eq(grants.residentId, inspectorId) });
    await removeRole(deps, { actorId: cast.admin, grantId: grant?.id ?? 0 }, now);
    expect(await undoDecision(deps, { actorId: inspectorId }, now)).toEqual({ ok: false, why: "not_allowed" });

    const other = await live(deps, { cast, originalId }, "published", NOON);
    await decide("confirm", other.report.id, other.now, "author");
    await decide("confirm", other.report.id, other.now, "follower");
    expect((await stored(other.report.id)).status).toBe("closed");
    for (const actor of ["author", "follower"] as const) {
      expect(await undo(actor, other.now)).toEqual({ ok: false, why: "not_allowed" });
    }
  });
});

describe("everybody who saw the decision sees that it is gone", () => {
  test.each<{ life: Life; act: Act; told: Partial<Record<keyof Cast, string[]>> }>([
    {
      ...{ life: "submitted", act: "accept" },
      // The agency has it no more: the card says so and its buttons go.
      told: { author: ["undone", "author_card"], officer: ["undone", "task_gone"], editor: ["queue_decided"] },
    },
    {
      ...{ life: "answered", act: "publish" },
      told: {
        author: ["undone", "author_card"],
        follower: ["undone"],
        volunteer: ["undone"],
        officer: ["task_changed"],
        editor: ["queue_decided"],
      },
    },
    {
      ...{ life: "answered", act: "return" },
      told: { author: ["author_card"], officer: ["undone", "task_changed"], editor: ["queue_decided"] },
    },
    {
      ...{ life: "assigned", act: "reroute" },
      told: {
        author: ["undone", "author_card"],
        officer: ["task_changed"],
        "other officer": ["undone", "task_gone"],
        editor: ["queue_decided"],
      },
    },
    {
      ...{ life: "disputed", act: "reopen" },
      told: {
        author: ["undone", "author_card"],
        officer: ["undone", "task_changed"],
        inspector: ["dispute_decided"],
        editor: ["queue_decided"],
      },
    },
  ])("«$act»", async ({ life, act, told }) => {
    const { report, now } = await live(deps, { cast, originalId }, life, NOON);
    await decide(act, report.id, now);
    await deliverAll(report.id, now);
    await undo(deciderOf(act), minutesAfter(now, 1));
    const heard = await toldOfUndoing(report.id);
    for (const [name, kinds] of Object.entries(told)) expect(heard[name], name).toEqual(kinds);
    // Nobody among them has lost the right to hear it by the very undoing.
    const { agencyId } = await stored(report.id);
    const rows = await store.db.select().from(notices).where(undoings(report.id));
    for (const { kind, params, residentId } of rows) {
      if (residentId === null) continue;
      expect(mayHear(await listGrants(store.db, residentId), { kind, agencyId, params }), kind).toBe(true);
    }
  });

  test("the list of notices that only rewrite a card is that of the table", () => {
    const edits = Object.entries(NOTICES).flatMap(([kind, { as }]) => (as === "edit" ? [kind] : []));
    expect([...REWRITES].toSorted()).toEqual(edits.toSorted());
  });
});
