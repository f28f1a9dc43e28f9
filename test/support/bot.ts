/** The whole bot over the wire: local messenger, real Postgres, deliveries. Only Telegram and the clock are not real. */
import { randomUUID } from "node:crypto";
import { record } from "../../src/actions/record.ts";
import { createStatistics } from "../../src/actions/read-statistics.ts";
import { createBot } from "../../src/bot/bot.ts";
import { createHandle } from "../../src/bot/handle-update.ts";
import { createPolling, type Polling } from "../../src/bot/polling.ts";
import { createSend } from "../../src/bot/send.ts";
import { createWebhook, registerWebhook, type WebhookAnswer } from "../../src/bot/webhook.ts";
import type { Photo } from "../../src/form/draft.ts";
import { loadI18n } from "../../src/i18n/i18n.ts";
import { startJobs } from "../../src/jobs/jobs.ts";
import type { Upload } from "../../src/local-telegram/files.ts";
import type { PageAction, PageEvent, PageMessage } from "../../src/local-telegram/page-api.ts";
import { moderationDue } from "../../src/report/due.ts";
import type { Channel } from "../../src/local-telegram/index.ts";
import type { DrawPair } from "../../src/report/photo.ts";
import type { StaffRole } from "../../src/report/status.ts";
import type { ReportRow } from "../../src/store/schema/reports.ts";
import { addReport } from "../../src/store/writes/new-report.ts";
import { createWeb } from "../../src/web/app.ts";
import { WEBHOOK_PATH } from "../../src/web/webhook.ts";
import { loadDemoCity } from "./demo-city.ts";
import { startLocalTelegram } from "./local-telegram.ts";
import { aResident, NOON } from "./people.ts";
import { aJpeg } from "./pictures.ts";
import { freshStore, quietLog } from "./store.ts";
import { startReceiver } from "./webhook-receiver.ts";

const person = (id: number, firstName: string, languageCode = "ru") => ({
  id,
  firstName,
  languageCode,
  caption: { ru: firstName, en: firstName },
});

/** Who lives in these tests; ids are those of their private chats. */
export const MARIA = 2001;
export const ANNA = 2002;
export const BORIS = 2003;
export const OLGA = 2004;
export const PETR = 2005;
export const GROUP = -1002000000001;
/** Of an agency. */
export const CREW = -1002000000002;

const people = [
  person(MARIA, "Мария"),
  person(ANNA, "Анна"),
  person(BORIS, "Boris", "en"),
  person(OLGA, "Ольга"),
  person(PETR, "Пётр"),
];
const groups = [
  { id: GROUP, title: "Редакция", memberIds: [MARIA, ANNA, BORIS, OLGA], adminIds: [OLGA] },
  { id: CREW, title: "Бригада", memberIds: [MARIA, BORIS, PETR, OLGA], adminIds: [OLGA] },
];

/** A role somebody has from the start; an officer has it in an agency. */
type Role = Exclude<StaffRole, "officer"> | { officerOf: string };

const grantOf = (role: Role): { role: StaffRole; agencyId?: string } =>
  typeof role === "object" ? { role: "officer", agencyId: role.officerOf } : { role };

/** A crowded machine is slow; whoever waits longer waits for nothing. */
const PATIENCE_MS = 20_000;

/** What a person saw after a press. */
export type Toast = { text: string; alert: boolean };

export type RunningBot = Awaited<ReturnType<typeof startBot>>;

/**
 * Starts it with Ольга as admin, and whatever roles are given. City time stands still at noon of a working Wednesday until
 * `travel`; `close` stops everything and removes it.
 */
export const startBot = async ({
  roles = {},
  updates = "polling",
  drawPair,
  channels = [],
}: {
  roles?: Readonly<Record<number, Role>>;
  updates?: "polling" | "webhook";
  drawPair?: DrawPair;
  channels?: Channel[];
} = {}) => {
  const store = await freshStore("postgres", { jobs: true });
  const telegram = await startLocalTelegram({ people, groups, channels });
  const { messenger } = telegram;
  const [city, i18n] = [await loadDemoCity(), await loadI18n("locales")];
  let moment = NOON;
  const now = (): Date => moment;
  const statistics = createStatistics({ db: store.db, city, now, log: quietLog, leastMs: 0 });
  const deps = { store, city, i18n, log: quietLog, now, statistics };
  const ids = new Map<number, number>();
  for (const { id, firstName, languageCode } of people) {
    const role = id === OLGA ? "admin" : roles[id];
    const resident = { telegramId: id, name: firstName, locale: languageCode };
    ids.set(id, await aResident(store.db, { ...resident, ...(role !== undefined && grantOf(role)) }));
  }
  const bot = createBot(
    { ...deps, ...(drawPair !== undefined && { drawPair }) },
    { token: telegram.token, apiRoot: telegram.root },
  );
  await bot.init();
  const jobs = await startJobs({ ...deps, send: createSend(bot.api), isHurried: true });
  const handle = createHandle({ bot, ...deps, wait: () => 10 });
  const webhookAnswers: WebhookAnswer[] = [];
  const intake =
    updates === "polling"
      ? poll(createPolling({ bot, handle, log: quietLog }))
      : await listen(bot, async (update) => {
          const answer = await createWebhook(handle)(update);
          webhookAnswers.push(answer);
          return answer;
        });

  const act = async (
    action: PageAction,
    files?: ReadonlyMap<string, Upload>,
  ): Promise<{ messageIds: number[]; queryId?: string }> => {
    const result = await messenger.act(action, files);
    if (!result.ok) throw new Error(result.description);
    return result;
  };

  /** The first thing the bot says or rewrites in the chat, after event `after`, that matches. */
  const hear = async (chatId: number, pattern: RegExp, after = messenger.lastEventId()): Promise<PageMessage> => {
    const isIt = (event: PageEvent): event is PageEvent & { type: "message" | "edited" } =>
      (event.type === "message" || event.type === "edited") &&
      event.chatId === chatId &&
      event.message.from?.id === bot.botInfo.id &&
      pattern.test(textOf(event.message));
    try {
      return (await messenger.waitFor(isIt, { after, timeoutMs: PATIENCE_MS })).message;
    } catch (error) {
      const said = messenger.messages(chatId).map(textOf).join("\n---\n");
      throw new Error(`Nobody said ${pattern} in ${chatId}, but:\n${said}`, { cause: error });
    }
  };

  /** Writes into a chat and hears the answer. */
  const tell = async (
    personId: number,
    text: string,
    pattern: RegExp,
    { chatId = personId, ...more }: { chatId?: number; replyTo?: number; anonymous?: boolean } = {},
  ): Promise<PageMessage> => {
    const after = messenger.lastEventId();
    await act({ do: "text", personId, chatId, text, ...more });
    return hear(chatId, pattern, after);
  };

  /** Sends any button data from under a message; resolves when the bot has done everything about it. */
  const pressData = async (personId: number, message: PageMessage, data: string): Promise<Toast> => {
    const after = messenger.lastEventId();
    const { queryId } = await act({
      do: "press",
      personId,
      chatId: message.chat.id,
      messageId: message.message_id,
      data,
    });
    const answered = (event: PageEvent): event is PageEvent & { type: "answered" } =>
      event.type === "answered" && event.queryId === queryId;
    const { text, alert } = await messenger.waitFor(answered, { after, timeoutMs: PATIENCE_MS });
    return { text, alert };
  };

  return {
    store,
    city,
    bot,
    deps,
    messenger,
    /** Where the messenger answers; the bot's token is in `bot.token`. */
    apiRoot: telegram.root,
    handle,
    act,
    hear,
    tell,
    pressData,
    /** Presses the button whose label contains these words. */
    press: (personId: number, message: PageMessage, label: string): Promise<Toast> =>
      pressData(personId, message, dataOf(message, label)),
    /** A message as it looks now. */
    look: (message: PageMessage): PageMessage => {
      const found = messenger.messages(message.chat.id).find(({ message_id: id }) => id === message.message_id);
      if (found === undefined) throw new Error("The message is gone");
      return found;
    },
    /** The row of somebody by their Telegram id. */
    residentId: (telegramId: number): number => {
      const id = ids.get(telegramId);
      if (id === undefined) throw new Error(`Nobody is ${telegramId}`);
      return id;
    },
    travel: (to: Date): void => {
      moment = to;
    },
    /** Does what has come due and tells what can be told: nothing happens by itself afterwards until somebody does something. */
    settle: async (): Promise<void> => {
      await jobs.sweep();
      if (!(await jobs.settled(PATIENCE_MS))) throw new Error("Something still waits to be told");
    },
    /** A report of Мария's, sent to moderation this moment, with everything that follows from it. */
    file: async ({
      photos = [],
      districtId = "kuntsevo",
      description = "Фонарь у подъезда не горит вторую неделю",
    }: { photos?: Photo[]; districtId?: string; description?: string } = {}): Promise<ReportRow> =>
      store.db.transaction(async (tx) => {
        const authorId = ids.get(MARIA) ?? 0;
        const place = {
          point: { lat: 55.73, lon: 37.42 },
          address: "Ярцевская улица, 14",
          districtId,
          source: "location" as const,
        };
        const content = { topicId: "yard-light", place, description, photos, answers: {} };
        const dueAt = new Date(moderationDue(city, moment).dueAt);
        const report = await addReport(tx, { draftId: randomUUID(), authorId, content, dueAt }, moment);
        const fact = { report, actorId: authorId, actorRole: "author", kind: "submitted", data: {} } as const;
        await record(tx, deps, fact, moment);
        // As the bot does once it has answered.
        await deps.store.wakeChats(tx, [MARIA]);
        return report;
      }),
    /** Pictures Telegram holds because Мария sent them to the bot. */
    photograph: async (count: number): Promise<Photo[]> => {
      const photos = Array.from({ length: count }, (_, index) => ({ upload: `file${index}` }));
      const bytes = await aJpeg(640, 480);
      const files = new Map(photos.map(({ upload }) => [upload, { name: `${upload}.jpg`, mime: "image/jpeg", bytes }]));
      const { messageIds } = await act({ do: "photos", personId: MARIA, chatId: MARIA, photos }, files);
      return messenger
        .messages(MARIA)
        .filter(({ message_id: id }) => messageIds.includes(id))
        .map((message) => {
          const largest = message.photo?.at(-1);
          if (largest === undefined) throw new Error("No photo was sent");
          return { fileId: largest.file_id, fileUniqueId: largest.file_unique_id, kind: "photo" };
        });
    },
    /** What Telegram was answered so far, when it delivers. */
    webhookAnswers,
    /** Where Telegram delivers to; null when updates are fetched. */
    webhookUrl: intake.url,
    close: async (): Promise<void> => {
      await intake.stop();
      await jobs.stop();
      await telegram.close();
      await store.close();
    },
  };
};

const poll = (polling: Polling) => {
  const stopping = new AbortController();
  const running = polling.run(stopping.signal);
  return {
    url: null,
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
};

/** What the webhook is protected with in tests. */
export const SECRET = "webhook-secret-for-tests";

const listen = async (bot: ReturnType<typeof createBot>, handle: (update: unknown) => Promise<WebhookAnswer>) => {
  const ready = async () => ({ database: "ok", migrations: "ok", messenger: "ok" }) as const;
  const web = createWeb({
    ready,
    webhook: { secret: SECRET, handle },
    localTelegram: null,
    pages: null,
    log: quietLog,
  });
  const receiver = await startReceiver((request) => web.fetch(request));
  const url = new URL(WEBHOOK_PATH, receiver.url).href;
  await registerWebhook(bot, { url, secret: SECRET });
  return { url, stop: receiver.close };
};

/** What a message says, wherever it says it. */
export const textOf = (message: PageMessage): string => message.text ?? message.caption ?? "";

/** The labels of a message's inline buttons, row by row. */
export const labelsOf = (message: PageMessage): string[][] =>
  message.reply_markup !== undefined && "inline_keyboard" in message.reply_markup
    ? message.reply_markup.inline_keyboard.map((row) => row.map(({ text }) => text))
    : [];

/** The data of the button whose label contains these words. */
export const dataOf = (message: PageMessage, label: string): string => {
  const rows =
    message.reply_markup !== undefined && "inline_keyboard" in message.reply_markup
      ? message.reply_markup.inline_keyboard
      : [];
  const button = rows.flat().find(({ text }) => text.includes(label));
  if (button === undefined || !("callback_data" in button)) {
    throw new Error(`No button «${label}» among ${JSON.stringify(labelsOf(message))}`);
  }
  return button.callback_data;
};
