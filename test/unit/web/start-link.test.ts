import { expect, test } from "vitest";
import { startLinkOf } from "../../../src/web/start-link.ts";

test("a start link leads to Telegram by the bot's name, or to one's own chat page", () => {
  let name: string | null = null;
  const telegram = startLinkOf({ chatPath: null, username: () => name });
  expect(telegram("j_1")).toBe("https://t.me/?start=j_1");
  name = "otklik_bot";
  expect(telegram("j_1")).toBe("https://t.me/otklik_bot?start=j_1");
  expect(telegram("")).toBe("https://t.me/otklik_bot");
  const local = startLinkOf({ chatPath: "/chat", username: () => name });
  expect([local("v_2"), local("")]).toEqual(["/chat?start=v_2", "/chat"]);
});
