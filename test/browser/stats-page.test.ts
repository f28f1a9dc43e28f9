/** The statistics and the profiles as people meet them: on a phone and a desk, in both themes and languages, by keyboard, without scripts. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { violationsOf } from "../support/axe.ts";
import { screens } from "../support/browser.ts";
import { aReport, aResident, hoursAfter, NOON } from "../support/people.ts";
import { serveWeb, type ServedWeb } from "../support/served-web.ts";

let web: ServedWeb;

beforeAll(async () => {
  web = await serveWeb();
  const { db } = web.store;
  const author = await aResident(db);
  for (let index = 0; index < 36; index += 1) {
    const createdAt = hoursAfter(NOON, -24 * 9 * index);
    const dates = {
      createdAt,
      assignedAt: createdAt,
      answeredAt: hoursAfter(createdAt, 50),
      handlingDueAt: hoursAfter(createdAt, 40 + (index % 4) * 12),
    };
    const agency = {
      agencyId: index % 3 === 0 ? "roads" : "lighting",
      topicId: index % 3 === 0 ? "pothole" : "yard-light",
    };
    await aReport(db, author, {
      ...dates,
      ...agency,
      status: "closed",
      outcome: index % 2 === 0 ? "confirmed" : "unverified",
      dueAt: null,
    });
  }
  await aReport(db, author, { status: "assigned", handlingDueAt: hoursAfter(NOON, -1) });
});
afterAll(() => web.close());

const PAGES = ["/stats", "/stats?from=2020-01&to=2020-01", "/a/lighting", "/d/kuntsevo", "/d/ramenki"];

test.each(
  (["phone", "desktop"] as const).flatMap((screen) =>
    (["light", "dark"] as const).map((colorScheme) => ({ screen, colorScheme })),
  ),
)(
  "on a $screen in $colorScheme nobody is kept out, and nothing is wider than the screen",
  async ({ screen, colorScheme }) => {
    for (const path of PAGES) {
      const { page, faults, close } = await web.browser.open(web.url + path, { ...screens[screen], colorScheme });
      expect([path, await violationsOf(page)]).toEqual([path, []]);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      expect(faults).toEqual([]);
      await close();
    }
  },
);

type Image = { decode: () => Promise<void>; naturalWidth: number };

/** Rejects when the browser cannot draw it. */
const drawnWidth = async (image: unknown): Promise<number> => {
  const drawn = image as Image;
  await drawn.decode();
  return drawn.naturalWidth;
};

test("plots are drawn for the theme in force and change with it", async () => {
  const { page, close } = await web.browser.open(`${web.url}/stats`, { colorScheme: "light" });
  const shown = page.locator(".plot img:visible").first();
  expect(await shown.evaluate(drawnWidth)).toBe(1120);
  expect(await shown.getAttribute("src")).not.toContain("theme=dark");
  await page.locator(".theme-switch").click();
  const dark = page.locator(".plot img:visible").first();
  expect(await dark.getAttribute("src")).toContain("theme=dark");
  expect(await dark.evaluate(drawnWidth)).toBe(1120);
  await close();
});

test("without scripts a table is sorted by its head, from the keyboard", async () => {
  const { page, close } = await web.browser.open(`${web.url}/stats?lang=en`, { javaScriptEnabled: false });
  const names = () => page.locator("section[aria-labelledby=by-agency] tbody th").allTextContents();
  const before = await names();
  expect(before).toHaveLength(2);
  const head = page.locator("section[aria-labelledby=by-agency] thead").getByRole("link", { name: "Agency" });
  await head.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/stats?sort=name&lang=en#by-agency");
  expect((await names()).map((name) => name.trim())).toEqual(before.map((name) => name.trim()).toSorted());
  await close();
});

test("the filter asks for a district and a period in the address, in the page's language", async () => {
  const { page, close } = await web.browser.open(`${web.url}/stats?lang=en`, screens.phone);
  await page.getByLabel("District", { exact: true }).selectOption("kuntsevo");
  await page.getByLabel("From month").fill("2026-01");
  await page.getByRole("button", { name: "Show" }).tap();
  await page.waitForURL("**/stats?*district=kuntsevo*from=2026-01*");
  expect(await page.locator("h1").textContent()).toBe("Kuntsevo");
  expect(await page.locator(".lead").textContent()).toContain("from January 2026 to the end of July 2026");
  await close();
});
