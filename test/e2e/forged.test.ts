/** Data that no button carries, and words that nobody would type: whoever may press and write what they like learns and breaks nothing. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prompts } from "../../src/store/schema/prompts.ts";
import { residents } from "../../src/store/schema/residents.ts";
import { ANNA, BORIS, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";

let city: RunningBot;
beforeAll(async () => {
  city = await startBot({ roles: { [ANNA]: "inspector", [BORIS]: "editor" } });
});
afterAll(() => city.close());

describe("a forged decision on a report that was never disputed", () => {
  test.each(["uphold", "reopen", "give_up"])("shows an inspector nothing of it: %s", async (act) => {
    const { id, version } = await city.file({ description: "Этого ещё не читал ни один редактор" });
    const checks = await city.tell(ANNA, "/checks", /Спорных сообщений нет/);
    const data = `r:${act}:${id.toString(36)}:${version}`;
    expect(await city.pressData(ANNA, checks, data)).toMatchObject({ alert: true });
    expect(city.messenger.messages(ANNA).map(textOf).join("\n")).not.toMatch(/ни один редактор|Ярцевская/);
  });
});

describe("a press to appeal", () => {
  test("asks nobody for words that could not be taken: not a stranger, nor the author of what was never rejected", async () => {
    const { id, version } = await city.file();
    const data = `r:appeal:${id.toString(36)}:${version}`;
    for (const [person, said] of [
      [BORIS, /is not your report/],
      [MARIA, /на модерации/],
    ] as const) {
      const help = await city.tell(person, "/help", /\/new/);
      const { text, alert } = await city.pressData(person, help, data);
      expect(alert).toBe(true);
      expect(text).toMatch(said);
      expect(await city.store.db.select().from(prompts).where(eq(prompts.chatId, person))).toEqual([]);
    }
  });
});

describe("numbers and days beyond any database", () => {
  test("turn the staff's list to its beginning", async () => {
    const staff = await city.tell(OLGA, "/staff", /Анна/);
    expect((await city.pressData(OLGA, staff, `g:staff:${"9".repeat(40)}`)).text).toBe("");
    expect(textOf(city.look(staff))).toMatch(/Анна/);
  });

  test("are no days of the audit, pressed or typed", async () => {
    const audit = await city.tell(OLGA, "/audit", /Журнал/);
    for (const days of ["0000-01-01~2026-07-15", "2026-07-15~9999-12-31"]) {
      expect((await city.pressData(OLGA, audit, `g:audit:0~0~${days}`)).text).toMatch(/больше не действует/);
    }
    for (const days of ["0000-01-01", "01.01.0000", "2026-01-01..9999-12-31"]) {
      await city.tell(OLGA, `/audit ${days}`, /период так не пишут/);
    }
  });
});

describe("an emoji where a text is cut", () => {
  // Telegram takes no message with half a character in it.
  const isWhole = (text: string): boolean => text.isWellFormed();

  test("is left out whole of what is found, of words said back, and of buttons", async () => {
    await city.file({ description: `${"Яма ".repeat(14)}ая🕳️ у самого входа в подъезд` });
    const found = await city.tell(BORIS, `/find яма${" ".repeat(5)}входа`, /Found/);
    expect(textOf(found)).toMatch(/Яма[^]*…/);
    expect(isWhole(textOf(found))).toBe(true);
    const unknown = await city.tell(BORIS, `/accept 1 ${"служба ".repeat(8)}йй🕳️ и ещё`, /…/);
    expect(isWhole(textOf(unknown))).toBe(true);
    const none = await city.tell(BORIS, `/find ${"ы".repeat(199)}🕳️ и ещё`, /Nothing was found/);
    expect(isWhole(textOf(none))).toBe(true);
  });

  test("in a name shortens the name's button, and the list of the staff still comes", async () => {
    for (const name of ["Екатерина", "Катя"]) {
      const named = { name: `${name} ${"🌻".repeat(30)}` };
      await city.store.db
        .update(residents)
        .set(named)
        .where(eq(residents.id, city.residentId(BORIS)));
      const staff = await city.tell(OLGA, "/staff", /🌻/);
      expect(labelsOf(staff).flat().every(isWhole)).toBe(true);
    }
  });
});
