/** `/audit`: what staff did, by person and by days; never what residents did or who they are. */
import { Temporal } from "temporal-polyfill";
import { cityDate, endOfDay, startOfDay } from "../../city/city-time.ts";
import { readPeriod, type Period } from "../../city/read-period.ts";
import { dayInWords, momentInWords } from "../../notices/dates.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import { STAFF_ROLES } from "../../report/status.ts";
import { findStaffPeople, listAudit, type AuditEntry } from "../../store/queries/audit.ts";
import type { BotContext } from "../context.ts";
import { didInWords } from "../did.ts";
import { brief } from "../editor/moderate.ts";
import { readingOf } from "../reading.ts";

const PAGE_SIZE = 15;
/** More people of one name than anybody wants to choose from. */
const MOST_PEOPLE = 8;

/** Whose acts and of which days; `name` is shown, null for everybody's. */
type Filter = { residentId: number | null; period: Period | null };

/** What can begin a period: anything else before it names a person. */
const BEGINS_PERIOD = /^(?:\d|с$|from$|today$|yesterday$|сегодня$|вчера$)/i;

/** The command with a person, a period, both or neither. */
export const audit = async (ctx: BotContext, words: string): Promise<unknown> => {
  const { person, period } = readWords(ctx, words);
  if (person === "") return ctx.say(await renderAudit(ctx, { residentId: null, period }, null));
  const people = await findStaffPeople(ctx.store.db, person, MOST_PEOPLE);
  const [only, ...others] = people;
  if (only === undefined) {
    return ctx.tell("people:audit.unknown", { typed: brief(person), usage: ctx.t("people:usage.audit") });
  }
  if (others.length === 0) return ctx.say(await renderAudit(ctx, { residentId: only.residentId, period }, null));
  return ctx.say({
    text: ctx.rich("people:audit.which", { typed: brief(person) }),
    buttons: people.map(({ residentId, name }): Button[] => [
      {
        label: `${name ?? ctx.t("notices:queue.someone")} · ${residentId}`,
        act: { kind: "go", to: "audit", option: toOption({ residentId, period }, null) },
      },
    ]),
  });
};

/** A press on a page or a person; false for buttons of others. */
export const pressAudit = async (ctx: BotContext, to: string, option: string): Promise<boolean> => {
  if (to !== "audit") return false;
  const asked = readOption(option);
  if (asked === null) return false;
  if (!hasRole(await ctx.actor(), "admin")) {
    ctx.log.info({ press: to, residentId: ctx.resident.id }, "press refused");
    ctx.toast("people:staff.not_allowed", {}, { alert: true });
    return true;
  }
  await ctx.change(await renderAudit(ctx, asked.filter, asked.before));
  return true;
};

/** The longest end of the words that is a period; what stands before it is a person. */
const readWords = (ctx: BotContext, words: string): { person: string; period: Period | null } => {
  const calendar = { locales: ctx.i18n.locales, today: cityDate(ctx.city, ctx.now()) };
  const parts = words.split(/\s+/).filter((part) => part !== "");
  for (const [index, part] of parts.entries()) {
    const period = BEGINS_PERIOD.test(part) ? readPeriod(parts.slice(index).join(" "), calendar) : null;
    if (period !== null) return { person: parts.slice(0, index).join(" "), period };
  }
  return { person: parts.join(" "), period: null };
};

const renderAudit = async (ctx: BotContext, filter: Filter, before: number | null): Promise<OutMessage> => {
  const { residentId, period } = filter;
  const bounds = {
    from: period === null ? null : startOfDay(ctx.city, period.from),
    until: period === null ? null : endOfDay(ctx.city, period.to),
  };
  const page = { before, size: PAGE_SIZE };
  const { entries, isLast } = await listAudit(ctx.store.db, { residentId, ...bounds }, page);
  const oldest = entries.at(-1);
  const older = isLast || oldest === undefined ? [] : [button(ctx, "people:audit.older", filter, oldest.id)];
  const newest = before === null ? [] : [button(ctx, "people:audit.newest", filter, null)];
  return {
    text: paragraphs(
      ctx.rich(period === null ? "people:audit.title" : "people:audit.title_days", {
        from: period === null ? "" : dayInWords(readingOf(ctx), period.from),
        to: period === null ? "" : dayInWords(readingOf(ctx), period.to),
      }),
      entries.length === 0 ? ctx.rich("people:audit.none") : lines(...entries.map((entry) => lineOf(ctx, entry))),
    ),
    buttons: [[...newest, ...older]].filter((row) => row.length > 0),
  };
};

const lineOf = (ctx: BotContext, { at, kind, role, reportId, name }: AuditEntry) => {
  const held = STAFF_ROLES.find((one) => one === role);
  const who = name ?? ctx.t("notices:queue.someone");
  return ctx.rich(reportId === null ? "people:audit.line" : "people:audit.line_report", {
    when: momentInWords(readingOf(ctx), at),
    who: held === undefined ? who : ctx.t("people:audit.who", { name: who, role: ctx.t(`staff:role.${held}`) }),
    what: didInWords(ctx, kind),
    number: String(reportId),
  });
};

const button = (
  ctx: BotContext,
  label: "people:audit.older" | "people:audit.newest",
  filter: Filter,
  before: number | null,
): Button => ({ label: ctx.t(label), act: { kind: "go", to: "audit", option: toOption(filter, before) } });

const toOption = ({ residentId, period }: Filter, before: number | null): string =>
  [residentId ?? 0, before ?? 0, period?.from.toString() ?? "", period?.to.toString() ?? ""].join("~");

const readOption = (option: string): { filter: Filter; before: number | null } | null => {
  const match = /^(\d{1,15})~(\d{1,15})~(?:(20\d\d-\d\d-\d\d)~(20\d\d-\d\d-\d\d)|~)$/.exec(option);
  if (match === null) return null;
  const [, residentId, before, from, to] = match;
  const period = from === undefined || to === undefined ? null : toPeriod(from, to);
  return { filter: { residentId: Number(residentId) || null, period }, before: Number(before) || null };
};

/** Forged days may be none. */
const toPeriod = (from: string, to: string): Period | null => {
  try {
    return { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
  } catch {
    return null;
  }
};
