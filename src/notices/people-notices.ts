/** What staff and followers are told when a report's author says more, or takes it back. */
import { z } from "zod";
import type { Reading } from "./dates.ts";
import type { OutMessage } from "./message.ts";
import { topicTitle } from "./report-words.ts";
import type { ReportView } from "./report-view.ts";
import { lines, paragraphs, rich } from "./rich.ts";

const AddedParams = z.object({ additionId: z.int() });

/** To whoever owes the next step: the words and photos, without a name. */
export const added = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { additionId } = AddedParams.parse(params);
  const said = report.said.find(({ id }) => id === additionId);
  const { i18n, locale } = reading;
  return {
    text: paragraphs(
      rich(i18n, locale, "people:added.head", nameOf(reading, report)),
      // It was followed by so much more that cards no longer hold it, or its author was erased.
      said?.words ?? (said?.photos.length ? null : i18n.t(locale, "people:added.gone")),
    ),
    ...(said !== undefined && said.photos.length > 0 && { photos: said.photos }),
  };
};

/** To the agency that had it and to followers. */
export const withdrawn = (reading: Reading, report: ReportView): OutMessage => {
  const { i18n, locale } = reading;
  return {
    text: lines(
      rich(i18n, locale, "people:withdrawn.head", nameOf(reading, report)),
      rich(i18n, locale, "people:withdrawn.what"),
    ),
  };
};

const nameOf = (reading: Reading, report: ReportView) => ({
  number: String(report.id),
  topic: topicTitle(reading, report.topicId),
});
