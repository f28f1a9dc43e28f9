/** Who of an agency has a task in hand: taken by a press, and put down by another. */
import { releaseTask } from "../../actions/release-task.ts";
import { takeTask } from "../../actions/take-task.ts";
import type { BotContext } from "../context.ts";
import { ownReadingOf } from "../reading.ts";
import { officerRefusalWords } from "./answer-refusals.ts";

/** Takes a task from the card that showed it as `version`; false when the card was pressed for nothing. */
export const take = async (ctx: BotContext, reportId: number, version: number): Promise<boolean> => {
  const taken = await takeTask(ctx, { actorId: ctx.resident.id, reportId, version }, ctx.now());
  if (taken.ok) ctx.toast("officer:done.taken", { number: String(reportId) });
  else ctx.toast(...officerRefusalWords(ownReadingOf(ctx), reportId, taken), { alert: true });
  return taken.ok || taken.why === "decided";
};

/** Puts a task down; false when the presser had no right to. */
export const release = async (ctx: BotContext, reportId: number): Promise<boolean> => {
  const number = String(reportId);
  const released = await releaseTask(ctx, { actorId: ctx.resident.id, reportId }, ctx.now());
  if (released.ok) {
    ctx.toast("officer:done.released", { number });
    return true;
  }
  if (released.why === "not_in_hand") {
    if (released.by === null) ctx.toast("officer:refused.in_no_hands", { number });
    else ctx.toast("officer:refused.in_other_hands", { number, name: released.by }, { alert: true });
    return true;
  }
  ctx.toast(...officerRefusalWords(ownReadingOf(ctx), reportId, released), { alert: true });
  return released.why === "decided";
};
