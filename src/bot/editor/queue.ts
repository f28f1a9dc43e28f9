/** `/queue`: reports in moderation, whoever has waited longest first, a few at a time. */
import type { Button, OutMessage } from "../../notices/message.ts";
import { momentInWords } from "../../notices/dates.ts";
import { renderQueueCard } from "../../notices/queue-card.ts";
import { districtName, topicTitle } from "../../notices/report-words.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import { findBoundChat } from "../../store/queries/bound-chats.ts";
import { listQueue, type QueueFrom, type QueueItem } from "../../store/queries/queue.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";

/** Reports on one page: their numbers make one row of buttons. */
const A_PAGE = 5;

/** Says the first page. */
export const showQueue = async (ctx: BotContext): Promise<unknown> => ctx.say(await renderQueue(ctx, null));

/** A press on the queue: another page, or a report of it. False when it is none of these. */
export const pressQueue = async (ctx: BotContext, to: string, option: string | undefined): Promise<boolean> => {
  if (to !== "queue" && to !== "report") return false;
  if (!hasRole(await ctx.actor(), "editor", "admin")) {
    ctx.toast("staff:refused.stranger", {}, { alert: true });
    return true;
  }
  if (to === "report") return openReport(ctx, option);
  if (option === undefined) {
    await openQueue(ctx);
    return true;
  }
  const from = option === "first" ? null : readFrom(option);
  if (from === undefined) return false;
  await ctx.change(await renderQueue(ctx, from));
  return true;
};

/** The queue for one person: a group that gets the «N ждут» card is too busy to be worked in. */
const openQueue = async (ctx: BotContext): Promise<void> => {
  if (ctx.chat?.type === "private") {
    await showQueue(ctx);
    return;
  }
  const districtIds = await districtsOf(ctx);
  const messageId = await ctx.whisper(await renderQueue(ctx, null, districtIds));
  ctx.toast(
    messageId === null ? "staff:queue.write_first" : "staff:queue.whispered",
    {},
    { alert: messageId === null },
  );
};

const openReport = async (ctx: BotContext, option: string | undefined): Promise<boolean> => {
  const reportId = fromDigits(option ?? "");
  const report = reportId === null ? null : await findReportView(ctx.store.db, reportId);
  if (report === null) return false;
  await ctx.say(renderQueueCard(readingOf(ctx), report));
  return true;
};

const renderQueue = async (
  ctx: BotContext,
  from: QueueFrom | null,
  districts?: readonly string[],
): Promise<OutMessage> => {
  const districtIds = districts ?? (await districtsOf(ctx));
  let page = await listQueue(ctx.store.db, { districtIds, from, limit: A_PAGE });
  // The page was emptied meanwhile, or lies before the first one: begin again.
  if (from !== null && (page.items.length === 0 || (from.go === "before" && page.items.length < A_PAGE))) {
    page = await listQueue(ctx.store.db, { districtIds, from: null, limit: A_PAGE });
  }
  const { items, before, total } = page;
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) return { text: ctx.rich("staff:queue.empty"), buttons: [] };
  return {
    text: paragraphs(
      lines(
        ctx.rich("staff:queue.head", { count: total }),
        total > items.length ? ctx.rich("staff:queue.range", { from: before + 1, to: before + items.length }) : null,
      ),
      ...items.map((item) => itemLine(ctx, item)),
    ),
    buttons: [
      items.map(({ id }) => ({ label: `№ ${id}`, act: { kind: "go", to: "report", option: toDigits(id) } })),
      [
        ...(before > 0 ? [pageButton(ctx, "staff:button.previous", "before", first)] : []),
        ...(before + items.length < total ? [pageButton(ctx, "staff:button.next", "after", last)] : []),
      ],
    ].filter((row) => row.length > 0) as Button[][],
  };
};

const itemLine = (ctx: BotContext, item: QueueItem) => {
  const reading = readingOf(ctx);
  return ctx.rich(item.dueAt !== null && item.dueAt < reading.now ? "staff:queue.late" : "staff:queue.item", {
    number: String(item.id),
    topic: topicTitle(reading, item.topicId),
    place: item.address ?? districtName(reading, item.districtId),
    since: momentInWords(reading, item.statusAt),
  });
};

/** In a bound group its districts, else all of them. */
const districtsOf = async (ctx: BotContext): Promise<readonly string[]> =>
  ctx.chat === undefined || ctx.chat.type === "private"
    ? []
    : ((await findBoundChat(ctx.store.db, ctx.chat.id))?.districtIds ?? []);

const pageButton = (
  ctx: BotContext,
  key: "staff:button.previous" | "staff:button.next",
  go: QueueFrom["go"],
  { statusAt, id }: QueueItem,
): Button => ({
  label: ctx.t(key),
  act: { kind: "go", to: "queue", option: [go, toDigits(statusAt.getTime()), toDigits(id)].join(".") },
});

const readFrom = (option: string): QueueFrom | undefined => {
  const [go, at, id, ...rest] = option.split(".");
  const [ms, number] = [fromDigits(at ?? ""), fromDigits(id ?? "")];
  if ((go !== "after" && go !== "before") || ms === null || number === null || rest.length > 0) return undefined;
  return { go, statusAt: new Date(ms), id: number };
};

const toDigits = (value: number): string => value.toString(36);

/** Up to nine digits of base 36: any moment until the year 5188 and any number of ours. */
const fromDigits = (digits: string): number | null =>
  /^[0-9a-z]{1,9}$/.test(digits) ? Number.parseInt(digits, 36) : null;
