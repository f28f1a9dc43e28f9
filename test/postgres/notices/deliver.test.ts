import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { markReturned } from "../../../src/actions/mark-reach.ts";
import { meetResident } from "../../../src/actions/meet-resident.ts";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import type { Store } from "../../../src/store/open.ts";
import { cards, chats, notices, photos, residents } from "../../../src/store/schema/index.ts";
import { aDelivery, aGroup, tellAssigned, tellSubmitted } from "../../support/delivery.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

const AUTHOR = 7;
const EDITOR = 8;
const GROUP = -100;
const never = new AbortController().signal;

/** A town with an author, an editor and, unless told otherwise, a group for all districts. */
const aTown = async ({ group = true } = {}) => {
  const store: Store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const authorId = await aResident(store.db, { telegramId: AUTHOR });
  const editorId = await aResident(store.db, { telegramId: EDITOR, role: "editor", name: "Вера" });
  if (group) await aGroup(store, GROUP, editorId);
  const delivery = aDelivery(store);
  return {
    store,
    ...delivery,
    authorId,
    editorId,
    deliver: (chatId: number) => deliverChat(delivery.deps, chatId, never),
    submit: async (now = NOON) => {
      const report = await aReport(store.db, authorId, { createdAt: now });
      await tellSubmitted(store, report, now);
      return report;
    },
    assign: (report: Awaited<ReturnType<typeof aReport>>, now = NOON) => tellAssigned(store, report, editorId, now),
    states: async (chatId: number) =>
      (
        await store.db
          .select({ kind: notices.kind, state: notices.state, failure: notices.failure })
          .from(notices)
          .where(eq(notices.chatId, chatId))
          .orderBy(notices.id)
      ).map(({ kind, state, failure }) => [kind, state, ...(failure === null ? [] : [failure])].join(" ")),
  };
};

describe("what is told to a chat", () => {
  test("comes in the order in which it happened, the card rewritten before the news", async () => {
    const { messenger, submit, assign, deliver, states } = await aTown();
    const [first, second] = [await submit(), await submit()];
    await assign(first);
    expect(await deliver(AUTHOR)).toBeNull();
    expect(messenger.log()).toEqual([
      `7 🔧 Сообщение № ${first.id} · в работе`,
      `7 🕓 Сообщение № ${second.id} · на модерации`,
      `7 ✎ 🔧 Сообщение № ${first.id} · в работе`,
      expect.stringContaining(`7 🔧 Сообщение № ${first.id} («`),
    ]);
    expect(await states(AUTHOR)).toEqual(["received sent", "received sent", "author_card sent", "assigned sent"]);
  });

  test("lets other chats in after five seconds, and goes on when it is its turn again", async () => {
    const { messenger, wire, submit, deliver } = await aTown();
    for (let left = 4; left > 0; left -= 1) {
      await submit();
      messenger.answer(() => {
        wire.moveSeconds(2);
        return { kind: "sent", messageId: left };
      });
    }
    expect(await deliver(AUTHOR)).toBe(0);
    expect(messenger.sent).toHaveLength(3);
    expect(await deliver(AUTHOR)).toBeNull();
    expect(messenger.sent).toHaveLength(4);
  });

  test("is worded in the reader's language of that moment", async () => {
    const { store, messenger, submit, deliver } = await aTown();
    await submit();
    await store.db.update(residents).set({ locale: "en" }).where(eq(residents.telegramId, AUTHOR));
    await store.db.update(chats).set({ locale: "en" });
    await deliver(AUTHOR);
    await deliver(GROUP);
    expect(messenger.log()).toEqual([expect.stringContaining("Report No."), expect.stringContaining("waiting since")]);
  });

  test("the editors' card shows who decided what afterwards, in the same message", async () => {
    const { messenger, submit, assign, deliver } = await aTown();
    const report = await submit();
    await deliver(GROUP);
    await assign(report);
    await deliver(GROUP);
    const [card, after] = messenger.sent;
    expect(card?.message.buttons).toHaveLength(4);
    expect(after?.edit?.messageId).toBe(101);
    expect(after?.message.buttons).toEqual([]);
    expect(after?.message.text.text).toContain("Вера");
  });

  test("a report decided before its card was shown is never shown as waiting", async () => {
    const { messenger, submit, assign, deliver, states } = await aTown();
    await assign(await submit());
    await deliver(GROUP);
    expect(messenger.sent).toEqual([]);
    expect(await states(GROUP)).toEqual(["queue_card dropped", "queue_decided dropped"]);
  });

  test("a card that somebody deleted is not sent again for a decision", async () => {
    const { messenger, submit, assign, deliver, states } = await aTown();
    const report = await submit();
    await deliver(GROUP);
    await assign(report);
    messenger.answer({ kind: "missing" });
    await deliver(GROUP);
    expect(await states(GROUP)).toEqual(["queue_card sent", "queue_decided dropped"]);
  });

  test("an author's card that is gone is replaced without a sound, and from then on the new one is rewritten", async () => {
    const { store, messenger, submit, assign, deliver, states } = await aTown();
    const report = await submit();
    await deliver(AUTHOR);
    await assign(report);
    // Telegram had nothing to rewrite, so the sender sent it anew.
    messenger.answer({ kind: "sent", messageId: 700 });
    await deliver(AUTHOR);
    const [, replaced] = messenger.sent;
    expect(replaced).toMatchObject({ edit: { messageId: 101, whenGone: "send" }, message: { isQuiet: true } });
    expect(await states(AUTHOR)).toEqual(["received sent", "author_card sent", "assigned sent"]);
    const [card, ...more] = await store.db.select().from(cards).where(eq(cards.chatId, AUTHOR));
    expect(more).toEqual([]);
    expect(card).toMatchObject({ reportId: report.id, messageId: 700 });
  });

  test("a chat that holds no card of its report gets none by a decision", async () => {
    const { store, messenger, submit, assign, deliver, states } = await aTown();
    const report = await submit();
    await deliver(AUTHOR);
    await store.db.delete(cards);
    await assign(report);
    await deliver(AUTHOR);
    expect(messenger.sent.map(({ edit }) => edit)).toEqual([undefined, undefined]);
    expect(await states(AUTHOR)).toEqual(["received sent", "author_card dropped", "assigned sent"]);
  });

  test("a group that is bound no more hears nothing", async () => {
    const { store, messenger, submit, deliver, states } = await aTown();
    await submit();
    await store.db.delete(chats);
    await deliver(GROUP);
    expect(messenger.sent).toEqual([]);
    expect(await states(GROUP)).toEqual(["queue_card dropped"]);
  });

  test("news for a resident wait for the morning; the answer to their own press does not", async () => {
    const { messenger, clock, submit, assign, deliver } = await aTown();
    const night = hoursAfter(NOON, 11);
    clock.moveTo(night);
    await assign(await submit(night), night);
    await deliver(AUTHOR);
    expect(messenger.log()).toEqual([expect.stringContaining("· в работе"), expect.stringContaining("✎ ")]);
    clock.moveTo(hoursAfter(NOON, 20));
    await deliver(AUTHOR);
    expect(messenger.log()[2]).toContain("передано");
  });
});

describe("when Telegram does not take it", () => {
  test("what has to wait is tried again at the named second, and nothing overtakes it", async () => {
    const { messenger, wire, submit, deliver } = await aTown();
    const [first, second] = [await submit(), await submit()];
    messenger.answer({ kind: "retry", afterSeconds: 30 });
    expect(await deliver(AUTHOR)).toBe(30_000);
    wire.moveSeconds(29);
    expect(await deliver(AUTHOR)).toBe(1000);
    expect(messenger.sent).toHaveLength(1);
    wire.moveSeconds(1);
    expect(await deliver(AUTHOR)).toBeNull();
    expect(messenger.log().slice(1)).toEqual([
      expect.stringContaining(`№ ${first.id} `),
      expect.stringContaining(`№ ${second.id} `),
    ]);
  });

  test("a lost network is tried ever more rarely, ten minutes apart at most, and never given up", async () => {
    const { messenger, wire, submit, deliver, states } = await aTown();
    await submit();
    const waits: number[] = [];
    for (let count = 0; count < 14; count += 1) {
      messenger.answer({ kind: "retry", afterSeconds: null });
      const wait = await deliver(AUTHOR);
      waits.push(wait ?? 0);
      wire.moveSeconds((wait ?? 0) / 1000);
    }
    const longest = waits.map((_, attempts) => Math.min(1000 * 2 ** attempts, 600_000));
    expect(waits.filter((wait, index) => wait > (longest[index] ?? 0))).toEqual([]);
    expect(waits.filter((wait, index) => wait < (longest[index] ?? 0) / 2)).toEqual([]);
    expect(new Set(waits.slice(-4)).size).toBeGreaterThan(1);
    await deliver(AUTHOR);
    expect(await states(AUTHOR)).toEqual(["received sent"]);
  });

  test("a crash after Telegram's yes and before our mark repeats the message and loses none", async () => {
    const { messenger, submit, deliver, states } = await aTown();
    await submit();
    const died = messenger.dies();
    void deliver(AUTHOR);
    await died;
    expect(await states(AUTHOR)).toEqual(["received waiting"]);
    await deliver(AUTHOR);
    expect(messenger.sent).toHaveLength(2);
    expect(messenger.sent[1]).toEqual(messenger.sent[0]);
    expect(await states(AUTHOR)).toEqual(["received sent"]);
    await deliver(AUTHOR);
    expect(messenger.sent).toHaveLength(2);
  });

  test("a picture it no longer has does not take the words with it", async () => {
    const { store, messenger, submit, deliver, states } = await aTown();
    const report = await submit();
    await store.db
      .insert(photos)
      .values({ reportId: report.id, position: 0, fileId: "gone", fileUniqueId: "u", isDocument: false });
    messenger.answer({ kind: "refused", words: "Bad Request: wrong file identifier" });
    await deliver(GROUP);
    expect(messenger.sent.map(({ message }) => message.photos?.length ?? 0)).toEqual([1, 0]);
    expect(await states(GROUP)).toEqual(["queue_card sent"]);
  });

  test("a message it will never take is settled with its words, and the next one is told", async () => {
    const { messenger, submit, deliver, states } = await aTown();
    await submit();
    await submit();
    messenger.answer({ kind: "refused", words: "Bad Request: something" });
    await deliver(AUTHOR);
    expect(await states(AUTHOR)).toEqual(["received undeliverable Bad Request: something", "received sent"]);
  });

  test("a row nobody can read is given up after five tries, and the next one is told", async () => {
    const { store, wire, submit, assign, deliver, states } = await aTown();
    await assign(await submit());
    await store.db.update(notices).set({ params: {} }).where(eq(notices.kind, "assigned"));
    for (let tries = 0; tries < 6; tries += 1) {
      await deliver(AUTHOR);
      wire.moveSeconds(600);
    }
    await submit();
    await deliver(AUTHOR);
    expect((await states(AUTHOR)).slice(2)).toEqual(["assigned undeliverable cannot be rendered", "received sent"]);
  });

  test("a group that became a supergroup is told there", async () => {
    const { messenger, submit, deliver, states } = await aTown();
    await submit();
    messenger.answer({ kind: "migrated", chatId: -1002 });
    await deliver(GROUP);
    await deliver(-1002);
    expect(messenger.sent.map(({ chatId }) => chatId)).toEqual([GROUP, -1002]);
    expect(await states(-1002)).toEqual(["queue_card sent"]);
  });
});

describe("a person who blocked the bot", () => {
  const blocked = { kind: "gone", reason: "blocked", words: "Forbidden: bot was blocked by the user" } as const;

  test("is marked, and nothing is tried until they are back", async () => {
    const { store, messenger, submit, assign, deliver, states } = await aTown();
    const report = await submit();
    messenger.answer(blocked);
    await deliver(AUTHOR);
    await assign(report);
    await deliver(AUTHOR);
    expect(messenger.sent).toHaveLength(1);
    expect(await states(AUTHOR)).toEqual([
      "received undeliverable blocked",
      "author_card undeliverable blocked",
      "assigned undeliverable blocked",
    ]);
    const [person] = await store.db.select().from(residents).where(eq(residents.telegramId, AUTHOR));
    expect(person?.blockedAt).toEqual(NOON);
  });

  test("hears on return what still matters, in order", async () => {
    const { store, messenger, submit, assign, deliver } = await aTown();
    const report = await submit();
    messenger.answer(blocked);
    await deliver(AUTHOR);
    await assign(report);
    await deliver(AUTHOR);
    await markReturned({ store }, AUTHOR);
    await deliver(AUTHOR);
    expect(messenger.log().slice(1)).toEqual([
      `7 🔧 Сообщение № ${report.id} · в работе`,
      `7 ✎ 🔧 Сообщение № ${report.id} · в работе`,
      expect.stringContaining("передано"),
    ]);
  });

  test("is not told on return what is over: an editor sees no card of a decided report", async () => {
    const { store, messenger, submit, assign, deliver, states } = await aTown({ group: false });
    const report = await submit();
    messenger.answer(blocked);
    await deliver(EDITOR);
    await assign(report);
    await markReturned({ store }, EDITOR);
    await deliver(EDITOR);
    expect(messenger.sent).toHaveLength(1);
    expect(await states(EDITOR)).toEqual(["queue_card dropped", "queue_decided dropped"]);
  });

  test("counts as back as soon as they write, even if Telegram never said so", async () => {
    const { store, messenger, submit, deliver, states } = await aTown({ group: false });
    await submit();
    messenger.answer({ kind: "gone", reason: "no_chat", words: "Bad Request: chat not found" });
    await deliver(EDITOR);
    expect(await states(EDITOR)).toEqual(["queue_card undeliverable blocked"]);
    await meetResident({ store }, { telegramId: EDITOR, name: "Вера", locale: "ru" }, 1, NOON);
    await deliver(EDITOR);
    expect(await states(EDITOR)).toEqual(["queue_card sent"]);
  });

  test("a group that threw the bot out is not taken for a person", async () => {
    const { store, messenger, submit, deliver, states } = await aTown();
    await submit();
    messenger.answer({ kind: "gone", reason: "blocked", words: "Forbidden: bot was kicked" });
    await deliver(GROUP);
    expect(await states(GROUP)).toEqual(["queue_card undeliverable Forbidden: bot was kicked"]);
    expect(await store.db.select().from(residents).where(eq(residents.telegramId, GROUP))).toEqual([]);
  });
});
