/** A report's whole life in the words of the staff: what residents are told, and what only staff did, each with who it was and whom it was told. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { momentInWords, type Reading } from "../../notices/dates.ts";
import { agencyName } from "../../notices/report-words.ts";
import { lines, rich } from "../../notices/rich.ts";
import type { EventData, EventKind } from "../../report/event.ts";
import type { HistoryEntry } from "../../store/queries/history.ts";
import type { Told } from "../../store/queries/told.ts";
import { tellEvent } from "../../notices/event-words.ts";
import { saidTo } from "./said-to.ts";

type Tell<Kind extends EventKind> = (reading: Reading, data: EventData[Kind], notes: Notes) => string;

/** Words that only editors read, by the id of their addition. */
export type Notes = ReadonlyMap<number, string>;

const plain =
  (key: Parameters<Reading["i18n"]["t"]>[1]) =>
  ({ i18n, locale }: Reading): string =>
    i18n.t(locale, key);

const ofAgency =
  (key: "staff:history.task_taken" | "staff:history.task_released" | "staff:history.requested") =>
  (reading: Reading, { agencyId }: { agencyId: string }): string =>
    reading.i18n.t(reading.locale, key, { agency: agencyName(reading, agencyId) });

/** What residents are not told. Votes are told to nobody here: only inspectors see them before the check is over. */
const TOLD: { readonly [Kind in EventKind]?: Tell<Kind> } = {
  reply_reminder: plain("staff:history.reminded_author"),
  due_in_three_days: plain("staff:history.reminded_agency"),
  due_tomorrow: plain("staff:history.reminded_agency"),
  due_today: plain("staff:history.reminded_agency"),
  check_reminder: plain("staff:history.reminded_voters"),
  check_last_reminder: plain("staff:history.reminded_voters"),
  task_taken: ofAgency("staff:history.task_taken"),
  task_released: ofAgency("staff:history.task_released"),
  requested: ofAgency("staff:history.requested"),
  request_refused: ({ i18n, locale }, { remark }) => i18n.t(locale, "staff:history.request_refused", { remark }),
  photo_reused: plain("staff:history.photo_reused"),
  taken: plain("staff:history.taken"),
  released: plain("staff:history.released"),
  noted: ({ i18n, locale }, { additionId }, notes) =>
    i18n.t(locale, "staff:history.noted", { words: notes.get(additionId) ?? "…" }),
  viewed: plain("staff:history.viewed"),
  checks_invited: ({ i18n, locale }, { count }) => i18n.t(locale, "staff:history.checks_invited", { count }),
  followed: plain("staff:history.followed"),
  unfollowed: plain("staff:history.unfollowed"),
  banned: ({ i18n, locale, ...reading }, { until, reason }) =>
    i18n.t(locale, "staff:history.banned", {
      until: momentInWords({ i18n, locale, ...reading }, new Date(until)),
      reason,
    }),
  unbanned: plain("staff:history.unbanned"),
};

/** More events than anybody reads on a phone. */
const MOST_EVENTS = 25;

/** What goes with the events: notes by the id of their addition, and whom each event was told. */
export type Beside = { notes: Notes; told: readonly Told[] };

/** The last of a report's events, as many as fit into so many characters, each with whom it was told; the newest one always. */
export const staffHistory = (
  reading: Reading,
  history: readonly HistoryEntry[],
  { notes, told }: Beside,
  characters: number,
): FormattedString[] => {
  const all = history.flatMap((entry) => {
    const line = lineOf(reading, entry, notes);
    return line === null ? [] : lines(line, saidTo(reading, entry, told));
  });
  const shown: FormattedString[] = [];
  let room = characters - EARLIER_CHARACTERS;
  for (const event of all.slice(-MOST_EVENTS).toReversed()) {
    room -= event.rawText.length + 1;
    if (room < 0 && shown.length > 0) break;
    shown.unshift(event);
  }
  if (shown.length === all.length) return shown;
  return [rich(reading.i18n, reading.locale, "people:history.earlier", { left: all.length - shown.length }), ...shown];
};

/** Room for «… и раньше: 123». */
const EARLIER_CHARACTERS = 40;

const lineOf = (reading: Reading, entry: HistoryEntry, notes: Notes): FormattedString | null => {
  const { i18n, locale } = reading;
  const what = whatHappened(reading, entry, notes);
  if (what === null) return null;
  const when = momentInWords(reading, entry.at);
  // Residents act without a name here: the author's stands above, for those who may read it.
  if (!STAFF.includes(entry.actorRole)) return rich(i18n, locale, "staff:report.event", { when, what });
  return rich(i18n, locale, "staff:report.event_by", {
    when,
    what,
    who: entry.name ?? i18n.t(locale, "staff:report.program"),
  });
};

/** Whose name staff may read beside what they did. */
const STAFF: readonly string[] = ["editor", "officer", "inspector", "operator", "admin", "clock"];

const whatHappened = (reading: Reading, entry: HistoryEntry, notes: Notes): string | null => {
  const tell = Object.hasOwn(TOLD, entry.kind)
    ? (TOLD[entry.kind as EventKind] as ((r: Reading, d: unknown, n: Notes) => string) | undefined)
    : undefined;
  if (tell !== undefined) return tell(reading, entry.data, notes);
  const said = tellEvent(reading, entry);
  return said === null || typeof said === "string" ? said : `${said.what} (${said.why})`;
};
