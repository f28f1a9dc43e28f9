import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { EventData } from "../../report/event.ts";
import { nearestOf, similarBox } from "../../report/duplicate.ts";
import type { Status } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { events } from "../schema/events.ts";
import { photos } from "../schema/photos.ts";
import { reports, type ReportRow } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";
import { listSaid, type StoredSaid } from "./additions.ts";
import { listSimilar } from "./similar.ts";
import { findAnswerView, findOfficerName, type StoredAnswer } from "./answer-view.ts";
import { findName } from "./moderators.ts";
import { pictureColumns, toPictures, type StoredPicture } from "./pictures.ts";
import { findCheck, type StoredCheck } from "./check-view.ts";

/** Who decided what in moderation; `by` is null for the program itself and for an erased person. */
export type StoredDecision = { at: Date; by: string | null } & (
  | { kind: "assigned"; data: EventData["assigned"] }
  | { kind: "rejected"; data: EventData["rejected"] }
  | { kind: "asked"; data: EventData["asked"] }
  | { kind: "merged"; data: EventData["merged"] }
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
  | "statusAt"
  | "repairs"
  | "hasAppealed"
  | "isOnTop"
  | "mergedIntoId"
> & {
  status: Status;
  photos: StoredPicture[];
  decision: StoredDecision | null;
  rejection: EventData["rejected"] | null;
  check: StoredCheck | null;
  said: StoredSaid[];
  officer: string | null;
  answer: StoredAnswer | null;
  taken: { residentId: number; by: string | null; until: Date } | null;
  similar: { id: number; meters: number; description: string }[];
};

/** What cards may show of what was said; votes and verdicts have their own place, notes are the staff's. */
const SAID = ["question", "reply", "addition", "appeal"] as const;
const MOST_SAID = 5;

/** The decision that brought a report where it is, or, once it is with an agency, that sent it there. */
const decisionOf = (status: Status): StoredDecision["kind"] | null => {
  switch (status) {
    case "submitted":
    case "withdrawn":
      return null;
    case "needs_info":
      return "asked";
    case "rejected":
    case "merged":
      return status;
    case "assigned":
    case "planned":
    case "answered":
    case "published":
    case "disputed":
    case "closed":
      return "assigned";
  }
};

/**
 * The report with this number as cards show it, null when there is none. All of it is of one moment: a card whose words are of a decision
 * and whose buttons are of before it would contradict itself. `db` must not be a running transaction.
 */
export const findReportView = (db: Db, reportId: number): Promise<StoredView | null> =>
  db.transaction((tx) => readView(tx, reportId), { isolationLevel: "repeatable read", accessMode: "read only" });

const readView = async (db: Db, reportId: number): Promise<StoredView | null> => {
  const [report] = await db.select().from(reports).where(eq(reports.id, reportId));
  if (!report) return null;
  const pictures = await db
    .select(pictureColumns)
    .from(photos)
    .where(and(eq(photos.reportId, reportId), isNull(photos.answerId), isNull(photos.additionId)))
    .orderBy(asc(photos.position));
  return {
    ...report,
    photos: toPictures(pictures),
    decision: await findDecision(db, report.id, decisionOf(report.status)),
    rejection: await findRejection(db, report),
    check: report.answeredAt === null && report.cycle === 1 ? null : await findCheck(db, report),
    said: await listSaid(db, reportId, SAID, MOST_SAID),
    officer: await findOfficerName(db, report),
    answer: report.assignedAt === null ? null : await findAnswerView(db, reportId),
    taken: await findTaken(db, report),
    similar: report.status === "submitted" ? await findSimilarTo(db, report) : [],
  };
};

const findDecision = async (
  db: Db,
  id: number,
  kind: StoredDecision["kind"] | null,
): Promise<StoredDecision | null> => {
  if (kind === null) return null;
  const [decided] = await db
    .select({ kind: events.kind, data: events.data, at: events.at, by: residents.name })
    .from(events)
    .leftJoin(residents, eq(residents.id, events.actorId))
    .where(and(eq(events.reportId, id), eq(events.kind, kind)))
    .orderBy(desc(events.id))
    .limit(1);
  // Whoever adds such an event gives it the data of its kind: record() takes nothing else.
  return decided === undefined ? null : (decided as StoredDecision);
};

/** Why it had been rejected before it came to moderation again, repaired or appealed. */
const findRejection = async (
  db: Db,
  { id, status, repairs, hasAppealed }: ReportRow,
): Promise<StoredView["rejection"]> => {
  if (status !== "submitted" || (repairs === 0 && !hasAppealed)) return null;
  const rejected = await findDecision(db, id, "rejected");
  return rejected?.kind === "rejected" ? rejected.data : null;
};

const findTaken = async (db: Db, { takenById, takenUntil }: ReportRow): Promise<StoredView["taken"]> =>
  takenById === null || takenUntil === null
    ? null
    : { residentId: takenById, by: await findName(db, takenById), until: takenUntil };

const findSimilarTo = async (db: Db, { id, topicId, lat, lon }: ReportRow): Promise<StoredView["similar"]> => {
  if (lat === null || lon === null) return [];
  const place = { lat, lon };
  return nearestOf(place, await listSimilar(db, { topicId, box: similarBox(place), exceptId: id }));
};
