/** What the clock does to the author's card, and what its author hears in the morning of a date that was missed at night. */
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { withdrawReport } from "../../../src/actions/withdraw-report.ts";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import { reports } from "../../../src/store/schema/index.ts";
import { saveCard } from "../../../src/store/writes/cards.ts";
import { answer } from "../../support/check.ts";
import { aCast, aFollower, aTicking, at, endOf, tickAt, toldTo } from "../../support/clocks.ts";
import { aDelivery } from "../../support/delivery.ts";
import { city } from "../../support/notices.ts";
import { NOON } from "../../support/people.ts";
import { freshStore, quietLog } from "../../support/store.ts";

const AUTHOR = 1;
const FOLLOWER = 2;
const DUE = endOf("2026-07-27");

const aTown = async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const cast = await aCast(store);
  const { deps, messenger, clock } = aDelivery(store);
  return {
    ...cast,
    store,
    deps: { store, city, log: quietLog },
    /** What the chat is sent at this moment; rewritten cards begin with ✎. */
    read: async (now: Date, chatId = AUTHOR): Promise<string[]> => {
      clock.moveTo(now);
      await deliverChat(deps, chatId, new AbortController().signal);
      return messenger.sent
        .splice(0)
        .filter((sent) => sent.chatId === chatId)
        .map(({ message, edit }) => `${edit === undefined ? "" : "✎ "}${message.text.text}`);
    },
    holdCard: (reportId: number) => saveCard(store.db, { chatId: AUTHOR, reportId, messageId: 100 }, NOON),
  };
};

const unassigned = { agencyId: null, assignedAt: null, handlingDueAt: null, firstDueAt: null } as const;

test.each([
  ["submitted", unassigned, "Редактор должен был прочитать его до 17 июля"],
  ["answered", { answeredAt: NOON }, "Редактор должен был проверить ответ до 17 июля"],
  ["disputed", { answeredAt: NOON, publishedAt: NOON }, "Решение нужно было до 17 июля"],
] as const)(
  "when an editor or inspector is late with one that is %s its card says so and rings nobody",
  async (...late) => {
    const [status, differs, words] = late;
    const { author, store, read, holdCard } = await aTown();
    const report = await aTicking(store, author, { status, dueAt: endOf("2026-07-17"), ...differs });
    await holdCard(report.id);
    await tickAt(store, report, endOf("2026-07-17"));
    expect(await toldTo(store)).toEqual(["author_card → 1"]);
    const [card, ...more] = await read(endOf("2026-07-17"));
    expect(card).toMatch(/^✎ /);
    expect(card).toContain(words);
    expect(more).toEqual([]);
  },
);

test("with each reminder to the agency the card counts the days anew, without a sound", async () => {
  const { author, store, read, holdCard } = await aTown();
  const report = await aTicking(store, author, { status: "assigned", dueAt: DUE });
  await holdCard(report.id);
  for (const [now, words] of [
    ["2026-07-24T09:00", "На 24 июля: остался 1 рабочий день."],
    ["2026-07-27T09:00", "Сегодня, 27 июля, последний день."],
  ] as const) {
    await tickAt(store, report, at(now));
    const [card, ...more] = await read(at(now));
    expect(card).toMatch(/^✎ /);
    expect(card).toContain(words);
    expect(more).toEqual([]);
  }
});

test("a date missed at midnight is told in the morning, though the agency has answered in the night", async () => {
  const { author, follower, editor, officer, store, deps, read } = await aTown();
  const report = await aTicking(store, author, { status: "assigned", dueAt: DUE });
  await aFollower(store, report.id, follower);
  await tickAt(store, report, DUE);
  const cast = { authorId: author, editorId: editor, officerId: officer };
  await answer(deps, cast, report.id, "fixed", at("2026-07-28T00:30"));
  for (const chatId of [AUTHOR, FOLLOWER]) {
    expect(await read(at("2026-07-28T07:59"), chatId)).toEqual([]);
    const [text, ...more] = await read(at("2026-07-28T08:00"), chatId);
    expect(text).toContain(`Сообщение № ${report.id}`);
    expect(text).toContain("срок прошёл 27 июля, служба ответила уже после него");
    expect(more).toEqual([]);
  }
});

test("nobody is told of a missed date of what they have withdrawn since", async () => {
  const { author, store, deps, read } = await aTown();
  const report = await aTicking(store, author, { status: "assigned", dueAt: DUE });
  await tickAt(store, report, DUE);
  const [row] = await store.db.select().from(reports).where(eq(reports.id, report.id));
  const command = { actorId: author, reportId: report.id, version: row?.version ?? null };
  expect(await withdrawReport(deps, command, at("2026-07-28T00:30"))).toMatchObject({ ok: true });
  expect(await read(at("2026-07-28T08:00"))).toEqual([]);
});
