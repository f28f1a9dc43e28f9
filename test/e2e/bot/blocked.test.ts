import { eq } from "drizzle-orm";
import type { Update } from "grammy/types";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { chats } from "../../../src/store/schema/chats.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { ANNA, GROUP, MARIA, OLGA, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { NOON } from "../../support/people.ts";

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

test("a group that lets the bot write again hears what it missed", async () => {
  const words = "Bad Request: not enough rights to send text messages to the chat";
  const binding = { chatId: GROUP, purpose: "editors" as const, districtIds: [], locale: "ru", unreachable: words };
  await city.store.db.insert(chats).values({ ...binding, boundById: city.residentId(OLGA), boundAt: NOON });
  const missed = { chatId: GROUP, kind: "digest_editors", state: "undeliverable", failure: words } as const;
  const sections = [{ title: "queue", total: 3, items: [] }];
  const params = { agencyId: null, sections, troubles: {}, warnings: [] };
  const when = { createdAt: NOON, dueAt: NOON, settledAt: NOON };
  await city.store.db.insert(notices).values({ ...missed, ...when, params, dedupeKey: "missed" });
  const changed = (update_id: number, mayWrite: boolean): Update => {
    const member = { status: "restricted", user: city.bot.botInfo, is_member: true } as const;
    const change = {
      chat: { id: GROUP, type: "supergroup", title: "Редакция" },
      from: { id: OLGA, is_bot: false, first_name: "Ольга" },
      date: 0,
      old_chat_member: { ...member, can_send_messages: !mayWrite },
      new_chat_member: { ...member, can_send_messages: mayWrite },
    };
    // Of the rights only this one matters here.
    return { update_id, my_chat_member: change as unknown as NonNullable<Update["my_chat_member"]> };
  };
  const why = async () => (await city.store.db.select().from(chats).where(eq(chats.chatId, GROUP)))[0]?.unreachable;
  await city.handle(changed(900_000_001, false));
  expect(await why()).toBe(words);
  const after = city.messenger.lastEventId();
  await city.handle(changed(900_000_002, true));
  expect(await why()).toBeNull();
  await city.hear(GROUP, /На модерации: 3/, after);
});
