/** A bound group in which the bot may not write: the admins hear of it at once, and what is new reaches the people behind it in private. */
import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { bindChat } from "../../../src/actions/bind-chat.ts";
import { markChatReturned } from "../../../src/actions/mark-reach.ts";
import { migrateChat } from "../../../src/actions/migrate-chat.ts";
import { retryNotices } from "../../../src/actions/retry-notices.ts";
import { tickDigest } from "../../../src/actions/tick-digest.ts";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import type { Sent } from "../../../src/notices/send.ts";
import type { DigestKind } from "../../../src/report/digest.ts";
import { chats, notices } from "../../../src/store/schema/index.ts";
import { addDigests } from "../../../src/store/writes/digests.ts";
import { AGENCY, aTicking, at, endOf } from "../../support/clocks.ts";
import { aDelivery, aGroup, tellAssigned, tellSubmitted } from "../../support/delivery.ts";
import { city } from "../../support/notices.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, quietLog } from "../../support/store.ts";

const [EDITOR, OFFICER, ADMIN, GROUP, CREW] = [5, 3, 9, -100, -200];
const MUTED = "Bad Request: not enough rights to send text messages to the chat";
const gone: Sent = { kind: "gone", reason: "no_chat", words: MUTED };
const never = new AbortController().signal;

const aTown = async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const authorId = await aResident(store.db, { telegramId: 1, name: "Мария Сойкина" });
  const editorId = await aResident(store.db, { telegramId: EDITOR, role: "editor" });
  await aResident(store.db, { telegramId: OFFICER, role: "officer", agencyId: AGENCY });
  const adminId = await aResident(store.db, { telegramId: ADMIN, role: "admin" });
  await aGroup(store, GROUP, adminId, ["kuntsevo"]);
  const crew = { chatId: CREW, purpose: "agency" as const, agencyId: AGENCY, districtIds: [], locale: "ru" };
  await store.db.insert(chats).values({ ...crew, boundById: adminId, boundAt: NOON });
  const delivery = aDelivery(store);
  const deps = { store, city, log: quietLog };
  const submit = async () => {
    const report = await aReport(store.db, authorId);
    await tellSubmitted(store, report);
    return report;
  };
  return {
    ...delivery,
    deps,
    store,
    authorId,
    adminId,
    submit,
    assign: async () => tellAssigned(store, await submit(), editorId),
    /** What the chat is told now, each by its first line. */
    heard: async (chatId: number): Promise<string[]> => {
      const before = delivery.messenger.sent.length;
      await deliverChat({ ...delivery.deps, isHurried: true }, chatId, never);
      return delivery.messenger.sent.slice(before).map(({ message }) => message.text.text);
    },
    retry: () => retryNotices(deps, { actorId: adminId }, NOON),
    states: async (chatId: number) => {
      const rows = await store.db.select().from(notices).where(eq(notices.chatId, chatId)).orderBy(notices.id);
      return rows.map(({ kind, state, failure }) => [kind, state, failure]);
    },
    mute: async (chatId: number) => {
      await store.db.update(chats).set({ unreachable: MUTED }).where(eq(chats.chatId, chatId));
    },
  };
};

describe("the admins", () => {
  test("hear once which group it is, what Telegram says, and what to do", async () => {
    const { submit, heard, messenger, states } = await aTown();
    await submit();
    await submit();
    messenger.answer(gone);
    await heard(GROUP);
    await submit();
    await heard(GROUP);
    const [news, ...more] = await heard(ADMIN);
    expect(news).toMatch(/^🔇 Бот не может писать в группу редакторов\nРайоны группы: Кунцево\n/);
    expect(news).toContain(`Причина: ${MUTED}\n\n`);
    expect(news).toMatch(/\/retry[^]*\/unbind/);
    expect(news).not.toContain("Мария");
    // The report that came afterwards is told to them instead.
    expect(more).toEqual([expect.stringContaining("🆕 № ")]);
    // The second one was not even tried.
    expect(await states(GROUP)).toEqual([
      ["queue_card", "undeliverable", MUTED],
      ["queue_card", "undeliverable", MUTED],
    ]);
  });

  test("hear of an agency's group by the agency's name, and by night in the morning", async () => {
    const { assign, heard, messenger, clock } = await aTown();
    await assign();
    clock.moveTo(hoursAfter(NOON, 12));
    messenger.answer(gone);
    await heard(CREW);
    expect(await heard(ADMIN)).toEqual([]);
    clock.moveTo(hoursAfter(NOON, 20));
    expect(await heard(ADMIN)).toEqual([
      expect.stringMatching(/^🔇 Бот не может писать в группу службы «Жилищная служба района Кунцево»\nПричина/),
    ]);
  });

  test("hear of a channel that it has no posts any more", async () => {
    const { heard, messenger, store } = await aTown();
    await store.db.update(chats).set({ purpose: "channel", agencyId: null }).where(eq(chats.chatId, CREW));
    const figures = { filed: 1, published: 0, confirmed: 0, closedOtherwise: 0, reopened: 0, missed: 0, open: 1 };
    const params = { day: "2026-07-14", figures: { ...figures, overdue: 0 } };
    const day = { kind: "channel_day", params, dedupeKey: "day", dueAt: NOON, createdAt: NOON };
    await store.db.insert(notices).values({ ...day, chatId: CREW });
    messenger.answer(gone);
    await heard(CREW);
    expect(await heard(ADMIN)).toEqual([expect.stringMatching(/^🔇 Бот не может писать в канал города\nПричина/)]);
  });

  test("hear of it again when it was tried anew in vain", async () => {
    const { submit, heard, messenger, retry, clock } = await aTown();
    await submit();
    messenger.answer(gone);
    await heard(GROUP);
    expect(await heard(ADMIN)).toHaveLength(1);
    expect(await retry()).toEqual({ ok: true, count: 1 });
    clock.moveTo(hoursAfter(NOON, 1));
    messenger.answer(gone);
    await heard(GROUP);
    expect(await heard(ADMIN)).toEqual([expect.stringContaining("🔇")]);
  });
});

describe("what such a group would hear", () => {
  test("goes to the editors and officers in private from then on", async () => {
    const { submit, assign, heard, mute } = await aTown();
    await mute(GROUP);
    await mute(CREW);
    const { id } = await submit();
    expect(await heard(EDITOR)).toEqual([expect.stringContaining(`№ ${id}`)]);
    const task = await assign();
    expect((await heard(OFFICER)).join("\n")).toContain(`№ ${task.id}`);
  });

  test("its digests do, too", async () => {
    const { store, deps, authorId, mute, states } = await aTown();
    const morning = at("2026-07-16T09:00");
    const kinds = ["agency", "editors"] as const satisfies DigestKind[];
    await addDigests(store.db, new Map(kinds.map((kind) => [kind, morning])));
    await aTicking(store, authorId, { status: "assigned", dueAt: endOf("2026-07-14") });
    await mute(GROUP);
    await mute(CREW);
    for (const kind of kinds) await tickDigest(deps, kind, morning);
    expect([await states(GROUP), await states(CREW)]).toEqual([[], []]);
    expect(await states(EDITOR)).toEqual([["digest_editors", "waiting", null]]);
    expect(await states(OFFICER)).toEqual([["digest_agency", "waiting", null]]);
  });
});

describe("what it missed", () => {
  test("is told there when the bot may write again, and what is new, too", async () => {
    const { submit, heard, messenger, store, deps } = await aTown();
    const missed = await submit();
    messenger.answer(gone);
    await heard(GROUP);
    await markChatReturned(deps, GROUP);
    const fresh = await submit();
    expect(await heard(GROUP)).toEqual([missed, fresh].map(({ id }) => expect.stringContaining(`№ ${id}`)));
    expect((await store.db.select().from(chats).where(eq(chats.chatId, GROUP)))[0]?.unreachable).toBeNull();
  });

  test("is told there after /retry", async () => {
    const { submit, heard, messenger, retry } = await aTown();
    const missed = await submit();
    messenger.answer(gone);
    await heard(GROUP);
    await retry();
    expect(await heard(GROUP)).toEqual([expect.stringContaining(`№ ${missed.id}`)]);
  });

  test("goes along when the group becomes a supergroup", async () => {
    const { submit, heard, messenger, retry, deps } = await aTown();
    const missed = await submit();
    messenger.answer(gone);
    await heard(GROUP);
    await migrateChat(deps, GROUP, -1001);
    await retry();
    expect(await heard(-1001)).toEqual([expect.stringContaining(`№ ${missed.id}`)]);
  });
});

test("binding the group anew is a sign that it can be written to", async () => {
  const { store, deps, adminId, mute, submit, heard } = await aTown();
  await mute(GROUP);
  await bindChat(deps, { actorId: adminId, chatId: GROUP, districtIds: [], locale: "ru" }, NOON);
  const { id } = await submit();
  expect(await heard(GROUP)).toEqual([expect.stringContaining(`№ ${id}`)]);
  expect(await store.db.$count(notices, eq(notices.chatId, EDITOR))).toBe(0);
});
