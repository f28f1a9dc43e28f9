/** Sixty days of a city: everybody acts through the actions, time stops at each next moment in order, and a postman tells what is due. */
import { and, eq, inArray, lte } from "drizzle-orm";
import { isDigestKind } from "../../../src/notices/digest.ts";
import { isNoticeKind } from "../../../src/notices/notices.ts";
import { isTimely } from "../../../src/notices/timely.ts";
import { firstDigests } from "../../../src/report/digest.ts";
import { tickDue } from "../../../src/jobs/tick-due.ts";
import { findNextMoment } from "../../../src/store/queries/next-moment.ts";
import { notices, reports } from "../../../src/store/schema/index.ts";
import { addDigests } from "../../../src/store/writes/digests.ts";
import { seeded } from "./chance.ts";
import { answerQuestion, file, letFollow, look, takeClosing, takeRejection } from "./residents.ts";
import { check, handle, judge, moderate } from "./staff.ts";
import { aTown, type Person } from "./town.ts";
import { carryOut, nextPlan, type World } from "./world.ts";
import type { Deps } from "../../../src/actions/deps.ts";

export type LongRun = { seed: number; residents: number; days: number; start: Date };

type Told = { kind: string; chatId: number; reportId: number };

/** What a step left behind, for whoever watches: notices that were written since the last one. */
export type Watch = (world: World) => Promise<void>;

const DAY_MS = 86_400_000;

/** Lets the city live; `watch` looks on after every step. What is returned is the world as it stands at the end. */
export const live = async (
  deps: Deps,
  { seed, residents, days, start }: LongRun,
  watch: Watch = async () => undefined,
): Promise<World> => {
  const chance = seeded(seed);
  const town = await aTown(deps, chance, residents, start);
  await addDigests(deps.store.db, firstDigests(deps.city, start));
  const end = new Date(start.getTime() + days * DAY_MS);
  const world: World = {
    ...{ deps, town, chance, start, now: start, end },
    ...{ plans: new Set(), planned: 0, mutes: [], done: new Map() },
  };
  for (const [i, person] of town.residents.entries()) {
    // Nearly all of them one report, some several; the last weeks are for what becomes of them.
    for (let n = chance.pick([1, 1, 1, 2]); n > 0; n -= 1)
      file(world, person, chance.between(1, days * 24 * 0.7), i * 10 + n);
  }
  for (;;) {
    const planned = nextPlan(world);
    const moment = await findNextMoment(deps.store.db, world.now);
    const isClock = moment !== null && (planned === null || moment <= planned.at);
    const next = isClock ? moment : (planned?.at ?? null);
    if (next === null || next > end) break;
    world.now = next;
    if (!isClock && planned !== null) await carryOut(world, planned);
    // As the minute's sweep would: a report may have come back to a date that is past.
    await tickDue({ ...deps, signal: new AbortController().signal }, world.now);
    await watch(world);
    await tell(world);
  }
  world.now = end;
  return world;
};

/** Tells everything that is due at once and without a fault, and drops what reports have left behind; people then do what they do. */
const tell = async (world: World): Promise<void> => {
  const { db } = world.deps.store;
  const due = await db
    .select({
      id: notices.id,
      kind: notices.kind,
      chatId: notices.chatId,
      reportId: notices.reportId,
      params: notices.params,
      status: reports.status,
      dueAt: reports.dueAt,
    })
    .from(notices)
    .leftJoin(reports, eq(reports.id, notices.reportId))
    .where(and(eq(notices.state, "waiting"), lte(notices.dueAt, world.now)))
    .orderBy(notices.id);
  const isFresh = ({ kind, params, status, dueAt }: (typeof due)[number]): boolean => {
    if (!isNoticeKind(kind)) return isDigestKind(kind);
    return status !== null && isTimely(world.deps.city, { kind, params }, { status, dueAt });
  };
  const fresh = due.filter(isFresh);
  const settle = async (ids: number[], state: "sent" | "dropped"): Promise<void> => {
    if (ids.length === 0) return;
    await db.update(notices).set({ state, settledAt: world.now }).where(inArray(notices.id, ids));
  };
  const ids = new Set(fresh.map(({ id }) => id));
  await settle([...ids], "sent");
  await settle(
    due.flatMap(({ id }) => (ids.has(id) ? [] : [id])),
    "dropped",
  );
  const reacted = new Set<string>();
  for (const { kind, chatId, reportId } of fresh)
    if (reportId !== null) await react(world, { kind, chatId, reportId }, reacted);
};

const OPEN_KINDS = ["assigned", "rerouted", "reopened"];

/** What is told makes people act; of several who are told at once one takes it on, and now and then two. */
const react = async (world: World, told: Told, reacted: Set<string>): Promise<void> => {
  const { town, chance } = world;
  const { kind, chatId, reportId } = told;
  const resident = town.residents.find((one) => one.chatId === chatId);
  if (resident !== undefined) return residentReacts(world, resident, told);
  const isFirst = !reacted.has(`${kind} ${reportId}`);
  reacted.add(`${kind} ${reportId}`);
  if (!isFirst && !chance.is(0.1)) return;
  const staff = <Someone extends Person>(people: readonly Someone[]): Someone =>
    people.find((one) => one.chatId === chatId) ?? chance.pick(people);
  switch (kind) {
    case "queue_card":
    case "queue_again":
      return moderate(world, staff(town.editors), reportId, await listPublic(world));
    case "task_card":
    case "task_returned":
    case "replied_officers":
    case "wait_ended_officers": {
      const group = town.agencyGroups.find((one) => one.chatId === chatId);
      const people = town.officers.filter((one) => group === undefined || one.agencyId === group.agencyId);
      return handle(world, staff(people), reportId);
    }
    case "answer_card":
      return check(world, staff(town.editors), reportId);
    case "dispute_card":
      return judge(world, staff([...town.inspectors, ...town.admins, ...town.editors]), reportId);
  }
};

const residentReacts = (world: World, resident: Person, { kind, reportId }: Told): void => {
  switch (kind) {
    case "question":
      return answerQuestion(world, resident, reportId);
    case "rejected":
      return takeRejection(world, resident, reportId);
    case "answer_published":
    case "answer_followed":
    case "check_invited":
    case "check_reminder":
      return look(world, resident, reportId);
    case "closed":
      return takeClosing(world, resident, reportId);
    default:
      if (OPEN_KINDS.includes(kind)) letFollow(world, reportId);
  }
};

/** Reports that another one may be merged into. */
const listPublic = async ({ deps }: World): Promise<number[]> => {
  const found = await deps.store.db
    .select({ id: reports.id })
    .from(reports)
    .where(inArray(reports.status, ["assigned", "planned", "answered"]))
    .orderBy(reports.id)
    .limit(20);
  return found.map(({ id }) => id);
};
