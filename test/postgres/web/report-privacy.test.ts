/** Nothing of a person, and nothing an editor has not passed, is on a report's page, in its head, its picture or its photos. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { findPublicReport } from "../../../src/store/queries/public-reports.ts";
import { drawShareCard } from "../../../src/pictures/share-card.ts";
import { frameOf } from "../../../src/web/pages/frame.ts";
import { toCard } from "../../../src/web/pages/report-picture.ts";
import { loadReportPage } from "../../../src/web/pages/report-view.ts";
import { Hono } from "hono";
import { anOriginal, castOfLife, LIFE_NAMES, live, type Cast } from "../../support/life.ts";
import { hoursAfter, NOON } from "../../support/people.ts";
import { plantPeople, plantPhotos, plantWords } from "../../support/planted.ts";
import { inMemoryPhotos } from "../../support/stored-photos.ts";
import { freshWeb, type FreshWeb } from "../../support/web.ts";

const files = inMemoryPhotos();
let web: FreshWeb;
let cast: Cast;
let originalId: number;
beforeAll(async () => {
  web = await freshWeb({ files, now: () => hoursAfter(NOON, 12) });
  cast = await castOfLife(web, NOON);
  originalId = await anOriginal(web, cast, NOON);
});
afterAll(() => web.store.close());

/** What is drawn on the picture, as its SVG says it. */
const pictureOf = async (id: number, locale: string): Promise<string> => {
  const found = await findPublicReport(web.store.db, web.city, id);
  if (found?.shown !== "all") return "";
  const view = await loadReportPage(web.web, found.report);
  const app = new Hono().get("/", async (c) => {
    const card = toCard(frameOf(c, web.web), view);
    return c.text(JSON.stringify(card) + (await drawShareCard({ ...card, photos: [] })));
  });
  return (await app.request(`/?lang=${locale}`)).text();
};

test.each(LIFE_NAMES)("in the life «%s»", async (life) => {
  const { report } = await live(web, { cast, originalId }, life, NOON);
  const secrets = [...(await plantPeople(web.store.db)), ...(await plantWords(web.store.db, cast, report.id))];
  const photos = await plantPhotos(web.store.db, files, report.id);
  for (const locale of ["ru", "en"]) {
    const { status, text } = await web.get(`/r/${report.id}?lang=${locale}`);
    expect(status).toBe(200);
    const picture = await pictureOf(report.id, locale);
    for (const secret of [...secrets, ...photos]) {
      expect(text, `the page has ${secret}`).not.toContain(secret);
      expect(picture, `the picture has ${secret}`).not.toContain(secret);
    }
  }
  for (const storedAs of photos) {
    for (const name of [`${storedAs}.jpg`, `${storedAs}-320.jpg`]) {
      expect((await web.get(`/photos/${name}`)).status).toBe(404);
    }
  }
});

test("the plants would be found: the public text and the house are on the page", async () => {
  const { report } = await live(web, { cast, originalId }, "assigned", NOON);
  await plantWords(web.store.db, cast, report.id);
  const { text } = await web.get(`/r/${report.id}`);
  expect(text).toContain("Фонарь не горит");
  expect(text).toContain("Ярцевская улица, 14");
  expect(await pictureOf(report.id, "ru")).toContain("Ярцевская улица, 14");
});
