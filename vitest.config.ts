import { defineConfig } from "vitest/config";

/** `unit` needs nothing and is quick; `system` has a real Postgres, which its global setup brings up and takes down. */
export default defineConfig({
  test: {
    restoreMocks: true,
    unstubEnvs: true,
    // One core is kept free by default, which on a machine of two halves the speed.
    maxWorkers: "100%",
    // No module keeps anything of a test, and to load them all anew for every file takes a third of the time.
    isolate: false,
    projects: [
      {
        extends: true,
        // Long only for a machine that is busy: nothing here waits.
        test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 20_000 },
      },
      {
        extends: true,
        test: {
          name: "system",
          include: ["test/{postgres,e2e,browser}/**/*.test.ts"],
          globalSetup: "test/support/global-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
