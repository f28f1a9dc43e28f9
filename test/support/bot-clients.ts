import { Api, Bot, GrammyError, InputFile, webhookCallback } from "grammy";
import type { Update } from "grammy/types";
import { Telegraf, Telegram, TelegramError } from "telegraf";

/** What came of a call: the result, or the refusal as it stood on the wire. */
export type Outcome =
  { ok: true; result: unknown } | { ok: false; code: number; description: string; retryAfter?: number | undefined };

/** A bot that hands every update to one function; `handle` feeds it what a webhook received. */
export type TestBot = {
  poll: () => Promise<void>;
  stop: () => Promise<void>;
  webhook: (secret: string) => (request: Request) => Promise<Response>;
};

/** One of the two independent implementations that check the messenger. */
export type BotClient = {
  name: string;
  call: (root: string, token: string, method: string, payload?: object) => Promise<Outcome>;
  /** An upload as this client takes it inside a payload. */
  file: (bytes: Uint8Array, name: string) => unknown;
  bot: (root: string, token: string, onUpdate: (update: Update, reply: Reply) => Promise<void>) => TestBot;
};
/** Calls a method of the Bot API through the bot's own client. */
export type Reply = (method: string, payload: object) => Promise<unknown>;

type RawApi = Record<string, (payload?: object) => Promise<unknown>>;

const rawGrammy = (root: string, token: string): RawApi => new Api(token, { apiRoot: root }).raw as unknown as RawApi;

const grammy: BotClient = {
  name: "grammY",
  call: async (root, token, method, payload) => {
    try {
      return { ok: true, result: await rawGrammy(root, token)[method]?.(...(payload ? [payload] : [])) };
    } catch (error) {
      if (!(error instanceof GrammyError)) throw error;
      const { error_code: code, description, parameters } = error;
      return { ok: false, code, description, retryAfter: parameters.retry_after };
    }
  },
  file: (bytes, name) => new InputFile(bytes, name),
  bot: (root, token, onUpdate) => {
    const bot = new Bot(token, { client: { apiRoot: root } });
    bot.use((ctx) =>
      onUpdate(
        ctx.update,
        (method, payload) => (ctx.api.raw as unknown as RawApi)[method]?.(payload) ?? Promise.reject(),
      ),
    );
    let polling: Promise<void> | undefined;
    return {
      poll: () =>
        new Promise((resolve, reject) => {
          polling = bot.start({ onStart: () => resolve() });
          polling.catch(reject);
        }),
      stop: async () => {
        await bot.stop();
        await polling?.catch(() => undefined);
      },
      webhook: (secret) => webhookCallback(bot, "std/http", { secretToken: secret }),
    };
  },
};

type TelegrafCall = (method: string, payload: object) => Promise<unknown>;

const callTelegraf = (telegram: Telegram): TelegrafCall => telegram.callApi.bind(telegram) as unknown as TelegrafCall;

const telegraf: BotClient = {
  name: "telegraf",
  call: async (root, token, method, payload = {}) => {
    try {
      return { ok: true, result: await callTelegraf(new Telegram(token, { apiRoot: root }))(method, payload) };
    } catch (error) {
      if (!(error instanceof TelegramError)) throw error;
      const { code, description, parameters } = error;
      return { ok: false, code, description, retryAfter: parameters?.retry_after };
    }
  },
  file: (bytes, name) => ({ source: Buffer.from(bytes), filename: name }),
  bot: (root, token, onUpdate) => {
    const bot = new Telegraf(token, { telegram: { apiRoot: root, webhookReply: false } });
    bot.use((ctx) => onUpdate(ctx.update as unknown as Update, callTelegraf(ctx.telegram)));
    let polling: Promise<void> | undefined;
    return {
      poll: () =>
        new Promise((resolve, reject) => {
          polling = bot.launch(() => resolve());
          polling.catch(reject);
        }),
      stop: async () => {
        bot.stop();
        await polling?.catch(() => undefined);
      },
      webhook: (secret) => async (request) => {
        if (request.headers.get("x-telegram-bot-api-secret-token") !== secret)
          return new Response(null, { status: 403 });
        await bot.handleUpdate((await request.json()) as Parameters<typeof bot.handleUpdate>[0]);
        return new Response();
      },
    };
  },
};

/** Both, for `describe.each`. */
export const botClients: BotClient[] = [grammy, telegraf];
