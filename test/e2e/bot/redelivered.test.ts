/** Telegram delivers an update again whenever nobody told it in time that it was handled; what it did is done once. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { events } from "../../../src/store/schema/events.ts";
import { ANNA, startBot, textOf, type RunningBot } from "../../support/bot.ts";

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ roles: { [ANNA]: "editor" } });
  await bot.tell(ANNA, "/help", /\/queue/);
});
afterAll(() => bot.close());

let updates = 1_000_000;

/** The same words in the same update, twice. */
const twice = async (text: string): Promise<void> => {
  updates += 1;
  const from = { id: ANNA, is_bot: false, first_name: "Анна", language_code: "ru" };
  const chat = { id: ANNA, type: "private" as const, first_name: "Анна" };
  const entities = [{ type: "bot_command" as const, offset: 0, length: text.indexOf(" ") }];
  const message = { message_id: updates, date: 1, chat, from, text, entities };
  for (let times = 0; times < 2; times += 1) {
    expect(await bot.handle({ update_id: updates, message })).toMatchObject({ kind: "done" });
  }
};

test.each([
  ["noted", "/note", "Звонили, обещали завтра", /записал|заметк/i],
  ["banned", "/ban", "3 дня: оскорбления", /не сможет|до \d/i],
] as const)("a report is %s once, and the editor hears both times that it is", async (kind, command, words, said) => {
  const { id } = await bot.file();
  await twice(`${command} ${id} ${words}`);
  const all = await bot.store.db.select({ kind: events.kind }).from(events).where(eq(events.reportId, id));
  expect(all.filter((event) => event.kind === kind)).toHaveLength(1);
  const answers = bot.messenger
    .messages(ANNA)
    .map(textOf)
    .filter((text) => text.includes(`№ ${id}`) && said.test(text));
  expect(answers.length).toBeGreaterThanOrEqual(2);
  expect(new Set(answers.slice(-2)).size).toBe(1);
});
