/** What has happened to a report, as its author and whoever follows it are told. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { momentInWords, type Reading } from "../../notices/dates.ts";
import { tellEvent } from "../../notices/event-words.ts";
import { publicLog } from "../../notices/public-log.ts";
import type { SaidView } from "../../notices/report-view.ts";
import { rich } from "../../notices/rich.ts";
import type { HistoryEntry } from "../../store/queries/history.ts";

/** More lines no longer fit a phone's screen together with the card. */
const MOST_LINES = 20;

type Entry = Pick<HistoryEntry, "kind" | "data" | "at">;

/**
 * The last of a report's events in words, each a line; who acted is nobody's business here, what happened is. `said` are the words of
 * questions, replies and additions, which are for its author alone.
 */
export const historyInWords = (
  reading: Reading,
  history: readonly Entry[],
  said: readonly SaidView[] = [],
): FormattedString[] => {
  return newest(
    reading,
    history.flatMap((entry) => eventInWords(reading, entry, said) ?? []),
  );
};

/** The same as everybody else may read it. */
export const publicHistoryInWords = (
  reading: Reading,
  history: readonly (Entry & Pick<HistoryEntry, "actorRole">)[],
): FormattedString[] =>
  newest(
    reading,
    publicLog(reading, history).map((line) => lineOf(reading, line)),
  );

const newest = (reading: Reading, all: readonly FormattedString[]): FormattedString[] => {
  const shown = all.slice(-MOST_LINES);
  if (shown.length === all.length) return shown;
  return [rich(reading.i18n, reading.locale, "people:history.earlier", { left: all.length - shown.length }), ...shown];
};

const eventInWords = (reading: Reading, entry: Entry, said: readonly SaidView[]): FormattedString | null => {
  const told = tellEvent(reading, entry);
  if (told === null) return null;
  return typeof told === "string"
    ? lineOf(reading, { at: entry.at, what: told, why: wordsOf(reading, entry, said) })
    : lineOf(reading, { at: entry.at, ...told });
};

const lineOf = (reading: Reading, { at, what, why }: { at: Date; what: string; why: string | null }) => {
  const { i18n, locale } = reading;
  const when = momentInWords(reading, at);
  return why === null
    ? rich(i18n, locale, "people:history.line", { when, what })
    : rich(i18n, locale, "people:history.line_why", { when, what, why });
};

/** A card has room for the gist of twenty events. */
const MOST_WORDS_CHARACTERS = 200;

/** What was said in an event; null where nothing was, or it is no longer known. */
const wordsOf = ({ i18n, locale }: Reading, { data }: Entry, said: readonly SaidView[]): string | null => {
  const one = said.find(({ id }) => id === data["additionId"]);
  if (one === undefined) return null;
  if (one.words === null) return one.photos.length > 0 ? i18n.t(locale, "people:history.photo") : null;
  const words = [...one.words];
  return words.length > MOST_WORDS_CHARACTERS
    ? `${words.slice(0, MOST_WORDS_CHARACTERS).join("").trimEnd()}…`
    : one.words;
};
