import { describe, expect, test } from "vitest";
import { formatText } from "../../../src/local-telegram/entities.ts";

/** The entities of a text as `type:what they cover`. */
const spans = (text: string, parseMode?: string): string[] => {
  const formatted = formatText({ text, parseMode });
  return formatted.entities.map(
    ({ type, offset, length }) => `${type}:${formatted.text.slice(offset, offset + length)}`,
  );
};
const words = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "nothing was refused";
};

describe("HTML", () => {
  test.each([
    ["<b>a</b> <i>b</i> <u>c</u> <s>d</s>", ["bold:a", "italic:b", "underline:c", "strikethrough:d"]],
    ["<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", ["bold:a", "italic:b", "underline:c", "strikethrough:d"]],
    ["<b>a <i>b</i></b>", ["bold:a b", "italic:b"]],
    ['<a href="https://example.org/?a=1&amp;b=2">сюда</a>', ["text_link:сюда"]],
    ["<code>x &lt; y</code>", ["code:x < y"]],
    ['<pre><code class="language-ts">let x</code></pre>', ["pre:let x"]],
    ["<blockquote>a\nb</blockquote>", ["blockquote:a\nb"]],
    ["<blockquote expandable>a</blockquote>", ["expandable_blockquote:a"]],
    ["<tg-spoiler>a</tg-spoiler>", ["spoiler:a"]],
    ['<span class="tg-spoiler">a</span>', ["spoiler:a"]],
    ["🕳<b>a</b>", ["bold:a"]],
    ["<b></b>a", []],
  ])("%s", (html, expected) => {
    expect(spans(html, "HTML")).toEqual(expected);
  });

  test("decodes the named and numbered characters Telegram knows, and leaves others as they are", () => {
    expect(formatText({ text: "&lt;&gt;&amp;&quot;&#1071;&#x42F;&nbsp;", parseMode: "HTML" }).text).toBe(
      '<>&"ЯЯ&nbsp;',
    );
  });

  test("keeps where a link leads and the language of code", () => {
    const { entities } = formatText({ text: '<a href="https://a.org/?b=1&amp;c=2">x</a>', parseMode: "html" });
    expect(entities[0]).toMatchObject({ type: "text_link", url: "https://a.org/?b=1&c=2" });
    const code = formatText({ text: '<pre><code class="language-ts">x</code></pre>', parseMode: "html" });
    expect(code.entities).toEqual([{ type: "pre", offset: 0, length: 1, language: "ts" }]);
  });

  test.each([
    ["<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'],
    ["яя<b", "Unclosed start tag at byte offset 4"],
    ["<b>a</b", "Unclosed end tag at byte offset 4"],
    ["a</b>", "Unexpected end tag at byte offset 1"],
    ["<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ["<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ["<i>a", `Can't find end tag corresponding to start tag "i"`],
    ["<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])("%s is refused", (html, why) => {
    expect(words(() => formatText({ text: html, parseMode: "HTML" }))).toBe(
      `Bad Request: can't parse entities: ${why}`,
    );
  });
});

describe("MarkdownV2", () => {
  test.each([
    ["*a* _b_ __c__ ~d~ ||e||", ["bold:a", "italic:b", "underline:c", "strikethrough:d", "spoiler:e"]],
    ["*a _b_*", ["bold:a b", "italic:b"]],
    ["`a*b`", ["code:a*b"]],
    ["```ts\nlet x\n```", ["pre:let x"]],
    ["[сюда](https://example.org/\\))", ["text_link:сюда"]],
    ["\\*a\\*\\.", []],
  ])("%s", (markdown, expected) => {
    expect(spans(markdown, "MarkdownV2").map((span) => span.trim())).toEqual(expected);
  });

  test.each([
    ["a.", "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ["a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"],
    ["я*b", "Can't find end of Bold entity at byte offset 2"],
    ["_b", "Can't find end of Italic entity at byte offset 0"],
    ["`b", "Can't find end of Code entity at byte offset 0"],
    ["[a](b", "Can't find end of a URL at byte offset 3"],
  ])("%s is refused", (markdown, why) => {
    const message = words(() => formatText({ text: markdown, parseMode: "MarkdownV2" }));
    expect(message).toBe(`Bad Request: can't parse entities: ${why}`);
  });
});

describe("what Telegram finds by itself", () => {
  test.each([
    ["/start 15", ["bot_command:/start"]],
    ["/bind@otklik_bot Можайский", ["bot_command:/bind@otklik_bot"]],
    ["и/или, 1/2, https://a.org/b", ["url:https://a.org/b"]],
    ["(https://a.org/b).", ["url:https://a.org/b"]],
    ["t.me/otklik_bot?start=r_15!", ["url:t.me/otklik_bot?start=r_15"]],
    ["a@example.org, @vera_orlova", ["email:a@example.org", "mention:@vera_orlova"]],
    ["#яма №5 #5", ["hashtag:#яма"]],
    ["@ab", []],
  ])("%s", (text, expected) => {
    expect(spans(text)).toEqual(expected);
  });

  test("is not looked for inside code and links of one's own", () => {
    expect(spans("<code>/start</code> <a href='https://a.org'>https://b.org</a> /help", "HTML")).toEqual([
      "code:/start",
      "text_link:https://b.org",
      "bot_command:/help",
    ]);
  });
});

test("an entity that cuts a symbol in two is refused", () => {
  const entities = [{ type: "bold", offset: 1, length: 1 }];
  expect(words(() => formatText({ text: "🕳", entities }))).toContain("in a middle of a UTF-16 symbol");
});
