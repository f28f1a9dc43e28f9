/** The page of one report as people meet it: with and without scripts, by keyboard, in both themes, on paper. */
import { desc } from "drizzle-orm";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answers } from "../../src/store/schema/index.ts";
import { violationsOf } from "../support/axe.ts";
import { screens } from "../support/browser.ts";
import { anOriginal, castOfLife, live } from "../support/life.ts";
import { hoursAfter, NOON } from "../support/people.ts";
import { serveWeb, type ServedWeb } from "../support/served-web.ts";
import { aStoredPhoto, inMemoryPhotos } from "../support/stored-photos.ts";

const files = inMemoryPhotos();
let web: ServedWeb;
/** Pages by what is on them. */
let pages: Record<"published" | "closed" | "planned" | "hidden", string>;

beforeAll(async () => {
  web = await serveWeb({ files, now: () => hoursAfter(NOON, 12) });
  const { db } = web.store;
  const cast = await castOfLife(web, NOON);
  const originalId = await anOriginal(web, cast, NOON);
  const lead = async (life: "published" | "closed" | "planned" | "submitted"): Promise<string> => {
    const { report } = await live(web, { cast, originalId }, life, NOON);
    await aStoredPhoto(db, files, { reportId: report.id, colour: "#b02020" });
    if (life === "published") {
      const [answer] = await db.select().from(answers).orderBy(desc(answers.id)).limit(1);
      const of = { reportId: report.id, answerId: answer?.id ?? null };
      await aStoredPhoto(db, files, { ...of, position: 1, colour: "#20b020" });
      await aStoredPhoto(db, files, { ...of, position: 2, colour: "#2020b0" });
    }
    return `${web.url}/r/${report.id}`;
  };
  pages = {
    published: await lead("published"),
    closed: await lead("closed"),
    planned: await lead("planned"),
    hidden: await lead("submitted"),
  };
});
afterAll(() => web.close());

const widthOf = async (page: Page, index: number): Promise<number> =>
  (await page.locator(".compare .photo").nth(index).boundingBox())?.width ?? 0;
/** How much of «before» is cut away on its right, as the browser computes it. */
const cutOf = (page: Page): Promise<string> =>
  page.evaluate<string>("getComputedStyle(document.querySelector('.compare .photo')).clipPath");

describe("before and after", () => {
  test("lie on each other and are compared by the arrow keys", async () => {
    const { page, faults, close } = await web.browser.open(pages.published, screens.phone);
    const slider = page.getByRole("slider", { name: "Сдвиньте, чтобы сравнить" });
    expect(await widthOf(page, 0)).toBe(await widthOf(page, 1));
    expect(await widthOf(page, 0)).toBeGreaterThan(300);
    expect(await cutOf(page)).toContain("50%");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    expect(await slider.inputValue()).toBe("51");
    expect(await cutOf(page)).toMatch(/49%|calc\(100% - 51%\)/);
    await page.keyboard.press("Home");
    expect(await slider.getAttribute("aria-valuetext")).toBe("«До» видно на 0 %");
    expect(faults).toEqual([]);
    await close();
  });

  test("stand side by side without scripts, and nothing is offered that would not work", async () => {
    const { page, close } = await web.browser.open(pages.published, { ...screens.phone, javaScriptEnabled: false });
    const [before, after] = [page.locator(".compare .photo").first(), page.locator(".compare .photo").last()];
    const [left, right] = [await before.boundingBox(), await after.boundingBox()];
    expect(left?.y).toBe(right?.y);
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
    expect(await page.getByRole("slider").count()).toBe(0);
    expect(await page.locator("button:visible").count()).toBe(0);
    await close();
  });

  test("are shown whole, each leads to its file, and a phone takes the file it needs", async () => {
    const { page, close } = await web.browser.open(pages.published, screens.phone);
    expect(await page.evaluate<string>("getComputedStyle(document.querySelector('.compare img')).objectFit")).toBe(
      "contain",
    );
    await expect
      .poll(() => page.evaluate<number>("document.querySelector('.compare img').naturalWidth"))
      .toBeGreaterThan(0);
    const href = await page.locator(".compare .photo a").first().getAttribute("href");
    expect((await page.request.get(web.url + (href ?? ""))).headers()["content-type"]).toBe("image/jpeg");
    await close();
  });
});

describe("on paper", () => {
  test("it is one sheet with the code, dark on white even in the dark theme", async () => {
    const { page, close } = await web.browser.open(pages.published, { colorScheme: "dark" });
    expect(await page.locator(".sheet").isVisible()).toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".sheet").isVisible()).toBe(true);
    expect(await page.locator(".sheet .qr").isVisible()).toBe(true);
    expect(await page.locator("h1").isVisible()).toBe(false);
    expect(await page.locator("header.top").isVisible()).toBe(false);
    const colours = await page.evaluate<string[]>(
      "[getComputedStyle(document.querySelector('.sheet')).color, getComputedStyle(document.body).backgroundColor]",
    );
    expect(colours).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    expect(pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    await close();
  });
});

describe.each(["ru", "en"])("in %s", (lang) => {
  test.each([
    ["phone", "light"],
    ["phone", "dark"],
    ["desktop", "light"],
    ["desktop", "dark"],
  ] as const)(
    "axe finds nothing wrong on a %s in the %s theme, and nothing is wider than the screen",
    async (screen, colorScheme) => {
      for (const [name, url] of Object.entries(pages)) {
        const { page, faults, close } = await web.browser.open(`${url}?lang=${lang}`, {
          ...screens[screen],
          colorScheme,
        });
        const broken: string[] = [];
        page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
        await page.reload();
        expect({ name, violations: await violationsOf(page) }).toEqual({ name, violations: [] });
        expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
        expect([...faults, ...broken]).toEqual([]);
        await close();
      }
    },
  );
});
