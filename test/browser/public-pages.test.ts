/** The public list and its map as people meet them: by touch, by keyboard, without scripts, in both themes and languages. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violationsOf } from "../support/axe.ts";
import { screens } from "../support/browser.ts";
import { aReport, aResident, hoursAfter, NOON } from "../support/people.ts";
import { serveWeb, type ServedWeb } from "../support/served-web.ts";

let web: ServedWeb;
let pit: number;

beforeAll(async () => {
  web = await serveWeb();
  const { db } = web.store;
  const author = await aResident(db);
  const open = { status: "assigned", handlingDueAt: hoursAfter(NOON, 24) } as const;
  for (let i = 0; i < 12; i += 1) await aReport(db, author, { ...open, lat: 55.73 + i / 1e5, lon: 37.42 });
  const place = { districtId: "ramenki", lat: 55.7, lon: 37.5 };
  const late = { topicId: "pothole", agencyId: "roads", handlingDueAt: hoursAfter(NOON, -1) };
  pit = (await aReport(db, author, { ...open, ...place, ...late, description: "Яма у школы" })).id;
  const closed = { status: "closed", outcome: "confirmed", dueAt: null } as const;
  await aReport(db, author, { ...closed, districtId: "krylatskoye", lat: 55.76, lon: 37.4 });
});
afterAll(() => web.close());

const MARKS = ".map-dot, .map-cluster";

describe("the map", () => {
  test("shows the reports, opens one, and leads to its page", async () => {
    const { page, faults, close } = await web.browser.open(`${web.url}/?district=ramenki`, screens.phone);
    await page.locator(".map-dot").tap();
    const popup = page.locator(".map-popup");
    expect(await popup.textContent()).toContain("в работе");
    await popup.getByRole("link", { name: "Открыть сообщение" }).click();
    await page.waitForURL(`**/r/${pit}`);
    expect(faults).toEqual([]);
    await close();
  });

  test("comes apart where one looks nearer, and what is on it can be read as a list", async () => {
    const { page, close } = await web.browser.open(web.url);
    await page.locator(".map-cluster").first().waitFor();
    const points = page.waitForResponse((response) => response.url().includes("/map/points.json"));
    await page.locator(".map-cluster", { hasText: "12" }).click();
    await points;
    await page.getByRole("link", { name: "Показать списком то, что на карте" }).click();
    await page.waitForURL("**/?box=*");
    expect(await page.locator(".card").count()).toBe(12);
    expect(await page.locator(".chosen").textContent()).toContain("на выбранном участке карты");
    await close();
  });

  test("is the districts with their numbers where there are no scripts", async () => {
    const { page, close } = await web.browser.open(web.url, { ...screens.phone, javaScriptEnabled: false });
    await page.getByRole("link", { name: "Раменки: 1 сообщение" }).click({ position: { x: 60, y: 60 } });
    await page.waitForURL("**/?district=ramenki");
    expect(await page.locator(".card").count()).toBe(1);
    await close();
  });

  test("stays as districts when its data cannot be had", async () => {
    const { page, close } = await web.browser.open("about:blank");
    await page.route("**/map/base.json*", (route) => route.abort());
    await page.goto(web.url);
    await page.locator(".map.is-plain").waitFor();
    expect(await page.getByRole("link", { name: "Раменки: 1 сообщение" }).count()).toBe(1);
    await close();
  });
});

describe("by keyboard alone", () => {
  test("the first stop leads past the header, and the filters are chosen and sent", async () => {
    const { page, close } = await web.browser.open(web.url, { ...screens.desktop, javaScriptEnabled: false });
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Перейти к содержанию");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("яма");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/?q=*");
    expect(await page.locator(".count").textContent()).toBe("Нашлось 1 сообщение");
    await page.locator("summary").focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Район", { exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Показать" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/district=krylatskoye/);
    expect(await page.locator(".count").textContent()).toBe("Ничего не нашлось");
    await close();
  });

  test("a mark on the map is reached and opened", async () => {
    const { page, close } = await web.browser.open(`${web.url}/?district=ramenki`);
    const mark = page.locator(".map-dot");
    await mark.focus();
    await page.keyboard.press("Enter");
    await page.locator(".map-popup").waitFor();
    await close();
  });
});

test("the theme that was chosen stays on the next page, and the language in its address", async () => {
  const { page, close } = await web.browser.open(web.url);
  const theme = () => page.evaluate<string>("document.documentElement.dataset.theme");
  expect(await theme()).toBe("light");
  await page.getByRole("button", { name: "Тёмная тема" }).click();
  expect(await theme()).toBe("dark");
  await page.getByRole("link", { name: "English" }).click();
  await page.waitForURL("**/?lang=en");
  expect(await theme()).toBe("dark");
  await page.getByRole("link", { name: "About", exact: true }).first().click();
  await page.waitForURL("**/about?lang=en");
  expect(await page.locator("h1").textContent()).toBe("How Otklik works");
  await page.getByRole("button", { name: "Light theme" }).waitFor();
  await close();
});

describe.each(["light", "dark"] as const)("in the %s theme", (colorScheme) => {
  test.each([
    ["/", "phone"],
    ["/", "desktop"],
    ["/?district=ramenki&overdue=yes&q=яма", "phone"],
    ["/?q=жираф", "desktop"],
    ["/about", "phone"],
    ["/privacy", "desktop"],
    ["/nowhere", "phone"],
    ["/?district=atlantis", "desktop"],
  ] as const)("%s at the %s keeps to WCAG 2.2 AA and its width", async (path, screen) => {
    const options = {
      ...screens[screen],
      colorScheme,
      ...(screen === "phone" && { viewport: { width: 360, height: 740 } }),
    };
    const { page, faults, close } = await web.browser.open(web.url + path, options);
    if (path.startsWith("/?district=r") || path === "/") await page.locator(MARKS).first().waitFor();
    for (const summary of await page.locator("summary").all()) await summary.click();
    expect(await violationsOf(page)).toEqual([]);
    const [width, inner] = await page.evaluate<[number, number]>("[document.documentElement.scrollWidth, innerWidth]");
    expect(width).toBeLessThanOrEqual(inner);
    expect(faults).toEqual([]);
    await close();
  });
});
