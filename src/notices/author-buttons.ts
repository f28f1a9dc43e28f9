/** What a report's author can do with it as it stands: the table of acts, as buttons. */
import { endOf, verificationDue } from "../report/due.ts";
import { actsFrom, type Act } from "../report/status.ts";
import { checkButtons } from "./check-notices.ts";
import type { Reading } from "./dates.ts";
import type { Button } from "./message.ts";
import { returnButtons } from "./moderation-notices.ts";
import type { ReportView } from "./report-view.ts";

/** The buttons of the author's card, row by row. */
export const authorButtons = (reading: Reading, report: ReportView): Button[][] =>
  actsFrom(report.status, "author").flatMap((act) => BUTTONS[act]?.(reading, report) ?? []);

/** How an author's act stands on their card; an act that is not here is done in words: by replying. */
const BUTTONS: { readonly [Own in Act]?: (reading: Reading, report: ReportView) => Button[][] } = {
  withdraw: (reading, report) => [
    [{ label: reading.i18n.t(reading.locale, "people:button.withdraw"), act: pressOf("withdraw", report) }],
  ],
  // Both ways back from a rejection.
  repair: (reading, report) => returnButtons(reading, report),
  // One row for both: «устранено» and «не устранено».
  confirm: (reading, report) => checkButtons(reading, report),
  contest: (reading, report) => {
    const { i18n, locale, city, now } = reading;
    if (report.publishedAt === null || now >= endOf(verificationDue(city, report.publishedAt))) return [];
    return [[{ label: i18n.t(locale, "check:button.contest"), act: pressOf("contest", report) }]];
  },
};

const pressOf = (act: Act, { id, version }: ReportView) => ({ kind: "report", act, reportId: id, version }) as const;
