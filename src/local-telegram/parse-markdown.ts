import type { MessageEntity } from "grammy/types";
import { badRequest } from "./refusal.ts";

type Mark = "*" | "_" | "__" | "~" | "||" | "`" | "```" | "[";
type Open = { mark: Mark; offset: number; byte: number; language?: string };

const cannot = (words: string): Error => badRequest(`can't parse entities: ${words}`);

const names: Readonly<Record<Mark, string>> = {
  "*": "Bold",
  _: "Italic",
  __: "Underline",
  "~": "Strikethrough",
  "||": "Spoiler",
  "`": "Code",
  "```": "Pre",
  "[": "TextUrl",
};
const types = {
  "*": "bold",
  _: "italic",
  __: "underline",
  "~": "strikethrough",
  "||": "spoiler",
  "`": "code",
} as const;
const reserved = "_*[]()~`>#+-=|{}.!";

const readMark = (source: string, at: number, inCode: boolean): Mark | null => {
  for (const mark of ["```", "`"] as const) if (source.startsWith(mark, at)) return mark;
  if (inCode) return null;
  for (const mark of ["__", "||", "*", "_", "~", "["] as const) if (source.startsWith(mark, at)) return mark;
  return null;
};

const readUrl = (source: string, at: number): { url: string; end: number } | null => {
  if (source[at] !== "(") return null;
  let url = "";
  for (let i = at + 1; i < source.length; i += 1) {
    if (source[i] === "\\") url += source[(i += 1)] ?? "";
    else if (source[i] === ")") return { url, end: i + 1 };
    else url += source[i];
  }
  throw cannot(`Can't find end of a URL at byte offset ${Buffer.byteLength(source.slice(0, at))}`);
};

/** Parses MarkdownV2 without quotes and custom emoji; refuses with Telegram's words what is not escaped or not closed. */
export const parseMarkdown = (source: string): { text: string; entities: MessageEntity[] } => {
  const entities: MessageEntity[] = [];
  const open: Open[] = [];
  let text = "";
  let at = 0;
  const close = (last: Open, entity: MessageEntity): void => {
    open.pop();
    if (text.length > last.offset) entities.push(entity);
  };
  while (at < source.length) {
    const char = source[at] ?? "";
    const last = open.at(-1);
    const inCode = last?.mark === "`" || last?.mark === "```";
    if ((char === "\\" && reserved.includes(source[at + 1] ?? " ")) || (char === "\\" && source[at + 1] === "\\")) {
      text += source[at + 1] ?? "";
      at += 2;
      continue;
    }
    if (last?.mark === "[" && char === "]") {
      const link = readUrl(source, at + 1);
      const url = link?.url ?? text.slice(last.offset);
      close(last, { type: "text_link", offset: last.offset, length: text.length - last.offset, url });
      at = link?.end ?? at + 1;
      continue;
    }
    const mark = readMark(source, at, inCode);
    if (mark && last?.mark === mark && mark !== "[") {
      const span = { offset: last.offset, length: text.length - last.offset };
      const pre = { type: "pre", ...span, ...(last.language ? { language: last.language } : {}) } as const;
      close(last, mark === "```" ? pre : { type: types[mark], ...span });
      at += mark.length;
      continue;
    }
    if (mark && !inCode) {
      const byte = Buffer.byteLength(source.slice(0, at));
      at += mark.length;
      const language = mark === "```" ? /^([^\s`]*)\n/.exec(source.slice(at)) : null;
      at += language?.[0].length ?? 0;
      open.push({ mark, offset: text.length, byte, ...(language?.[1] ? { language: language[1] } : {}) });
      continue;
    }
    if (!inCode && reserved.includes(char)) {
      throw cannot(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);
    }
    text += char;
    at += 1;
  }
  const unclosed = open.at(-1);
  if (unclosed) throw cannot(`Can't find end of ${names[unclosed.mark]} entity at byte offset ${unclosed.byte}`);
  return { text, entities };
};
