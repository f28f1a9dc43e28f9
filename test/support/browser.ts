import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** Screens the chat page is shown on, in CSS pixels. */
export const screens = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} as const satisfies Record<string, BrowserContextOptions>;

export type TestBrowser = {
  /** A page of its own, sharing nothing with the others; what goes wrong in its scripts is collected in `faults`. */
  open: (
    url: string,
    options?: BrowserContextOptions,
  ) => Promise<{ page: Page; faults: string[]; close: () => Promise<void> }>;
  /** Ends the browser and every page of it. */
  close: () => Promise<void>;
};

const launch = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    // Tests may run as root, where Chromium refuses to start its sandbox; it only ever opens our own pages.
    args: ["--no-sandbox"],
    headless: true,
  });

/** Starts the Chromium that npm installed; `close` it in `afterAll`. */
export const launchBrowser = async (): Promise<TestBrowser> => {
  const browser = await launch();
  return {
    open: async (url, options = {}) => {
      const context: BrowserContext = await browser.newContext({ locale: "ru-RU", ...screens.desktop, ...options });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(error.message));
      await page.goto(url);
      return { page, faults, close: () => context.close() };
    },
    close: () => browser.close(),
  };
};
