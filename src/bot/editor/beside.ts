/** The photos before and after the work in one picture, for whoever judges an answer. */
import { rich } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import { findLastAnswer } from "../../store/queries/answers.ts";
import { listOwnCopies, type OwnCopy } from "../../store/queries/photos.ts";
import type { BotContext } from "../context.ts";

/** The press for them on an answer's card; false when the button leads elsewhere. Pictures of our own are needed, so at first it may be too early. */
export const pressBeside = async (ctx: BotContext, to: string, option = ""): Promise<boolean> => {
  if (to !== "beside") return false;
  if (!hasRole(await ctx.actor(), "editor", "inspector", "admin")) {
    ctx.toast("staff:refused.stranger", {}, { alert: true });
    return true;
  }
  const reportId = /^\d{1,12}$/.test(option) ? Number(option) : 0;
  const answer = await findLastAnswer(ctx.store.db, reportId);
  if (answer === null) {
    ctx.toast("bot:forged");
    return true;
  }
  const seen = await listOwnCopies(ctx.store.db, { reportId });
  const done = await listOwnCopies(ctx.store.db, { answerId: answer.id });
  const [before, after] = [seen.find(isStored), done.find(isStored)];
  if (before === undefined || after === undefined) {
    const isOnItsWay = [...seen, ...done].some(({ state }) => state === "pending");
    ctx.toast(isOnItsWay ? "officer:check.beside_later" : "officer:check.beside_lost", {}, { alert: true });
    return true;
  }
  const text = rich(ctx.i18n, ctx.locale, "officer:check.beside_caption", { number: String(reportId) });
  await ctx.say({ text, pair: { before: before.storedAs, after: after.storedAs }, about: reportId });
  return true;
};

const isStored = (copy: OwnCopy): copy is OwnCopy & { state: "stored" } => copy.state === "stored";
