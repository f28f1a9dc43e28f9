/** What editors may type about one report: `/ask`, `/merge`, `/unmerge`, `/publish`, `/return`, `/note`, `/ban`, `/unban`, and `/undo`. */
import { addNote } from "../../actions/add-note.ts";
import { banAuthor, unbanAuthor } from "../../actions/ban-author.ts";
import { undoDecision } from "../../actions/undo-decision.ts";
import { cityDate } from "../../city/city-time.ts";
import { toDate, toInstant } from "../../city/instant.ts";
import { textIn } from "../../city/text.ts";
import type { Key } from "../../i18n/keys.ts";
import { dayInWords } from "../../notices/dates.ts";
import { lines } from "../../notices/rich.ts";
import type { BotContext } from "../context.ts";
import { didInWords } from "../did.ts";
import { readingOf } from "../reading.ts";
import { ask, merge, unmerge } from "./correct.ts";
import { refused } from "./decide.ts";
import { publish, sendBack } from "./decide-answer.ts";
import { readDays } from "./read-days.ts";
import { readRemark } from "./remarks.ts";
import { readNumber, type Numbered } from "./report-number.ts";

/** A command that begins with a report's number: without one the person is told how it is written. */
const numbered =
  (usage: Key, run: (ctx: BotContext, numbered: Numbered) => Promise<unknown>) =>
  async (ctx: BotContext, words: string): Promise<unknown> => {
    const read = readNumber(words);
    return read === null ? ctx.tell("staff:wrong.number", { usage: ctx.t(usage) }) : run(ctx, read);
  };

/** The rest is missing or cannot be read: what it should be, with an example. */
const tellUsage = (ctx: BotContext, key: Key, usage: Key): Promise<unknown> => ctx.tell(key, { usage: ctx.t(usage) });

export const askTyped = numbered("commands:usage.ask", async (ctx, { reportId, rest }) => {
  if (rest === "") return tellUsage(ctx, "staff:wrong.words", "commands:usage.ask");
  return ctx.tell(...(await ask(ctx, readingOf(ctx), { reportId, version: null }, rest)).said);
});

export const mergeTyped = numbered("commands:usage.merge", async (ctx, { reportId, rest }) => {
  const original = readNumber(rest);
  if (original === null || original.rest !== "")
    return tellUsage(ctx, "staff:wrong.two_numbers", "commands:usage.merge");
  const target = { reportId, version: null };
  return ctx.tell(...(await merge(ctx, readingOf(ctx), target, original.reportId)).said);
});

export const unmergeTyped = numbered("commands:usage.unmerge", async (ctx, { reportId }) =>
  ctx.tell(...(await unmerge(ctx, readingOf(ctx), { reportId, version: null })).said),
);

export const noteTyped = numbered("commands:usage.note", async (ctx, { reportId, rest }) => {
  if (rest === "") return tellUsage(ctx, "staff:wrong.words", "commands:usage.note");
  const updateId = ctx.update.update_id;
  const noted = await addNote(ctx, { actorId: ctx.resident.id, reportId, words: rest, updateId }, ctx.now());
  if (!noted.ok) return ctx.tell(...refused(readingOf(ctx), { reportId, version: null }, noted).said);
  return ctx.tell("staff:done.noted", { number: String(reportId) });
});

export const banTyped = numbered("commands:usage.ban", async (ctx, { reportId, rest }) => {
  const wanted = readDays(rest);
  if (wanted === null) return tellUsage(ctx, "staff:wrong.ban", "commands:usage.ban");
  const [days, reason, updateId] = [wanted.count, wanted.reason, ctx.update.update_id];
  const command = { actorId: ctx.resident.id, reportId, days, reason, updateId };
  const banned = await banAuthor(ctx, command, ctx.now());
  const reading = readingOf(ctx);
  if (!banned.ok) return ctx.tell(...refused(reading, { reportId, version: null }, banned).said);
  const lastDay = cityDate(ctx.city, toDate(toInstant(banned.until).subtract({ milliseconds: 1 })));
  return ctx.tell("staff:done.banned", { number: String(reportId), date: dayInWords(reading, lastDay) });
});

export const unbanTyped = numbered("commands:usage.unban", async (ctx, { reportId }) => {
  const freed = await unbanAuthor(ctx, { actorId: ctx.resident.id, reportId }, ctx.now());
  if (!freed.ok) return ctx.tell(...refused(readingOf(ctx), { reportId, version: null }, freed).said);
  return ctx.tell("staff:done.unbanned", { number: String(reportId) });
});

export const publishTyped = numbered("commands:usage.publish", async (ctx, { reportId }) =>
  ctx.tell(...(await publish(ctx, readingOf(ctx), { reportId, version: null })).said),
);

export const returnTyped = numbered("commands:usage.return", async (ctx, { reportId, rest }) => {
  if (rest === "") return tellRemarks(ctx);
  const target = { reportId, version: null };
  return ctx.tell(...(await sendBack(ctx, readingOf(ctx), target, readRemark(ctx, rest))).said);
});

/** No remark was given: what it should be, and the city's frequent ones. */
const tellRemarks = (ctx: BotContext): Promise<unknown> =>
  ctx.say({
    text: lines(
      ctx.rich("officer:words.remark_missing", { usage: ctx.t("commands:usage.return") }),
      ...ctx.city.remarkTemplates.map(({ id, title }) =>
        ctx.rich("staff:wrong.choice", { id, name: textIn(ctx.city, title, ctx.locale) }),
      ),
    ),
  });

/** Takes one's own last decision back. */
export const undoTyped = async (ctx: BotContext): Promise<unknown> => {
  const undone = await undoDecision(ctx, { actorId: ctx.resident.id }, ctx.now());
  if (undone.ok) {
    const status = ctx.t(`notices:status.${undone.report.status}`);
    const what = didInWords(ctx, undone.kind);
    return ctx.tell("staff:done.undone", { number: String(undone.report.id), what, status });
  }
  ctx.log.info({ residentId: ctx.resident.id, why: undone.why }, "undo refused");
  switch (undone.why) {
    case "not_allowed":
      return ctx.tell("staff:refused.not_allowed");
    case "nothing":
      return ctx.tell("staff:undo.nothing");
    case "again":
    case "too_late":
      return ctx.tell(`staff:undo.${undone.why}`, { number: String(undone.reportId) });
    case "followed": {
      const { what, reportId } = undone;
      if (what === null) return ctx.tell("staff:undo.followed", { number: String(reportId) });
      return ctx.tell("staff:undo.followed_by", { number: String(reportId), what: didInWords(ctx, what) });
    }
  }
};
