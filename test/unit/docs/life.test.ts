import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LIFE_FILE, lifeInWords } from "../../../scripts/life-diagram.ts";

test("docs/life.md tells what the tables say; `npm run docs` writes it anew", async () => {
  expect(readFileSync(LIFE_FILE, "utf8")).toBe(await lifeInWords());
});
