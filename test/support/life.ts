/** People and reports in every status, each brought there by the acts themselves. */
import { followReport } from "../../src/actions/follow-report.ts";
import { record } from "../../src/actions/record.ts";
import type { Deps } from "../../src/actions/deps.ts";
import { volunteer } from "../../src/actions/volunteer.ts";
import { moderationDue } from "../../src/report/due.ts";
import { ruleOfAct, type Act, type Role, type Status } from "../../src/report/status.ts";
import { nextTickAt } from "../../src/report/ticks.ts";
import type { ReportRow } from "../../src/store/schema/reports.ts";
import { AGENCIES, PERFORM, requestDate, type Doing } from "./acts.ts";
import { demoCity } from "./city.ts";
import { aReport, aResident, hoursAfter, NOON } from "./people.ts";
import { freshStore, quietLog, type FreshStore } from "./store.ts";

/** Whoever may try: every role towards a report, an officer of another agency, and somebody the report is nothing to. */
export const ACTORS = [
  "author",
  "follower",
  "volunteer",
  "editor",
  "officer",
  "other officer",
  "inspector",
  "operator",
  "admin",
  "stranger",
] as const;
export type ActorName = (typeof ACTORS)[number];

/** What the table calls them; null for whoever has no part in the report. */
export const roleOf = (actor: ActorName): Role | null =>
  actor === "other officer" || actor === "stranger" ? null : actor;

/** The ids of everybody; `moderator` is another editor, who did what came before. */
export type Cast = Readonly<Record<ActorName | "moderator" | "neighbour", number>>;

/** The yard of the demo's report. */
const HOME = { lat: 55.73, lon: 37.42 };

export const castOfLife = async (deps: Deps, now: Date): Promise<Cast> => {
  const { db } = deps.store;
  const cast = {
    author: await aResident(db, { name: "Анна" }),
    follower: await aResident(db, { name: "Фёдор" }),
    volunteer: await aResident(db, { name: "Вика" }),
    editor: await aResident(db, { name: "Эдик", role: "editor" }),
    moderator: await aResident(db, { name: "Мила", role: "editor" }),
    officer: await aResident(db, { name: "Олег", role: "officer", agencyId: AGENCIES[0] }),
    "other officer": await aResident(db, { name: "Дима", role: "officer", agencyId: AGENCIES[1] }),
    inspector: await aResident(db, { name: "Инна", role: "inspector" }),
    operator: await aResident(db, { name: "Оля", role: "operator" }),
    admin: await aResident(db, { name: "Ада", role: "admin" }),
    stranger: await aResident(db, { name: "Степан" }),
    neighbour: await aResident(db, { name: "Нина" }),
  };
  await volunteer(deps, { residentId: cast.volunteer, home: HOME, question: null }, now);
  return cast;
};

/** An act, or what has to come before some: the follower joins, the agency asks for a later date. */
type Step = Act | "join" | "request";

const ASSIGNED = ["accept", "join"] as const;
const PLANNED = [...ASSIGNED, "request", "postpone"] as const;
const PUBLISHED = [...ASSIGNED, "answer", "publish"] as const;

/** A way to every status, and every other way that leaves a mark on what comes next. */
export const LIVES = {
  submitted: [],
  "needs_info, asked in moderation": ["ask"],
  "needs_info, asked by an agency": [...ASSIGNED, "ask"],
  rejected: ["reject"],
  "merged out of moderation": ["merge"],
  "merged from an agency": [...ASSIGNED, "merge"],
  withdrawn: ["withdraw"],
  assigned: [...ASSIGNED, "request"],
  planned: [...PLANNED, "request"],
  answered: [...ASSIGNED, "answer"],
  "answered after a postponement": [...PLANNED, "answer"],
  published: PUBLISHED,
  disputed: [...PUBLISHED, "refute"],
  closed: [...PUBLISHED, "refute", "uphold"],
} as const satisfies Record<string, readonly Step[]>;
export type Life = keyof typeof LIVES;
export const LIFE_NAMES = Object.keys(LIVES) as Life[];
export const statusOf = (life: Life): Status => life.split(/[ ,]/)[0] as Status;

/** A report that was filed with an operator's help, as if this moment. */
export const aNewReport = async (deps: Deps, authorId: number, operatorId: number, now: Date): Promise<ReportRow> => {
  const dueAt = new Date(moderationDue(deps.city, now).dueAt);
  const moments = { createdAt: now, statusAt: now, dueAt };
  const tick = nextTickAt(
    { status: "submitted", publishedAt: null, takenUntil: null, tickedAt: null, ...moments },
    deps.city,
  );
  const report = await aReport(deps.store.db, authorId, { ...HOME, ...moments, operatorId, nextTickAt: tick });
  const fact = { report, actorId: authorId, actorRole: "author", kind: "submitted", data: {} } as const;
  await deps.store.db.transaction((tx) => record(tx, deps, fact, now));
  return report;
};

/** A report of somebody else in its agency's hands, public and open. */
export const anOriginal = async (deps: Deps, cast: Cast, now: Date): Promise<number> => {
  const report = await aNewReport(deps, cast.neighbour, cast.operator, now);
  await mustDo(deps, "accept", toDoing(cast, "moderator", report, 0), now);
  return report.id;
};

export const toDoing = (
  cast: Cast,
  actor: keyof Cast,
  report: Doing["report"],
  originalId: number,
  version: number | null = null,
): Doing => ({ actorId: cast[actor], report, version, spoken: actor === "operator", originalId });

/** Leads a new report along, an hour a step. It is returned as it then stands, with the moment after. */
export const live = async (
  deps: Deps,
  { cast, originalId }: { cast: Cast; originalId: number },
  life: Life,
  from: Date,
): Promise<{ report: ReportRow; now: Date }> => {
  let report = await aNewReport(deps, cast.author, cast.operator, from);
  let now = from;
  let asked = 0;
  for (const step of LIVES[life]) {
    now = hoursAfter(now, 1);
    if (step === "join") {
      const joined = await followReport(deps, { residentId: cast.follower, reportId: report.id }, now);
      if (!joined.ok) throw new Error(`${life}: nobody could follow: ${joined.why}`);
    } else if (step === "request") {
      asked += 1;
      const requested = await requestDate(deps, toDoing(cast, "officer", report, 0), `2026-08-${asked}0`, now);
      if (!requested.ok) throw new Error(`${life}: no request: ${requested.why}`);
      report = requested.report;
    } else report = await mustDo(deps, step, toDoing(cast, doerOf(step), report, originalId), now);
  }
  if (report.status !== statusOf(life)) throw new Error(`${life} ended as ${report.status}`);
  return { report, now: hoursAfter(now, 1) };
};

const doerOf = (act: Act): keyof Cast => {
  const [by] = ruleOfAct(act).by;
  if (by === undefined || by === "clock") throw new Error(`Nobody does ${act}`);
  // An admin decides at every desk, whoever's the dispute came to.
  if (act === "uphold") return "admin";
  return by === "editor" ? "moderator" : by;
};

const mustDo = async (deps: Deps, act: Act, doing: Doing, now: Date): Promise<ReportRow> => {
  const done = await PERFORM[act](deps, doing, now);
  if (!done.ok) throw new Error(`${act} was refused: ${done.why}`);
  return done.report;
};

/** A store of its own with everybody in it and a report that others may be merged into. */
export const startLives = async (): Promise<{ store: FreshStore; deps: Deps; cast: Cast; originalId: number }> => {
  const store = await freshStore("postgres");
  const deps = { store, city: await demoCity(), log: quietLog };
  const cast = await castOfLife(deps, NOON);
  return { store, deps, cast, originalId: await anOriginal(deps, cast, NOON) };
};
