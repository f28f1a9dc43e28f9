/** What residents do: file, follow, reply, repair, vote — in time, late, wrongly, or never. */
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { addToReport } from "../../../src/actions/add-to-report.ts";
import { appealRejection } from "../../../src/actions/appeal-rejection.ts";
import { castVote } from "../../../src/actions/cast-vote.ts";
import { contest } from "../../../src/actions/contest.ts";
import { followReport } from "../../../src/actions/follow-report.ts";
import { muteReport } from "../../../src/actions/mute-report.ts";
import { repairReport } from "../../../src/actions/repair-report.ts";
import { replyToQuestion } from "../../../src/actions/reply-to-question.ts";
import { submitReport } from "../../../src/actions/submit-report.ts";
import { unfollowReport } from "../../../src/actions/unfollow-report.ts";
import { withdrawReport } from "../../../src/actions/withdraw-report.ts";
import { emptyDraft } from "../../../src/form/draft.ts";
import type { DraftRow } from "../../../src/store/queries/residents.ts";
import { findReportContent } from "../../../src/store/queries/report-content.ts";
import { drafts } from "../../../src/store/schema/drafts.ts";
import { addDraft } from "../../../src/store/writes/drafts.ts";
import { YARDS, type Person } from "./town.ts";
import { aMessage, PHOTO, plan, type World } from "./world.ts";

const TOLD = { words: "Посмотрел сам: всё как было", photos: [PHOTO], question: null };
const day = 24;

/** Somebody files a report and may think better of it, or add to it. */
export const file = (world: World, { id, chatId }: Person, hours: number, updateId: number): void =>
  plan(world, hours, "file", async (now) => {
    const { deps, chance } = world;
    const { districtId, ...yard } = chance.pick(YARDS);
    const topicId = chance.pick(["yard-light", "playground", ...[...deps.city.topics.keys()]]);
    // Within a hundred meters or so: third disputes of one author meet on the same place.
    const point = { lat: yard.lat + chance.between(0, 0.001), lon: yard.lon + chance.between(0, 0.001) };
    const place = { point, address: null, districtId, source: "location" } as const;
    const content = { topicId, place, description: "Третью неделю никто не приходит", photos: [], answers: {} };
    const draft = { residentId: id, draftId: randomUUID(), repairsId: null, content: emptyDraft(1000) };
    const sent = await deps.store.db.transaction(async (tx) => {
      await addDraft(tx, draft, now);
      const row = await tx.query.drafts.findFirst({ where: eq(drafts.residentId, id) });
      if (row === undefined) throw new Error("No draft was added");
      return submitReport(tx, deps, { draft: row, content, updateId }, now);
    });
    if (!sent.ok) return sent;
    const reportId = sent.report.id;
    if (chance.is(0.05)) {
      const command = { actorId: id, reportId, version: null };
      plan(world, chance.between(0.1, 20 * day), "withdraw", (at) => withdrawReport(deps, command, at));
    }
    if (chance.is(0.12)) {
      const added = { actorId: id, reportId, words: "И второй тоже", photos: [] };
      plan(world, chance.between(0.1, 15 * day), "add", (at) =>
        addToReport(deps, { ...added, message: aMessage(chatId) }, at),
      );
    }
    if (chance.is(0.15)) mute(world, id, reportId);
    return sent;
  });

/** An author has heard enough of a report, and half of them later think better of it. */
const mute = (world: World, residentId: number, reportId: number): void => {
  const { deps, chance, mutes } = world;
  const hours = chance.between(0.1, 15 * day);
  plan(world, hours, "mute", async (now) => {
    const done = await muteReport(deps, { residentId, reportId, isMuted: true }, now);
    if (done.ok) mutes.push({ reportId, from: now, until: null });
    return done;
  });
  if (chance.is(0.5)) return;
  plan(world, hours + chance.between(1, 15 * day), "unmute", async (now) => {
    for (const one of mutes) if (one.reportId === reportId) one.until = now;
    return muteReport(deps, { residentId, reportId, isMuted: false }, now);
  });
};

/** Neighbours find out about a public report; most of those who join go on following. */
export const letFollow = (world: World, reportId: number): void => {
  const { deps, chance, town } = world;
  for (let i = chance.pick([0, 0, 1, 1, 2, 3]); i > 0; i -= 1) {
    const { id: residentId } = chance.pick(town.residents);
    const following = { residentId, reportId };
    plan(world, chance.between(0.1, 14 * day), "follow", (now) => followReport(deps, following, now));
    if (chance.is(0.15)) {
      plan(world, chance.between(10, 20 * day), "unfollow", (now) => unfollowReport(deps, following, now));
    }
  }
};

/** The author was asked something. */
export const answerQuestion = (world: World, { id, chatId }: Person, reportId: number): void => {
  const { deps, chance } = world;
  const hours = { soon: [0.1, 20], later: [20, 72], late: [75, 130], never: null } as const;
  const when = hours[chance.choose({ soon: 0.35, later: 0.25, late: 0.1, never: 0.3 })];
  if (when === null) return;
  const reply = { actorId: id, reportId, words: "Второй подъезд, у арки", photos: [], message: aMessage(chatId) };
  plan(world, chance.between(when[0], when[1]), "reply", (now) => replyToQuestion(deps, reply, now));
};

/** Their report was rejected: put right, contested, too late, or left. */
export const takeRejection = (world: World, { id }: Person, reportId: number): void => {
  const { deps, chance } = world;
  const what = chance.choose({ repair: 0.35, appeal: 0.25, late: 0.1, leave: 0.3 });
  if (what === "leave") return;
  if (what === "appeal") {
    const words = "На фото именно этот двор";
    return plan(world, chance.between(0.1, 7 * day), "appeal", (now) =>
      appealRejection(deps, { actorId: id, reportId, words }, now),
    );
  }
  const [from, to] = what === "late" ? [8 * day, 9 * day] : [0.1, 6 * day];
  plan(world, chance.between(from, to), "repair", async (now) => {
    const content = await findReportContent(deps.store.db, reportId);
    if (content === null) return { ok: false, why: "not_found" };
    const draft = { residentId: id } as DraftRow;
    return deps.store.db.transaction((tx) => repairReport(tx, deps, { draft, reportId, content }, now));
  });
};

/** An answer is to be looked at; who is reminded may have forgotten. A refutation without anything to show is tried, too. */
export const look = (world: World, { id: voterId }: Person, reportId: number): void => {
  const { deps, chance } = world;
  const what = chance.choose({ confirm: 0.3, refute: 0.14, late: 0.05, never: 0.51 });
  if (what === "never") return;
  const value = what === "refute" ? "refutation" : "confirmation";
  const command = { voterId, reportId, cycle: null, value, ...TOLD } as const;
  const [from, to] = what === "late" ? [10.5 * day, 12 * day] : [0.1, 6 * day];
  const hours = chance.between(from, to);
  const isRash = what === "refute" && chance.is(0.3);
  if (isRash) {
    const rash = { ...command, words: null, photos: [] };
    plan(world, hours - 0.05, "refute without a word", (now) => castVote(deps, rash, now));
  }
  plan(world, hours, what, (now) => castVote(deps, command, now));
};

/** It was closed; some authors see that otherwise. */
export const takeClosing = (world: World, { id }: Person, reportId: number): void => {
  const { deps, chance } = world;
  if (!chance.is(0.15)) return;
  plan(world, chance.between(0.1, 9 * day), "contest", (now) => contest(deps, { actorId: id, reportId, ...TOLD }, now));
};
