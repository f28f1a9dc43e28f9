import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listHistory } from "../../src/store/queries/history.ts";
import { additions, answers, drafts, grants, reports, residents, votes } from "../../src/store/schema/index.ts";
import { ANNA, BORIS, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { aReport, NOON } from "../support/people.ts";
import { phoneOf } from "../support/resident.ts";

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ roles: { [ANNA]: "operator", [BORIS]: "editor" } });
  for (const person of [ANNA, MARIA, OLGA]) await bot.tell(person, "/start", /Здравствуйте/);
  await bot.tell(BORIS, "/start", /Hello/);
});
afterAll(() => bot.close());

const reportOf = async (id: number) => (await bot.store.db.select().from(reports).where(eq(reports.id, id)))[0];
const personOf = async (id: number) => {
  const authorId = (await reportOf(id))?.authorId ?? 0;
  return (await bot.store.db.select().from(residents).where(eq(residents.id, authorId)))[0];
};
const operatorsDraft = async () =>
  (
    await bot.store.db
      .select()
      .from(drafts)
      .where(eq(drafts.residentId, bot.residentId(ANNA)))
  )[0];

/** The form from the first question to the number that is read out. */
const fillIn = async (): Promise<number> => {
  const anna = phoneOf(bot, ANNA);
  const topics = await anna.sendPhotos(/Это про что-то из этого/, 1, "Яма на дороге у школы, уже пробил колесо");
  await anna.press(topics, "Ямы", /Где это/);
  const check = await anna.sendLocation(/Проверьте/);
  const sent = await anna.press(check, "Отправить", /Продиктуйте человеку номер: \d+/);
  return Number(/номер: (\d+)/.exec(textOf(sent))?.[1]);
};

const published = async (): Promise<number> => {
  const id = await fillInFor("Пётр Дятлов, +7 916 000-00-09");
  const dates = { handlingDueAt: NOON, firstDueAt: NOON, assignedAt: NOON, answeredAt: NOON, publishedAt: NOON };
  const dueAt = new Date("2026-07-25T21:00:00.000Z");
  const change = { status: "published", agencyId: "roads", dayCount: 8, dueAt, ...dates } as const;
  await bot.store.db.update(reports).set(change).where(eq(reports.id, id));
  const answer = { draftId: randomUUID(), reportId: id, cycle: 1, kind: "fixed", state: "accepted" } as const;
  const said = {
    agencyId: "roads",
    officerId: bot.residentId(OLGA),
    words: "Яму засыпали",
    sentAt: NOON,
    decidedAt: NOON,
  };
  await bot.store.db.insert(answers).values({ ...answer, ...said });
  return id;
};

const fillInFor = async (contact: string): Promise<number> => {
  await bot.tell(ANNA, `/intake ${contact}`, /Что случилось/);
  return fillIn();
};

describe("/intake", () => {
  test("files for a person without Telegram: their report, the operator's hand, the same form", async () => {
    const asked = await bot.tell(ANNA, "/intake", /имя и телефон одним сообщением/);
    // Read aloud: it names what is kept of them, and no command they cannot type.
    expect(textOf(asked)).toMatch(/имя, телефон[^]*Вы согласны\?/);
    expect(textOf(asked)).not.toMatch(/Telegram-идентификатор|\/forget/);
    await bot.tell(ANNA, "Анна Петрова", /Нужны имя и один телефон[^]*\+7 916 123-45-67/);
    const after = bot.messenger.lastEventId();
    await bot.tell(ANNA, "Зоя Совина, +7 916 555-01-99", /Записал: Зоя Совина, \+79165550199/);
    await bot.hear(ANNA, /Что случилось/, after);
    expect(await bot.store.db.$count(residents, eq(residents.phone, "+79165550199"))).toBe(0);
    const id = await fillIn();
    expect(await reportOf(id)).toMatchObject({ operatorId: bot.residentId(ANNA), status: "submitted" });
    expect(await personOf(id)).toMatchObject({
      name: "Зоя Совина",
      phone: "+79165550199",
      telegramId: null,
      consentVersion: 1,
    });
    expect(await operatorsDraft()).toBeUndefined();
    const [submitted] = await listHistory(bot.store.db, id);
    expect(submitted).toMatchObject({ kind: "submitted", actorRole: "operator", name: "Анна" });

    // Who calls again is the same person.
    const again = await fillInFor("зоя совина, +79165550199");
    expect((await personOf(again))?.id).toBe((await personOf(id))?.id);
  });

  test("keeps name and phone to editors, operators and admins, and each look is an event", async () => {
    const id = await fillInFor("Клим Галкин, +7 916 555-02-99");
    for (const person of [ANNA, OLGA]) {
      const card = await bot.tell(person, `/report ${id}`, /История/);
      expect(textOf(card)).toMatch(/Автор: Клим Галкин\s+Телефон: \+79165550299/);
    }
    await bot.tell(BORIS, `/report ${id}`, /Клим Галкин[^]*Phone: \+79165550299/);
    await bot.tell(MARIA, `/report ${id}`, /для сотрудников/);
    await bot.tell(MARIA, `/myreports ${id}`, /./);
    expect(bot.messenger.messages(MARIA).map(textOf).join()).not.toMatch(/Галкин|5550299/);
    const views = (await listHistory(bot.store.db, id)).filter(({ kind }) => kind === "viewed");
    expect(views.map(({ actorRole }) => actorRole)).toEqual(["operator", "admin", "editor"]);
    // Whoever wrote in Telegram is none of an operator's people.
    const own = await aReport(bot.store.db, bot.residentId(MARIA));
    await bot.tell(ANNA, `/report ${own.id}`, /прислал сам[^]*людей без Телеграма/);
  });

  test("shows operators no buttons of the editors', and an operator of its agency the agency's card without a name", async () => {
    const id = await fillInFor("Нил Сойкин, +7 916 555-06-99");
    const card = await bot.tell(ANNA, `/report ${id}`, /Автор: Нил Сойкин/);
    expect(labelsOf(card)).toEqual([]);
    expect(labelsOf(await bot.tell(OLGA, `/report ${id}`, /Автор: Нил Сойкин/)).length).toBeGreaterThan(2);
    const dates = { handlingDueAt: NOON, firstDueAt: NOON, assignedAt: NOON };
    const assigned = { status: "assigned", agencyId: "roads", dayCount: 8, dueAt: NOON, ...dates } as const;
    await bot.store.db.update(reports).set(assigned).where(eq(reports.id, id));
    const insider = { residentId: bot.residentId(ANNA), role: "officer", agencyId: "roads", grantedAt: NOON } as const;
    const [added] = await bot.store.db.insert(grants).values(insider).returning({ id: grants.id });
    const task = await bot.tell(ANNA, `/report ${id}`, new RegExp(`№ ${id}\\b`));
    expect(textOf(task)).not.toMatch(/Сойкин|5550699/);
    expect(labelsOf(task).flat()).toContainEqual(expect.stringContaining("Ответить"));
    await bot.store.db.delete(grants).where(eq(grants.id, added?.id ?? 0));
    await bot.tell(ANNA, `/report ${id}`, /Автор: Нил Сойкин/);
  });

  test("with name and phone at once reminds of what the person has to hear", async () => {
    const begun = await bot.tell(ANNA, "/intake Ян Стрижов, +7 916 555-07-99", /Записал: Ян Стрижов/);
    expect(textOf(begun)).toMatch(/имя, телефон[^]*Вы согласны\?/);
    const asked = await bot.tell(ANNA, "/cancel", /Удалить черновик\?/);
    await bot.press(ANNA, asked, "Удалить");
  });

  test("begins nothing beside another draft, and /cancel forgets name and phone", async () => {
    await bot.tell(ANNA, "/intake Лев Чижов, +7 916 555-03-99", /Что случилось/);
    await bot.tell(ANNA, "/new", /Для: Лев Чижов/);
    await bot.tell(ANNA, "Яма во дворе у гаражей, машины объезжают по газону", /./);
    await bot.tell(ANNA, "/intake Ия Чижова, +7 916 555-04-99", /начато другое сообщение/);
    expect((await operatorsDraft())?.intake).toMatchObject({ name: "Лев Чижов" });
    const asked = await bot.tell(ANNA, "/cancel", /Удалить черновик\?/);
    await bot.press(ANNA, asked, "Удалить");
    expect(await operatorsDraft()).toBeUndefined();
    expect(await bot.store.db.$count(residents, eq(residents.name, "Лев Чижов"))).toBe(0);
  });

  test("is nothing for residents, nor for one who is an operator no more", async () => {
    await bot.tell(MARIA, "/intake Анна, +79160000000", /для сотрудников/);
    await bot.tell(BORIS, "/word 1 fixed", /for staff/);
  });
});

describe("/word", () => {
  test("counts as the author's vote, once, with whoever noted it", async () => {
    const id = await published();
    await bot.tell(ANNA, `/word ${id} устранено`, /по словам автора, № \d+ устранено/);
    await bot.tell(ANNA, `/word ${id} не устранено Всё ещё яма`, /уже записано/);
    const authorId = (await reportOf(id))?.authorId;
    const cast = await bot.store.db.select().from(votes).where(eq(votes.reportId, id));
    expect(cast).toMatchObject([
      { voterId: authorId, kind: "author", value: "confirmation", recordedById: bot.residentId(ANNA) },
    ]);
  });

  test("needs a word to refute, and then disputes the report at once", async () => {
    const id = await published();
    await bot.tell(ANNA, `/word ${id} не устранено`, new RegExp(`хотя бы слово[^]*/word ${id} не устранено Лампа`));
    expect((await reportOf(id))?.status).toBe("published");
    await bot.tell(ANNA, `/word ${id} не устранено Яма на месте`, /уходит на проверку/);
    expect((await reportOf(id))?.status).toBe("disputed");
  });

  test("«не устранено» of a report that was closed contests it, in time and with a reason", async () => {
    const id = await published();
    const closed = { status: "closed", outcome: "unverified", dueAt: null } as const;
    await bot.store.db.update(reports).set(closed).where(eq(reports.id, id));
    await bot.tell(ANNA, `/word ${id} не устранено`, /хотя бы слово/);
    expect((await reportOf(id))?.status).toBe("closed");
    await bot.tell(ANNA, `/word ${id} не устранено Снова яма`, /снова на контроле/);
    expect((await reportOf(id))?.status).toBe("disputed");
    await bot.store.db
      .update(reports)
      .set({ ...closed, publishedAt: new Date("2026-06-01T09:00:00.000Z") })
      .where(eq(reports.id, id));
    await bot.tell(ANNA, `/word ${id} не устранено Опять яма`, /можно было до 11 июня/);
    expect((await reportOf(id))?.status).toBe("closed");
  });

  test("is otherwise added to the report, as the author's own words", async () => {
    const id = await fillInFor("Анфиса Дроздова, +7 916 555-05-99");
    await bot.tell(ANNA, `/word ${id} Напротив второго подъезда`, /увидит тот, чей сейчас ход/);
    const said = await bot.store.db.select().from(additions).where(eq(additions.reportId, id));
    expect(said).toMatchObject([
      { kind: "addition", words: "Напротив второго подъезда", authorId: (await reportOf(id))?.authorId },
    ]);
  });

  test.each([
    ["no number", "/word устранено", /например:\s+\/word 15/],
    ["no words", "/word 1", /например:\s+\/word 15/],
    ["a number nobody has", "/word 999999 устранено", /Сообщения № 999999 нет/],
  ])("with %s says so with an example", async (_what, text, answer) => {
    await bot.tell(ANNA, text, answer);
  });

  test("of a report sent from Telegram is refused", async () => {
    const own = await aReport(bot.store.db, bot.residentId(MARIA));
    await bot.tell(ANNA, `/word ${own.id} устранено`, /за себя автор говорит сам/);
  });
});

describe("staff who are no residents", () => {
  test("are led to what is theirs by whatever they write, and asked for consent only when they begin a report", async () => {
    for (const typed of ["/start", "Добрый день, где мои сообщения?"]) {
      const led = await bot.tell(ANNA, typed, /вы здесь по работе/);
      expect(textOf(led)).toMatch(/оператор[^]*\/intake[^]*\/word[^]*\/help[^]*\/new/);
      expect(textOf(led)).not.toMatch(/\/queue|\/checks|\/staff/);
      expect(labelsOf(led)).toEqual([]);
    }
    await bot.tell(BORIS, "Good morning", /on duty[^]*\/queue/);
    await phoneOf(bot, ANNA).sendPhotos(/вы здесь по работе/, 1, "Яма во дворе");
    const asked = await bot.tell(ANNA, "/new", /Здравствуйте/);
    expect(labelsOf(asked).flat()).toContainEqual(expect.stringContaining("согласие"));
    // A resident who holds no role is greeted as ever.
    expect(textOf(await bot.tell(MARIA, "Добрый день", /Здравствуйте/))).not.toContain("по работе");
  });
});

describe("invitations", () => {
  test("make operators and inspectors, who are told what is theirs", async () => {
    for (const [word, role] of [
      ["operator", /\/intake/],
      ["инспектора", /\/checks/],
    ] as const) {
      const link = await bot.tell(OLGA, `/invite ${word}`, /start inv-/);
      const start = /\/start inv-\S+/.exec(textOf(link))?.[0] ?? "";
      await bot.tell(MARIA, start, role);
    }
    await bot.tell(MARIA, "/intake", /имя и телефон/);
    await bot.tell(MARIA, "/cancel", /./);
  });
});
