/** Our answers held against the specification's own examples: names, nesting and order, on both formats. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { castOfLife, live, anOriginal } from "../../../support/life.ts";
import { NOON } from "../../../support/people.ts";
import {
  asTexts,
  example,
  FILING,
  freshOpen311,
  outline,
  type Answered,
  type Open311,
} from "../../../support/open311.ts";

let api: Open311;
let number: string;
let token: string;
beforeAll(async () => {
  api = await freshOpen311();
  const cast = await castOfLife(api, NOON);
  const originalId = await anOriginal(api, cast, NOON);
  const { report } = await live(api, { cast, originalId }, "published", NOON);
  number = String(report.id);
  const filed = await api.file(
    { ...FILING, description: "Фонарь у пятого дома не горит" },
    { headers: { prefer: "respond-async" } },
  );
  token = (filed.value as { token: string }[])[0]?.token ?? "";
});
afterAll(() => api.store.close());

const ANSWERS: Record<string, (format: "xml" | "json") => Promise<Answered>> = {
  discovery: (format) => api.ask(`discovery.${format}`),
  services: (format) => api.ask(`services.${format}`),
  "service-definition": (format) => api.ask(`services/playground.${format}`),
  filed: (format) => api.file(FILING, { format }),
  token: (format) => api.ask(`tokens/${token}.${format}`),
  requests: (format) => api.ask(`requests.${format}`),
  request: (format) => api.ask(`requests/${number}.${format}`),
  errors: (format) => api.file({ ...FILING, api_key: "xyz" }, { format }),
  updates: (format) => api.ask(`servicerequestupdates.${format}?start_date=2026-07-15T00:00:00Z`),
};

const exampleOf = (name: string) => (name === "request" ? "requests" : name);

describe.each(Object.keys(ANSWERS))("%s", (name) => {
  test.each(["xml", "json"] as const)(
    "has the names, the nesting and the order of the example in %s",
    async (format) => {
      const answered = await ANSWERS[name]?.(format);
      expect(outline(answered?.value)).toEqual(outline(await example(exampleOf(name), format)));
    },
  );

  test("says the same in both formats", async () => {
    const [xml, json] = [await ANSWERS[name]?.("xml"), await ANSWERS[name]?.("json")];
    expect(xml?.value).toEqual(asTexts(json?.value));
    expect(xml?.headers.get("content-type")).toBe("text/xml; charset=utf-8");
    expect(json?.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(xml?.text.startsWith('<?xml version="1.0" encoding="utf-8"?>\n')).toBe(true);
  });
});

test("an error tells its number as the example does, in the body and as the status", async () => {
  const { status, value } = await api.file({ ...FILING, api_key: "xyz" });
  expect(status).toBe(403);
  expect(value).toEqual([{ code: 403, description: expect.stringContaining("api_key") }]);
});

test("the specification's own filing is read, and what is foreign to this city is named", async () => {
  const body = await readFile(new URL("../../../fixtures/open311/filing.txt", import.meta.url), "utf8");
  const post = async (text: string) => {
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const response = await api.app.request("/open311/v2/requests.json?lang=en", {
      method: "POST",
      body: text,
      headers,
    });
    return { status: response.status, said: JSON.stringify(await response.json()) };
  };
  expect(await post(body)).toMatchObject({ status: 403 });
  const withKey = body.replace("api_key=xyz", `api_key=${api.key}`);
  expect(await post(withKey)).toMatchObject({ status: 404, said: expect.stringContaining("jurisdiction_id") });
  const here = withKey.replace("city.gov", "kuntsevo");
  expect(await post(here)).toMatchObject({ status: 404, said: expect.stringContaining("service_code") });
  const { status, said } = await post(here.replace("service_code=001", "service_code=yard-light"));
  expect(status).toBe(400);
  for (const name of ["lat, long", "attribute[WHISPAWN]", "attribute[WHISDORN]", "attribute[lamps]"])
    expect(said).toContain(name);
});
