import { pino, type DestinationStream, type Logger } from "pino";

/** From the quietest to the most talkative. */
export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Fields = Readonly<Record<string, unknown>>;

type Write = {
  (message: string): void;
  (fields: Fields, message: string): void;
};

/** Structured log; what people wrote, who they are, where they live and what opens doors is left out at any depth. */
export type Log = Readonly<Record<Exclude<LogLevel, "silent">, Write>> & {
  /** A log whose every line also carries these fields. */
  child: (fields: Fields) => Log;
};

export type LogOptions = {
  /** Lines for a person at a terminal instead of JSON. */
  human?: boolean;
  /** Gets every line, its line feed included; standard output by default. */
  write?: (line: string) => void;
};

const HIDDEN = "[hidden]";

// Compared without case, `_` and `-`, so that ours (firstName), Telegram's (first_name) and HTTP's (x-…-token) meet.
const HIDDEN_FIELDS = new Set(
  `text caption description words note remark answers draft body payload update params
  name firstname lastname fullname displayname username phone phonenumber contact email
  place location venue address house flat lat lon lng latitude longitude point coordinates
  token bottoken secret secrettoken webhooksecret xtelegrambotapisecrettoken authorization cookie password
  filepath fileurl databaseurl invitation deeplink`.split(/\s+/),
);

const isHidden = (field: string): boolean => HIDDEN_FIELDS.has(field.toLowerCase().replaceAll(/[_-]/g, ""));

const BOT_TOKEN = /\d{5,}:[\w-]{30,}/g;
const URL_PASSWORD = /(\w:\/\/[^\s:/@]*):[^\s@]+@/g;

const hideSecrets = (text: string): string => text.replace(BOT_TOKEN, "[token]").replace(URL_PASSWORD, `$1:${HIDDEN}@`);

const MAX_DEPTH = 6;
const MAX_ITEMS = 20;

const stringOf = (error: object, field: string): string | undefined => {
  const value: unknown = Reflect.get(error, field);
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
};

/**
 * What of an error's message may be told. drizzle's repeats the query's parameters; Postgres (class 22) and JSON.parse
 * quote what they could not read.
 */
const safeMessage = (error: Error): string => {
  if (stringOf(error, "query") !== undefined) return "Failed query";
  const quotesInput = error instanceof SyntaxError || /^22...$/.test(stringOf(error, "code") ?? "");
  return hideSecrets(quotesInput ? error.message.replace(/["'].*["']/s, HIDDEN) : error.message);
};

/** The harmless fields of the errors we meet: Node and Postgres, grammY, drizzle. Never their payloads or details. */
const ERROR_FIELDS =
  "code syscall severity constraint constraint_name table table_name column_name method error_code description query".split(
    " ",
  );

/** A stack repeats the message first, which may quote what a person wrote, and a person may write a line like a frame: only what follows is kept. */
const framesOf = ({ stack = "", message }: Error): string[] => {
  const said = stack.indexOf(message);
  const rest = said < 0 ? stack : stack.slice(said + message.length);
  return rest.split("\n").filter((line) => /^\s+at /.test(line));
};

const cleanError = (error: Error, depth: number): Fields => {
  const told: Record<string, unknown> = { type: error.name, message: safeMessage(error) };
  for (const field of ERROR_FIELDS) {
    const value = stringOf(error, field);
    if (value !== undefined) told[field] = hideSecrets(value);
  }
  const frames = framesOf(error);
  if (frames.length > 0) told["stack"] = frames.join("\n");
  // grammY's HttpError and BotError hold what really happened in `error`.
  const cause: unknown = error.cause ?? Reflect.get(error, "error");
  if (cause !== undefined && cause !== null) told["cause"] = clean(cause, depth + 1);
  if (error instanceof AggregateError) told["errors"] = clean(error.errors, depth + 1);
  return told;
};

const cleanFields = (fields: object, depth: number): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, isHidden(field) ? HIDDEN : clean(value, depth + 1)]),
  );

const clean = (value: unknown, depth: number): unknown => {
  if (typeof value === "string") return hideSecrets(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  // Deep enough for anything we mean to log; also ends the walk on something that contains itself.
  if (depth >= MAX_DEPTH) return "[deeper]";
  // Dates, URLs and Temporal say themselves what they are.
  if ("toJSON" in value && typeof value.toJSON === "function") return clean(value.toJSON(), depth + 1);
  if (value instanceof Error) return cleanError(value, depth);
  if (value instanceof Map) return cleanFields(Object.fromEntries(value), depth);
  if (Array.isArray(value) || value instanceof Set) {
    const items = [...value];
    const shown = items.slice(0, MAX_ITEMS).map((item) => clean(item, depth + 1));
    return items.length > MAX_ITEMS ? [...shown, `[${items.length - MAX_ITEMS} more]`] : shown;
  }
  return cleanFields(value, depth);
};

const toLog = (logger: Logger): Log => {
  const writer =
    (level: Exclude<LogLevel, "silent">): Write =>
    (first: string | Fields, message?: string) => {
      if (!logger.isLevelEnabled(level)) return;
      if (typeof first === "string") logger[level](hideSecrets(first));
      else logger[level](cleanFields(first, 0), hideSecrets(message ?? ""));
    };
  return {
    error: writer("error"),
    warn: writer("warn"),
    info: writer("info"),
    debug: writer("debug"),
    child: (fields) => toLog(logger.child(cleanFields(fields, 0))),
  };
};

const show = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** One JSON line as a person reads it: time, level, message, fields; an error's frames on lines of their own. */
const toHuman = (line: string): string => {
  const { time, level, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const said = [String(time).slice(11, 19), String(level).padEnd(5), show(msg ?? "")];
  for (const [field, value] of Object.entries(fields)) said.push(`${field}=${show(value)}`);
  if (typeof err !== "object" || err === null) return `${said.join(" ")}\n`;
  const { stack, ...rest } = err as Record<string, unknown>;
  return `${said.join(" ")} ${JSON.stringify(rest)}\n${typeof stack === "string" ? `${stack}\n` : ""}`;
};

/** Opens the log; only lines of this level and above are written. Errors belong into the field `err`. */
export const createLog = (level: LogLevel, { human = false, write }: LogOptions = {}): Log => {
  // Synchronous, so that the last line before an exit is not lost.
  const destination: DestinationStream = write === undefined ? pino.destination({ sync: true }) : { write };
  return toLog(
    pino(
      {
        level,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        // Errors come here told already; pino's own teller would repeat the messages of their causes.
        serializers: { err: (err: unknown) => err },
        formatters: { level: (label) => ({ level: label }) },
      },
      human ? { write: (line) => destination.write(toHuman(line)) } : destination,
    ),
  );
};
