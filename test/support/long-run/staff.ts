/** What editors, officers and inspectors do with what comes to their desks: mostly in time, sometimes late, wrongly, or never. */
import { randomUUID } from "node:crypto";
import { askResident } from "../../../src/actions/ask-resident.ts";
import { assignReport } from "../../../src/actions/assign-report.ts";
import type { ActCommand } from "../../../src/actions/claim-act.ts";
import { giveVerdict } from "../../../src/actions/give-verdict.ts";
import { mergeReports } from "../../../src/actions/merge-reports.ts";
import { postponeReport } from "../../../src/actions/postpone-report.ts";
import { publishAnswer } from "../../../src/actions/publish-answer.ts";
import { refuseRequest } from "../../../src/actions/refuse-request.ts";
import { rejectReport } from "../../../src/actions/reject-report.ts";
import { rerouteReport } from "../../../src/actions/reroute-report.ts";
import { returnAnswer } from "../../../src/actions/return-answer.ts";
import { sendAnswer, type AnswerContent } from "../../../src/actions/send-answer.ts";
import { takeCard } from "../../../src/actions/take-card.ts";
import { takeTask } from "../../../src/actions/take-task.ts";
import { unmergeReport } from "../../../src/actions/unmerge-report.ts";
import { cityDate } from "../../../src/city/city-time.ts";
import { findLastAnswer, findWaitingAnswer } from "../../../src/store/queries/answers.ts";
import type { Officer, Person } from "./town.ts";
import { getReport, PHOTO, plan, type World } from "./world.ts";

const REASON = "Так решили, посмотрев на месте";
const day = 24;

const toCommand = ({ id: actorId }: Person, reportId: number): ActCommand => ({ actorId, reportId, version: null });

/** When somebody gets to what lies on their desk, in hours; null: never. */
const desk = ({ chance }: World): number | null => {
  const when = chance.choose({ soon: 0.8, late: 0.17, never: 0.03 });
  if (when === "never") return null;
  return when === "soon" ? chance.between(0.1, 20) : chance.between(30, 7 * day);
};

/** A report has come into the queue. */
export const moderate = (world: World, editor: Person, reportId: number, publicIds: readonly number[]): void => {
  const { deps, chance } = world;
  const hours = desk(world);
  if (hours === null) return;
  const command = toCommand(editor, reportId);
  if (chance.is(0.08)) plan(world, hours - 0.05, "take", (now) => takeCard(deps, command, now));
  if (chance.is(0.04)) {
    const old = { ...command, version: 99 };
    plan(world, hours - 0.02, "accept an old card", (now) => assignReport(deps, { ...old, agencyId: null }, now));
  }
  const what = chance.choose({ accept: 0.68, days: 0.06, reject: 0.12, ask: 0.1, merge: 0.04 });
  plan(world, hours, what, (now) => {
    switch (what) {
      case "accept":
        return assignReport(deps, { ...command, agencyId: null }, now);
      case "days":
        return assignReport(deps, { ...command, agencyId: null, days: { count: 12, reason: REASON } }, now);
      case "reject":
        return rejectReport(deps, { ...command, reason: { words: REASON } }, now);
      case "ask":
        return askResident(deps, { ...command, words: "Какой это подъезд?" }, now);
      case "merge":
        return publicIds.length === 0
          ? assignReport(deps, { ...command, agencyId: null }, now)
          : mergeReports(deps, { ...command, originalId: chance.pick(publicIds) }, now);
    }
  });
  if (what === "merge" && chance.is(0.3)) {
    plan(world, hours + chance.between(1, 3 * day), "unmerge", (now) => unmergeReport(deps, command, now));
  }
};

const CONTENTS = {
  fixed: { kind: "fixed", words: "Лампу заменили, она горит", photos: [PHOTO] },
  cannot_fix: { kind: "cannot_fix", words: "Участок частный, работать нельзя", photos: [] },
  question: { kind: "question", words: "Какой именно это подъезд?", photos: [] },
  bare: { kind: "fixed", words: "Лампу заменили, она горит", photos: [] },
} as const satisfies Record<string, AnswerContent>;

const contentOf = async (
  { deps, chance }: World,
  what: keyof typeof CONTENTS | "planned" | "not_ours",
  { handlingDueAt, agencyId }: { handlingDueAt: Date | null; agencyId: string | null },
  now: Date,
): Promise<AnswerContent> => {
  if (what === "not_ours") {
    const others = deps.city.agencies.filter(({ id }) => id !== agencyId);
    return { kind: what, words: REASON, photos: [], successorId: chance.pick(others).id };
  }
  if (what !== "planned") return CONTENTS[what];
  const from = handlingDueAt !== null && handlingDueAt > now ? handlingDueAt : now;
  const days = Math.ceil(chance.between(1, 12));
  const plannedOn = cityDate(deps.city, from).add({ days }).toString();
  return { kind: what, words: "Ждём лампу со склада", photos: [], plannedOn };
};

/** A task is in the agency's hands, anew or again; officers of another one may have a try at it. */
export const handle = (world: World, officer: Officer, reportId: number): void => {
  const { deps, chance } = world;
  const when = chance.choose({ inTime: 0.62, late: 0.3, never: 0.08 });
  if (when === "never") return;
  const hours = when === "inTime" ? chance.between(0.2, 7 * day) : chance.between(9 * day, 22 * day);
  const say = (what: Parameters<typeof contentOf>[1], after: number, who: Officer = officer): void =>
    plan(world, after, what, async (now) => {
      const report = await getReport(world, reportId);
      const content = await contentOf(world, what, report, now);
      const lastAnswerId = (await findLastAnswer(deps.store.db, reportId))?.id ?? null;
      const answer = { actorId: who.id, reportId, draftId: randomUUID(), content, lastAnswerId };
      return deps.store.db.transaction((tx) => sendAnswer(tx, deps, answer, now));
    });
  if (chance.is(0.15)) {
    plan(world, hours * 0.3, "take task", (now) => takeTask(deps, toCommand(officer, reportId), now));
  }
  if (chance.is(0.05)) say("bare", hours * 0.6);
  if (chance.is(0.05)) say("fixed", hours * 0.7, chance.pick(world.town.officers));
  const what = chance.choose({ fixed: 0.62, cannot_fix: 0.06, planned: 0.14, not_ours: 0.1, question: 0.08 });
  say(what, hours);
  // What was asked for may be refused, or never decided: the clock goes on, and so does the work.
  if (what === "planned" || what === "question") say("fixed", hours + chance.between(2 * day, 12 * day));
};

/** An answer or a request waits for an editor. */
export const check = (world: World, editor: Person, reportId: number): void => {
  const { deps, chance } = world;
  const hours = desk(world);
  if (hours === null) return;
  const command = toCommand(editor, reportId);
  const isKind = chance.is(0.75);
  plan(world, hours, isKind ? "grant" : "refuse", async (now) => {
    const { status } = await getReport(world, reportId);
    if (status === "answered") {
      return isKind ? publishAnswer(deps, command, now) : returnAnswer(deps, { ...command, remark: REASON }, now);
    }
    const waiting = await findWaitingAnswer(deps.store.db, reportId);
    if (waiting === null || !isKind) return refuseRequest(deps, { ...command, remark: REASON }, now);
    if (waiting.kind === "planned") return postponeReport(deps, command, now);
    if (waiting.kind === "question") {
      return askResident(deps, { ...command, words: waiting.words, answerId: waiting.id }, now);
    }
    const added = chance.is(0.5) ? { days: 1, reason: REASON } : null;
    return rerouteReport(deps, { ...command, ask: null, added }, now);
  });
};

/** A dispute waits for whoever this is. */
export const judge = (world: World, judgeOf: Person, reportId: number): void => {
  const { deps, chance } = world;
  const when = chance.choose({ inTime: 0.75, late: 0.2, never: 0.05 });
  if (when === "never") return;
  const hours = when === "inTime" ? chance.between(0.2, 2 * day) : chance.between(5 * day, 9 * day);
  const verdict = chance.choose({ uphold: 0.4, reopen: 0.6 });
  const told = { words: REASON, photos: [PHOTO], question: null };
  plan(world, hours, verdict, (now) => giveVerdict(deps, { ...toCommand(judgeOf, reportId), ...told, verdict }, now));
};
