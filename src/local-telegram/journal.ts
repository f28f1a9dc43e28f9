import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { apply, emptyState, toFacts } from "./state.ts";
import type { Fact, State } from "./state.ts";

/** The state and the file behind it. A fact handed to `append` has reached the operating system when it returns. */
export type Journal = { state: State; append: (facts: Fact[]) => void; close: () => void };

const toLines = (facts: readonly Fact[]): string => facts.map((fact) => `${JSON.stringify(fact)}\n`).join("");

const toFact = (line: string, index: number): Fact => {
  try {
    return JSON.parse(line) as Fact;
  } catch {
    // The parser's own message would quote what somebody wrote.
    throw new Error(`The messenger's journal is damaged in line ${index + 1}`);
  }
};

const replay = (text: string): State => {
  const state = emptyState();
  const lines = text.split("\n");
  // A process killed in the middle of a write leaves half a line; what follows the last line break never happened.
  for (const fact of lines.slice(0, -1).map(toFact)) apply(state, fact);
  return state;
};

/**
 * Opens `<dir>/journal.jsonl`, reads it back and replaces it by its shortest form, so that it grows with use and not with
 * restarts. Throws when a whole line is not JSON: a damaged journal is for a person to look at, not to be dropped.
 */
export const openJournal = (dir: string): Journal => {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, "journal.jsonl");
  const state = existsSync(path) ? replay(readFileSync(path, "utf8")) : emptyState();

  const compact = `${path}.new`;
  const written = openSync(compact, "w");
  writeSync(written, toLines(toFacts(state)));
  fsyncSync(written);
  closeSync(written);
  renameSync(compact, path);

  const file = openSync(path, "a");
  let closed = false;
  return {
    state,
    append: (facts) => {
      // A request that outlives the messenger is answered, but what it says was said to nobody.
      if (!closed) writeSync(file, toLines(facts));
    },
    close: () => {
      if (closed) return;
      closed = true;
      closeSync(file);
    },
  };
};
