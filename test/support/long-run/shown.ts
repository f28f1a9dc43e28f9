/** Promised equals stored equals shown: whatever date somebody is told is the one that stands, and the one that the cards show. */
import { and, eq, gt, inArray } from "drizzle-orm";
import type { City } from "../../../src/city/schema.ts";
import type { I18n } from "../../../src/i18n/i18n.ts";
import { renderAuthorCard } from "../../../src/notices/author-card.ts";
import { explainDates } from "../../../src/notices/date-story.ts";
import { isNoticeKind, type NoticeKind } from "../../../src/notices/notices.ts";
import { renderNotice } from "../../../src/notices/render.ts";
import { renderTaskCard } from "../../../src/notices/task-card.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { reports } from "../../../src/store/schema/reports.ts";
import { dayOf } from "./almanac.ts";
import { promisedOn, spoken, withoutToday } from "./promised.ts";
import type { Watch } from "./run.ts";
import type { World } from "./world.ts";

/** What names the day until which somebody has time, or had. */
const DATED = [
  ...["received", "question", "reply_reminder", "assigned", "wait_ended", "wait_ended_officers", "due_reminder"],
  ...[
    "overdue",
    "overdue_staff",
    "overdue_escalated",
    "late_escalated",
    "postponed",
    "rerouted",
    "answer_published",
    "check_invited",
  ],
  ...["check_reminder", "check_last_reminder", "disputed", "disputed_officers", "reopened", "reopened_officers"],
] as const satisfies readonly NoticeKind[];

/** What writes or rewrites the author's card. */
const CARDS = ["received", "author_card"] as const satisfies readonly NoticeKind[];

/** «13 мая», of the last day before this moment there. */
const inWords = (dueAt: Date): string => spoken(dayOf(new Date(dueAt.getTime() - 1)));

const DAY = "(\\d+ \\p{L}+)";
const MOVES = ["→ DAY", "^Перенесено с .* на DAY:", "^Редактор добавил .*, до DAY:"].map(
  (line) => new RegExp(line.replace("DAY", DAY), "u"),
);

/** The story of a report's date as people are told it; what it comes to has to be the date that stands. */
export const faultOfStory = (
  reading: { i18n: I18n; city: City; now: Date },
  history: readonly { kind: string; data: unknown }[],
  { id, handlingDueAt }: { id: number; handlingDueAt: Date | null },
): string[] => {
  const story = explainDates({ ...reading, locale: "ru" }, history);
  const told = story.flatMap((line) => MOVES.flatMap((moves) => moves.exec(line)?.[1] ?? [])).at(-1) ?? null;
  const stands = handlingDueAt === null ? null : inWords(handlingDueAt);
  return told === stands ? [] : [`report ${id} is due ${stands}, and its story says: ${story.join(" / ")}`];
};

/** Looks over what each step has written; every contradiction becomes a line of `faults`. */
export const watchDates = (i18n: I18n): { watch: Watch; faults: string[]; looked: () => number } => {
  const faults: string[] = [];
  const cards = watchCards(i18n, faults);
  let [last, looked] = [0, 0];
  const watch: Watch = async (world) => {
    const { deps, now } = world;
    const { db } = deps.store;
    const fresh = await db
      .select({ id: notices.id, kind: notices.kind, params: notices.params, reportId: notices.reportId })
      .from(notices)
      .where(and(gt(notices.id, last), inArray(notices.kind, [...DATED, "author_card"])));
    last = Math.max(last, ...fresh.map(({ id }) => id));
    await cards(world, new Set(fresh.flatMap(({ kind, reportId }) => (isCard(kind) ? (reportId ?? []) : []))));
    const seen = new Set<string>();
    for (const { kind, params, reportId } of fresh) {
      if (reportId === null || !isNoticeKind(kind) || kind === "author_card" || seen.has(`${kind} ${reportId}`))
        continue;
      seen.add(`${kind} ${reportId}`);
      looked += 1;
      const view = await findReportView(db, reportId);
      if (view?.dueAt == null) {
        faults.push(`report ${reportId}: ${kind} names a date, and none stands`);
        continue;
      }
      const reading = { i18n, city: deps.city, locale: "ru", now };
      const date = new RegExp(`(?<!\\d)${inWords(view.dueAt)}`, "u");
      const texts = {
        [kind]: renderNotice(reading, { kind, params }, view),
        "author's card": renderAuthorCard(reading, view),
        ...((view.status === "assigned" || view.status === "planned") && {
          "task card": renderTaskCard(reading, view),
        }),
      };
      for (const [what, { text }] of Object.entries(texts)) {
        if (!date.test(text.text))
          faults.push(`report ${reportId}: ${what} (${kind}) without ${inWords(view.dueAt)}: ${text.text}`);
      }
    }
  };
  return { watch, faults, looked: () => looked };
};

const isCard = (kind: string): boolean => CARDS.some((card) => card === kind);

/** Looks at the author's card of every report that a step has touched: it says what is promised, and when that changes it is rewritten. */
const watchCards = (i18n: I18n, faults: string[]) => {
  const before = new Map<number, { state: string; words: string }>();
  return async ({ deps, now }: World, written: ReadonlySet<number>): Promise<void> => {
    const { db } = deps.store;
    const { id, version, tickedAt } = reports;
    for (const found of await db.select({ id, version, tickedAt }).from(reports)) {
      const state = `${found.version} ${found.tickedAt?.getTime()}`;
      if (before.get(found.id)?.state === state) continue;
      const [row] = await db.select().from(reports).where(eq(reports.id, found.id));
      const view = await findReportView(db, found.id);
      if (row === undefined || view === null) throw new Error(`Report ${found.id} is gone`);
      const card = renderAuthorCard({ i18n, city: deps.city, locale: "ru", now }, view).text.text;
      const broken = promisedOn(row, now).filter((promise) => !promise.test(card));
      faults.push(...broken.map((promise) => `report ${row.id}, ${row.status}: no ${promise} on its card: ${card}`));
      const words = withoutToday(card);
      if (before.get(row.id)?.words !== words && !written.has(row.id))
        faults.push(`report ${row.id}: its card was not rewritten, and would now say: ${card}`);
      before.set(row.id, { state, words });
    }
  };
};
