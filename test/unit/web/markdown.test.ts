import { expect, test } from "vitest";
import { markdown } from "../../../src/web/pages/markdown.ts";

const rendered = (text: string): string => markdown(text, 2) as string;

test.each([
  ["# One\n\nTwo\nlines", "<h2>One</h2><p>Two lines</p>"],
  ["## Below", "<h3>Below</h3>"],
  ["# Head\nwith words", "<h2>Head</h2><p>with words</p>"],
  ["- a\n  goes on\n- b", "<ul><li>a goes on</li><li>b</li></ul>"],
  [
    "**bold** `/forget` [site](https://a.example/?x=1&y=2)",
    '<p><b>bold</b> <code>/forget</code> <a href="https://a.example/?x=1&amp;y=2">site</a></p>',
  ],
  ["<script>alert(1)</script> & **<b>**", "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; <b>&lt;b&gt;</b></p>"],
  ["[click](javascript:alert(1))", "<p>[click](javascript:alert(1))</p>"],
])("%j", (text, expected) =>
  expect(
    rendered(text).replaceAll(/>\s+</g, "><").replace("</b><code>", "</b> <code>").replace("</code><a", "</code> <a"),
  ).toBe(expected),
);
