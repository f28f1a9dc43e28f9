import { expect, test } from "vitest";
import { readSafeUrl } from "../../../src/fetch/safe-url.ts";

test.each([
  "https://partner.example.org/hook?key=1",
  "https://partner.example.org:8443/hook",
  "https://пример.рф/hook",
  "https://8.8.8.8/hook",
  "https://[2a00:1148:db00::1]/hook",
])("%s may be called", (text) => {
  expect(readSafeUrl(text)).toEqual({ ok: true, url: new URL(text) });
});

test("Where nothing secret is said, plain http may be called, and nothing else more", () => {
  expect(readSafeUrl("http://pictures.example.org/a.jpg", { plainHttp: true }).ok).toBe(true);
  expect(readSafeUrl("http://127.0.0.1/a.jpg", { plainHttp: true })).toEqual({ ok: false, why: "not_public" });
  expect(readSafeUrl("ftp://pictures.example.org/", { plainHttp: true })).toEqual({ ok: false, why: "not_https" });
});

test.each([
  ["", "bad_url"],
  ["partner.example.org", "bad_url"],
  ["https://", "bad_url"],
  ["https://[::1", "bad_url"],
  [`https://partner.example.org/${"a".repeat(2000)}`, "bad_url"],
  ["http://partner.example.org/hook", "not_https"],
  ["ftp://partner.example.org/hook", "not_https"],
  ["file:///etc/passwd", "bad_url"],
  ["https://me:secret@partner.example.org/", "has_credentials"],
  ["https://me@partner.example.org/", "has_credentials"],
  ["https://localhost/", "not_public"],
  ["https://localhost./", "not_public"],
  ["https://api.localhost/", "not_public"],
  ["https://printer.local/", "not_public"],
  ["https://metadata.google.internal/", "not_public"],
  ["https://intranet/", "not_public"],
  ["https://127.0.0.1/", "not_public"],
  ["https://2130706433/", "not_public"],
  ["https://0x7f.1/", "not_public"],
  ["https://017700000001/", "not_public"],
  ["https://[::1]/", "not_public"],
  ["https://[::ffff:10.0.0.1]/", "not_public"],
  ["https://169.254.169.254/latest/meta-data/", "not_public"],
])("%s may not: %s", (text, why) => {
  expect(readSafeUrl(text)).toEqual({ ok: false, why });
});

test("A test's own server may be called where that is allowed in so many words", () => {
  const text = "http://127.0.0.1:8080/hook";
  expect(readSafeUrl(text, { allowPrivate: true })).toEqual({ ok: true, url: new URL(text) });
  expect(readSafeUrl("ftp://127.0.0.1/", { allowPrivate: true })).toEqual({ ok: false, why: "not_https" });
});
