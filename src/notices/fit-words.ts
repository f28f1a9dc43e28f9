/** Cards repeat what people wrote, and Telegram takes 4096 units: what the program says, and what was said last, must not be what falls off the end. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { shorten } from "../city/text.ts";
import type { ReportView } from "./report-view.ts";

/** What a card may take of a message; the rest is for what stands below it: who wrote it, the votes, the history. */
export const CARD_UNITS = 3200;

/** The units left to what was said before the last of it, and to everything else that somebody wrote. */
type Room = { earlier: number; rest: number };

/** In the order in which they are tried: old words go before new ones, and the report's own go last. */
const ROOMS: readonly Room[] = [
  { earlier: Infinity, rest: Infinity },
  { earlier: 300, rest: Infinity },
  { earlier: 100, rest: Infinity },
  { earlier: 100, rest: 600 },
];
const LEAST: Room = { earlier: 100, rest: 300 };

/** The text of a card with as much of people's words as there is room for. */
export const fitWords = (report: ReportView, render: (report: ReportView) => FormattedString): FormattedString => {
  const attempt = (room: Room): FormattedString => render(within(report, room));
  return attempt(ROOMS.find((room) => attempt(room).rawText.length <= CARD_UNITS) ?? LEAST);
};

const within = (report: ReportView, { earlier, rest }: Room): ReportView => {
  const { description, publicText, said, answer, check } = report;
  return {
    ...report,
    description: shorten(description, rest),
    publicText: publicText && shorten(publicText, rest),
    said: lastWhole(said, { earlier, rest }),
    answer: answer && { ...answer, words: shorten(answer.words, rest) },
    check: check && {
      ...check,
      answer: check.answer && { ...check.answer, words: shorten(check.answer.words, rest) },
      grounds: lastWhole(check.grounds, { earlier, rest }),
    },
  };
};

const lastWhole = <Said extends { words: string | null }>(said: readonly Said[], { earlier, rest }: Room): Said[] =>
  said.map((one, index) => ({
    ...one,
    words: one.words && shorten(one.words, index < said.length - 1 ? earlier : rest),
  }));
