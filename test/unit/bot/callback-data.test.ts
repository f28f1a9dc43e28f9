import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CALLBACK_DATA_BYTES, pack, unpack } from "../../../src/bot/callback-data.ts";
import type { ButtonAct } from "../../../src/notices/message.ts";

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,11}$/);
const tail = fc.stringMatching(/^[\x20-\x7e]{0,24}$/);
const id = fc.nat({ max: 3_000_000_000 });
const version = fc.nat({ max: 100_000 });

const act: fc.Arbitrary<ButtonAct> = fc.oneof(
  fc.record({ kind: fc.constant("form" as const), version, press: tail }),
  fc.record({ kind: fc.constant("answer" as const), reportId: id, version, press: tail }),
  fc.record(
    { kind: fc.constant("report" as const), act: word, reportId: id, version, option: tail },
    { requiredKeys: ["kind", "act", "reportId", "version"] },
  ),
  fc.record({ kind: fc.constant("go" as const), to: word, option: tail }, { requiredKeys: ["kind", "to"] }),
);

describe("button data", () => {
  test("comes back as the act it was packed from, within Telegram's 64 bytes", () => {
    fc.assert(
      fc.property(act, (whole) => {
        const data = pack(whole);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(CALLBACK_DATA_BYTES);
        expect(unpack(data)).toEqual(whole);
      }),
    );
  });

  test("has one spelling: whatever is read packs to the very same bytes", () => {
    const near = fc.oneof(fc.string(), fc.stringMatching(/^[farg]:[a-z0-9:]{0,20}$/));
    fc.assert(
      fc.property(near, (data) => {
        const read = unpack(data);
        if (read !== null) expect(pack(read)).toBe(data);
      }),
    );
  });

  test.each([
    ["nothing", ""],
    ["an unknown kind", "x:accept:1:1"],
    ["what every object has", "constructor:1:1"],
    ["a version that is no number", "r:accept:1:?"],
    ["a number written with zeros", "r:accept:01:1"],
    ["a negative number", "r:accept:-1:1"],
    ["a number beyond exactness", "r:accept:zzzzzzzzzzzz:1"],
    ["too few parts", "r:accept:1"],
    ["Cyrillic in the option", "r:reject:1:1:грубость"],
    ["a line break", "f:1:a\nb"],
    ["more than 64 bytes", `f:1:${"a".repeat(70)}`],
  ])("is refused when it holds %s", (_what, data) => {
    expect(unpack(data)).toBeNull();
  });

  test.each<[string, ButtonAct]>([
    ["a press of 70 letters", { kind: "form", version: 1, press: "a".repeat(70) }],
    ["Cyrillic", { kind: "go", to: "queue", option: "дальше" }],
    ["a separator in the act", { kind: "report", act: "a:b", reportId: 1, version: 1 }],
  ])("is not made from %s: the caller hears of the bug", (_what, whole) => {
    expect(() => pack(whole)).toThrow();
  });
});
