import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** Everything that decides what `npm run check` says, and nothing of the program itself. */
const TOOLING = [
  ...["package.json", "tsconfig.json", "oxlint.config.ts", "knip.config.ts", "drizzle.config.ts", "scripts"],
  ...[".prettierrc.json", ".prettierignore", ".editorconfig", ".gitignore", "src/local-telegram/page/tsconfig.json"],
];

/** A folder with this repository's tooling and whatever source a test plants there. */
export type Tree = Disposable & {
  dir: string;
  write: (files: Readonly<Record<string, string>>) => void;
  /** Runs one of the tools; `output` is what it wrote to either stream. */
  run: (command: string, ...args: string[]) => Promise<{ code: number; output: string }>;
};

/** Lays a tree in a temporary folder; disposing of it takes the folder away. */
export const plantTree = (): Tree => {
  const dir = mkdtempSync(join(tmpdir(), "otklik-check-"));
  const bin = join(ROOT, "node_modules/.bin");
  for (const path of TOOLING) cpSync(join(ROOT, path), join(dir, path), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"));
  return {
    dir,
    write: (files) => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, path)), { recursive: true });
        writeFileSync(join(dir, path), content);
      }
    },
    run: (command, ...args) =>
      new Promise((resolve, reject) => {
        const PATH = `${bin}${delimiter}${process.env["PATH"] ?? ""}`;
        // Colours would stand in the middle of the words a test looks for.
        const env = { ...process.env, PATH, NO_COLOR: "1", FORCE_COLOR: undefined };
        const child = spawn(command, args, { cwd: dir, env, stdio: ["ignore", "pipe", "pipe"] });
        const chunks: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
        child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
        child.on("error", reject);
        child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
      }),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true }),
  };
};

/** What oxlint finds in the tree. */
export const lint = async (tree: Tree): Promise<{ file: string; rule: string; message: string }[]> => {
  const { output } = await tree.run("oxlint", "--format=json");
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { filename: string; code: string; message: string }[];
  };
  return diagnostics.map(({ filename, code, message }) => ({ file: filename, rule: code, message }));
};
