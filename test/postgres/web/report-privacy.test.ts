/** Nothing of a person, and nothing an editor has not passed, is on a report's page, in its head, its picture or its photos. */
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findPublicReport } from "../../../src/store/queries/public-reports.ts";
import { additions, answers, events, reports, residents } from "../../../src/store/schema/index.ts";
import { drawShareCard } from "../../../src/pictures/share-card.ts";
import { frameOf } from "../../../src/web/pages/frame.ts";
import { toCard } from "../../../src/web/pages/report-picture.ts";
import { loadReportPage } from "../../../src/web/pages/report-view.ts";
import { Hono } from "hono";
import { anOriginal, castOfLife, LIFE_NAMES, live, type Cast } from "../../support/life.ts";
import { hoursAfter, NOON } from "../../support/people.ts";
import { aStoredPhoto, inMemoryPhotos } from "../../support/stored-photos.ts";
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

/** Everybody gets a name, a phone and an id that occur nowhere else. */
const plantPeople = async (): Promise<string[]> => {
  const planted: string[] = [];
  for (const { id } of await web.store.db.select({ id: residents.id }).from(residents)) {
    const [name, phone] = [`Фамилия${id}ова`, `+7916${String(5_550_000 + id)}`];
    const telegramId = 77_000_000_000 + id;
    await web.store.db.update(residents).set({ name, phone, telegramId }).where(eq(residents.id, id));
    planted.push(name, phone, phone.slice(2), String(telegramId));
  }
  return planted;
};

/** Words that only staff or nobody should read, in every place of a report that holds words. */
const plantWords = async (reportId: number): Promise<string[]> => {
  const { db } = web.store;
  const address = "Ярцевская улица, 14, кв. 7719";
  const description = "ДОСЛОВНО: сосед из квартиры виноват";
  await db.update(reports).set({ address, description, publicText: "Фонарь не горит" }).where(eq(reports.id, reportId));
  const added = await db
    .insert(additions)
    .values(
      (["question", "reply", "addition", "note", "vote", "appeal"] as const).map((kind) => ({
        ...{ reportId, kind, authorId: cast.author, at: NOON },
        words: `ДОБАВЛЕНО ${kind}`,
      })),
    )
    .returning({ id: additions.id });
  const of = { reportId, cycle: 1, agencyId: "lighting", officerId: cast.officer, sentAt: NOON, decidedAt: NOON };
  await db.insert(answers).values([
    { ...of, draftId: randomUUID(), kind: "fixed", state: "returned", words: "НЕПРОВЕРЕНО возвращено", remark: "Нет" },
    { ...of, draftId: randomUUID(), kind: "fixed", state: "replaced", words: "НЕПРОВЕРЕНО заменено" },
    { ...of, draftId: randomUUID(), kind: "question", state: "accepted", words: "НЕПРОВЕРЕНО вопрос" },
  ]);
  const act = { reportId, actorId: cast.officer, at: NOON };
  await db.insert(events).values([
    {
      ...{ ...act, actorRole: "officer", kind: "rerouted" },
      data: { from: "roads", to: "lighting", reason: "НЕПРОВЕРЕНО отказ", hops: 1, added: null, until: "2026-07-27" },
    },
    { ...act, actorRole: "editor", kind: "rejected", data: { code: null, words: "АВТОРУ причина отказа" } },
    { ...act, actorRole: "author", kind: "added", data: { additionId: added[0]?.id ?? 0, reader: "editors" } },
    { ...act, actorRole: "editor", kind: "banned", data: { until: NOON.toISOString(), reason: "АВТОРУ запрет" } },
  ]);
  return ["7719", "ДОСЛОВНО", "ДОБАВЛЕНО", "НЕПРОВЕРЕНО", "АВТОРУ"];
};

const plantPhotos = async (reportId: number): Promise<string[]> => {
  const [addition] = await web.store.db.select().from(additions).where(eq(additions.reportId, reportId)).limit(1);
  const [answer] = await web.store.db
    .select()
    .from(answers)
    .where(and(eq(answers.reportId, reportId), eq(answers.state, "returned")));
  const add = (row: Partial<Parameters<typeof aStoredPhoto>[2]>) =>
    aStoredPhoto(web.store.db, files, { reportId, position: 4, ...row });
  return Promise.all([
    add({ isHidden: true }),
    add({ additionId: addition?.id ?? null }),
    add({ answerId: answer?.id ?? null }),
  ]);
};

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
  const secrets = [...(await plantPeople()), ...(await plantWords(report.id))];
  const photos = await plantPhotos(report.id);
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
  await plantWords(report.id);
  const { text } = await web.get(`/r/${report.id}`);
  expect(text).toContain("Фонарь не горит");
  expect(text).toContain("Ярцевская улица, 14");
  expect(await pictureOf(report.id, "ru")).toContain("Ярцевская улица, 14");
});
