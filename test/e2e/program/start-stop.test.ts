import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { freshFolder, startProgram } from "../../support/program.ts";
import { freshDatabase } from "../../support/store.ts";

const json = async (url: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
};

const say = (url: string, personId: number, text: string): Promise<Response> =>
  fetch(`${url}/chat/api/do`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ do: "text", personId, chatId: personId, text }),
  });

const texts = async (url: string, chatId: number): Promise<string[]> => {
  const { body } = await json(`${url}/chat/api/messages?chat=${chatId}`);
  return (body as { messages: { text?: string }[] }).messages.map(({ text }) => text ?? "");
};

/** Where the program ran before: what it does at the very first start takes seconds, and is asked about once. */
const migratedHome = async (): Promise<{ DATA_DIR: string }> => {
  const { database } = await freshDatabase("embedded");
  if (database.kind !== "embedded") throw new Error("asked for an embedded database");
  return { DATA_DIR: database.dir };
};

describe("a start without any settings", { timeout: 90_000 }, () => {
  test("serves the chat page, answers, stops on SIGTERM with 0, and knows everything after a restart", async () => {
    const dataDir = await freshFolder();
    const env = { DATA_DIR: dataDir };
    {
      await using program = await startProgram(env);
      const url = await program.started;
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(await json(`${url}/healthz`)).toEqual({ status: 200, body: { status: "alive" } });
      expect(await json(`${url}/readyz`)).toEqual({
        status: 200,
        body: { database: "ok", migrations: "ok", messenger: "ok" },
      });
      const front = await fetch(url);
      expect(front.status).toBe(200);
      expect(await front.text()).toContain('href="/chat"');
      expect((await fetch(`${url}/chat`)).status).toBe(200);
      await say(url, 1001, "/start");
      await expect.poll(() => texts(url, 1001), { timeout: 10_000 }).toHaveLength(2);

      await using second = await startProgram(env);
      const refused = await second.ended;
      expect(refused.code).toBe(1);
      expect(refused.output).toContain(`process ${program.process.pid}`);

      program.process.kill("SIGTERM");
      const { code, output } = await program.ended;
      expect(code).toBe(0);
      expect(output).not.toContain('"level":"error"');
      expect(output).not.toContain("Здравствуйте");
    }
    await using again = await startProgram(env);
    const url = await again.started;
    expect(await texts(url, 1001)).toHaveLength(2);
    again.process.kill("SIGINT");
    expect((await again.ended).code).toBe(0);
  });

  test("a second signal ends it at once", async () => {
    await using program = await startProgram(await migratedHome());
    const url = await program.started;
    // An open event stream is something to wait for.
    const stream = await fetch(`${url}/chat/api/events?after=0`);
    program.process.kill("SIGTERM");
    program.process.kill("SIGTERM");
    expect([0, 1]).toContain((await program.ended).code);
    await stream.body?.cancel().catch(() => undefined);
  });

  test("a page left open does not keep it from stopping", async () => {
    await using program = await startProgram(await migratedHome());
    const url = await program.started;
    const stream = await fetch(`${url}/chat/api/events?after=0`);
    program.process.kill("SIGTERM");
    expect((await program.ended).code).toBe(0);
    await stream.body?.cancel().catch(() => undefined);
  });
});

describe("what stops a start is told in words", { timeout: 60_000 }, () => {
  test("--help explains every setting and exits with 0", async () => {
    await using program = await startProgram({}, ["--help"]);
    const { code, output } = await program.ended;
    expect(code).toBe(0);
    for (const name of ["BOT_TOKEN", "DATABASE_URL", "CITY_DIR", "LOG_LEVEL"]) expect(output).toContain(name);
  });

  test("bad and unknown settings are named together", async () => {
    await using program = await startProgram({ PORT: "eighty", TELEGRAM_MOD: "webhook", ROLES: "bot" });
    const { code, output } = await program.ended;
    expect(code).toBe(1);
    for (const name of ["PORT", "TELEGRAM_MOD", "DATABASE_URL"]) expect(output).toContain(name);
    expect(output).not.toContain("    at ");
  });

  test("a city with a fault is refused with file and path", async () => {
    await using program = await startProgram({ CITY_DIR: "/nowhere" });
    const { code, output } = await program.ended;
    expect(code).toBe(1);
    expect(output).toContain("city.yaml");
    expect(output).not.toContain("    at ");
  });

  test("a taken port is refused", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    try {
      const { port } = holder.address() as AddressInfo;
      await using program = await startProgram({ ...(await migratedHome()), PORT: String(port) });
      const { code, output } = await program.ended;
      expect(code).toBe(1);
      expect(output).toContain("PORT");
      expect(output).not.toContain("    at ");
    } finally {
      holder.close();
    }
  });

  test("a Postgres that does not answer is refused without its password", async () => {
    await using program = await startProgram({ DATABASE_URL: "postgres://otklik:secret@127.0.0.1:1/otklik" });
    const { code, output } = await program.ended;
    expect(code).toBe(1);
    expect(output).toContain("DATABASE_URL");
    expect(output).not.toContain("secret");
  });
});
