/** `/tasks` and one task: what an officer's agency has to answer, whatever is due first at the top. */
import { daysLeftInWords } from "../../notices/days-left.ts";
import { dayInWords } from "../../notices/dates.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { agencyName, districtName, topicTitle } from "../../notices/report-words.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { renderTaskCard } from "../../notices/task-card.ts";
import { lastDayOf } from "../../report/due.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import { listTasks, type Task } from "../../store/queries/tasks.ts";
import type { BotContext } from "../context.ts";
import { readNumber } from "../editor/report-number.ts";
import { readingOf } from "../reading.ts";
import { release } from "./hands.ts";

/** Tasks on one page: their numbers make one row of buttons. */
const A_PAGE = 5;

/** The agency this person is an officer of, null for everybody else. */
export const findOwnAgency = async (ctx: BotContext): Promise<string | null> =>
  (await ctx.actor()).grants.find(({ role }) => role === "officer")?.agencyId ?? null;

/** Says the first page. */
export const showTasks = async (ctx: BotContext): Promise<unknown> => {
  const agencyId = await findOwnAgency(ctx);
  return agencyId === null ? ctx.tell("officer:refused.no_agency") : ctx.say(await renderTasks(ctx, agencyId, 0));
};

/** `/report N` for an officer: the card of a report their agency has; anybody else's is refused. */
export const showTask = async (ctx: BotContext, words: string): Promise<unknown> => {
  const numbered = readNumber(words);
  if (numbered === null) return ctx.tell("staff:wrong.number", { usage: ctx.t("commands:usage.report") });
  const card = await renderTask(ctx, numbered.reportId);
  const number = String(numbered.reportId);
  return card === null ? ctx.tell("officer:refused.not_yours", { number }) : ctx.say(card);
};

/** Whether `/report N` is about a report that this person's agency has. */
export const isOwnTask = async (ctx: BotContext, words: string): Promise<boolean> => {
  const numbered = readNumber(words);
  return numbered !== null && (await renderTask(ctx, numbered.reportId)) !== null;
};

/** A press on the list: another page, or a task of it. False when it is none of these. */
export const goTask = async (ctx: BotContext, to: string, option: string | undefined): Promise<boolean> => {
  if (to !== "tasks" && to !== "task" && to !== "task-release") return false;
  const agencyId = await findOwnAgency(ctx);
  if (agencyId === null) {
    ctx.toast("officer:refused.no_agency", {}, { alert: true });
    return true;
  }
  if (to === "task-release") return releaseFromList(ctx, agencyId, option ?? "");
  const value = /^\d{1,12}$/.test(option ?? "") ? Number(option) : null;
  if (value === null) return false;
  if (to === "tasks") {
    await ctx.change(await renderTasks(ctx, agencyId, value));
    return true;
  }
  const card = await renderTask(ctx, value);
  if (card === null) ctx.toast("officer:refused.not_yours", { number: String(value) }, { alert: true });
  else await ctx.say(card);
  return true;
};

/** Null for a report of another agency, and for one that does not exist: who has what is not to be tried out. */
const renderTask = async (ctx: BotContext, reportId: number): Promise<OutMessage | null> => {
  const [report, agencyId] = [await findReportView(ctx.store.db, reportId), await findOwnAgency(ctx)];
  if (report === null || agencyId === null || report.agencyId !== agencyId) return null;
  return { ...renderTaskCard(readingOf(ctx), report), about: reportId };
};

const renderTasks = async (ctx: BotContext, agencyId: string, page: number): Promise<OutMessage> => {
  const { tasks, total } = await listTasks(ctx.store.db, agencyId, { page, size: A_PAGE });
  // The page was emptied meanwhile: begin again.
  if (tasks.length === 0 && page > 0) return renderTasks(ctx, agencyId, 0);
  const agency = agencyName(readingOf(ctx), agencyId);
  if (tasks.length === 0) return { text: ctx.rich("officer:tasks.empty", { agency }), buttons: [] };
  const turn = (label: "previous" | "next", to: number): Button => ({
    label: ctx.t(`officer:button.${label}`),
    act: { kind: "go", to: "tasks", option: String(to) },
  });
  const own = tasks.filter(({ officerId }) => officerId === ctx.resident.id && ctx.chat?.type === "private");
  const from = page * A_PAGE + 1;
  const to = page * A_PAGE + tasks.length;
  const pages = [...(page > 0 ? [turn("previous", page - 1)] : []), ...(to < total ? [turn("next", page + 1)] : [])];
  return {
    text: paragraphs(
      lines(
        ctx.rich("officer:tasks.head", { count: total, agency }),
        total > tasks.length ? ctx.rich("officer:tasks.range", { from, to }) : null,
      ),
      ...tasks.map((task) => lines(taskLine(ctx, task), handsLine(ctx, task))),
      own.length > 0 ? ctx.rich("officer:tasks.release") : null,
    ),
    buttons: [
      tasks.map(({ id }): Button => ({
        label: ctx.t("officer:tasks.number", { number: String(id) }),
        act: { kind: "go", to: "task", option: String(id) },
      })),
      ...(own.length > 0 ? [own.map((task) => releaseButton(ctx, task, page))] : []),
      ...(pages.length > 0 ? [pages] : []),
    ],
  };
};

const releaseButton = (ctx: BotContext, { id }: Task, page: number): Button => ({
  label: ctx.t("officer:tasks.release_number", { number: String(id) }),
  act: { kind: "go", to: "task-release", option: `${id}.${page}` },
});

/** A press beside the list puts a task down and shows the list again. */
const releaseFromList = async (ctx: BotContext, agencyId: string, option: string): Promise<boolean> => {
  const [, id, page] = /^(\d{1,12})\.(\d{1,6})$/.exec(option) ?? [];
  if (id === undefined || page === undefined) return false;
  await release(ctx, Number(id));
  await ctx.change(await renderTasks(ctx, agencyId, Number(page)));
  return true;
};

const taskLine = (ctx: BotContext, task: Task) => {
  const reading = readingOf(ctx);
  const dueAt = task.handlingDueAt ?? reading.now;
  const state = dueAt <= reading.now ? "overdue" : task.status === "planned" ? "planned" : "item";
  return ctx.rich(`officer:tasks.${state}`, {
    number: String(task.id),
    topic: topicTitle(reading, task.topicId),
    place: task.address ?? districtName(reading, task.districtId),
    date: dayInWords(reading, lastDayOf(ctx.city, dueAt)),
    left: daysLeftInWords(reading, dueAt),
  });
};

/** Who has it in hand; a group reads along, so there it is always the name. */
const handsLine = (ctx: BotContext, { officerId, officer }: Task) => {
  if (officer === null) return null;
  const isMine = officerId === ctx.resident.id && ctx.chat?.type === "private";
  return ctx.rich(isMine ? "officer:tasks.mine" : "officer:tasks.in_hand", { name: officer });
};
