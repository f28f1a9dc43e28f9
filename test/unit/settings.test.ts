import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { parseSettings, readSettings, settingsHelp, type Settings } from "../../src/settings.ts";

type Env = Record<string, string | undefined>;

const TOKEN = "7345678901:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc";
const REAL = { BOT_TOKEN: TOKEN, ADMIN_IDS: "123456789" };
const HOOK = {
  ...REAL,
  TELEGRAM_MODE: "webhook",
  PUBLIC_URL: "https://otklik.example.org",
  WEBHOOK_SECRET: "s3cret_word-7",
};

const settingsFrom = (env: Env, file: Env = {}): Settings => {
  const parsed = parseSettings(env, file);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.settings;
};

const refusalOf = (env: Env, file: Env = {}): string => {
  const parsed = parseSettings(env, file);
  return parsed.ok ? "" : parsed.message;
};

const warningsFrom = (env: Env): readonly string[] => {
  const parsed = parseSettings(env);
  return parsed.ok ? parsed.warnings : [];
};

describe("without any setting", () => {
  test("the whole program runs on this machine only, on the embedded database and the demo city", () => {
    expect(settingsFrom({})).toEqual({
      telegram: { mode: "local" },
      database: { kind: "embedded", dir: "data" },
      publicUrl: null,
      dataDir: "data",
      photoBucket: null,
      host: "127.0.0.1",
      port: 3000,
      roles: new Set(["bot", "web", "jobs"]),
      cityDir: "cities/kuntsevo",
      adminIds: [],
      logLevel: "info",
    });
    expect(warningsFrom({})).toEqual([]);
  });

  test("an empty value counts as not set", () => {
    expect(settingsFrom({ BOT_TOKEN: "", PORT: " ", DATABASE_URL: "" })).toEqual(settingsFrom({}));
  });
});

describe("with a token", () => {
  test("updates are polled from Telegram, and every address is listened on", () => {
    const settings = settingsFrom(REAL);
    expect(settings.telegram).toEqual({ mode: "polling", token: TOKEN, apiRoot: "https://api.telegram.org" });
    expect(settings.host).toBe("0.0.0.0");
    expect(settings.adminIds).toEqual([123456789]);
  });

  test("a webhook brings its address and secret", () => {
    expect(settingsFrom({ ...HOOK, PUBLIC_URL: "https://otklik.example.org/" }).telegram).toEqual({
      mode: "webhook",
      token: TOKEN,
      apiRoot: "https://api.telegram.org",
      publicUrl: "https://otklik.example.org",
      secret: "s3cret_word-7",
    });
  });

  test("another Bot API server may call a webhook without TLS, Telegram may not", () => {
    const http = { ...HOOK, PUBLIC_URL: "http://127.0.0.1:3000" };
    expect(refusalOf(http)).toMatch(/PUBLIC_URL +must begin with https/);
    expect(settingsFrom({ ...http, TELEGRAM_API_ROOT: "http://127.0.0.1:8081/" }).telegram).toMatchObject({
      mode: "webhook",
      apiRoot: "http://127.0.0.1:8081",
    });
  });
});

describe("photos in an S3-compatible storage", () => {
  const S3 = {
    S3_ENDPOINT: "https://s3.example.org/",
    S3_REGION: "ru-central1",
    S3_BUCKET: "otklik-photos",
    S3_ACCESS_KEY_ID: "key-id-7",
    S3_SECRET_ACCESS_KEY: "key-secret-7",
  };

  test("are kept there when everything is told", () => {
    expect(settingsFrom({ ...REAL, ...S3 }).photoBucket).toEqual({
      endpoint: "https://s3.example.org",
      region: "ru-central1",
      bucket: "otklik-photos",
      accessKeyId: "key-id-7",
      secretAccessKey: "key-secret-7",
    });
  });

  test.each(Object.keys(S3))("without %s alone the program refuses to start and names it", (missing) => {
    const refusal = refusalOf({ ...REAL, ...S3, [missing]: undefined });
    expect(refusal).toMatch(new RegExp(`${missing} +must be set when S3_`));
    expect(refusal.match(/must be set/g)).toHaveLength(1);
    expect(refusal).not.toContain("key-secret-7");
  });

  test("one setting alone asks for the four others", () => {
    expect(refusalOf({ S3_BUCKET: "otklik-photos" }).match(/must be set when S3_BUCKET is/g)).toHaveLength(4);
  });

  test("a misspelt one is not taken for none, and a bucket is named as S3 names them", () => {
    expect(refusalOf({ ...S3, S3_ENDPOINT: undefined, S3_ENDPIONT: S3.S3_ENDPOINT })).toContain("S3_ENDPOINT?");
    expect(refusalOf({ ...S3, S3_BUCKET: "Otklik Photos" })).toMatch(/S3_BUCKET +must be 3 to 63/);
  });
});

test("roles, database, folders, host, port, admins and log level are taken as given", () => {
  const settings = settingsFrom({
    ...REAL,
    DATABASE_URL: "postgresql://otklik:pw@db/otklik",
    DATA_DIR: "/var/lib/otklik",
    CITY_DIR: "cities/tula",
    HOST: "::1",
    PORT: "0",
    ROLES: "web, jobs",
    ADMIN_IDS: "5, 6,5,",
    LOG_LEVEL: "debug",
  });
  expect(settings).toMatchObject({
    database: { kind: "postgres", url: "postgresql://otklik:pw@db/otklik" },
    dataDir: "/var/lib/otklik",
    cityDir: "cities/tula",
    host: "::1",
    port: 0,
    roles: new Set(["web", "jobs"]),
    adminIds: [5, 6],
    logLevel: "debug",
  });
});

describe("a bad value is refused by its name", () => {
  test.each<[string, Env]>([
    ["BOT_TOKEN", { BOT_TOKEN: "1234:short" }],
    ["TELEGRAM_API_ROOT", { ...REAL, TELEGRAM_API_ROOT: "api.telegram.org" }],
    ["TELEGRAM_MODE", { ...REAL, TELEGRAM_MODE: "push" }],
    ["PUBLIC_URL", { PUBLIC_URL: "ftp://otklik.example.org" }],
    ["WEBHOOK_SECRET", { ...HOOK, WEBHOOK_SECRET: "with space" }],
    ["WEBHOOK_SECRET", { ...HOOK, WEBHOOK_SECRET: "x".repeat(257) }],
    ["DATABASE_URL", { DATABASE_URL: "mysql://db/otklik" }],
    ["HOST", { HOST: "http://127.0.0.1" }],
    ["PORT", { PORT: "65536" }],
    ["PORT", { PORT: "-1" }],
    ["PORT", { PORT: "http" }],
    ["ROLES", { ...REAL, DATABASE_URL: "postgres://db/o", ROLES: "bot,chef" }],
    ["ROLES", { ...REAL, DATABASE_URL: "postgres://db/o", ROLES: "," }],
    ["ADMIN_IDS", { ADMIN_IDS: "@anna" }],
    ["ADMIN_IDS", { ADMIN_IDS: "-100123" }],
    ["ADMIN_IDS", { ADMIN_IDS: "0" }],
    ["LOG_LEVEL", { LOG_LEVEL: "loud" }],
  ])("%s: %j", (name, env) => {
    const lines = refusalOf(env).split("\n").slice(1, -1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^ {2}${name} +(must|is not)`));
  });
});

describe("settings that contradict each other are refused", () => {
  test.each<[string, string, Env]>([
    ["a Bot API server without a token", "BOT_TOKEN", { TELEGRAM_API_ROOT: "http://127.0.0.1:8081" }],
    ["a mode without a token", "BOT_TOKEN", { TELEGRAM_MODE: "polling" }],
    ["a webhook without an address", "PUBLIC_URL", { ...HOOK, PUBLIC_URL: undefined }],
    ["a webhook without a secret", "WEBHOOK_SECRET", { ...HOOK, WEBHOOK_SECRET: undefined }],
    ["split roles on the embedded database", "DATABASE_URL", { ...REAL, ROLES: "bot,web" }],
    ["split roles without a token", "BOT_TOKEN", { DATABASE_URL: "postgres://db/o", ROLES: "jobs" }],
  ])("%s", (_, name, env) => {
    expect(refusalOf(env)).toMatch(new RegExp(`^ {2}${name} +must be set`, "m"));
  });

  test("all roles on the embedded database are not split", () => {
    expect(settingsFrom({ ...REAL, ROLES: "jobs,web,bot" }).database.kind).toBe("embedded");
  });
});

describe("an unknown setting is refused", () => {
  test.each([
    ["ADMIN_ID", "ADMIN_IDS"],
    ["DATABASE_URI", "DATABASE_URL"],
    ["BOT_TOKNE", "BOT_TOKEN"],
    ["LOGLEVEL", "LOG_LEVEL"],
    ["ROLE", "ROLES"],
    ["PUBLIC_URLS", "PUBLIC_URL"],
    ["port", "PORT"],
  ])("%s, with the question whether %s was meant", (name, meant) => {
    expect(refusalOf({ [name]: "1" })).toMatch(new RegExp(`${name} +is not a setting; did you mean ${meant}\\?`));
  });

  test("by our prefix, and in a .env file by any name", () => {
    expect(refusalOf({ TELEGRAM_PROXY: "1" })).toMatch(/TELEGRAM_PROXY +is not a setting$/m);
    expect(refusalOf({}, { COLOUR: "red" })).toMatch(/COLOUR +is not a setting$/m);
  });

  test("but nothing that other programs put into an environment", () => {
    const foreign =
      `HOME HOSTNAME HOSTTYPE PATH PWD OLDPWD SHELL SHLVL TERM TERM_PROGRAM USER LOGNAME LANG LC_ALL TZ TMPDIR EDITOR
      PAGER MAIL DISPLAY COLORTERM COLUMNS LINES XDG_DATA_DIRS XDG_DATA_HOME XDG_RUNTIME_DIR SSH_AUTH_SOCK SSH_TTY
      DBUS_SESSION_BUS_ADDRESS NODE NODE_ENV NODE_PATH NODE_OPTIONS NVM_DIR INIT_CWD npm_config_loglevel
      npm_config_port npm_lifecycle_event npm_package_json HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy no_proxy CI
      GITHUB_TOKEN GITHUB_ACTIONS RUNNER_TEMP RUNNER_OS INVOCATION_ID JOURNAL_STREAM LISTEN_FDS NOTIFY_SOCKET
      MANAGERPID SYSTEMD_EXEC_PID CREDENTIALS_DIRECTORY STATE_DIRECTORY LOGS_DIRECTORY KUBERNETES_PORT
      KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT BOT_SERVICE_HOST BOT_SERVICE_PORT_HTTP BOT_PORT
      BOT_PORT_3000_TCP_ADDR OTKLIK_PORT_3000_TCP DYNO PGHOST PGPORT PGDATABASE POSTGRES_PASSWORD REDIS_URL
      DATABASE_POOL TEST_DATABASE_URL RUST_LOG LOG_FORMAT DEBUG FORCE_COLOR PORTS_OPEN JAVA_HOME GOPATH AWS_ROLE_ARN
      WEB_PORT DATA CITY VITEST VITEST_POOL_ID TEST`.split(/\s+/);
    expect(refusalOf(Object.fromEntries(foreign.map((name) => [name, "1"])))).toBe("");
  });
});

describe("a refusal", () => {
  const message = refusalOf(
    {
      BOT_TOKEN: "1234:secret-token",
      DATABASE_URL: "mysql://otklik:hunter2@db",
      PUBLIC_URL: "postgres://otklik:hunter2@db/otklik",
      TELEGRAM_MODE: "webhook",
      PORT: "http",
      ADMIN_ID: "1",
    },
    { COLOUR: "red" },
  );

  test("names every fault at once and where to read more", () => {
    const named = message.split("\n").map((line) => line.trim().split(/\s+/)[0] ?? "");
    expect(named.slice(1, -1).toSorted()).toEqual(
      ["ADMIN_ID", "BOT_TOKEN", "COLOUR", "DATABASE_URL", "PORT", "PUBLIC_URL", "WEBHOOK_SECRET"].toSorted(),
    );
    expect(message).toMatch(/--help/);
  });

  test("repeats a harmless value, never one that may be secret", () => {
    expect(message).toMatch(/PORT .*not "http"/);
    expect(message).not.toMatch(/secret-token|hunter2/);
  });
});

test("the environment beats the .env file", () => {
  expect(settingsFrom({ PORT: "4000" }, { PORT: "5000", LOG_LEVEL: "warn" })).toMatchObject({
    port: 4000,
    logLevel: "warn",
  });
});

test("a process reads its environment and its .env file, and needs no file", () => {
  const dir = mkdtempSync(join(tmpdir(), "otklik-settings-"));
  try {
    vi.stubEnv("PORT", "4000");
    expect(readSettings(join(dir, "none"))).toMatchObject({ ok: true, settings: { port: 4000, logLevel: "info" } });
    writeFileSync(join(dir, ".env"), '# Quiet.\nLOG_LEVEL="warn"\nPORT=5000\n');
    expect(readSettings(join(dir, ".env"))).toMatchObject({ ok: true, settings: { port: 4000, logLevel: "warn" } });
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test("a warning says that nobody is admin, or that the local messenger is open to the network", () => {
  expect(warningsFrom({ BOT_TOKEN: TOKEN })).toEqual([expect.stringContaining("ADMIN_IDS")]);
  expect(warningsFrom({ HOST: "0.0.0.0" })).toEqual([expect.stringContaining("HOST=0.0.0.0")]);
  expect(warningsFrom({ HOST: "localhost" })).toEqual([]);
});

test("help explains every setting the README names", () => {
  const names =
    "BOT_TOKEN TELEGRAM_API_ROOT TELEGRAM_MODE PUBLIC_URL WEBHOOK_SECRET DATABASE_URL DATA_DIR HOST PORT ROLES CITY_DIR ADMIN_IDS LOG_LEVEL";
  const explained = [...settingsHelp().matchAll(/^ {2}([A-Z_]+) {2,}\S.*\n {4,}Not set: \S/gm)].map(([, name]) => name);
  expect(explained).toEqual(names.split(" "));
});
