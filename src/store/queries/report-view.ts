import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import type { EventData } from "../../report/event.ts";
import type { Status } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { events } from "../schema/events.ts";
import { photos } from "../schema/photos.ts";
import { reports } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";
import { listSaid, type StoredSaid } from "./additions.ts";
import { findAnswerView, findOfficerName, type StoredAnswer } from "./answer-view.ts";
import { findCheck, type StoredCheck } from "./check-view.ts";

/** Who decided what in moderation; `by` is null for the program itself and for an erased person. */
export type StoredDecision = { at: Date; by: string | null } & (
  { kind: "assigned"; data: EventData["assigned"] } | { kind: "rejected"; data: EventData["rejected"] }
);

/** A report with its photos, the last decision of moderation and the last answer: what cards show; nothing in it names the author. */
export type StoredView = Pick<
  typeof reports.$inferSelect,
  | "id"
  | "version"
  | "topicId"
  | "districtId"
  | "agencyId"
  | "lat"
  | "lon"
  | "address"
  | "description"
  | "answers"
  | "createdAt"
  | "dueAt"
  | "cycle"
  | "outcome"
  | "publishedAt"
  | "publicText"
  | "handlingDueAt"
  | "firstDueAt"
  | "postponements"
  | "hops"
> & {
  status: Status;
  photos: { fileId: string; kind: "photo" | "document" }[];
  decision: StoredDecision | null;
  check: StoredCheck | null;
  said: StoredSaid[];
  officer: string | null;
  answer: StoredAnswer | null;
};

/** What cards may show of what was said; votes and verdicts have their own place, notes are the staff's. */
const SAID = ["question", "reply", "addition", "appeal"] as const;
const MOST_SAID = 5;

const DECISIONS = ["assigned", "rejected"] as const;

/** The report with this number as cards show it, null when there is none. */
export const findReportView = async (db: Db, reportId: number): Promise<StoredView | null> => {
  const [report] = await db.select().from(reports).where(eq(reports.id, reportId));
  if (!report) return null;
  const pictures = await db
    .select({ fileId: photos.fileId, isDocument: photos.isDocument })
    .from(photos)
    .where(and(eq(photos.reportId, reportId), isNull(photos.answerId), isNull(photos.additionId)))
    .orderBy(asc(photos.position));
  const [decided] = await db
    .select({ kind: events.kind, data: events.data, at: events.at, by: residents.name })
    .from(events)
    .leftJoin(residents, eq(residents.id, events.actorId))
    .where(and(eq(events.reportId, reportId), inArray(events.kind, [...DECISIONS])))
    .orderBy(desc(events.id))
    .limit(1);
  return {
    ...report,
    photos: pictures.map(({ fileId, isDocument }) => ({ fileId, kind: isDocument ? "document" : "photo" })),
    // Whoever adds such an event gives it the data of its kind: record() takes nothing else.
    decision: report.status === "submitted" || !decided ? null : (decided as StoredDecision),
    check: report.answeredAt === null && report.cycle === 1 ? null : await findCheck(db, report),
    said: await listSaid(db, reportId, SAID, MOST_SAID),
    officer: await findOfficerName(db, report),
    answer: report.assignedAt === null ? null : await findAnswerView(db, reportId),
  };
};
