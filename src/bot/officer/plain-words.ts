/** What an officer simply writes, to no card and into no open answer: the bot asks what it belongs to, and keeps it until it knows. */
import { hasConsented } from "../../actions/give-consent.ts";
import { holdMore, holdWords, releaseWords, type Held } from "../../actions/hold-words.ts";
import type { Input } from "../../form/input.ts";
import type { Button } from "../../notices/message.ts";
import { topicTitle } from "../../notices/report-words.ts";
import { actsFrom } from "../../report/status.ts";
import { findReport } from "../../store/queries/report.ts";
import { listNearestTasks } from "../../store/queries/tasks.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { askConsent } from "../resident/consent.ts";
import { menuChoice } from "../resident/keyboards.ts";
import { pressWhose } from "../resident/replies.ts";
import { continueAnswering } from "./answer.ts";
import { findOwnAgency } from "./tasks.ts";

/** As many as a thumb finds its own among; the rest is at /tasks. */
const MOST_OFFERED = 5;

/** No task has this number. */
const OWN_REPORT = "0";

/**
 * Asks in private which task the words answer, if any; false where they can only be meant otherwise: by whoever is no officer or has
 * nothing to answer, is writing a report, or is asked about one of their own.
 */
export const takePlainWords = async (ctx: BotContext, input: Input): Promise<boolean> => {
  if (ctx.chat?.type !== "private" || (input.kind !== "text" && input.kind !== "photo")) return false;
  const { draft, isHandled, isAsked, isQuestioned } = ctx.visit;
  if (draft !== null || isHandled || isQuestioned) return false;
  if (input.kind === "text" && menuChoice(ctx, input.text) !== null) return false;
  const agencyId = await findOwnAgency(ctx);
  if (agencyId === null) return false;
  const chatId = ctx.chat.id;
  if (isAsked && (await holdMore(ctx, { chatId, held: input }))) {
    if (input.kind === "text" || input.albumId === null) await ctx.tell("officer:plain.more");
    return true;
  }
  const tasks = await listNearestTasks(ctx.store.db, { agencyId, officerId: ctx.resident.id }, MOST_OFFERED);
  if (tasks.length === 0) return false;
  const reading = readingOf(ctx);
  const askingId = await ctx.say({
    text: ctx.rich("officer:plain.ask"),
    buttons: [
      ...tasks.map(({ id, topicId, address }): Button[] => [
        {
          // Many tasks are of one topic, and no two at one place.
          label: ctx.t("officer:plain.task", { number: String(id), what: address ?? topicTitle(reading, topicId) }),
          act: { kind: "go", to: "task-words", option: String(id) },
        },
      ]),
      [{ label: ctx.t("officer:plain.report"), act: { kind: "go", to: "task-words", option: OWN_REPORT } }],
    ],
  });
  if (askingId !== null) await holdWords(ctx, { chatId, askingId, held: input }, ctx.now());
  return true;
};

/** A press on what the words belong to: a task, or a report of the officer's own; false when it names neither. */
export const pressPlainWords = async (ctx: BotContext, option: string): Promise<boolean> => {
  const askingId = ctx.callbackQuery?.message?.message_id;
  if (!/^\d{1,12}$/.test(option) || askingId === undefined || ctx.chat === undefined) return false;
  if (option === OWN_REPORT && hasConsented(ctx.resident, ctx.city)) {
    await pressWhose(ctx, option);
    return true;
  }
  if (option !== OWN_REPORT && !(await isToAnswer(ctx, Number(option)))) {
    // The words wait on: they may answer another task.
    ctx.toast("officer:plain.gone", { number: option }, { alert: true });
    return true;
  }
  const held = await releaseWords(ctx, { chatId: ctx.chat.id, askingId });
  if (held === null) {
    ctx.toast("officer:plain.old");
    return true;
  }
  if (option === OWN_REPORT) {
    await ctx.change({ text: ctx.rich("moderation:whose.to_report") });
    await askConsent(ctx, "", true);
    return true;
  }
  await ctx.change({ text: ctx.rich("officer:plain.taken", { number: option }) });
  for (const input of asOne(held, askingId)) await continueAnswering(ctx, Number(option), input);
  return true;
};

/** Whether the officer's agency still has the report to answer. */
const isToAnswer = async (ctx: BotContext, reportId: number): Promise<boolean> => {
  const [report, agencyId] = [await findReport(ctx.store.db, reportId), await findOwnAgency(ctx)];
  return report !== null && report.agencyId === agencyId && actsFrom(report.status, "officer").includes("answer");
};

/** What came in several messages is one telling: its words together, under its photos as one album, so that it is answered once. */
const asOne = (held: readonly Held[], askingId: number): Held[] => {
  const told = held.map((one) => (one.kind === "text" ? one.text : one.caption)).filter((words) => words !== null);
  const words = told.length === 0 ? null : told.join("\n");
  const [first, ...rest] = held.filter((one) => one.kind === "photo");
  if (first === undefined) return words === null ? [] : [{ kind: "text", text: words, messageId: askingId }];
  const albumId = first.albumId ?? `held-${askingId}`;
  return [{ ...first, caption: words, albumId }, ...rest.map((one) => ({ ...one, caption: null, albumId }))];
};
