/** What a resident chooses for themselves: language, quiet hours, and which of their reports is muted. */
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { muteReport } from "../../src/actions/mute-report.ts";
import { retryNotices } from "../../src/actions/retry-notices.ts";
import { mutes, notices, residents } from "../../src/store/schema/index.ts";
import { ANNA, BORIS, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { hoursAfter, NOON } from "../support/people.ts";

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ roles: { [ANNA]: "editor" } });
  for (const person of [MARIA, ANNA, OLGA, BORIS]) await bot.tell(person, "/start", /\S/);
});
afterAll(() => bot.close());
beforeEach(() => bot.travel(NOON));

const NIGHT_AT = hoursAfter(NOON, 12);
const choose = async (label: string) => {
  const settings = await bot.tell(MARIA, "/settings", /Настройки/);
  await bot.press(MARIA, settings, "Тихие часы");
  const toast = await bot.press(MARIA, bot.look(settings), label);
  return { settings: bot.look(settings), toast };
};
const hours = async () => {
  const [row] = await bot.store.db.select().from(residents).where(eq(residents.telegramId, MARIA));
  return [row?.quietFrom, row?.quietUntil];
};
const waiting = async (reportId: number, kind: string) => {
  const which = and(eq(notices.reportId, reportId), eq(notices.kind, kind), eq(notices.chatId, MARIA));
  return (await bot.store.db.select().from(notices).where(which))[0];
};

describe("/settings", () => {
  test("shows language, quiet hours and how news comes, each behind one button, in the reader's language", async () => {
    const settings = await bot.tell(MARIA, "/settings", /Настройки/);
    expect(textOf(settings)).toContain("Язык: Русский\nТихие часы: с 22:00 до 08:00.");
    expect(labelsOf(settings)).toEqual([["🌐 Язык"], ["🌙 Тихие часы"], ["📬 Сводкой раз в день"]]);
    expect(textOf(await bot.tell(BORIS, "/settings", /Settings/))).toContain("Language: English");
    const heard = bot.hear(MARIA, /На каком языке/);
    await bot.press(MARIA, settings, "Язык");
    const languages = await heard;
    await bot.press(MARIA, languages, "English");
    expect(textOf(await bot.tell(MARIA, "/settings", /Settings/))).toContain("Language: English");
    await bot.press(MARIA, languages, "Русский");
  });

  test("takes another window, which the list then marks", async () => {
    const { settings, toast } = await choose("23:00–10:00");
    expect(toast.text).toBe("Запомнил");
    expect(textOf(settings)).toContain("с 23:00 до 10:00");
    expect(await hours()).toEqual([23, 10]);
    await bot.press(MARIA, settings, "Тихие часы");
    expect(labelsOf(bot.look(settings)).flat()).toContain("✓ 23:00–10:00");
    await bot.press(MARIA, bot.look(settings), "Назад");
    expect(textOf(bot.look(settings))).toContain("Настройки");
  });

  test("without quiet hours a decision at night is told at night; with them in the morning", async () => {
    await choose("22:00–08:00");
    bot.travel(NIGHT_AT);
    const { id } = await bot.file();
    await bot.tell(ANNA, `/accept ${id}`, /передано/);
    expect(await waiting(id, "assigned")).toMatchObject({ dueAt: new Date("2026-07-16T08:00:00+03:00") });
    // What waits already does not wait any longer.
    await choose("Без тихих часов");
    expect(await hours()).toEqual([null, null]);
    await bot.settle();
    expect(await waiting(id, "assigned")).toMatchObject({ state: "sent" });
    const { id: second } = await bot.file();
    await bot.tell(ANNA, `/accept ${second}`, /передано/);
    expect(await waiting(second, "assigned")).toMatchObject({ dueAt: NIGHT_AT });
    await choose("22:00–08:00");
  });

  test("keeps what /retry sends again out of one's own quiet hours", async () => {
    const { id } = await bot.file();
    await bot.tell(ANNA, `/accept ${id}`, /передано/);
    await bot.settle();
    await choose("23:00–10:00");
    const failed = { state: "undeliverable", failure: "Bad Request: something", settledAt: NOON } as const;
    const which = and(eq(notices.reportId, id), eq(notices.kind, "assigned"));
    await bot.store.db.update(notices).set(failed).where(which);
    await retryNotices(bot.deps, { actorId: bot.residentId(OLGA) }, NIGHT_AT);
    expect(await waiting(id, "assigned")).toMatchObject({ dueAt: new Date("2026-07-16T10:00:00+03:00") });
    await choose("22:00–08:00");
  });

  test("takes no hours that nobody offers", async () => {
    const settings = await bot.tell(MARIA, "/settings", /Настройки/);
    for (const forged of ["5-5", "22-99", "", "no"]) {
      expect((await bot.pressData(MARIA, settings, `g:quiet:${forged}`)).text).not.toBe("Запомнил");
    }
    expect(await hours()).toEqual([22, 8]);
  });
});

describe("a digest instead of single news", () => {
  const turn = async (label: string) => {
    const settings = await bot.tell(MARIA, "/settings", /Настройки/);
    const toast = await bot.press(MARIA, settings, label);
    return { text: textOf(bot.look(settings)), labels: labelsOf(bot.look(settings)).flat(), toast };
  };
  const assigned = async () => {
    const { id } = await bot.file();
    await bot.tell(ANNA, `/accept ${id}`, /передано/);
    return id;
  };

  test("says when it comes and what does not wait for it, and is turned off where it was turned on", async () => {
    const on = await turn("Сводкой раз в день");
    expect(on.toast.text).toBe("Запомнил");
    expect(on.text).toContain("сводкой раз в день, в 09:00. Сразу напишу только о том");
    expect(on.labels).toContain("📬 Каждую новость сразу");
    expect(textOf((await choose("23:00–10:00")).settings)).toContain("сводкой раз в день, в 10:00");
    await choose("22:00–08:00");
    const off = await turn("Каждую новость сразу");
    expect(off.text).toContain("Новости: каждая сразу.");
    expect(off.labels).toContain("📬 Сводкой раз в день");
  });

  test("brings the news of all reports next morning in one message, and a question at once", async () => {
    await turn("Сводкой раз в день");
    const [first, second] = [await assigned(), await assigned()];
    const { id: asked } = await bot.file();
    await bot.tell(ANNA, `/ask ${asked} У какого подъезда?`, /вопрос отправлен/);
    await bot.settle();
    expect(await waiting(asked, "question")).toMatchObject({ state: "sent" });
    const morning = new Date("2026-07-16T09:00:00+03:00");
    for (const id of [first, second]) {
      expect(await waiting(id, "assigned")).toMatchObject({ state: "waiting", dueAt: morning });
    }
    const digest = bot.hear(MARIA, /2 новости для вас/);
    bot.travel(morning);
    await bot.settle();
    const news = await digest;
    expect(textOf(news)).toMatch(new RegExp(`№ ${first} .*№ ${second} `, "su"));
    expect(await waiting(second, "assigned")).toMatchObject({ state: "sent", settledAt: morning });
    // Whoever replies to it is asked what they mean, and begins no new report.
    await bot.tell(MARIA, "А когда?", /сразу о нескольких/, { replyTo: news.message_id });
    bot.travel(NOON);
    await turn("Каждую новость сразу");
  });

  test("turned off lets what waits come at once", async () => {
    await turn("Сводкой раз в день");
    const id = await assigned();
    const heard = bot.hear(MARIA, new RegExp(`Сообщение № ${id} .* передано`));
    await turn("Каждую новость сразу");
    await bot.settle();
    await heard;
    expect(await waiting(id, "assigned")).toMatchObject({ state: "sent" });
  });

  test("takes no choice that nobody offers", async () => {
    const settings = await bot.tell(MARIA, "/settings", /Настройки/);
    for (const forged of ["", "yes"]) {
      expect((await bot.pressData(MARIA, settings, `g:digest:${forged}`)).text).not.toBe("Запомнил");
    }
  });
});

describe("a muted report", () => {
  const mute = async (id: number) => {
    const card = await bot.tell(MARIA, `/myreports ${id}`, /Что было/);
    expect((await bot.press(MARIA, card, "Без звука")).text).toBe("Напишу, только если понадобитесь вы");
    return card;
  };

  test("is muted on its card and unmuted there", async () => {
    const { id } = await bot.file();
    const card = await mute(id);
    expect(textOf(bot.look(card))).toContain("🔕 Без звука: напишу, только когда");
    await bot.press(MARIA, bot.look(card), "Снова рассказывать");
    expect(textOf(bot.look(card))).not.toContain("🔕");
    expect(await bot.store.db.$count(mutes)).toBe(0);
    await bot.tell(ANNA, `/accept ${id}`, /передано/);
    expect(await waiting(id, "assigned")).toBeDefined();
  });

  test("says nothing of being passed on, and asks all the same", async () => {
    const { id } = await bot.file();
    await mute(id);
    await bot.tell(ANNA, `/ask ${id} У какого подъезда?`, /вопрос отправлен/);
    await bot.settle();
    expect(await waiting(id, "question")).toMatchObject({ state: "sent" });
    const { id: second } = await bot.file();
    await mute(second);
    await bot.tell(ANNA, `/accept ${second}`, /передано/);
    expect(await waiting(second, "assigned")).toBeUndefined();
    expect(await waiting(second, "author_card")).toBeDefined();
  });

  test("takes back what waits for the morning", async () => {
    bot.travel(NIGHT_AT);
    const { id } = await bot.file();
    await bot.tell(ANNA, `/accept ${id}`, /передано/);
    await mute(id);
    expect(await waiting(id, "assigned")).toMatchObject({ state: "dropped" });
  });

  test("is its author's alone to mute", async () => {
    const { id } = await bot.file();
    const someone = await bot.tell(BORIS, "/settings", /Settings/);
    await bot.pressData(BORIS, someone, `g:mute:${id}`);
    const refused = await muteReport(
      bot.deps,
      { residentId: bot.residentId(BORIS), reportId: id, isMuted: true },
      NOON,
    );
    expect(refused).toEqual({ ok: false, why: "not_own" });
    expect(await bot.store.db.$count(mutes, eq(mutes.reportId, id))).toBe(0);
  });
});
