/** `/queue`: reports in moderation, whoever has waited longest first, a few at a time. */
import { textIn } from "../../city/text.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { momentInWords } from "../../notices/dates.ts";
import { renderQueueCard } from "../../notices/queue-card.ts";
import { districtName, topicTitle } from "../../notices/report-words.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import { findBoundChat } from "../../store/queries/bound-chats.ts";
import { listQueue, type QueueFrom, type QueueItem, type QueueScope } from "../../store/queries/queue.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { brief } from "./moderate.ts";
import { NO_FILTER, packFilter, readFilter, topicsOf, unpackFilter, type QueueFilter } from "./queue-filter.ts";

/** Reports on one page: their numbers make one row of buttons. */
const A_PAGE = 5;

/** Says the first page, of all or of what is named. */
export const showQueue = async (ctx: BotContext, typed: string): Promise<unknown> => {
  const filter = readFilter(ctx.city, typed);
  if (filter === null) {
    return ctx.tell("staff:wrong.filter", { typed: brief(typed), usage: ctx.t("commands:usage.queue") });
  }
  return ctx.say(await renderQueue(ctx, { from: null, filter }));
};

/** A press on the queue: another page, another filter, or a report of it. False when it is none of these. */
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
  const [where = "", packed = ""] = option.split("~");
  const filter = unpackFilter(ctx.city, packed);
  if (filter === null) return false;
  if (where === "districts" || where === "categories") {
    await ctx.change(renderChoices(ctx, where, filter));
    return true;
  }
  const from = where === "first" ? null : readFrom(where);
  if (from === undefined) return false;
  await ctx.change(await renderQueue(ctx, { from, filter }));
  return true;
};

/** The queue for one person: a group that gets the «N ждут» card is too busy to be worked in. */
const openQueue = async (ctx: BotContext): Promise<void> => {
  if (ctx.chat?.type === "private") {
    await showQueue(ctx, "");
    return;
  }
  const districtIds = await districtsOf(ctx);
  const messageId = await ctx.whisper(await renderQueue(ctx, { from: null, filter: NO_FILTER }, districtIds));
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

type Look = { from: QueueFrom | null; filter: QueueFilter };

const renderQueue = async (
  ctx: BotContext,
  { from, filter }: Look,
  districts?: readonly string[],
): Promise<OutMessage> => {
  const scope = await scopeOf(ctx, filter, districts);
  let page = await listQueue(ctx.store.db, { scope, from, limit: A_PAGE });
  // The page was emptied meanwhile, or lies before the first one: begin again.
  if (from !== null && (page.items.length === 0 || (from.go === "before" && page.items.length < A_PAGE))) {
    page = await listQueue(ctx.store.db, { scope, from: null, limit: A_PAGE });
  }
  const { items, before, total } = page;
  const [first, last] = [items[0], items.at(-1)];
  const filters = filterButtons(ctx, filter);
  if (first === undefined || last === undefined) {
    const isAll = packFilter(ctx.city, filter) === "";
    return {
      text: lines(ctx.rich(isAll ? "staff:queue.empty" : "staff:queue.none_here"), filterLine(ctx, filter)),
      buttons: isAll ? [] : filters,
    };
  }
  return {
    text: paragraphs(
      lines(
        ctx.rich("staff:queue.head", { count: total }),
        filterLine(ctx, filter),
        total > items.length ? ctx.rich("staff:queue.range", { from: before + 1, to: before + items.length }) : null,
      ),
      ...items.map((item) => itemLine(ctx, item)),
    ),
    buttons: [
      items.map(({ id }): Button => ({
        label: ctx.t("resident:reports.number", { number: String(id) }),
        act: { kind: "go", to: "report", option: toDigits(id) },
      })),
      [
        ...(before > 0 ? [pageButton(ctx, "staff:button.previous", "before", first, filter)] : []),
        ...(before + items.length < total ? [pageButton(ctx, "staff:button.next", "after", last, filter)] : []),
      ],
      ...filters,
    ].filter((row) => row.length > 0),
  };
};

/** In a bound group its districts, else all of them; alone with the bot, appeals against one's own decisions are left to others. */
const scopeOf = async (ctx: BotContext, filter: QueueFilter, districts?: readonly string[]): Promise<QueueScope> => ({
  districtIds: filter.districtId === null ? (districts ?? (await districtsOf(ctx))) : [filter.districtId],
  topicIds: topicsOf(ctx.city, filter),
  takenById: filter.isMine ? ctx.resident.id : null,
  exceptAppealsAgainstId: ctx.chat?.type === "private" ? ctx.resident.id : null,
  now: ctx.now(),
});

const filterLine = (ctx: BotContext, { districtId, categoryId, isMine }: QueueFilter) => {
  const category = ctx.city.categories.find(({ id }) => id === categoryId);
  const words = [
    districtId === null ? null : districtName(readingOf(ctx), districtId),
    category === undefined ? null : textIn(ctx.city, category.title, ctx.locale),
    isMine ? ctx.t("staff:queue.mine") : null,
  ].filter((word) => word !== null);
  return words.length === 0 ? null : ctx.rich("staff:queue.filter", { words: words.join(" · ") });
};

const go = (ctx: BotContext, label: string, where: string, filter: QueueFilter): Button => ({
  label,
  act: { kind: "go", to: "queue", option: `${where}~${packFilter(ctx.city, filter)}` },
});

const filterButtons = (ctx: BotContext, filter: QueueFilter): Button[][] => [
  [
    go(ctx, ctx.t("staff:queue.by_district"), "districts", filter),
    go(ctx, ctx.t("staff:queue.by_category"), "categories", filter),
  ],
  [
    filter.isMine
      ? go(ctx, ctx.t("staff:queue.everybody"), "first", { ...filter, isMine: false })
      : go(ctx, ctx.t("staff:queue.mine"), "first", { ...filter, isMine: true }),
    ...(packFilter(ctx.city, filter) === "" ? [] : [go(ctx, ctx.t("staff:queue.all"), "first", NO_FILTER)]),
  ],
];

const renderChoices = (ctx: BotContext, what: "districts" | "categories", filter: QueueFilter): OutMessage => ({
  text: ctx.rich(`staff:queue.choose_${what}`),
  buttons: [
    ...(what === "districts"
      ? ctx.city.districts.map(({ id, name }) => [
          go(ctx, textIn(ctx.city, name, ctx.locale), "first", { ...filter, districtId: id }),
        ])
      : ctx.city.categories.map(({ id, icon, title }) => [
          go(ctx, `${icon} ${textIn(ctx.city, title, ctx.locale)}`, "first", { ...filter, categoryId: id }),
        ])),
    [go(ctx, ctx.t("staff:button.back"), "first", filter)],
  ],
});

const itemLine = (ctx: BotContext, item: QueueItem) => {
  const reading = readingOf(ctx);
  const line = ctx.rich(item.dueAt !== null && item.dueAt < reading.now ? "staff:queue.late" : "staff:queue.item", {
    number: String(item.id),
    topic: topicTitle(reading, item.topicId),
    place: item.address ?? districtName(reading, item.districtId),
    since: momentInWords(reading, item.statusAt),
  });
  return item.isOnTop ? lines(ctx.rich("moderation:card.back"), line) : line;
};

const districtsOf = async (ctx: BotContext): Promise<readonly string[]> =>
  ctx.chat === undefined || ctx.chat.type === "private"
    ? []
    : ((await findBoundChat(ctx.store.db, ctx.chat.id))?.districtIds ?? []);

const pageButton = (
  ctx: BotContext,
  key: "staff:button.previous" | "staff:button.next",
  direction: QueueFrom["go"],
  { isOnTop, statusAt, id }: QueueItem,
  filter: QueueFilter,
): Button => {
  const where = [direction, isOnTop ? "1" : "0", toDigits(statusAt.getTime()), toDigits(id)].join(".");
  return go(ctx, ctx.t(key), where, filter);
};

const readFrom = (option: string): QueueFrom | undefined => {
  const [direction, top, at, id, ...rest] = option.split(".");
  const [ms, number] = [fromDigits(at ?? ""), fromDigits(id ?? "")];
  if ((direction !== "after" && direction !== "before") || (top !== "0" && top !== "1")) return undefined;
  if (ms === null || number === null || rest.length > 0) return undefined;
  return { go: direction, isOnTop: top === "1", statusAt: new Date(ms), id: number };
};

const toDigits = (value: number): string => value.toString(36);

/** Up to nine digits of base 36: any moment until the year 5188 and any number of ours. */
const fromDigits = (digits: string): number | null =>
  /^[0-9a-z]{1,9}$/.test(digits) ? Number.parseInt(digits, 36) : null;
