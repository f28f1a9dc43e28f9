import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { lint, plantTree, type Tree } from "./tree.ts";

// Real tools on a whole tree: seconds on a free machine, many more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const lines = (count: number): string => "// A line.\n".repeat(count);

const table = (...columns: string[]): string =>
  `import { pgTable, text } from "drizzle-orm/pg-core";
export const things = pgTable("things", { ${columns.map((name) => `${name}: text()`).join(", ")} });
`;

/** File → what is wrong with it → the rule that must say so. */
const LINT_FAULTS: Record<string, { code: string; rule: string }> = {
  "src/bot/floating.ts": {
    code: "const send = async (): Promise<void> => {};\nexport const tell = (): void => {\n  send();\n};\n",
    rule: "typescript(no-floating-promises)",
  },
  "src/store/forgotten-query.ts": {
    code: `import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { things } from "./schema/index.ts";
export const forget = (db: PgDatabase<PgQueryResultHKT>): void => {
  db.delete(things);
};
`,
    rule: "typescript(no-floating-promises)",
  },
  "src/store/bare-thenable.ts": {
    // What a lazy query is to JavaScript: something that only runs when it is awaited.
    code: `declare const query: { then: (done: (rows: string[]) => void, failed: (error: Error) => void) => void };
export const read = (): void => {
  query;
};
`,
    rule: "typescript(no-floating-promises)",
  },
  "src/bot/misused.ts": {
    code: "const may = async (): Promise<boolean> => false;\nexport const act = (): string => (may() ? 'yes' : 'no');\n",
    rule: "typescript(no-misused-promises)",
  },
  "src/bot/no-promise.ts": {
    code: "export const wait = async (): Promise<void> => {\n  await 1;\n};\n",
    rule: "typescript(await-thenable)",
  },
  "src/report/missing-case.ts": {
    code: `export const say = (kind: "a" | "b"): void => {
  switch (kind) {
    case "a":
      throw new Error("a");
  }
};
`,
    rule: "typescript(switch-exhaustiveness-check)",
  },
  "src/report/default-for-a-case.ts": {
    code: `export const say = (kind: "a" | "b"): string => {
  switch (kind) {
    case "a":
      return "a";
    default:
      return "b";
  }
};
`,
    rule: "typescript(switch-exhaustiveness-check)",
  },
  "src/report/default-for-nothing.ts": {
    code: `export const say = (kind: "a" | "b"): string => {
  switch (kind) {
    case "a":
      return "a";
    case "b":
      return "b";
    default:
      return "never";
  }
};
`,
    rule: "typescript(switch-exhaustiveness-check)",
  },
  "src/web/anything.ts": {
    code: "export const anything = (value: any): void => void value;\n",
    rule: "typescript(no-explicit-any)",
  },
  "src/web/type-as-value.ts": {
    code: 'import { Tidy } from "../actions/tidy.ts";\nexport const keep = (tidy: Tidy): Tidy => tidy;\n',
    rule: "typescript(consistent-type-imports)",
  },
  "src/jobs/round.ts": {
    code: 'import { about } from "./about.ts";\nexport const round = (): number => about();\n',
    rule: "import(no-cycle)",
  },
  "src/jobs/about.ts": {
    code: 'import { round } from "./round.ts";\nexport const about = (): number => round();\n',
    rule: "import(no-cycle)",
  },
  "src/bot/long.ts": { code: `${lines(300)}export const long = 1;\n`, rule: "eslint(max-lines)" },
  "test/unit/long.test.ts": { code: `${lines(500)}export const long = 1;\n`, rule: "eslint(max-lines)" },
};

const PURE = ["city", "report", "form", "notices"];
const CLOCK = `import { Temporal } from "temporal-polyfill";
export const made = (): Date => new Date();
export const read = (): number => Date.now();
export const handed = (): unknown => globalThis.Date;
export const counted = (): unknown => Temporal.Now.instant();
`;

/** Files that are right, each beside a fault it is easily taken for. */
const TIDY: Record<string, string> = {
  "src/actions/tidy.ts": "export type Tidy = { now: Date };\nexport const due = ({ now }: Tidy): Date => now;\n",
  "src/report/due.ts": "export const later = (a: Date, b: Readonly<Date>): boolean => a.getTime() > b.getTime();\n",
  "src/city/instant.ts": "export const toDate = (at: number): Date => new Date(at);\n",
  "src/jobs/clock.ts": "export const now = (): Date => new Date();\n",
  "src/report/status.ts": `${lines(700)}export const STATUSES = {};\n`,
  "src/web/full.ts": `${lines(299)}export const full = 1;\n`,
  "test/unit/full.test.ts": `${lines(499)}export const full = 1;\n`,
  "src/web/whole-switch.ts": `export const say = (kind: "a" | "b"): string => {
  switch (kind) {
    case "a":
      return "a";
    case "b":
      return "b";
  }
};
`,
};

describe("oxlint", () => {
  let found: Awaited<ReturnType<typeof lint>> = [];

  beforeAll(async () => {
    using tree = plantTree();
    tree.write({ ...TIDY, "src/store/schema/index.ts": table("name") });
    tree.write(Object.fromEntries(Object.entries(LINT_FAULTS).map(([file, { code }]) => [file, code])));
    tree.write(Object.fromEntries(PURE.map((room) => [`src/${room}/clock.ts`, CLOCK])));
    found = await lint(tree);
  });

  test.each(Object.entries(LINT_FAULTS))("names %s", (file, { rule }) => {
    expect(found.filter((fault) => fault.file === file).map((fault) => fault.rule)).toContain(rule);
  });

  test.each(PURE)("finds every way to the clock in the pure room %s", (room) => {
    const rules = found.filter(({ file }) => file === `src/${room}/clock.ts`).map(({ rule }) => rule);
    expect(rules.toSorted()).toEqual([
      "eslint(no-restricted-globals)",
      "eslint(no-restricted-globals)",
      "eslint(no-restricted-properties)",
      "eslint(no-restricted-properties)",
    ]);
  });

  test("says nothing about what is right", () => {
    expect(found.filter(({ file }) => Object.hasOwn(TIDY, file))).toEqual([]);
  });
});

describe("npm run check", () => {
  let tree: Tree;
  let output = "";
  let code = 0;

  /** What the check printed under this name. */
  const section = (name: string): string =>
    output.split(/^(?=(?:ok {2}|FAIL) )/m).find((part) => part.slice(5).startsWith(`${name} (`)) ?? "";

  beforeAll(async () => {
    tree = plantTree();
    tree.write({ "src/store/schema/index.ts": table("name") });
    const generated = await tree.run("drizzle-kit", "generate");
    if (generated.code !== 0) throw new Error(generated.output);
    const pack = JSON.parse(readFileSync(join(tree.dir, "package.json"), "utf8")) as { dependencies: object };
    tree.write({
      "package.json": JSON.stringify({ ...pack, dependencies: { ...pack.dependencies, "left-over": "1.0.0" } }),
      "src/store/schema/index.ts": table("title"),
      "src/main.ts": 'import { z } from "zod";\nimport { used } from "./city/used.ts";\nconsole.log(z, used);\n',
      "src/city/used.ts": "export const used = 1;\nexport const dead = 2;\n",
      "src/city/orphan.ts": "export const orphan = 1;\n",
      "src/city/ugly.ts": "export const ugly = {a:1}\n",
      "src/city/wrong.ts": 'export const wrong: number = "one";\n',
      "src/bot/enum.ts": "export enum Built {\n  needed,\n}\n",
      "src/local-telegram/page/main.ts": "const page: number = document.title;\nconsole.log(page);\n",
      "src/bot/floating.ts": LINT_FAULTS["src/bot/floating.ts"]?.code ?? "",
    });
    ({ output, code } = await tree.run("npm", "run", "check"));
  });
  afterAll(() => tree[Symbol.dispose]());

  test("goes through every check before it fails, and says at the end which ones did", () => {
    expect(code).toBe(1);
    expect(output).toMatch(/^Failed: (?=.*format)(?=.*types)(?=.*page types)(?=.*lint)(?=.*unused)(?=.*migrations)/m);
  });

  test.each([
    ["format", "formatting", /ugly\.ts/],
    ["types", "a type error", /wrong\.ts.*TS2322/],
    ["types", "syntax that only a build could run", /enum\.ts.*TS1294/],
    ["page types", "a type error in the page", /main\.ts.*TS2322/],
    ["lint", "a floating promise", /floating\.ts/],
    ["unused", "a dead export", /^dead +src\/city\/used\.ts/m],
    ["unused", "a file nobody imports", /^src\/city\/orphan\.ts/m],
    ["unused", "a dependency nobody uses", /^left-over +package\.json/m],
    ["migrations", "a renamed column, about which drizzle-kit would ask", /no migration says so/],
  ])("%s names %s", (name, _, fault) => {
    expect(section(name)).toMatch(/^FAIL/);
    expect(section(name)).toMatch(fault);
  });

  test("does not name what is right: a tidy file, a live export, a dependency in use", () => {
    expect(section("format")).not.toMatch(/used\.ts/);
    expect(section("types")).not.toMatch(/used\.ts/);
    expect(section("unused")).not.toMatch(/^(used|zod) /m);
  });

  test("refuses the name of a check that does not exist, and runs only the ones named", async () => {
    expect(await tree.run("node", "scripts/check.ts", "speling")).toMatchObject({ code: 2 });
    const one = await tree.run("node", "scripts/check.ts", "format");
    expect(one.output).toMatch(/^FAIL format/);
    expect(one.output).not.toMatch(/types/);
  });
});

describe("npm run check -- migrations", () => {
  let tree: Tree;
  let journal = "";
  const check = () => tree.run("node", "scripts/check.ts", "migrations");
  const JOURNAL = "src/store/migrations/meta/_journal.json";

  beforeAll(async () => {
    tree = plantTree();
    tree.write({ "src/store/schema/index.ts": table("name") });
    const generated = await tree.run("drizzle-kit", "generate", "--name=first");
    if (generated.code !== 0) throw new Error(generated.output);
    journal = readFileSync(join(tree.dir, JOURNAL), "utf8");
  });
  afterAll(() => tree[Symbol.dispose]());

  test("passes migrations that say what the schema says, and leaves the tree as it was", async () => {
    expect(await check()).toMatchObject({ code: 0, output: expect.stringMatching(/^ok {3}migrations/) });
    expect(readFileSync(join(tree.dir, JOURNAL), "utf8")).toBe(journal);
  });

  test("names a new table and a new column that no migration makes", async () => {
    const more = 'export const more = pgTable("more", { name: text() });\n';
    tree.write({ "src/store/schema/index.ts": table("name", "title") + more });
    const { code, output } = await check();
    expect(code).toBe(1);
    expect(output).toMatch(/no migration says so/);
    expect(output).toMatch(/CREATE TABLE "more"/);
    expect(output).toMatch(/ADD COLUMN "title"/);
    tree.write({ "src/store/schema/index.ts": table("name") });
  });

  test("names a journal that cannot be read", async () => {
    tree.write({ [JOURNAL]: "{" });
    expect(await check()).toMatchObject({ code: 1, output: expect.stringMatching(/JSON/) });
    tree.write({ [JOURNAL]: journal });
  });

  test("names a migration the journal does not know, and one that is skipped for being older", async () => {
    type Journal = { entries: { idx: number; when: number; tag: string }[] };
    const { entries, ...rest } = JSON.parse(journal) as Journal;
    const [first] = entries;
    const second = { ...first, idx: 1, when: (first?.when ?? 0) - 1, tag: "0001_second" };
    tree.write({
      [JOURNAL]: JSON.stringify({ ...rest, entries: [first, second] }),
      "src/store/migrations/0001_second.sql": "select 1;\n",
      "src/store/migrations/0002_third.sql": "select 1;\n",
    });
    const { code, output } = await check();
    expect(code).toBe(1);
    expect(output).toMatch(/0001_second is not newer/);
    expect(output).toMatch(/0002_third\.sql is not in the journal/);
  });

  test("names a migration whose file is gone", async () => {
    tree.write({ [JOURNAL]: journal });
    rmSync(join(tree.dir, "src/store/migrations/0000_first.sql"));
    expect(await check()).toMatchObject({ code: 1, output: expect.stringMatching(/0000_first\.sql is missing/) });
  });
});
