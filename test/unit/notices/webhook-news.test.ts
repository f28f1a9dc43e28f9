import { expect, test } from "vitest";
import { renderStaffNews } from "../../../src/notices/staff-news.ts";
import { rolesToHear } from "../../../src/notices/hearers.ts";
import { readingIn } from "../../support/notices.ts";

const params = { webhookId: 7, host: "partner.example.org", failure: "HTTP 503" };

test.each([
  ["ru", "webhook_paused", ["№ 7", "остановлен", "/webhook retry 7", "/webhook off 7"]],
  ["en", "webhook_paused", ["No. 7", "stopped", "/webhook retry 7", "/webhook off 7"]],
  ["ru", "webhook_refused", ["не принимает одно из изменений", "№ 7", "/webhook retry 7"]],
  ["en", "webhook_refused", ["does not take one of the changes", "No. 7", "/webhook retry 7"]],
] as const)("in %s «%s» says which partner, why, and what to do", (locale, kind, parts) => {
  const { text } = renderStaffNews(readingIn(locale), kind, params).text;
  for (const part of ["partner.example.org", "HTTP 503", ...parts]) expect(text).toContain(part);
  expect(rolesToHear(kind)).toEqual(["admin"]);
});

test("a broken row is told apart from a message", () => {
  expect(() => renderStaffNews(readingIn("ru"), "webhook_paused", { webhookId: "7" })).toThrow();
});
