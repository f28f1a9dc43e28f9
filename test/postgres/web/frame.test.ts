/** What all public pages have in common. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshWeb, type FreshWeb } from "../../support/web.ts";

let web: FreshWeb;
beforeAll(async () => {
  web = await freshWeb();
});
afterAll(() => web.store.close());

const languageOf = async (path: string, acceptLanguage?: string): Promise<string | undefined> => {
  const { text } = await web.get(path, acceptLanguage === undefined ? {} : { "accept-language": acceptLanguage });
  return /<html lang="(\w+)"/.exec(text)?.[1];
};

describe("a page's language", () => {
  test.each([
    ["/", undefined, "ru"],
    ["/", "en-GB,en;q=0.9", "en"],
    ["/", "fr, en;q=0.4, ru;q=0.8", "ru"],
    ["/", "fr", "ru"],
    ["/?lang=en", "ru", "en"],
    ["/?lang=ru", "en", "ru"],
  ])("%s for «%s» is %s", async (path, header, locale) => expect(await languageOf(path, header)).toBe(locale));

  test("stays while one goes on, and only if it was asked for", async () => {
    expect((await web.get("/?lang=en")).text).toContain('href="/about?lang=en"');
    expect((await web.get("/", { "accept-language": "en" })).text).toContain('href="/about"');
  });
});

test("an unknown address is 404 in the page's form, with the same headers", async () => {
  const { status, text, headers } = await web.get("/nowhere?lang=en");
  expect(status).toBe(404);
  expect(text).toContain("There is nothing here");
  expect(text).toContain('<meta name="robots" content="noindex"');
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("an address with two slashes leads to no other site", async () => {
  const { status, text } = await web.get("//evil.example/x");
  expect(status).toBe(404);
  expect(text).toContain('href="/evil.example/x?lang=en"');
  expect(text).not.toMatch(/(href|src|action)="\/\//);
});

test("what fails says so in the page's form and tells nobody but the log why", async () => {
  const failed = {
    select: () => {
      throw new Error("secret detail");
    },
  };
  const told: unknown[] = [];
  const log = { ...web.log, error: (...what: unknown[]) => told.push(what) };
  const broken = await freshWeb({ db: failed as never, log });
  const { status, text } = await broken.get("/");
  await broken.store.close();
  expect(status).toBe(500);
  expect(text).toContain("У нас что-то сломалось");
  expect(text).not.toContain("secret detail");
  expect(JSON.stringify(told, (_, value: unknown) => (value instanceof Error ? value.message : value))).toContain(
    "secret detail",
  );
});

test("too many requests get 429 as a page, with a time to come again", async () => {
  const limited = await freshWeb({ rate: { burst: 1, perSecond: 0.001 } });
  const ask = () => limited.app.request("/", {}, { incoming: { socket: { remoteAddress: "203.0.113.5" } } });
  expect((await ask()).status).toBe(200);
  const refused = await ask();
  await limited.store.close();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused.text()).toContain("Слишком много запросов");
});

describe("scripts and styles", () => {
  test("everything the page names is there, to be kept for ever", async () => {
    const { text } = await web.get("/");
    const named = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
    expect(named.length).toBeGreaterThan(2);
    for (const path of named) {
      const { status, headers } = await web.get(path);
      expect({ path, status }).toEqual({ path, status: 200 });
      expect(headers.get("cache-control")).toContain("immutable");
    }
  });

  test("scripts come without types, and no other file can be asked for", async () => {
    const path = /src="(\/assets\/[^"]+theme\.ts)"/.exec((await web.get("/")).text)?.[1] ?? "";
    const { text, headers } = await web.get(path);
    expect(headers.get("content-type")).toContain("text/javascript");
    expect(text).not.toContain(": string");
    for (const name of ["tsconfig.json", "..%2Fframe.ts", "%2e%2e", "nothing.ts"]) {
      expect((await web.get(`/assets/x/${name}`)).status).toBe(404);
    }
    expect((await web.get("/assets/of-yesterday/theme.ts")).headers.get("cache-control")).toBe("public, max-age=60");
  });

  test("nothing stands inline, which the policy would refuse", async () => {
    const { text } = await web.get("/");
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(text).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });
});
