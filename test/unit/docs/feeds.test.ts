import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { signedHeaders } from "../../../src/jobs/webhook-signature.ts";
import { COLUMNS } from "../../../src/web/feeds/csv.ts";

const docs = await readFile("docs/feeds.md", "utf8");

test("docs/feeds.md has the header row of the CSV, and says what each column is", () => {
  expect(docs).toContain(`\`${COLUMNS.join(",")}\``);
  const explained = docs.slice(docs.indexOf("## A report"), docs.indexOf("## GeoJSON"));
  const isPoint = (name: string): boolean => ["lat", "lon"].includes(name);
  expect(COLUMNS.filter((name) => !isPoint(name) && !explained.includes(`\`${name}\``))).toEqual([]);
});

test("its lines that check a signature take ours, and no other", async () => {
  const snippet = /```js\n(import [^\n]*\n)([\s\S]*?)```/.exec(docs);
  const module = `${snippet?.[1]}export const check = ({ secret, headers, rawBody }) => {\n${snippet?.[2]}return isOurs;\n};`;
  const loaded = (await import(`data:text/javascript,${encodeURIComponent(module)}`)) as {
    check: (given: { secret: string; headers: Record<string, string>; rawBody: string }) => boolean;
  };
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const rawBody = '{"type":"report.assigned","data":"Яма"}';
  const headers = signedHeaders({ id: "evt_1", body: rawBody, secret }, new Date(1_614_265_330_000));
  expect(loaded.check({ secret, headers, rawBody })).toBe(true);
  expect(loaded.check({ secret, headers, rawBody: `${rawBody} ` })).toBe(false);
  expect(loaded.check({ secret: "whsec_AAAA", headers, rawBody })).toBe(false);
  expect(loaded.check({ secret, headers: { ...headers, "webhook-timestamp": "1" }, rawBody })).toBe(false);
  expect(loaded.check({ secret, headers: { ...headers, "webhook-signature": "v1,x" }, rawBody })).toBe(false);
});
