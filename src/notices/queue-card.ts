/** The editors' card of a report in moderation. */
import type { City } from "../city/schema.ts";
import type { I18n } from "../i18n/i18n.ts";
import type { OutMessage } from "./message.ts";
import type { ReportView } from "./report-view.ts";

/**
 * The card as it should look now: everything needed to decide and the buttons for it, or, once decided, who did what and no buttons.
 * Buttons: `{ act, option }` does it (`accept` to the agency `option`), `{ act }` alone leads to the choice (another agency, the reasons).
 */
export declare const renderQueueCard: (
  context: { i18n: I18n; city: City; locale: string; now: Date },
  report: ReportView,
) => OutMessage;
