import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { notices } from "../../../src/store/schema/notices.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { ANNA, MARIA, startBot, textOf, type RunningBot } from "../../support/bot.ts";

let city: RunningBot;

beforeAll(async () => {
  city = await startBot({ roles: { [ANNA]: "editor" } });
});
afterAll(() => city.close());

const blockedAt = async () =>
  (await city.store.db.select().from(residents).where(eq(residents.telegramId, MARIA)))[0]?.blockedAt;

test("a person who stops the bot is marked and left alone, and hears from it again once they are back", async () => {
  await city.tell(MARIA, "/help", /Отклик/);
  await city.act({ do: "block", personId: MARIA });
  await vi.waitFor(async () => expect(await blockedAt()).toBeInstanceOf(Date));

  const said = city.messenger.messages(MARIA).length;
  const { id: missed } = await city.file();
  await city.tell(ANNA, `/accept ${missed}`, /передано/);
  await vi.waitFor(async () => {
    const waiting = await city.store.db.select().from(notices).where(eq(notices.chatId, MARIA));
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.filter(({ state }) => state === "waiting" || state === "sent")).toEqual([]);
  });
  expect(city.messenger.messages(MARIA)).toHaveLength(said);

  await city.act({ do: "unblock", personId: MARIA });
  await vi.waitFor(async () => expect(await blockedAt()).toBeNull());
  const after = city.messenger.lastEventId();
  const { id } = await city.file();
  const heard = await city.hear(MARIA, new RegExp(`№ ${id} `), after);
  expect(textOf(heard)).toContain("на модерации");
});
