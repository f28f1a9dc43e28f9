import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { record } from "../../../src/actions/record.ts";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import { FOLD_FROM } from "../../../src/jobs/fold.ts";
import type { ReportRow } from "../../../src/store/schema/index.ts";
import { aDelivery, aGroup, tellAssigned, tellSubmitted } from "../../support/delivery.ts";
import { aReport, aResident, NOON } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

const GROUP = -100;
const never = new AbortController().signal;

const aBusyTown = async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const authorId = await aResident(store.db, { telegramId: 7 });
  const editorId = await aResident(store.db, { telegramId: 8, role: "editor" });
  await aGroup(store, GROUP, editorId, ["kuntsevo"]);
  const delivery = aDelivery(store);
  return {
    ...delivery,
    deliver: () => deliverChat(delivery.deps, GROUP, never),
    submit: async (count: number, districtId = "kuntsevo"): Promise<ReportRow[]> => {
      const submitted: ReportRow[] = [];
      for (let left = count; left > 0; left -= 1) {
        const report = await aReport(store.db, authorId, { districtId });
        await tellSubmitted(store, report);
        submitted.push(report);
      }
      return submitted;
    },
    /** A report that its author put right and sent again. */
    sendAgain: async (count: number): Promise<void> => {
      for (let left = count; left > 0; left -= 1) {
        const report = await aReport(store.db, authorId, { repairs: 1 });
        const fact = {
          report,
          actorId: authorId,
          actorRole: "author",
          kind: "repaired",
          data: { repairs: 1 },
        } as const;
        await store.db.transaction((tx) => record(tx, delivery.deps, fact, NOON));
      }
    },
    assign: (report: ReportRow) => tellAssigned(store, report, editorId),
  };
};

describe("a group that gets reports faster than it can be told", () => {
  let town: Awaited<ReturnType<typeof aBusyTown>>;
  beforeEach(async () => {
    town = await aBusyTown();
  });

  test("gets one card with their number and a way to the queue, not a card each", async () => {
    await town.submit(12);
    expect(await town.deliver()).toBeNull();
    expect(town.messenger.log()).toEqual(["-100 📥 12 сообщений ждут модерации."]);
    const [row] = town.messenger.sent[0]?.message.buttons ?? [];
    expect(row).toEqual([{ label: "Разобрать очередь", act: { kind: "go", to: "queue" } }]);
  });

  test("counts what residents sent back among what is new", async () => {
    await town.submit(3);
    await town.sendAgain(3);
    await town.deliver();
    expect(town.messenger.log()).toEqual(["-100 📥 6 сообщений ждут модерации."]);
    town.wire.moveSeconds(60);
    // One that comes back alone gets its own card, and the number is right at once.
    await town.sendAgain(1);
    await town.deliver();
    expect(town.messenger.log().slice(1)).toEqual([
      "-100 ✎ 📥 7 сообщений ждут модерации.",
      expect.stringContaining("🆕"),
    ]);
  });

  test("keeps a card each as long as there are few", async () => {
    await town.submit(FOLD_FROM - 1);
    await town.deliver();
    expect(town.messenger.log()).toHaveLength(FOLD_FROM - 1);
    expect(town.messenger.log().join()).not.toContain("ждут");
  });

  test("sees the number go down in the same card as the queue is worked, and the end of it", async () => {
    const reports = await town.submit(6);
    await town.deliver();
    for (const report of reports.slice(0, 2)) await town.assign(report);
    await town.deliver();
    for (const report of reports.slice(2)) await town.assign(report);
    await town.deliver();
    expect(town.messenger.log()).toEqual([
      "-100 📥 6 сообщений ждут модерации.",
      "-100 ✎ 📥 4 сообщения ждут модерации.",
      "-100 ✎ ✅ Очередь разобрана, никто не ждёт.",
    ]);
    expect(new Set(town.messenger.sent.slice(1).map(({ edit }) => edit?.messageId))).toEqual(new Set([101]));
  });

  test("gets a new card after the old one has come to its end", async () => {
    const reports = await town.submit(5);
    await town.deliver();
    for (const report of reports) await town.assign(report);
    await town.deliver();
    await town.submit(6);
    await town.deliver();
    expect(town.messenger.log()).toEqual([
      "-100 📥 5 сообщений ждут модерации.",
      "-100 ✎ ✅ Очередь разобрана, никто не ждёт.",
      "-100 📥 6 сообщений ждут модерации.",
    ]);
  });

  test("counts the queue of its own districts only", async () => {
    await town.submit(3, "ramenki");
    await town.submit(5);
    await town.deliver();
    expect(town.messenger.log()).toEqual(["-100 📥 5 сообщений ждут модерации."]);
  });

  test("gets single cards again once fewer come, and the number with them", async () => {
    await town.submit(5);
    await town.deliver();
    town.wire.moveSeconds(60);
    await town.submit(1);
    await town.deliver();
    expect(town.messenger.log().slice(1)).toEqual([
      "-100 ✎ 📥 6 сообщений ждут модерации.",
      expect.stringContaining("🆕"),
    ]);
  });

  test("a card Telegram takes only later folds nothing away until it stands", async () => {
    await town.submit(6);
    town.messenger.answer({ kind: "retry", afterSeconds: 20 });
    expect(await town.deliver()).toBe(20_000);
    await town.submit(3);
    town.wire.moveSeconds(20);
    await town.deliver();
    expect(town.messenger.log().at(-1)).toBe("-100 📥 9 сообщений ждут модерации.");
    expect(town.messenger.sent).toHaveLength(2);
  });

  test("is left alone altogether while Telegram asks for silence there, whatever else is to be told first", async () => {
    const shown = await town.submit(1);
    await town.deliver();
    // To be told before the cards, and not by the message that Telegram puts off.
    for (const report of shown) await town.assign(report);
    await town.submit(6);
    town.messenger.answer({ kind: "retry", afterSeconds: 20 });
    expect(await town.deliver()).toBe(20_000);
    town.wire.moveSeconds(5);
    expect(await town.deliver()).toBe(15_000);
    expect(town.messenger.sent).toHaveLength(2);
    town.wire.moveSeconds(15);
    await town.deliver();
    expect(town.messenger.log()[2]).toBe("-100 📥 6 сообщений ждут модерации.");
  });

  test("a decided report waits no more before the card was ever shown", async () => {
    for (const report of await town.submit(6)) await town.assign(report);
    await town.deliver();
    expect(town.messenger.sent).toEqual([]);
  });

  test("above its rate the group is not written to, but its editors lose nothing", async () => {
    await town.submit(4);
    await town.deliver();
    town.wire.moveSeconds(1);
    await town.submit(4);
    await town.deliver();
    expect(town.messenger.sent).toHaveLength(8);
    await town.submit(1);
    expect(await town.deliver()).toBe(4000);
    expect(town.messenger.sent).toHaveLength(8);
    town.wire.moveSeconds(4);
    await town.deliver();
    expect(town.messenger.sent).toHaveLength(9);
  });
});
