/** `/r/NUMBER`: what the page of one report says, in every part of its life. */
import { desc } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { undoDecision } from "../../../src/actions/undo-decision.ts";
import { createLog } from "../../../src/log.ts";
import { publicRoutes } from "../../../src/web/public.ts";
import { answers as answerTable } from "../../../src/store/schema/index.ts";
import { aCast, answer, aPublished, publish, PUBLISHED, vote, WINDOW_ENDS } from "../../support/check.ts";
import { PERFORM } from "../../support/acts.ts";
import { anOriginal, castOfLife, live, toDoing, type Cast, type Life } from "../../support/life.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { aStoredPhoto, inMemoryPhotos } from "../../support/stored-photos.ts";
import { freshWeb, type FreshWeb } from "../../support/web.ts";

const files = inMemoryPhotos();
let now = NOON;
let web: FreshWeb;
let cast: Cast;
let originalId: number;
beforeAll(async () => {
  web = await freshWeb({ files, now: () => now });
  cast = await castOfLife(web, NOON);
  originalId = await anOriginal(web, cast, NOON);
});
afterAll(() => web.store.close());

const pageOf = async (id: number | string, query = ""): Promise<string> => {
  const { status, text } = await web.get(`/r/${id}${query}`);
  expect(status).toBe(200);
  return text;
};
const lived = async (life: Life): Promise<{ id: number; page: string }> => {
  const led = await live(web, { cast, originalId }, life, NOON);
  now = led.now;
  return { id: led.report.id, page: await pageOf(led.report.id) };
};
const withoutMarkup = (part: string): string =>
  part
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
/** What is said under a heading, without markup. */
const sectionOf = (page: string, id: string): string =>
  withoutMarkup(new RegExp(`aria-labelledby="${id}"[^>]*>(.*?)</section>`, "s").exec(page)?.[1] ?? "");
/** The list of facts, without markup. */
const factsOf = (page: string): string => withoutMarkup(/<dl class="facts">(.*?)<\/dl>/s.exec(page)?.[1] ?? "");

describe("the next step is named with whoever owes it", () => {
  test.each([
    ["assigned", /Служба уличного освещения: ответить до 27 июля включительно\./],
    ["needs_info, asked by an agency", /Автору задан вопрос, ответить можно до \d+ июля .* Срок службы пока стоит/],
    ["answered", /Редактор: проверить ответ службы до 16 июля/],
    ["published", /Жители: посмотреть на месте и проголосовать до 25 июля/],
    ["disputed", /Инспектор: решить спор до \d+ июля/],
    ["closed", /Никто: сообщение закрыто\./],
  ] as const)("%s", async (life, words) => {
    const { page } = await lived(life);
    expect(sectionOf(page, "next")).toMatch(words);
  });

  test("and that it is late, once it is", async () => {
    const { id } = await lived("assigned");
    now = new Date("2026-07-28T09:00:00Z");
    const page = await pageOf(id);
    expect(sectionOf(page, "next")).toContain("ответ нужен был до 27 июля включительно, его нет");
    expect(page).toContain('<span class="late">срок прошёл</span>');
  });
});

describe("links to the bot", () => {
  test("join a report that goes on, and check an answer only while it is checked", async () => {
    const assigned = await lived("assigned");
    expect(assigned.page).toContain(`https://t.me/otklik_bot?start=j_${assigned.id}"`);
    expect(assigned.page).not.toContain("start=v_");
    const published = await lived("published");
    expect(published.page).toContain(`https://t.me/otklik_bot?start=v_${published.id}"`);
    const closed = await lived("closed");
    expect(closed.page).not.toMatch(/start=[jv]_/);
  });
});

describe("dates", () => {
  test("a moved one stands beside the first, with the reason and every other change", async () => {
    const { page } = await lived("planned");
    const dates = sectionOf(page, "dates");
    expect(dates).toContain("Первый обещанный срок до 27 июля включительно Новый срок до 10 августа включительно");
    expect(dates).toContain("Срок переносили 1 раз");
    expect(dates).toMatch(/Почему такой срок Срок: 8 рабочих дней с 15 июля.*Ждём лампу со склада/);
  });

  test("an answer is said to be in time or late", async () => {
    expect(sectionOf((await lived("answered")).page, "dates")).toContain("Служба ответила 15 июля — в срок");
    const people = await aCast(web);
    const late = new Date("2026-07-28T09:00:00Z");
    const { id } = await live(web, { cast, originalId }, "assigned", NOON).then(({ report }) => report);
    await answer(web, { ...people, officerId: cast.officer }, id, "fixed", late);
    expect(sectionOf(await pageOf(id), "dates")).toContain("Служба ответила 28 июля — с опозданием");
  });
});

describe("votes", () => {
  const aVotedReport = async () => {
    const people = await aCast(web);
    const followerId = await aResident(web.store.db, { name: "Фёдор" });
    const differs = { lat: 55.74, lon: 37.43 };
    const { id } = await aPublished(web, people, { followedBy: [followerId], differs });
    return { id, people, followerId };
  };

  test("are nowhere before the check is over, and counted afterwards", async () => {
    const { id, people, followerId } = await aVotedReport();
    now = hoursAfter(PUBLISHED, 1);
    const before = await pageOf(id);
    await vote(web, id, followerId, "confirmation", now);
    expect(await pageOf(id)).toBe(before);
    await vote(web, id, people.authorId, "confirmation", hoursAfter(now, 1));
    const votes = sectionOf(await pageOf(id), "votes");
    expect(votes).toContain("Итог: устранение подтверждено.");
    expect(votes).toContain("Устранено автор и ещё 1 человек Не устранено никто");
  });

  test("of a dispute stay untold until it is decided", async () => {
    const { page } = await lived("disputed");
    expect(page).not.toContain('id="votes"');
    const votes = sectionOf((await lived("closed")).page, "votes");
    expect(votes).toMatch(/Не устранено автор/);
  });
});

describe("answers", () => {
  test("stand with the agency and the day; one that did not hold stays, and is said not to", async () => {
    const { report, now: then } = await live(web, { cast, originalId }, "disputed", NOON);
    const before = sectionOf(await pageOf(report.id), "answers");
    expect(before).toContain("Лампу заменили, она горит Служба уличного освещения , 15 июля");
    expect(before).not.toContain("не подтвердился");
    const reopened = await PERFORM.reopen(web, toDoing(cast, "admin", report, 0), then);
    expect(reopened.ok).toBe(true);
    const page = await pageOf(report.id);
    expect(sectionOf(page, "answers")).toContain("Этот ответ не подтвердился: сообщение вернули службе.");
    expect(sectionOf(page, "dates")).toContain("Попытка 2: прежний ответ не подтвердился");
    expect(page).not.toContain('id="votes"');
  });

  test("whose publication was taken back is not there, with its photos", async () => {
    const people = await aCast(web);
    const assigned = await live(web, { cast, originalId }, "assigned", NOON);
    await answer(web, { ...people, officerId: cast.officer }, assigned.report.id, "fixed", hoursAfter(NOON, 3));
    const [sent] = await web.store.db.select().from(answerTable).orderBy(desc(answerTable.id)).limit(1);
    const storedAs = await aStoredPhoto(web.store.db, files, {
      ...{ reportId: assigned.report.id, answerId: sent?.id ?? null },
      position: 1,
    });
    await publish(web, people, assigned.report.id, hoursAfter(NOON, 4));
    expect(await pageOf(assigned.report.id)).toContain(storedAs);
    const undone = await undoDecision(web, { actorId: people.editorId }, hoursAfter(NOON, 4));
    expect(undone.ok).toBe(true);
    const page = await pageOf(assigned.report.id);
    expect(page).not.toContain(storedAs);
    expect(page).not.toContain("Лампу заменили");
  });
});

describe("photos", () => {
  test("stand side by side, before first, with a slider that only scripts show", async () => {
    const { id } = await lived("published");
    const [sent] = await web.store.db.select().from(answerTable).orderBy(desc(answerTable.id)).limit(1);
    const [before, after] = [
      await aStoredPhoto(web.store.db, files, { reportId: id }),
      await aStoredPhoto(web.store.db, files, { reportId: id, answerId: sent?.id ?? null, position: 1 }),
    ];
    const page = await pageOf(id);
    const shown = page.slice(page.indexOf('class="compare-photos"'), page.indexOf('class="compare-slider"'));
    expect(shown.indexOf(`/photos/${before}.jpg`)).toBeGreaterThan(0);
    expect(shown.indexOf(`/photos/${after}.jpg`)).toBeGreaterThan(shown.indexOf(`/photos/${before}.jpg`));
    expect(shown).toContain('alt="До: Неисправное освещение во дворе, фото 1 из 1"');
    expect(page).toMatch(/<label class="compare-slider" hidden/);
  });
});

describe("what the public does not see", () => {
  test.each(["submitted", "rejected", "withdrawn", "needs_info, asked in moderation"] as const)(
    "%s: number, status and dates, for no search engine",
    async (life) => {
      const { id, page } = await lived(life);
      expect(page).toContain(`Сообщение № ${id}`);
      expect(page).toContain('<meta name="robots" content="noindex"');
      expect(page).toContain("15 июля");
      expect(page).not.toMatch(/Фонарь|Ярцевская|освещ|кунцево"|og:image"/i);
      expect((await web.get(`/r/${id}/share.png`)).status).toBe(404);
    },
  );

  test("until when an editor decides, and that the date was missed, is public all the same", async () => {
    const { id, page } = await lived("submitted");
    expect(factsOf(page)).toContain("Решение редактора до 16 июля включительно");
    now = new Date("2026-07-16T21:00:00Z");
    const late = await pageOf(id);
    expect(factsOf(late)).toContain("Решение редактора нужно было до 16 июля включительно, его ещё нет");
    expect(late).toMatch(/<div class="late">/);
    expect(factsOf((await lived("rejected")).page)).not.toContain("Решение редактора");
  });

  test.each(["merged out of moderation", "merged from an agency"] as const)(
    "%s leads to the original",
    async (life) => {
      const { page } = await lived(life);
      expect(page).toContain(`<a href="/r/${originalId}"`);
      expect(page).toContain('<meta name="robots" content="noindex"');
    },
  );

  test.each(["999999999", "0", "01", "1e3", "x", "-1", "99999999999999999999"])(
    "a number nobody has is 404: %s",
    async (number) => {
      expect((await web.get(`/r/${number}`)).status).toBe(404);
      expect((await web.get(`/r/${number}/share.png`)).status).toBe(404);
    },
  );

  test("a language nobody speaks here is refused by name", async () => {
    const { status, text } = await web.get(`/r/${originalId}?lang=xx`);
    expect(status).toBe(400);
    expect(text).toContain("<code>lang</code>");
  });
});

describe("people's words", () => {
  test("are text: no markup, no links", async () => {
    const description = `<script>alert(1)</script> https://evil.example/?a=1&b="2" <img src=x onerror=y> [a](http://b.example)`;
    const { id } = await aReport(web.store.db, cast.author, {
      ...{ status: "assigned", description, address: `<b>Улица</b>"` },
      handlingDueAt: WINDOW_ENDS,
    });
    const page = await pageOf(id);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt; https://evil.example");
    expect(page).not.toMatch(/<script>alert|<img src=x|href="https?:\/\/(evil|b)\.|<b>Улица/);
  });
});

test("words in another language than the page's are marked for whoever has it read aloud, and only those", async () => {
  const { id, page } = await lived("answered");
  const english = await pageOf(id, "?lang=en");
  expect(english).toContain('<span lang="ru">Фонарь у подъезда не горит вторую неделю</span>');
  expect(english).toContain('<span lang="ru">Ярцевская улица, 14</span>');
  expect(english).not.toContain('<span lang="en">');
  expect(page).not.toContain("<span lang=");
});

describe("the head of the page", () => {
  test("says what a shared link shows, in the page's language", async () => {
    const { id } = await lived("assigned");
    const page = await pageOf(id, "?lang=en");
    const metaOf = (name: string) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(page)?.[1];
    expect(metaOf("og:title")).toBe(`No. ${id} · Yard lighting out of order`);
    expect(metaOf("og:image")).toBe(`https://otklik.example.org/r/${id}/share.png?lang=en`);
    expect(metaOf("og:image:width")).toBe("1200");
    expect(metaOf("twitter:card")).toBe("summary_large_image");
    expect(metaOf("description")).toContain("in progress · Ярцевская улица, 14");
    expect(page).toContain('<html lang="en">');
  });
});

describe("the picture of a shared link", () => {
  test("is drawn once for all who ask for it at the same time, and again when drawing failed", async () => {
    const { id } = await lived("assigned");
    await aStoredPhoto(web.store.db, files, { reportId: id });
    let reads = 0;
    const counting = {
      ...files,
      read: (name: string) => {
        reads += 1;
        return reads === 1 ? Promise.reject(new Error("The store is away")) : files.read(name);
      },
    };
    const pictures = publicRoutes({ ...web.web, files: counting, log: createLog("silent") });
    expect((await pictures.request(`/r/${id}/share.png`)).status).toBe(500);
    const all = await Promise.all(Array.from({ length: 5 }, async () => pictures.request(`/r/${id}/share.png`)));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(reads).toBe(2);
  });

  test("asked for in a language nobody speaks here is refused by name", async () => {
    const { status, text } = await web.get(`/r/${originalId}/share.png?lang=xx`);
    expect([status, text]).toEqual([400, "Cannot read: lang"]);
  });

  test("is drawn, and only anew when something on it changes", async () => {
    const { id } = await lived("assigned");
    now = hoursAfter(NOON, 5);
    const first = await web.app.request(`/r/${id}/share.png`);
    expect(first.headers.get("content-type")).toBe("image/png");
    expect(first.headers.get("vary")).toContain("Accept-Language");
    const etag = first.headers.get("etag") ?? "";
    const ask = () => web.app.request(`/r/${id}/share.png`, { headers: { "if-none-match": etag } });
    expect((await ask()).status).toBe(304);
    expect((await web.app.request(`/r/${id}/share.png?lang=en`, { headers: { "if-none-match": etag } })).status).toBe(
      200,
    );
    now = new Date("2026-07-28T09:00:00Z");
    expect((await ask()).status).toBe(200);
  });
});

test("the place leads to its district and to the list of what is reported around it", async () => {
  const { id, page } = await lived("assigned");
  expect(page).toContain('href="/d/kuntsevo"');
  const [, around = ""] = /href="(\/\?box=[^"]+)"/.exec(page) ?? [];
  const { status, text } = await web.get(around);
  expect(status).toBe(200);
  expect(text).toContain(`href="/r/${id}"`);
});

test("the sheet to print has the number, the place and a code of this very page", async () => {
  const { id } = await lived("assigned");
  const page = await pageOf(id);
  const sheet = page.slice(page.indexOf('class="sheet"'));
  expect(sheet).toContain(`otklik.example.org/r/${id}`);
  expect(sheet).toMatch(new RegExp(`Сообщение № ${id} · в работе`));
  expect(sheet).toMatch(/<path d="M4 4h7v1h-7z/);
});
