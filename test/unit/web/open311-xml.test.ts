import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { toXml } from "../../../src/web/open311/xml.ts";

const parser = new XMLParser({ parseTagValue: false, trimValues: false });

const descriptionIn = (xml: string): unknown => {
  const read = parser.parse(xml) as { service_requests: { request: { description: unknown } } };
  return read.service_requests.request.description;
};

const withDescription = (description: string): string => toXml("service_requests", [{ description }]);

describe("What people wrote", () => {
  test.each([
    ['<script>alert(1)</script> & "so on" ]]>'],
    ["&amp; &#60; &lt;"],
    ["Ёлка «упала» — 🌲"],
    ["две\nстроки"],
  ])("comes out of XML as it went in: %s", (text) => {
    expect(descriptionIn(withDescription(text))).toBe(text);
  });

  test("loses what no XML may hold, escaped or not", () => {
    expect(descriptionIn(withDescription("a\0b\x07c\x1bd\ufffee\ud800f\x85g"))).toBe("abcdefg");
  });

  test("keeps its lines, however they end", () => {
    expect(descriptionIn(withDescription("один\r\nдва\rтри"))).toBe("один\nдва\nтри");
  });

  test("never breaks the document", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => XMLValidator.validate(withDescription(text)) === true),
      { numRuns: 500 },
    );
  });
});

test("What is null or empty is an empty element, and what is undefined is none", () => {
  const xml = toXml("service_requests", [{ a: null, b: undefined, c: "", attributes: [] }]);
  expect(xml.replaceAll(/\s*\n\s*/g, "")).toBe(
    '<?xml version="1.0" encoding="utf-8"?><service_requests><request><a></a><c></c><attributes></attributes></request></service_requests>',
  );
});

test("A list nobody has named the items of is a bug, and not silently wrong", () => {
  expect(() => toXml("things", [1])).toThrow("things");
});
