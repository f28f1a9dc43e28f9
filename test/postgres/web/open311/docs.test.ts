/** The examples of docs/open311.md, run as they stand there. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen, type Server } from "../../../../src/web/server.ts";
import { fromXml, freshOpen311, type Open311 } from "../../../support/open311.ts";

const DOCS = new URL("../../../../docs/open311.md", import.meta.url);
const run = promisify(execFile);

let api: Open311;
let server: Server;
beforeAll(async () => {
  api = await freshOpen311();
  server = await listen({ host: "127.0.0.1", port: 0 });
  server.serve(api.app);
});
afterAll(async () => {
  await server.close();
  await api.store.close();
});

/** Every command of the text; one may go over several lines. */
const commands = async (): Promise<string[]> => {
  const text = await readFile(DOCS, "utf8");
  const blocks = [...text.matchAll(/```sh\n([^]*?)```/g)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.replaceAll("\\\n", " ").trim().split("\n"));
};

test("every example of the documentation answers, and only the one about errors with errors", async () => {
  const examples = await commands();
  expect(examples.length).toBeGreaterThan(8);
  const env = { PATH: process.env["PATH"], OTKLIK: server.url, KEY: api.key };
  for (const example of examples) {
    const { stdout } = await run("sh", ["-c", `${example} -s -w '\\n%{http_code}'`], { env });
    const end = stdout.lastIndexOf("\n");
    const [body, status] = [stdout.slice(0, end), stdout.slice(end + 1)];
    const isAboutErrors = example.includes("yesterday");
    expect([example, status]).toEqual([example, isAboutErrors ? "400" : "200"]);
    const value: unknown = body.startsWith("<?xml") ? fromXml(body) : JSON.parse(body);
    if (isAboutErrors) expect(JSON.stringify(value)).toMatch(/start_date.*page/);
    if (example.includes("Idempotency-Key"))
      expect(value).toMatchObject([{ service_request_id: expect.stringMatching(/^\d+$/) }]);
  }
});
