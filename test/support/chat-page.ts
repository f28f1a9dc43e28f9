import { Bot } from "grammy";
import type { Locator, Page } from "playwright-core";
import { screens } from "./browser.ts";
import type { TestBrowser } from "./browser.ts";
import { openLine } from "./cuttable-line.ts";
import type { CuttableLine } from "./cuttable-line.ts";
import { startLocalTelegram } from "./local-telegram.ts";
import type { RunningTelegram } from "./local-telegram.ts";
import type { LocalTelegramSettings } from "../../src/local-telegram/index.ts";

/** A chat page in a browser, with the messenger behind it and a bot that listens. */
export type OpenChat = {
  page: Page;
  bot: Bot;
  telegram: RunningTelegram;
  /** What the browser reaches the messenger through; cutting it leaves the bot untouched. */
  line: CuttableLine;
  /** The column of a person or, with a negative id, of a group. */
  column: (chatId: number) => Locator;
  /** Errors thrown by the page's scripts. */
  faults: string[];
  [Symbol.asyncDispose]: () => Promise<void>;
};

export type OpenChatOptions = {
  browser: TestBrowser;
  /** Teaches the bot before it starts listening. */
  teach?: (bot: Bot) => void;
  settings?: Partial<LocalTelegramSettings>;
  screen?: keyof typeof screens;
  locale?: string;
};

/** Starts a messenger with its bot and opens the chat page on it. */
export const openChat = async (options: OpenChatOptions): Promise<OpenChat> => {
  const telegram = await startLocalTelegram(options.settings);
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.root } });
  options.teach?.(bot);
  await bot.init();
  const polling = bot.start();
  const line = await openLine(telegram.root);
  const { page, faults, close } = await options.browser.open(`${line.root}/chat`, {
    ...screens[options.screen ?? "desktop"],
    locale: options.locale ?? "ru-RU",
  });
  return {
    page,
    bot,
    telegram,
    line,
    column: (chatId) => page.locator(`.column[data-seat="${chatId < 0 ? "g" : "p"}${chatId}"]`),
    faults,
    [Symbol.asyncDispose]: async () => {
      await close();
      await line.close();
      await bot.stop();
      await polling;
      await telegram.close();
    },
  };
};

/** Presses «Начать» and waits for the bot's first words. */
export const begin = async (column: Locator, answer: string): Promise<void> => {
  await column.getByRole("button", { name: /^(Начать|Start)$/ }).click();
  await column.getByText(answer).first().waitFor();
};

/** Types a text and sends it by its button, which works on every screen. */
export const write = async (column: Locator, text: string): Promise<void> => {
  await column.locator(".input").fill(text);
  await column.locator(".is-send").click();
};
