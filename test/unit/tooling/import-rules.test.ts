import { expect, test, vi } from "vitest";
import { lint, plantTree } from "./tree.ts";

vi.setConfig({ testTimeout: 120_000 });

/** The import table of the architecture, written a second time on purpose. */
const MAY_IMPORT: Record<string, string[]> = {
  city: [],
  fetch: [],
  i18n: [],
  "local-telegram": [],
  report: ["city"],
  form: ["report", "city"],
  store: ["report", "form"],
  notices: ["report", "city", "i18n"],
  actions: ["city", "fetch", "i18n", "report", "form", "store", "store/queries", "notices"],
  jobs: ["actions", "fetch", "store", "store/queries", "notices", "report", "city", "i18n"],
  bot: ["actions", "notices", "form", "report", "city", "i18n", "store/queries"],
  web: ["actions", "fetch", "notices", "report", "city", "i18n", "store/queries"],
};

const MAY_USE: Record<string, string[]> = {
  "drizzle-orm": ["store"],
  "drizzle-orm/pg-core": ["store"],
  postgres: ["store"],
  "@electric-sql/pglite": ["store"],
  "pg-boss": ["jobs"],
  "node-cron": ["jobs"],
  grammy: ["bot"],
  "grammy/web": ["bot"],
  "grammy/types": ["bot"],
  "@grammyjs/parse-mode": ["notices", "bot"],
  hono: ["web", "local-telegram"],
  "hono/cors": ["web", "local-telegram"],
  "@hono/node-server": ["web", "local-telegram"],
  i18next: ["i18n"],
};

/** Packages without a row: anybody may use them. */
const FREE = ["zod", "pino", "sharp"];

const ROOMS = Object.keys(MAY_IMPORT);
const PLACES = [...ROOMS, "store/queries"];

/** A file that imports every module named. */
const importsOf = (modules: readonly string[]): string =>
  modules.map((module, i) => `import { thing as thing${i} } from "${module}";\nvoid thing${i};\n`).join("");

/** What the import rules refuse in these files, as `file → module`. */
const refusedImports = async (files: Record<string, string>): Promise<string[]> => {
  using tree = plantTree();
  const things = Object.fromEntries(PLACES.map((place) => [`src/${place}/thing.ts`, "export const thing = 1;\n"]));
  tree.write({ "src/log.ts": "export const thing = 1;\n", ...things, ...files });
  const found = await lint(tree);
  return found
    .filter(({ rule }) => rule === "eslint(no-restricted-imports)")
    .map(({ file, message }) => `${file} → ${message.split("'")[1]}`)
    .toSorted();
};

test.each([
  ["in a room", "", "../"],
  ["in a folder of a room", "inner/", "../../"],
  ["two folders down", "inner/most/", "../../../"],
])("a file %s may import the rooms of its row, the log, and nothing else of ours", async (_, folder, out) => {
  const outside = ["main.ts", "settings.ts", "../package.json"];
  const files: Record<string, string> = {};
  const refused: string[] = [];
  for (const room of ROOMS) {
    const file = `src/${room}/${folder}file.ts`;
    const others = PLACES.filter((place) => place !== room && !place.startsWith(`${room}/`));
    files[file] = importsOf([
      ...others.map((place) => `${out}${place}/thing.ts`),
      ...["log.ts", ...outside].map((path) => out + path),
    ]);
    for (const place of others)
      if (!MAY_IMPORT[room]?.includes(place)) refused.push(`${file} → ${out}${place}/thing.ts`);
    for (const path of outside) refused.push(`${file} → ${out}${path}`);
  }
  expect(await refusedImports(files)).toEqual(refused.toSorted());
});

test("each package may be used by its own rooms only, and one without a row by anybody", async () => {
  const packages = Object.keys(MAY_USE);
  const files: Record<string, string> = { "src/other.ts": importsOf([...packages, ...FREE]) };
  const refused = packages.map((name) => `src/other.ts → ${name}`);
  for (const room of ROOMS) {
    files[`src/${room}/file.ts`] = importsOf([...packages, ...FREE]);
    const foreign = packages.filter((name) => !MAY_USE[name]?.includes(room));
    refused.push(...foreign.map((name) => `src/${room}/file.ts → ${name}`));
  }
  expect(await refusedImports(files)).toEqual(refused.toSorted());
});

test("main alone reads the settings; everything at the root may import the rooms", async () => {
  const rooms = ROOMS.map((room) => `./${room}/thing.ts`);
  const found = await refusedImports({
    "src/settings.ts": importsOf(["./log.ts", "./city/thing.ts"]),
    "src/main.ts": importsOf(["./settings.ts", "./log.ts", "@hono/node-server", "grammy", ...rooms]),
    "src/demo.ts": importsOf(["./settings.ts", "./log.ts", "@hono/node-server", ...rooms]),
    "src/demo/story.ts": importsOf(["../settings.ts", "../main.ts", "../log.ts", "@hono/node-server"]),
    "src/log.ts": importsOf(["./main.ts"]) + "export const thing = 1;\n",
  });
  expect(found).toEqual(
    [
      "src/settings.ts → ./city/thing.ts",
      "src/main.ts → grammy",
      "src/demo.ts → ./settings.ts",
      "src/demo.ts → @hono/node-server",
      "src/demo/story.ts → ../settings.ts",
      "src/demo/story.ts → @hono/node-server",
      "src/log.ts → ./main.ts",
    ].toSorted(),
  );
});

test("the exceptions are as small as they are written", async () => {
  const found = await refusedImports({
    // Enqueueing inside our transaction.
    "src/store/enqueue.ts": importsOf(["pg-boss", "node-cron", "../report/thing.ts", "../bot/thing.ts"]),
    // The shapes of the Bot API, not the client.
    "src/local-telegram/shapes.ts":
      'import type { Message } from "grammy/types";\nimport type { Bot } from "grammy";\nexport type It = Message | Bot;\n',
    // The texts themselves.
    "src/i18n/texts.ts": importsOf(["../../locales/ru/bot.json", "../../cities/kuntsevo/city.json"]),
    // Tests look into every room.
    "test/unit/any.test.ts": importsOf(["../../src/settings.ts", "../../src/bot/thing.ts", "drizzle-orm"]),
  });
  expect(found).toEqual(
    [
      "src/store/enqueue.ts → ../bot/thing.ts",
      "src/store/enqueue.ts → node-cron",
      "src/local-telegram/shapes.ts → grammy",
      "src/i18n/texts.ts → ../../cities/kuntsevo/city.json",
    ].toSorted(),
  );
});

test("a new folder may import nothing until the table has a row for it", async () => {
  const file = "src/attic/file.ts";
  expect(await refusedImports({ [file]: importsOf(["../city/thing.ts", "../log.ts", "grammy", "zod"]) })).toEqual([
    `${file} → ../city/thing.ts`,
    `${file} → ../log.ts`,
    `${file} → grammy`,
  ]);
});

test("no way of writing an import gets around the rule", async () => {
  const found = await refusedImports({
    "src/city/ways.ts": [
      'import type { thing } from "../bot/thing.ts";',
      'import "../jobs/thing.ts";',
      'export { thing as other } from "../web/thing.ts";',
      'export * from "../store/thing.ts";',
      'export const later = (): Promise<unknown> => import("../actions/thing.ts");',
      'import { thing as crooked } from "./../form/thing.ts";',
      'import { thing as winding } from "./inner/../../report/thing.ts";',
      "export type Thing = typeof thing | typeof crooked | typeof winding;\n",
    ].join("\n"),
  });
  expect(found.map((line) => line.split(" → ")[1])).toEqual(
    [
      "../actions/thing.ts",
      "../bot/thing.ts",
      "../jobs/thing.ts",
      "../store/thing.ts",
      "../web/thing.ts",
      "./../form/thing.ts",
      "./inner/../../report/thing.ts",
    ].toSorted(),
  );
});
