/** Everything the page of a shown report is made from, read at once. */
import type { EventData } from "../../report/event.ts";
import type { Desk } from "../../report/dispute.ts";
import { withoutTakenBack } from "../../notices/public-log.ts";
import { findDesk } from "../../store/queries/audience.ts";
import {
  countClosedVotes,
  getPublicTurn,
  listPublicAnswers,
  listPublicEvents,
  listPublicPhotos,
  type PublicAnswer,
  type PublicTurn,
  type VoteCount,
} from "../../store/queries/public-page.ts";
import type { PublicReport } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";

/** A report with what only its own page shows. */
export type ReportPageView = {
  report: PublicReport;
  turn: PublicTurn;
  /** Who decides the dispute; null when there is none. */
  desk: Desk | null;
  answers: readonly (PublicAnswer & { photos: readonly string[]; isInTime: boolean | null })[];
  /** What the photos from before are stored as. */
  before: readonly string[];
  events: Awaited<ReturnType<typeof listPublicEvents>>;
  /** Whether the agency's last answer, published or not, was sent by its date; null before the first. */
  isInTime: boolean | null;
  votes: VoteCount | null;
};

/** Reads them; `report` was found to be shown a moment ago. */
export const loadReportPage = async ({ db }: Pick<WebDeps, "db">, report: PublicReport): Promise<ReportPageView> => {
  const { id } = report;
  const [turn, answers, photos, events, votes, desk] = await Promise.all([
    getPublicTurn(db, id),
    listPublicAnswers(db, id),
    listPublicPhotos(db, id),
    listPublicEvents(db, id),
    countClosedVotes(db, id),
    report.status === "disputed" ? findDesk(db, id) : null,
  ]);
  const answered = withoutTakenBack(events)
    .filter(({ kind }) => kind === "answered")
    // record() takes nothing else for the data of its kind.
    .map(({ data }) => data as EventData["answered"]);
  const isInTime = (answerId: number | undefined): boolean | null =>
    answered.findLast((one) => one.answerId === answerId)?.isInTime ?? null;
  return {
    ...{ report, turn, desk, events, votes },
    answers: answers.map((answer) => ({
      ...answer,
      photos: photos.filter(({ answerId }) => answerId === answer.id).map(({ storedAs }) => storedAs),
      isInTime: isInTime(answer.id),
    })),
    before: photos.filter(({ answerId }) => answerId === null).map(({ storedAs }) => storedAs),
    isInTime: isInTime(answered.at(-1)?.answerId),
  };
};

/** The first photo from before and the first of the last answer that says it is fixed; null without both. */
export const pairOf = ({ before, answers }: ReportPageView): { before: string; after: string } | null => {
  const [first] = before;
  const [after] = answers.findLast(({ kind, photos }) => kind === "fixed" && photos.length > 0)?.photos ?? [];
  return first === undefined || after === undefined ? null : { before: first, after };
};
