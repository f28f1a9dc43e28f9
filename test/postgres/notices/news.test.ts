/** Several pieces of news that wait for one person come as one message; nothing is told before what came earlier, and nothing is lost. */
import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { record } from "../../../src/actions/record.ts";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import type { Outgoing } from "../../../src/notices/send.ts";
import type { EventData, EventKind } from "../../../src/report/event.ts";
import type { Store } from "../../../src/store/open.ts";
import { listTold } from "../../../src/store/queries/told.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import { answers, notices, reports, type ReportRow } from "../../../src/store/schema/index.ts";
import { aCast, AGENCY, aFollower, aPublished, aTicking, at, endOf } from "../../support/clocks.ts";
import { aDelivery, tellAssigned } from "../../support/delivery.ts";
import { city } from "../../support/notices.ts";
import { aReport, NOON } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

const AUTHOR = 1;
const MORNING = at("2026-07-21T08:00");
const NIGHT = at("2026-07-20T23:00");
const never = new AbortController().signal;

const aTown = async () => {
  const store: Store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const people = await aCast(store);
  const { deps, messenger, clock, wire } = aDelivery(store);
  const tell = <Kind extends EventKind>(report: ReportRow, kind: Kind, data: EventData[Kind], now = NIGHT) =>
    store.db.transaction((tx) =>
      record(tx, { store, city }, { report, actorId: null, actorRole: "clock", kind, data }, now),
    );
  return {
    ...people,
    store,
    messenger,
    wire,
    tell,
    assign: async (authorId: number, now = NIGHT) =>
      tellAssigned(store, await aReport(store.db, authorId), people.editor, now),
    postpone: async (report: ReportRow, now = NIGHT) => {
      const [planned] = await store.db
        .update(reports)
        .set({ status: "planned", version: report.version + 1 })
        .where(eq(reports.id, report.id))
        .returning();
      if (planned === undefined) throw new Error("The report is gone");
      const dates = { from: "2026-07-24", to: "2026-08-10", reason: "Ждём\n\nопору", count: 1 };
      await tell(planned, "postponed", { answerId: 1, agencyId: AGENCY, ...dates }, now);
      return planned;
    },
    /** What the person is sent at this moment. */
    read: async (now = MORNING, chatId = AUTHOR): Promise<Outgoing[]> => {
      clock.moveTo(now);
      for (let afterMs: number | null = 0; afterMs !== null;) {
        afterMs = await deliverChat(deps, chatId, never);
        wire.moveSeconds((afterMs ?? 0) / 1000);
      }
      return messenger.sent.splice(0);
    },
    states: async (chatId = AUTHOR) => {
      const rows = await store.db.select().from(notices).where(eq(notices.chatId, chatId)).orderBy(notices.id);
      return rows.map(({ kind, reportId, state }) => `${kind} ${reportId} ${state}`);
    },
  };
};

/** The reports that were passed on, by a message. */
const numbersIn = (text = ""): number[] =>
  [...text.matchAll(/^🔧 Сообщение № (\d+)/gm)].map(([, number]) => Number(number));
const textsOf = (sent: readonly Outgoing[]): string[] => sent.map(({ message }) => message.text.text);

describe("after the night", () => {
  test("news of three reports are one message in the order in which they happened, with a paragraph each", async () => {
    const { author, assign, postpone, tell, read, states, store } = await aTown();
    const [first, second] = [await assign(author), await assign(author)];
    const other = await aReport(store.db, author, {
      status: "merged",
      returnsTo: "submitted",
      mergedIntoId: first.id,
      dueAt: null,
    });
    await tell(other, "merged", { originalId: first.id, dueAt: NOON.toISOString() });
    await postpone(second);
    const [message, ...more] = await read();
    expect(more).toEqual([]);
    const text = message?.message.text.text ?? "";
    expect(text.split("\n\n").map((paragraph) => paragraph.split("\n")[0]?.slice(0, 40))).toEqual([
      "📬 4 новости для вас",
      expect.stringContaining(`🔧 Сообщение № ${first.id} («`),
      expect.stringContaining(`🔧 Сообщение № ${second.id} («`),
      expect.stringContaining(`🔗 Сообщение № ${other.id} («`),
      expect.stringContaining(`Сообщение № ${second.id}`),
    ]);
    // Empty lines, even in people's own words, stand only between two of them.
    expect(text).toContain("Ждём\nопору");
    expect(message?.message.text.entities.some(({ type }) => type === "bold")).toBe(true);
    expect(await states()).toEqual([
      `author_card ${first.id} dropped`,
      `assigned ${first.id} sent`,
      `author_card ${second.id} dropped`,
      `assigned ${second.id} sent`,
      `merged ${other.id} sent`,
      `author_card ${other.id} dropped`,
      `author_card ${second.id} dropped`,
      `postponed ${second.id} sent`,
    ]);
  });

  test("what is told of a single report is told as ever", async () => {
    const { author, assign, read } = await aTown();
    const report = await assign(author);
    const [only, ...more] = textsOf(await read());
    expect([only?.split("(")[0], more]).toEqual([`🔧 Сообщение № ${report.id} `, []]);
  });

  test("a question stands by itself, and parts what came before it from what came after", async () => {
    const { author, assign, tell, read, store } = await aTown();
    const [first, second] = [await assign(author), await assign(author)];
    const asked = await aTicking(store, author, { status: "needs_info", returnsTo: "assigned", pausedAt: NIGHT });
    await tell(asked, "asked", { additionId: 0, answerId: null, until: "2026-07-23" });
    const [third, fourth] = [await assign(author), await assign(author)];
    const [before, question, after, ...more] = textsOf(await read());
    expect(more).toEqual([]);
    expect(numbersIn(before)).toEqual([first.id, second.id]);
    expect(question).toContain(`№ ${asked.id}`);
    expect(numbersIn(after)).toEqual([third.id, fourth.id]);
  });

  test("what the reports have left behind meanwhile is not told, and the rest is", async () => {
    const { author, assign, read, states, store } = await aTown();
    const [first, gone, last] = [await assign(author), await assign(author), await assign(author)];
    await store.db.update(reports).set({ status: "answered", answeredAt: MORNING }).where(eq(reports.id, gone.id));
    const [text, ...more] = textsOf(await read());
    expect([text?.split("\n")[0], more]).toEqual(["📬 2 новости для вас", []]);
    expect(text).not.toContain(`№ ${gone.id} `);
    expect((await states()).filter((line) => line.startsWith("assigned"))).toEqual([
      `assigned ${first.id} sent`,
      `assigned ${gone.id} dropped`,
      `assigned ${last.id} sent`,
    ]);
  });

  test("a message holds no more than Telegram takes: the rest follows, whole and in order", async () => {
    const { author, assign, read } = await aTown();
    const all: ReportRow[] = [];
    for (let left = 40; left > 0; left -= 1) all.push(await assign(author));
    const sent = await read();
    for (const { message } of sent) {
      expect(message.text.rawText.length).toBeLessThanOrEqual(4096);
      expect(message.text.rawEntities.length).toBeLessThanOrEqual(100);
    }
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.length).toBeLessThan(8);
    expect(textsOf(sent).flatMap(numbersIn)).toEqual(all.map(({ id }) => id));
  });
});

describe("news with something to press or to look at", () => {
  test("keep their button, which names the report", async () => {
    const { author, officer, assign, tell, read, store } = await aTown();
    await assign(author);
    const published = await aPublished(store, author, officer, at("2026-07-17T12:00"), endOf("2026-07-27"));
    await store.db
      .update(reports)
      .set({ status: "closed", outcome: "confirmed", dueAt: null })
      .where(eq(reports.id, published.id));
    const by = { author: false, others: 2 };
    await tell({ ...published, version: 2 }, "closed", { cycle: 1, outcome: "confirmed", by, reason: null });
    const [message, ...more] = await read();
    expect(more).toEqual([]);
    expect(message?.message.buttons).toEqual([
      [
        {
          label: expect.stringMatching(new RegExp(`^№ ${published.id} · \\S`)),
          act: expect.objectContaining({ reportId: published.id }),
        },
      ],
    ]);
  });

  test("stay messages of their own when photos come with them", async () => {
    const { author, officer, assign, tell, read, store } = await aTown();
    await assign(author);
    await assign(author);
    const published = await aPublished(store, 2, officer, at("2026-07-17T12:00"), endOf("2026-07-27"));
    await aFollower(store, published.id, author);
    const [answer] = await store.db.select().from(answers).where(eq(answers.reportId, published.id));
    const photo = { fileId: "after", fileUniqueId: "after", isDocument: false, position: 0 };
    await store.db.insert(photos).values({ ...photo, reportId: published.id, answerId: answer?.id ?? null });
    await store.db
      .update(reports)
      .set({ answeredAt: at("2026-07-01T12:00") })
      .where(eq(reports.id, published.id));
    const data = { answerId: answer?.id ?? 0, answerKind: "fixed", agencyId: AGENCY, until: "2026-07-27" } as const;
    await tell({ ...published, answeredAt: at("2026-07-01T12:00") }, "published", data);
    const [news, pictured, ...more] = await read();
    expect(textsOf(news === undefined ? [] : [news])[0]).toContain("📬 2 новости для вас");
    expect(pictured?.message.photos).toHaveLength(1);
    expect(more).toEqual([]);
  });
});

describe("reminders to check", () => {
  const CHECK = at("2026-07-20T09:00");

  test("of five reports are one message, with each report's two buttons", async () => {
    const { author, officer, tell, read, store } = await aTown();
    const published: ReportRow[] = [];
    for (let left = 5; left > 0; left -= 1) {
      const report = await aPublished(store, author, officer, at("2026-07-17T12:00"), endOf("2026-07-27"));
      await tell(report, "check_reminder", { due: "2026-07-27" }, CHECK);
      published.push(report);
    }
    const [message, ...more] = await read(CHECK);
    expect(more).toEqual([]);
    expect(message?.message.buttons?.map((row) => row.map(({ label }) => label))).toEqual(
      published.flatMap(({ id }) => [[`№ ${id} · ✅ Устранено`], [`№ ${id} · ❌ Не устранено`]]),
    );
    for (const { id } of published) expect(message?.message.text.text).toContain(`Сообщение № ${id} («`);
  });

  test("are told of a report only once to whoever was away: by the newest", async () => {
    const { author, officer, tell, read, states, store } = await aTown();
    const report = await aPublished(store, author, officer, at("2026-07-17T12:00"), endOf("2026-07-27"));
    const other = await aPublished(store, author, officer, at("2026-07-17T12:00"), endOf("2026-07-27"));
    for (const each of [report, other]) await tell(each, "check_reminder", { due: "2026-07-27" });
    await tell(report, "check_last_reminder", { due: "2026-07-27" });
    const [message, ...more] = await read();
    expect(more).toEqual([]);
    expect(message?.message.text.text.match(/Сообщение № \d+ /g)).toEqual([
      `Сообщение № ${other.id} `,
      `Сообщение № ${report.id} `,
    ]);
    expect(await states()).toEqual([
      `check_reminder ${report.id} dropped`,
      `check_reminder ${other.id} sent`,
      `check_last_reminder ${report.id} sent`,
    ]);
  });
});

describe("one message for several notices", () => {
  test("stands in the history of each report as told at that moment", async () => {
    const { author, assign, read, store } = await aTown();
    const [first, second] = [await assign(author), await assign(author)];
    await read();
    for (const { id } of [first, second]) {
      const told = (await listTold(store.db, id)).filter(({ kind }) => kind === "assigned");
      expect(told).toEqual([
        expect.objectContaining({
          eventAt: NIGHT,
          eventKind: "assigned",
          isAuthors: true,
          state: "sent",
          count: 1,
          at: MORNING,
        }),
      ]);
    }
  });

  test("that Telegram or a crash lost is told again, whole", async () => {
    const { author, assign, read, states, messenger } = await aTown();
    const [first, second] = [await assign(author), await assign(author)];
    messenger.answer({ kind: "retry", afterSeconds: 3 });
    const [lost, again, ...more] = textsOf(await read());
    expect([again, more]).toEqual([lost, []]);
    expect(numbersIn(again)).toEqual([first.id, second.id]);
    const third = await assign(author, MORNING);
    const died = messenger.dies();
    void read();
    await died;
    await assign(author, MORNING);
    expect(await states()).toContain(`assigned ${third.id} waiting`);
    expect(numbersIn(textsOf(await read()).at(-1))).toContain(third.id);
  });

  test("that Telegram refuses for one of them is told as messages of their own, and only that one is given up", async () => {
    const { author, assign, read, states, messenger } = await aTown();
    const [bad, good] = [await assign(author), await assign(author)];
    const refused = { kind: "refused", words: "Bad Request" } as const;
    messenger.answer(refused, refused);
    const sent = textsOf(await read());
    expect(sent.map(numbersIn)).toEqual([[bad.id, good.id], [bad.id], [good.id]]);
    expect((await states()).filter((line) => line.startsWith("assigned"))).toEqual([
      `assigned ${bad.id} undeliverable`,
      `assigned ${good.id} sent`,
    ]);
  });

  test("is corrected as a message of its own would be when a decision is taken back", async () => {
    const { author, assign, read, store, tell } = await aTown();
    const [first] = [await assign(author), await assign(author)];
    await read();
    const undone = { ...first, version: first.version + 1 };
    await store.db.update(reports).set({ version: undone.version }).where(eq(reports.id, first.id));
    await tell(undone, "undone", { kind: "assigned" }, MORNING);
    const [correction, ...more] = textsOf(await read());
    expect(correction).toContain(`№ ${first.id}`);
    expect(correction).toContain("прежнее решение отменено");
    expect(more).toEqual([]);
  });
});
