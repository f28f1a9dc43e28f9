/** A chat of the local messenger as a page of text, for people who read and for tests that compare. */
import type { PageMessage } from "./local-telegram/page-api.ts";
import { textOf } from "./stage.ts";

const WIDTH = 96;

/** One chat: who said what on which day, with pictures, buttons and later edits shown in words. Days are those of `timeZone`. */
export const transcriptOf = (title: string, messages: readonly PageMessage[], timeZone: string): string => {
  const day = new Intl.DateTimeFormat("ru", { weekday: "long", day: "numeric", month: "long", timeZone });
  let lastDay = "";
  const body = messages.flatMap((message) => {
    const today = day.format(new Date(message.date * 1000));
    const separator = today === lastDay ? [] : [`${" ".repeat(4)}── ${today} ──`];
    lastDay = today;
    const who =
      message.from?.is_bot === true
        ? "Отклик"
        : [message.from?.first_name, message.from?.last_name].filter(Boolean).join(" ");
    const edited = message.edit_date === undefined ? "" : " (изменено)";
    const text = textOf(message);
    const said = [`${who}${edited}`, ...quote(message), ...attachments(message), ...wrap(text), ...buttons(message)]
      .map((line, index) => (index === 0 ? `▸ ${line}` : `    ${line}`))
      .join("\n");
    return [...separator, said];
  });
  return [`━━━ ${title} ${"━".repeat(Math.max(3, WIDTH - title.length - 5))}`, ...body].join("\n\n");
};

/** The first line of what a person answers to; the bot's own replies only tie a card to its pictures. */
const quote = ({ from, reply_to_message: to }: PageMessage): string[] => {
  if (to === undefined || from?.is_bot === true) return [];
  const [line = ""] = (to.text ?? to.caption ?? "").split("\n");
  return [`↪ «${line}»`];
};

const attachments = (message: PageMessage): string[] => {
  if (message.photo) return ["[фото]"];
  if (message.document) return ["[файл]"];
  if (message.venue) return [`[место: ${message.venue.title}]`];
  if (message.location)
    return [`[место: ${message.location.latitude.toFixed(4)}, ${message.location.longitude.toFixed(4)}]`];
  return [];
};

const buttons = (message: PageMessage): string[] => {
  const markup = message.reply_markup;
  if (markup === undefined || !("inline_keyboard" in markup)) return [];
  return markup.inline_keyboard.map((row) => row.map(({ text }) => `[${text}]`).join(" "));
};

/** Long lines broken at spaces, so that a terminal shows them as a chat would. */
const wrap = (text: string): string[] =>
  (text === "" ? [] : text.split("\n")).flatMap((line) => {
    const lines: string[] = [];
    let rest = line;
    while (rest.length > WIDTH) {
      const space = rest.lastIndexOf(" ", WIDTH);
      const cut = space > 0 ? space : WIDTH;
      lines.push(rest.slice(0, cut));
      rest = rest.slice(cut).trimStart();
    }
    return [...lines, rest];
  });
