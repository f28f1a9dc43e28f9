import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inject } from "vitest";

/** The program as an operator runs it: a process of its own, with these environment variables and none of the test's. */
export type Program = {
  process: ChildProcess;
  /** Resolves to its address once it says that it started; rejects with all it said when it ends before. */
  started: Promise<string>;
  /** Resolves to the exit code and everything it said. */
  ended: Promise<{ code: number | null; output: string }>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** A folder of its own, gone with the test run. */
export const freshFolder = (): Promise<string> => mkdtemp(join(inject("runDir"), "program-"));

/** Starts `src/main.ts`; without DATA_DIR it gets an empty folder, without PORT a free port. */
export const startProgram = async (env: Record<string, string>, args: string[] = []): Promise<Program> => {
  const dataDir = env["DATA_DIR"] ?? (await freshFolder());
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "../../src/main.ts"), ...args],
    {
      // Its own folder, so that no .env of the developer is read.
      cwd: dataDir,
      env: {
        PATH: process.env["PATH"],
        // Starting is most of what these processes do, and compiling most of starting: all but the first of a run find it done.
        NODE_COMPILE_CACHE: join(inject("runDir"), "compiled"),
        PORT: "0",
        DATA_DIR: dataDir,
        CITY_DIR: join(import.meta.dirname, "../../cities/kuntsevo"),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  const { promise: started, resolve, reject } = Promise.withResolvers<string>();
  started.catch(() => undefined);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      output += `${line}\n`;
      const url = /"url":"([^"]+)".*"msg":"started"/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  }
  const ended = once(child, "close").then(([code]) => {
    reject(new Error(`The program ended before it started:\n${output}`));
    return { code: code as number | null, output };
  });
  return {
    process: child,
    started,
    ended,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
      if (env["DATA_DIR"] === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
};
