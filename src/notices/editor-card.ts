/** An editor's one card of a report: in moderation what to decide there, later what its agency said. */
import { renderAnswerCard } from "./answer-card.ts";
import type { Reading } from "./dates.ts";
import type { OutMessage } from "./message.ts";
import { renderQueueCard } from "./queue-card.ts";
import type { ReportView } from "./report-view.ts";

/** The card as it should look now, whatever it was when it was sent. */
export const renderEditorCard = (reading: Reading, report: ReportView): OutMessage =>
  isAboutAnswer(report) ? renderAnswerCard(reading, report) : renderQueueCard(reading, report);

const isAboutAnswer = ({ status, answer }: ReportView): boolean => {
  if (answer === null) return false;
  switch (status) {
    case "submitted":
    case "rejected":
    case "merged":
    case "withdrawn":
      return false;
    // Else the question is an editor's own.
    case "needs_info":
      return answer.kind === "question" && answer.state === "accepted";
    case "assigned":
    case "planned":
    case "answered":
    case "published":
    case "disputed":
    case "closed":
      return true;
  }
};
