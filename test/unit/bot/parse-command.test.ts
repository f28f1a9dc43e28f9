import { expect, test } from "vitest";
import { parseCommand } from "../../../src/bot/parse-command.ts";

const parse = (text: string) => parseCommand(text, "Otklik_Bot");

test("a command is read in any case, with its words trimmed and their line breaks kept", () => {
  expect(parse("/Reject  15 первая\nвторая ")).toEqual({
    name: "reject",
    words: "15 первая\nвторая",
    addressed: false,
  });
  expect(parse("/queue\n")).toEqual({ name: "queue", words: "", addressed: false });
});

test("a command addressed to this bot is known as such, one for another bot is nobody's", () => {
  expect(parse("/queue@otklik_bot 2")).toEqual({ name: "queue", words: "2", addressed: true });
  expect(parse("/queue@other_bot")).toBeNull();
});

test("a text that only begins like a command is none", () => {
  for (const text of ["/", "/почему", "яма /queue", "/queue!", `/${"a".repeat(33)}`]) expect(parse(text)).toBeNull();
});
