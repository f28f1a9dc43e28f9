/** Several pieces of news said in one message, a paragraph each, in the order in which they happened. */
import { FormattedString } from "@grammyjs/parse-mode";
import type { Reading } from "./dates.ts";
import type { Button, OutMessage } from "./message.ts";
import { paragraphs, rich } from "./rich.ts";

/** What one notice would say by itself, and the number of its report. */
export type Piece = { reportId: number; message: OutMessage };

/** Telegram takes 4096 units and marks up no more than a hundred pieces of a text. */
const UNITS = 4096;
const ENTITIES = 100;

/** More buttons than this and nobody finds theirs. */
const BUTTON_ROWS = 10;

/** Whether it may be a paragraph among others: it is a text, with buttons or without, and nothing else. */
export const isParagraph = ({ photos = [], pair, file, keyboard, asks }: OutMessage): boolean =>
  photos.length === 0 && [pair, file, keyboard, asks].every((more) => more === undefined);

/** Whether Telegram takes it, and people read it, as one message. */
export const isReadable = ({ text, buttons = [] }: OutMessage): boolean =>
  text.rawText.length <= UNITS && text.rawEntities.length <= ENTITIES && buttons.length <= BUTTON_ROWS;

/** The one message; its buttons name the report they belong to. */
export const renderNews = (reading: Reading, pieces: readonly Piece[]): OutMessage => {
  const { i18n, locale } = reading;
  const buttons = pieces.flatMap(({ reportId, message }) => numbered(reading, reportId, message.buttons ?? []));
  return {
    text: paragraphs(
      rich(i18n, locale, "notices:news.head", { count: pieces.length }),
      ...pieces.map(({ message }) => asParagraph(message.text)),
    ),
    ...(buttons.length > 0 && { buttons }),
  };
};

const numbered = ({ i18n, locale }: Reading, reportId: number, rows: readonly (readonly Button[])[]): Button[][] =>
  // With the number in front two of them do not fit beside each other on a phone.
  rows
    .flat()
    .map((button) => [
      { ...button, label: i18n.t(locale, "notices:news.button", { number: String(reportId), label: button.label }) },
    ]);

/** Empty lines stand between the pieces and nowhere else. */
const asParagraph = (text: FormattedString): FormattedString =>
  text.replaceAll(new FormattedString("\n\n"), new FormattedString("\n"));
