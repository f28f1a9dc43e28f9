import { DrizzleQueryError } from "drizzle-orm/errors";
import { GrammyError, HttpError } from "grammy";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { createLog, type Log, type LogLevel } from "../../src/log.ts";

const TOKEN = "7345678901:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc";

const aLog = (level: LogLevel = "debug", human = false): { log: Log; lines: string[]; last: () => unknown } => {
  const lines: string[] = [];
  const log = createLog(level, { human, write: (line) => lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "null") };
};

test("a line is JSON with level, time, the fields and the message", () => {
  const { log, last } = aLog();
  log.info({ reportId: 7, took: { ms: 3 } }, "report submitted");
  expect(last()).toMatchObject({ level: "info", reportId: 7, took: { ms: 3 }, msg: "report submitted" });
  expect(last()).toHaveProperty("time", expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/));
});

test("lines below the level are not written, and silent writes none", () => {
  const warn = aLog("warn");
  warn.log.info("unheard");
  warn.log.warn("heard");
  expect(warn.lines).toHaveLength(1);
  const silent = aLog("silent");
  silent.log.error("unheard");
  expect(silent.lines).toEqual([]);
});

test("a child's lines carry its fields as well as its parent's", () => {
  const { log, last } = aLog();
  log.child({ updateId: 1 }).child({ residentId: 2 }).info({ act: "vote" }, "done");
  expect(last()).toMatchObject({ updateId: 1, residentId: 2, act: "vote" });
});

const PERSONAL = {
  text: "яма у подъезда",
  caption: "яма",
  phone: "+79161234567",
  phone_number: "+79161234567",
  contact: { user_id: 5 },
  first_name: "Анна",
  firstName: "Анна",
  lastName: "Ким",
  username: "anna_kim",
  location: { latitude: 55.7, longitude: 37.4 },
  lat: 55.7,
  lon: 37.4,
  address: "Молдавская, 8",
  place: { house: "8" },
  token: "t0ken",
  secret: "s3cret",
  Authorization: "Bearer t0ken",
  "X-Telegram-Bot-Api-Secret-Token": "s3cret",
};

describe("nothing about a person and no secret is written", () => {
  const allHidden = Object.fromEntries(Object.keys(PERSONAL).map((field) => [field, "[hidden]"]));

  test("at the top, deep inside objects and arrays, and in a child's fields", () => {
    const { log, last } = aLog();
    log.info(PERSONAL, "top");
    expect(last()).toMatchObject(allHidden);
    log.info({ seen: { in: [{ some: PERSONAL }] } }, "deep");
    expect(last()).toMatchObject({ seen: { in: [{ some: allHidden }] } });
    log.child(PERSONAL).info("child");
    expect(last()).toMatchObject(allHidden);
  });

  test("a bot token or a database password inside any string is cut out", () => {
    const { log, lines } = aLog();
    log.warn({ link: `https://api.telegram.org/file/bot${TOKEN}/photos/1.jpg` }, `bot${TOKEN} called`);
    log.warn({ from: new URL("postgres://otklik:hunter2@db:5432/otklik") }, "postgres://otklik:hunter2@db failed");
    expect(lines.join("")).not.toMatch(/AAEhBOweik6|hunter2/);
    expect(lines[0]).toContain("bot[token]/photos/1.jpg");
    expect(lines[1]).toContain("otklik:[hidden]@db:5432");
  });
});

describe("an error is told without what people wrote", () => {
  const told = (err: unknown): { line: string; err: unknown } => {
    const { log, lines } = aLog();
    log.error({ err }, "failed");
    const line = lines.at(-1) ?? "";
    return { line, err: (JSON.parse(line) as { err: unknown }).err };
  };

  test("a failed query shows its text and its cause, never its parameters", () => {
    const cause = Object.assign(new Error('duplicate key value violates unique constraint "residents_chat"'), {
      code: "23505",
      detail: "Key (phone)=(+79161234567) already exists.",
    });
    const { line, err } = told(
      new DrizzleQueryError("insert into residents values ($1, $2)", ["Анна", "+79161234567"], cause),
    );
    expect(err).toMatchObject({
      message: "Failed query",
      query: "insert into residents values ($1, $2)",
      cause: { code: "23505", message: expect.stringContaining("residents_chat") },
    });
    expect(line).not.toMatch(/Анна|79161234567/);
  });

  test("words that look like a frame of a stack are no frame", () => {
    const words = "Не горит фонарь\n    at Молдавская, 8, кв. 12 (12:30)\n  at дом Анны";
    const { line, err } = told(new DrizzleQueryError("insert into reports values ($1)", [words], new Error("closed")));
    expect(err).toHaveProperty("stack", expect.stringContaining("log.test.ts"));
    expect(line).not.toMatch(/Молдав|Анны/);
  });

  test("a value Postgres or JSON.parse could not read is not quoted", () => {
    const postgres = Object.assign(new Error('invalid input syntax for type integer: "Анна, "Аня" Ким"'), {
      code: "22P02",
    });
    expect(told(postgres).line).not.toMatch(/Ан[ня]|Ким/);
    try {
      JSON.parse("Анна Ким, Молдавская 8");
    } catch (error) {
      expect(told(error).line).not.toMatch(/Анна|Молдав/);
    }
  });

  test("Telegram's refusal shows method, code and description, not the message that was refused", () => {
    const refusal = { ok: false as const, error_code: 403, description: "Forbidden: bot was blocked by the user" };
    const { line, err } = told(
      new GrammyError("Call to 'sendMessage' failed!", refusal, "sendMessage", {
        chat_id: 5,
        text: "Анна, здравствуйте",
      }),
    );
    expect(err).toMatchObject({ method: "sendMessage", error_code: "403", description: refusal.description });
    expect(line).not.toContain("Анна");
  });

  test("a failed request shows its cause without the token in the address", () => {
    const failed = new TypeError(`request to https://api.telegram.org/bot${TOKEN}/sendMessage failed`);
    const { line, err } = told(new HttpError("Network request for 'sendMessage' failed!", failed));
    expect(err).toMatchObject({
      type: "HttpError",
      cause: { message: expect.stringContaining("bot[token]/sendMessage") },
    });
    expect(line).not.toContain(TOKEN);
  });

  test("a middleware's error does not bring the update with it", () => {
    const ctx = { update: { message: { text: "яма у подъезда" } } };
    const wrapped = Object.assign(new Error("Error in middleware"), { error: new RangeError("too far"), ctx });
    const { line, err } = told(wrapped);
    expect(err).toMatchObject({ cause: { type: "RangeError", message: "too far" } });
    expect(line).not.toContain("яма");
  });

  test("every error of an aggregate is told, and a stack is frames only", () => {
    const { err } = told(new AggregateError([new Error("one"), new Error("two")], "both"));
    expect(err).toMatchObject({ message: "both", errors: [{ message: "one" }, { message: "two" }] });
    expect(err).toHaveProperty("stack", expect.stringMatching(/^\s+at /));
  });
});

test("dates, moments, big numbers, bytes and things that contain themselves can be logged", () => {
  const { log, last } = aLog();
  const self: Record<string, unknown> = {};
  self["self"] = self;
  const at = new Date("2026-05-01T09:00:00Z");
  log.info({ at, instant: Temporal.Instant.from("2026-05-01T09:00Z"), id: 12n, bytes: Buffer.alloc(9), self }, "odd");
  expect(last()).toMatchObject({
    at: "2026-05-01T09:00:00.000Z",
    instant: "2026-05-01T09:00:00Z",
    id: "12",
    bytes: "[9 bytes]",
  });
});

test("for a person at a terminal a line is time, level, message and fields, with an error's frames below", () => {
  const { log, lines } = aLog("debug", true);
  log.warn({ port: 3000, role: "web" }, "listening");
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}listening port=3000 role=web\n$/);
  log.error({ err: new Error("no") }, "stopped");
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d error stopped \{"type":"Error","message":"no"\}\n {4}at /);
});
