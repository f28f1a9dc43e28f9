/** The city's own texts, which are written in a small part of markdown. */
import { html } from "hono/html";
import type { Html } from "./frame.ts";

const INLINE = /\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)/g;

/** Bold, code and links of a line; everything else is text. */
const inline = (text: string): Html => {
  const parts: (Html | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(from, match.index));
    const [all, bold, code, label, address] = match;
    if (bold !== undefined) parts.push(html`<b>${bold}</b>`);
    else if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else parts.push(html`<a href="${address ?? ""}">${label ?? ""}</a>`);
    from = match.index + all.length;
  }
  parts.push(text.slice(from));
  return html`${parts}`;
};

const join = (lines: readonly string[]): string => lines.map((line) => line.trim()).join(" ");

/** The entries of a list; a line that begins none goes on with the one before. */
const entriesOf = (lines: readonly string[]): string[] =>
  lines.reduce<string[]>((entries, line) => {
    const begun = /^[-*] (.*)/.exec(line)?.[1];
    if (begun !== undefined) return [...entries, begun.trim()];
    return [...entries.slice(0, -1), join([entries.at(-1) ?? "", line])];
  }, []);

/** Headings, paragraphs and lists. `level` is what a single `#` becomes: a text within a page begins below the page's own headings. */
export const markdown = (text: string, level: 1 | 2): Html => {
  const blocks = text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => block.split("\n"));
  return html`${blocks.map((lines) => {
    const [first = "", ...rest] = lines;
    const heading = /^(#{1,3}) (.*)/.exec(first);
    if (heading !== null) {
      const words = inline(heading[2] ?? "");
      const title = (heading[1]?.length ?? 1) - 1 + level === 2 ? html`<h2>${words}</h2>` : html`<h3>${words}</h3>`;
      return rest.length === 0
        ? title
        : html`${title}
            <p>${inline(join(rest))}</p>`;
    }
    if (/^[-*] /.test(first))
      return html`<ul>
        ${entriesOf(lines).map((entry) => html`<li>${inline(entry)}</li>`)}
      </ul>`;
    return html`<p>${inline(join(lines))}</p>`;
  })}`;
};
