/** The buttons of the editors' card while a report is moderated: what is pressed most stands first, «Ещё…» opens the rest. */
import { actsFrom, type Act } from "../report/status.ts";
import type { Reading } from "./dates.ts";
import type { Button } from "./message.ts";
import { agencyName } from "./report-words.ts";
import type { ReportView } from "./report-view.ts";

type Shown = { reading: Reading; report: ReportView; suggested: string | null };

/** The rows of the card; which acts there are is told by the table of acts. `suggested` is the agency that routing names. */
export const queueButtons = (reading: Reading, report: ReportView, suggested: string | null): Button[][] => {
  const shown = { reading, report, suggested };
  const acts = actsFrom(report.status, "editor");
  return [
    ...acts.flatMap((act) => ROWS[act]?.(shown) ?? []),
    acts.flatMap((act) => BESIDE[act]?.(shown) ?? []),
    [takeButton(shown), toButton(shown, "more")],
  ].filter((row) => row.length > 0);
};

/** What leads to what an editor may still put right in a report that is decided: what the public reads and sees of it. */
export const decidedButtons = (reading: Reading, report: ReportView): Button[][] => [
  [toButton({ reading, report, suggested: null }, "more")],
];

/** What «Ещё…» opens: what an editor puts right before deciding, and afterwards no more than the public words and photos. */
export const moreButtons = (reading: Reading, report: ReportView, back: string): Button[][] => {
  const shown = { reading, report, suggested: null };
  return [
    ...(report.status === "submitted"
      ? [
          [toButton(shown, "topic"), toButton(shown, "place")],
          [toButton(shown, "text"), toButton(shown, "days")],
        ]
      : [[toButton(shown, "text")]]),
    ...(report.photos.length > 0 ? [[toButton(shown, "photos")]] : []),
    ...(report.publicText === null ? [] : [[toButton(shown, "ownWords")]]),
    [{ label: back, act: pressOf("card", report) }],
  ];
};

/** How an act stands on the card in rows of its own. */
const ROWS: { readonly [Moderated in Act]?: (shown: Shown) => Button[][] } = {
  accept: ({ reading, report, suggested }) => {
    const { i18n, locale } = reading;
    const act = pressOf("accept", report);
    const other: Button[] = [{ label: i18n.t(locale, "notices:queue.acceptOther"), act }];
    if (suggested === null) return [other];
    const agency = agencyName(reading, suggested, "shortName");
    const label = i18n.t(locale, "notices:queue.accept", { agency });
    return [[{ label, act: { ...act, option: suggested } }], other];
  },
  merge: ({ reading: { i18n, locale }, report }) =>
    report.similar.map(({ id }) => [
      {
        label: i18n.t(locale, "moderation:press.merge", { number: String(id) }),
        act: { ...pressOf("merge", report), option: String(id) },
      },
    ]),
};

/** The acts that share one row. */
const BESIDE: { readonly [Moderated in Act]?: (shown: Shown) => Button[] } = {
  ask: (shown) => [toButton(shown, "ask")],
  reject: ({ reading: { i18n, locale }, report }) => [
    { label: i18n.t(locale, "notices:queue.reject"), act: pressOf("reject", report) },
  ],
};

/** Who has it in hand is told by the card; a press of somebody else is refused with until when. */
const takeButton = (shown: Shown): Button => {
  const { taken } = shown.report;
  return toButton(shown, taken !== null && shown.reading.now < taken.until ? "release" : "take");
};

type Press = "ask" | "take" | "release" | "more" | "topic" | "place" | "text" | "days" | "photos" | "ownWords";

const toButton = ({ reading: { i18n, locale }, report }: Shown, press: Press): Button => ({
  label: i18n.t(locale, `moderation:press.${press}`),
  act: pressOf(press === "ownWords" ? "own-words" : press, report),
});

const pressOf = (act: string, { id, version }: ReportView) => ({ kind: "report", act, reportId: id, version }) as const;
