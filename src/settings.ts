import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod";
import { LOG_LEVELS, type LogLevel } from "./log.ts";
import { unknownNames, type Fault, type Variables } from "./settings-names.ts";

/** What one process may do; together they are the whole program. */
export const ROLES = ["bot", "web", "jobs"] as const;
export type Role = (typeof ROLES)[number];

/** Everything the environment decides, parsed. Only main reads it and hands on what each part needs. */
export type Settings = {
  /** `local` is the messenger on your own machine; the others talk to Telegram, or to whatever stands at `apiRoot`. */
  telegram:
    | { mode: "local" }
    | { mode: "polling"; token: string; apiRoot: string }
    | { mode: "webhook"; token: string; apiRoot: string; publicUrl: string; secret: string };
  /** The embedded database lives in a folder of its own in `dir`, which is `dataDir`. */
  database: { kind: "embedded"; dir: string } | { kind: "postgres"; url: string };
  /** Where the web pages are reached from outside, without a slash at the end. */
  publicUrl: string | null;
  dataDir: string;
  /** The S3-compatible storage of photos; null keeps them in a folder of `dataDir`. */
  photoBucket: Bucket | null;
  host: string;
  /** 0 takes any free port. */
  port: number;
  roles: ReadonlySet<Role>;
  cityDir: string;
  /** Telegram ids of the first admins. */
  adminIds: readonly number[];
  logLevel: LogLevel;
};

type Bucket = Record<"endpoint" | "region" | "bucket" | "accessKeyId" | "secretAccessKey", string>;

/** Settings with what is worth a warning in the log, or one message that names every fault and shows no secret. */
export type ParsedSettings =
  { ok: true; settings: Settings; warnings: readonly string[] } | { ok: false; message: string };

const TELEGRAM = "https://api.telegram.org";

type Help = {
  means: string;
  /** What holds when it is not set. */
  unset: string;
  /** Its value is never repeated in a message. */
  secret?: true;
};

const help = z.registry<Help>();

const toList = (text: string): string[] =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

const webAddress = z
  .url({ protocol: /^https?$/, error: "must be an address like https://otklik.example.org" })
  .transform((url) => url.replace(/\/+$/, ""));

const portRange = "must be a number from 0 (any free port) to 65535";

const Environment = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{30,}$/, "is not a bot token: copy the one @BotFather gave, like 123456789:AAE…")
    .optional()
    .register(help, {
      means: "The bot's token from @BotFather.",
      unset: "the messenger on your own machine, without Telegram",
      secret: true,
    }),
  TELEGRAM_API_ROOT: webAddress.optional().register(help, { means: "The Bot API server to talk to.", unset: TELEGRAM }),
  TELEGRAM_MODE: z
    .enum(["polling", "webhook"], "must be polling or webhook")
    .optional()
    .register(help, { means: "How updates arrive: polling or webhook.", unset: "polling" }),
  PUBLIC_URL: webAddress.optional().register(help, {
    means: "Where the web pages are reached from outside. A webhook needs it.",
    unset: "messages have no links to pages",
  }),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, "must be 1 to 256 of A-Z, a-z, 0-9, _ and -")
    .optional()
    .register(help, {
      means: "Proves that an update comes from Telegram. A webhook needs it.",
      unset: "none",
      secret: true,
    }),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must be an address like postgres://user:password@host:5432/otklik" })
    .optional()
    .register(help, { means: "The Postgres database.", unset: "an embedded database in DATA_DIR", secret: true }),
  DATA_DIR: z
    .string()
    .optional()
    .register(help, { means: "The folder of photos and of the embedded database.", unset: "data" }),
  S3_ENDPOINT: webAddress.optional().register(help, {
    means: "The S3-compatible storage of photos. It needs all five settings.",
    unset: "photos are kept in DATA_DIR",
  }),
  S3_REGION: z.string().optional().register(help, { means: "The storage's region, such as us-east-1.", unset: "none" }),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be 3 to 63 of a-z, 0-9, - and .")
    .optional()
    .register(help, { means: "The bucket, which exists already and is not public.", unset: "none" }),
  S3_ACCESS_KEY_ID: z
    .string()
    .optional()
    .register(help, { means: "The key that may read, write, delete and list in it.", unset: "none", secret: true }),
  S3_SECRET_ACCESS_KEY: z.string().optional().register(help, { means: "Its secret.", unset: "none", secret: true }),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be a host name or an IP address")
    .optional()
    .register(help, { means: "The address to listen on.", unset: "0.0.0.0, or 127.0.0.1 without BOT_TOKEN" }),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, portRange)
    .transform(Number)
    .refine((port) => port <= 65_535, portRange)
    .optional()
    .register(help, { means: "The port of the web pages, the webhook and the chat page.", unset: "3000" }),
  ROLES: z
    .string()
    .transform(toList)
    .pipe(z.array(z.enum(ROLES, `must be some of ${ROLES.join(",")}`)).min(1, `must be some of ${ROLES.join(",")}`))
    .optional()
    .register(help, { means: "What this process does, when several share the work.", unset: ROLES.join(",") }),
  CITY_DIR: z
    .string()
    .optional()
    .register(help, { means: "The folder that describes the city.", unset: "cities/kuntsevo" }),
  ADMIN_IDS: z
    .string()
    .transform(toList)
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[1-9]\d{0,15}$/, "must be Telegram user ids, like 123456789,987654321")
          .transform(Number),
      ),
    )
    .optional()
    .register(help, { means: "Telegram user ids of the first admins, separated by commas.", unset: "no admins" }),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`)
    .optional()
    .register(help, { means: `How much is logged: ${LOG_LEVELS.join(", ")}.`, unset: "info" }),
});

type Name = keyof typeof Environment.shape;
type Values = z.output<typeof Environment>;

const NAMES = Object.keys(Environment.shape) as Name[];

const helpOf = (name: Name): Help => {
  const found = help.get(Environment.shape[name]);
  if (found === undefined) throw new Error(`The setting ${name} has no help`);
  return found;
};

const badValues = (given: Variables, { issues }: z.ZodError): Fault[] =>
  NAMES.flatMap((name) => {
    const issue = issues.find(({ path }) => path[0] === name);
    if (issue === undefined) return [];
    // Only a short value is repeated: a long one may be a token or a password that went into the wrong variable.
    const value = given[name] ?? "";
    const shown = helpOf(name).secret || value.length > 16 ? "" : `, not "${value}"`;
    return [{ name, fault: issue.message + shown }];
  });

const S3_NAMES = ["S3_ENDPOINT", "S3_REGION", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;

/** Faults that no setting has alone. Looks at what is given, so that they are named together with unreadable values. */
const contradictions = (given: Variables): Fault[] => {
  const faults: Fault[] = [];
  const demand = (name: Name, fault: string) => {
    if (given[name] === undefined) faults.push({ name, fault });
  };
  for (const name of ["TELEGRAM_API_ROOT", "TELEGRAM_MODE", "WEBHOOK_SECRET"] as const)
    if (given[name] !== undefined) demand("BOT_TOKEN", `must be set when ${name} is`);

  const storage = S3_NAMES.find((name) => given[name] !== undefined);
  if (storage !== undefined) for (const name of S3_NAMES) demand(name, `must be set when ${storage} is`);

  if (given["TELEGRAM_MODE"] === "webhook") {
    demand("PUBLIC_URL", "must be set for TELEGRAM_MODE=webhook");
    demand("WEBHOOK_SECRET", "must be set for TELEGRAM_MODE=webhook");
    const isTelegrams = (given["TELEGRAM_API_ROOT"] ?? TELEGRAM).startsWith(TELEGRAM);
    if (isTelegrams && given["PUBLIC_URL"]?.startsWith("http:"))
      faults.push({ name: "PUBLIC_URL", fault: "must begin with https://, Telegram calls no other webhook" });
  }
  const roles = given["ROLES"];
  if (roles !== undefined && !ROLES.every((role) => toList(roles).includes(role))) {
    demand("DATABASE_URL", "must be set when ROLES splits the work: the embedded database has one process");
    demand("BOT_TOKEN", "must be set when ROLES splits the work: the messenger on your own machine has one process");
  }
  return faults;
};

const telegramOf = (values: Values): Settings["telegram"] => {
  if (values.BOT_TOKEN === undefined) return { mode: "local" };
  const api = { token: values.BOT_TOKEN, apiRoot: values.TELEGRAM_API_ROOT ?? TELEGRAM };
  const { TELEGRAM_MODE, PUBLIC_URL, WEBHOOK_SECRET } = values;
  return TELEGRAM_MODE === "webhook" && PUBLIC_URL !== undefined && WEBHOOK_SECRET !== undefined
    ? { mode: "webhook", ...api, publicUrl: PUBLIC_URL, secret: WEBHOOK_SECRET }
    : { mode: "polling", ...api };
};

const bucketOf = (values: Values): Bucket | null => {
  const { S3_ENDPOINT: endpoint, S3_REGION: region, S3_BUCKET: bucket } = values;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  const isWhole = endpoint && region && bucket && accessKeyId && secretAccessKey;
  return isWhole ? { endpoint, region, bucket, accessKeyId, secretAccessKey } : null;
};

const toSettings = (values: Values): Settings => {
  const dataDir = values.DATA_DIR ?? "data";
  return {
    telegram: telegramOf(values),
    database:
      values.DATABASE_URL === undefined
        ? { kind: "embedded", dir: dataDir }
        : { kind: "postgres", url: values.DATABASE_URL },
    publicUrl: values.PUBLIC_URL ?? null,
    dataDir,
    photoBucket: bucketOf(values),
    host: values.HOST ?? (values.BOT_TOKEN === undefined ? "127.0.0.1" : "0.0.0.0"),
    port: values.PORT ?? 3000,
    roles: new Set(values.ROLES ?? ROLES),
    cityDir: values.CITY_DIR ?? "cities/kuntsevo",
    adminIds: [...new Set(values.ADMIN_IDS)],
    logLevel: values.LOG_LEVEL ?? "info",
  };
};

const LOOPBACK = /^(localhost|127\.[\d.]+|::1)$/;

const warningsOf = ({ telegram, host, adminIds }: Settings): string[] => {
  const isLocal = telegram.mode === "local";
  return [
    ...(isLocal && !LOOPBACK.test(host)
      ? [`HOST=${host} shows the local messenger to the network: whoever reaches it can act as anybody.`]
      : []),
    ...(!isLocal && adminIds.length === 0 ? ["ADMIN_IDS is empty: nobody new can become an admin."] : []),
  ];
};

const nameWidth = Math.max(...NAMES.map((name) => name.length)) + 2;

/**
 * Turns the environment, and what a `.env` file adds to it, into settings. An empty value counts as not set. Unknown
 * are all foreign names in the file, and in the environment those that look like ours.
 */
export const parseSettings = (env: Variables, file: Variables = {}): ParsedSettings => {
  const given = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = (env[name] ?? file[name])?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = Environment.safeParse(given);
  const faults = [
    ...(parsed.success ? [] : badValues(given, parsed.error)),
    ...contradictions(given),
    ...unknownNames(env, file, NAMES),
  ];
  if (!parsed.success || faults.length > 0) {
    const lines = faults.map(({ name, fault }) => `  ${name.padEnd(nameWidth)}${fault}`);
    const message = ["The settings do not fit:", ...new Set(lines), "`npm start -- --help` explains every setting."];
    return { ok: false, message: message.join("\n") };
  }
  const settings = toSettings(parsed.data);
  return { ok: true, settings, warnings: warningsOf(settings) };
};

/** Reads the settings of this process: its environment, and the `.env` file in the working folder if there is one. */
export const readSettings = (envFile = ".env"): ParsedSettings =>
  parseSettings(process.env, existsSync(envFile) ? parseEnv(readFileSync(envFile, "utf8")) : {});

/** What `npm start -- --help` prints: every setting, what it is for, and what holds when it is not set. */
export const settingsHelp = (): string => {
  const indent = " ".repeat(nameWidth + 2);
  const entries = NAMES.map((name) => {
    const { means, unset } = helpOf(name);
    return `  ${name.padEnd(nameWidth)}${means}\n${indent}Not set: ${unset}.`;
  });
  return `Settings, from the environment or a .env file:\n\n${entries.join("\n")}\n`;
};
