/** The check of an answer over the wire: votes, refutations, decisions, objections, in Russian and English. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordAll } from "../../../src/actions/record.ts";
import type { Photo } from "../../../src/form/draft.ts";
import type { PageMessage } from "../../../src/local-telegram/page-api.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { ANNA, BORIS, dataOf, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { AGENCY, aCast, answer, aPublished, publish, PUBLISHED, type Cast } from "../../support/check.ts";
import { storedReport } from "../../support/deps.ts";
import { aReport, hoursAfter } from "../../support/people.ts";
import { phoneOf } from "../../support/resident.ts";

let bot: RunningBot;
let cast: Cast;
let afterPhotos: Photo[];

beforeAll(async () => {
  bot = await startBot({ roles: { [ANNA]: "inspector" } });
  cast = { ...(await aCast(bot)), authorId: bot.residentId(MARIA) };
  bot.travel(PUBLISHED);
  // Nobody can be written to who never wrote.
  for (const person of [ANNA, BORIS, OLGA]) await bot.tell(person, "/start", /Здравствуйте|Hello/);
  afterPhotos = await bot.photograph(1);
});
afterAll(() => bot.close());

const statusOf = async ({ id }: ReportRow) => (await storedReport(bot.deps, id)).status;

/** Every report is somewhere else, or the third dispute would go to an editor. */
let places = 0;
const elsewhere = () => ({ lat: 55.73, lon: 37.42 + 0.005 * (places += 1) });

/** An answer that was just published, and the message about it in Мария's chat. */
const anAnswer = async (
  how: Parameters<typeof aPublished>[2] = {},
): Promise<{ report: ReportRow; notice: PageMessage }> => {
  const after = bot.messenger.lastEventId();
  const report = await aPublished(bot.deps, cast, { photos: afterPhotos, differs: elsewhere(), ...how });
  return { report, notice: await bot.hear(MARIA, new RegExp(`№ ${report.id}\\b.*служба пишет`), after) };
};

/** The same, refuted by Мария in words. */
const aDispute = async (): Promise<{ report: ReportRow; card: PageMessage }> => {
  const { report, notice } = await anAnswer();
  const maria = phoneOf(bot, MARIA);
  await maria.press(notice, "Не устранено", /Что не так с № \d+/);
  const after = bot.messenger.lastEventId();
  await maria.say("Лампа так и не горит", /на контроле\. Решит инспектор до 20 июля/);
  return { report, card: await bot.hear(ANNA, new RegExp(`№ ${report.id}\\b.*оспорен`), after) };
};

describe("a published answer", () => {
  test("arrives with its words, its photo and two buttons; «устранено» is counted, and a second press is told so", async () => {
    const { report, notice } = await anAnswer();
    expect(textOf(notice)).toContain("Лампу заменили, фонарь горит");
    expect(textOf(notice)).toContain("до 25 июля включительно");
    expect(notice.reply_to_message?.photo).toBeDefined();
    expect(labelsOf(notice)).toEqual([["✅ Устранено", "❌ Не устранено"]]);
    const data = dataOf(notice, "✅ Устранено");
    expect(await bot.pressData(MARIA, notice, data)).toEqual({ text: "Спасибо, учтено", alert: false });
    expect(textOf(bot.look(notice))).toContain("ваш голос учтён");
    expect(labelsOf(bot.look(notice))).toEqual([]);
    const again = await bot.pressData(MARIA, notice, data);
    expect(again).toEqual({ text: "Ваш голос уже учтён: устранено.", alert: true });
    expect(await statusOf(report)).toBe("published");
  });

  test("is closed by its author and a follower, each told in their language", async () => {
    const boris = phoneOf(bot, BORIS);
    const after = bot.messenger.lastEventId();
    const { report, notice } = await anAnswer({ followedBy: [bot.residentId(BORIS)] });
    const his = await bot.hear(BORIS, new RegExp(`No\\. ${report.id}\\b.*says it is fixed`), after);
    expect(labelsOf(his)).toEqual([["✅ Fixed", "❌ Not fixed"]]);
    await bot.press(MARIA, notice, "✅ Устранено");
    const closing = bot.messenger.lastEventId();
    await boris.press(his, "✅ Fixed", /your vote was the one still needed/);
    const told = await bot.hear(MARIA, new RegExp(`№ ${report.id}\\b.*закрыто: устранено`), closing);
    expect(textOf(told)).toContain("Подтвердили автор и ещё 1 человек.");
    expect(labelsOf(told)).toEqual([["✋ Не согласиться с итогом"]]);
    expect(await statusOf(report)).toBe("closed");
  });

  test("that it cannot be fixed asks whether that is accepted", async () => {
    const { notice } = await anAnswer({ kind: "cannot_fix" });
    expect(labelsOf(notice)).toEqual([["👍 Согласиться", "✋ Не согласиться"]]);
  });
});

describe("two reminders in one message", () => {
  test("«устранено» for one report leaves the other its words and its buttons", async () => {
    const [{ report: first }, { report: second }] = [await anAnswer(), await anAnswer()];
    const after = bot.messenger.lastEventId();
    const reminder = {
      actorId: null,
      actorRole: "clock",
      kind: "check_reminder",
      data: { due: "2026-07-25" },
    } as const;
    const facts = [first, second].map((report) => ({ ...reminder, report }));
    await bot.store.db.transaction((tx) => recordAll(tx, bot.deps, facts, PUBLISHED));
    const both = await bot.hear(MARIA, /2 новости для вас/, after);
    await bot.press(MARIA, both, `№ ${first.id} · ✅ Устранено`);
    await bot.hear(MARIA, new RegExp(`№ ${first.id}\\b.*ваш голос учтён`), after);
    expect(textOf(bot.look(both))).toBe(textOf(both));
    expect(labelsOf(bot.look(both))).toEqual([[`№ ${second.id} · ✅ Устранено`], [`№ ${second.id} · ❌ Не устранено`]]);
    await bot.press(MARIA, bot.look(both), `№ ${second.id} · ✅ Устранено`);
    expect(textOf(bot.look(both))).toMatch(new RegExp(`№ ${second.id}\\b.*ваш голос учтён`));
    expect(labelsOf(bot.look(both))).toEqual([]);
  });
});

describe("«не устранено»", () => {
  test("asks for a word or a photo, and the next message is that: the report is disputed and nothing new begins", async () => {
    const { report } = await aDispute();
    expect(await statusOf(report)).toBe("disputed");
    await phoneOf(bot, MARIA).say("/draft", /Черновика нет/);
  });

  test("takes an album: its first photo disputes, the rest joins it, and no report begins", async () => {
    const { report, notice } = await anAnswer();
    const maria = phoneOf(bot, MARIA);
    await maria.press(notice, "Не устранено", /Что не так/);
    await maria.sendPhotos(/на контроле/, 3, "Вот так сейчас");
    await maria.say("/draft", /Черновика нет/);
    const photos = await bot.store.db.query.photos.findMany({
      where: (p, { and, eq: is, isNotNull }) => and(is(p.reportId, report.id), isNotNull(p.additionId)),
    });
    expect(photos).toHaveLength(3);
  });

  test("can be taken back before anything is said, and then a message is a report again", async () => {
    const { report, notice } = await anAnswer();
    const maria = phoneOf(bot, MARIA);
    const asked = await maria.press(notice, "Не устранено", /Что не так/);
    await maria.press(asked, "Отмена", /ничего не изменилось/);
    expect(await statusOf(report)).toBe("published");
  });

  test.for([
    ["a sticker", "sticker"],
    ["a voice message", "voice"],
  ] as const)("asks again when it gets %s", async ([, kind]) => {
    const { report, notice } = await anAnswer();
    const maria = phoneOf(bot, MARIA);
    await maria.press(notice, "Не устранено", /Что не так/);
    await maria.sendOther(kind, /Пришлите, пожалуйста, фото или текст/);
    await maria.say("Не горит", /на контроле/);
    expect(await statusOf(report)).toBe("disputed");
  });

  test("is still asked after the menu or a command led elsewhere only when asked anew", async () => {
    const { report, notice } = await anAnswer();
    const maria = phoneOf(bot, MARIA);
    await maria.press(notice, "Не устранено", /Что не так/);
    await maria.say("/help", /Отклик/);
    await maria.say("Спасибо большое", /./);
    expect(await statusOf(report)).toBe("published");
  });
});

describe("an inspector", () => {
  test("gets a card without votes, reopens with a photo and words, and everybody hears the new date", async () => {
    const { report, card } = await aDispute();
    expect(textOf(card)).toContain("— Лампа так и не горит");
    expect(textOf(card)).not.toMatch(/[Гг]олос/);
    expect(labelsOf(card)).toEqual([
      ["✅ Ответ верен, закрыть"],
      ["↩️ Не устранено, вернуть службе"],
      ["Подробно, с фото «до»"],
    ]);
    const anna = phoneOf(bot, ANNA);
    const detail = await anna.press(card, "Подробно", /Голоса/);
    expect(textOf(detail)).toContain("устранено — 0, не устранено — 1");
    expect(textOf(detail)).toContain("ответ оспорен");
    const asked = bot.messenger.lastEventId();
    await anna.press(card, "вернуть службе", /что осталось сделать/);
    await anna.sendPhotos(/Теперь нужны слова/, 1);
    await anna.say("Патрон пуст, лампы нет", /возвращено службе, срок — до 21 июля/);
    const told = await bot.hear(MARIA, new RegExp(`№ ${report.id}\\b.*возвращено в работу`), asked);
    expect(textOf(told)).toContain("Патрон пуст, лампы нет");
    expect(textOf(told)).toContain("до 21 июля включительно");
    expect(told.reply_to_message?.photo).toBeDefined();
    await bot.hear(ANNA, new RegExp(`№ ${report.id} · возвращено службе`), asked);
    expect(labelsOf(bot.look(card))).toEqual([]);
  });

  test("lists what waits, the nearest first once they say where they are, and by district", async () => {
    const { report } = await aDispute();
    const anna = phoneOf(bot, ANNA);
    await anna.say("/checks Крылатское", /Спорных сообщений нет/);
    await anna.say("/checks Нигде", /Не знаю района «Нигде»/);
    const list = await anna.say("/checks Кунцево", new RegExp(`№ ${report.id}\\b`));
    const card = await anna.press(list, `№ ${report.id}`, /Голоса/);
    expect(textOf(card)).toContain("Лампа так и не горит");
    await anna.say("/checks", /Пришлите, где вы/);
    const near = await anna.sendLocation(/Ждёт решения|Ждут решения/, { lat: 55.731, lon: report.lon ?? 0 });
    expect(textOf(near).split("\n\n")[1]).toMatch(new RegExp(`№ ${report.id}\\b.*\n.* · 110 м · до 20 июля`));
  });

  test("of two who decide, the later is told who was quicker; a stranger's press does nothing", async () => {
    const { report, card } = await aDispute();
    const anna = phoneOf(bot, ANNA);
    const asked = await anna.press(card, "Ответ верен", /почему ответ верен/);
    expect(labelsOf(asked)).toEqual([["Отмена"]]);
    const data = dataOf(card, "Ответ верен");
    const byMaria = await bot.tell(MARIA, "/start", /С возвращением|Здравствуйте/);
    expect(await bot.pressData(MARIA, byMaria, data)).toMatchObject({ alert: true });
    await anna.sendPhotos(/закрыто: ответ подтверждён/, 1, "Проверил: горит");
    expect(await bot.pressData(ANNA, card, data)).toMatchObject({
      text: expect.stringContaining("уже решено"),
      alert: true,
    });
    expect(await storedReport(bot.deps, report.id)).toMatchObject({ status: "closed", outcome: "answer_upheld" });
  });
});

describe("a card of a dispute", () => {
  test.for([
    ["submitted", {}],
    ["rejected", { status: "rejected", dueAt: null }],
    ["published", { status: "published" }],
  ] as const)(
    "is not shown of a report that is %s and never was disputed, whatever a button says",
    async ([, differs]) => {
      const { card } = await aDispute();
      const other = await aReport(bot.store.db, bot.residentId(MARIA), differs);
      const heard = bot.messenger.messages(ANNA).length;
      for (const number of [other.id, 999_999]) {
        expect(await bot.pressData(ANNA, card, `g:check:${number}`)).toEqual({
          text: expect.stringMatching(/кнопк/i),
          alert: false,
        });
      }
      expect(bot.messenger.messages(ANNA)).toHaveLength(heard);
    },
  );

  test("shows no votes to an inspector who has a part in the answer", async () => {
    const { report, card } = await aDispute();
    const annaId = bot.residentId(ANNA);
    const insider = { residentId: annaId, role: "officer", agencyId: AGENCY, grantedAt: PUBLISHED } as const;
    const [added] = await bot.store.db.insert(grants).values(insider).returning({ id: grants.id });
    try {
      const detail = await phoneOf(bot, ANNA).press(card, "Подробно", /История/);
      expect(textOf(detail)).not.toMatch(/[Гг]олоса/);
      expect(await bot.press(ANNA, card, "Ответ верен")).toEqual({
        text: "Вы работаете в службе, которая отвечала, поэтому проверить её ответ должен кто-то другой.",
        alert: true,
      });
      await bot.tell(ANNA, "/checks", new RegExp(`^(?![^]*№ ${report.id}\\b)[^]*$`));
    } finally {
      await bot.store.db.delete(grants).where(eq(grants.id, added?.id ?? 0));
    }
  });
});

test("its author contests a closed report, which is disputed again", async () => {
  const { report, card } = await aDispute();
  const anna = phoneOf(bot, ANNA);
  await anna.press(card, "Ответ верен", /почему ответ верен/);
  const after = bot.messenger.lastEventId();
  await anna.sendPhotos(/ответ подтверждён/, 1, "Проверил: горит");
  const closed = await bot.hear(MARIA, new RegExp(`№ ${report.id}\\b.*проверен и подтверждён`), after);
  const maria = phoneOf(bot, MARIA);
  await maria.press(closed, "Не согласиться", /С чем вы не согласны/);
  await maria.say("Снова погасла", /снова открыто и на контроле/);
  expect(await statusOf(report)).toBe("disputed");
});

describe("nobody but inspectors sees a vote", () => {
  test("every card, page and history reads the same before and after one, and nobody is written to", async () => {
    const after = bot.messenger.lastEventId();
    const { report, notice } = await anAnswer({ followedBy: [bot.residentId(BORIS)] });
    const his = await bot.hear(BORIS, new RegExp(`No\\. ${report.id}\\b`), after);
    const views = async (): Promise<string[]> => {
      const maria = await bot.tell(MARIA, `/myreports ${report.id}`, new RegExp(`№ ${report.id}\\b`));
      const anna = await bot.tell(ANNA, `/myreports ${report.id}`, new RegExp(`№ ${report.id}\\b`));
      const olga = await bot.tell(OLGA, `/report ${report.id}`, new RegExp(`№ ${report.id}\\b`));
      // Each of Ольга's own looks is told to the next one.
      return [maria, anna, olga].map((card) => textOf(card).replaceAll(/\n.*открыто целиком \(Ольга\)$/gm, ""));
    };
    const before = await views();
    const chats = [BORIS, OLGA];
    const heard = chats.map((chatId) => bot.messenger.messages(chatId).length);
    await bot.press(BORIS, his, "✅ Fixed");
    expect(await views()).toEqual(before);
    await bot.press(MARIA, notice, "Не устранено");
    expect(await views()).toEqual(before);
    // Ольга asked twice and was answered twice; nothing else was said to anybody.
    const since = chats.map((chatId, index) => bot.messenger.messages(chatId).length - (heard[index] ?? 0));
    expect(since).toEqual([0, 4]);
  });
});

test("a second cycle's answer is asked about anew", async () => {
  const { report, card } = await aDispute();
  const anna = phoneOf(bot, ANNA);
  await anna.press(card, "вернуть службе", /что осталось сделать/);
  await anna.sendPhotos(/возвращено службе/, 1, "Темно");
  const after = bot.messenger.lastEventId();
  await answer(bot.deps, cast, report.id, "fixed", hoursAfter(PUBLISHED, 1), afterPhotos);
  await publish(bot.deps, cast, report.id, PUBLISHED);
  const notice = await bot.hear(MARIA, new RegExp(`№ ${report.id}\\b.*служба пишет`), after);
  expect(await bot.press(MARIA, notice, "✅ Устранено")).toMatchObject({ text: "Спасибо, учтено" });
});
