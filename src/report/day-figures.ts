/** What happened in a day, for the daily summary: counted from the log, decisions that were taken back left out. */
export type DayFigures = {
  /** Sent by residents, operators or programs. */
  filed: number;
  /** Answers that an editor published. */
  published: number;
  confirmed: number;
  /** With any other outcome. */
  closedOtherwise: number;
  /** Given back to work, because the answer was not true. */
  reopened: number;
  /** Agencies' dates that passed without an answer. */
  missed: number;
  /** How it stands at the end of the count: passed by an editor and not over, and of them past their date. */
  open: number;
  overdue: number;
};
