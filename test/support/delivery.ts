/** What the delivery is tested with: a messenger that answers as told, and clocks that stand until they are moved. */
import { record } from "../../src/actions/record.ts";
import type { DeliverDeps } from "../../src/jobs/deliver.ts";
import type { Outgoing, Send, Sent } from "../../src/notices/send.ts";
import { createLog } from "../../src/log.ts";
import { dueOn } from "../../src/report/due.ts";
import type { Store } from "../../src/store/open.ts";
import { findTelegramId } from "../../src/store/queries/author.ts";
import { chats, type ReportRow } from "../../src/store/schema/index.ts";
import { saveReport } from "../../src/store/writes/reports.ts";
import { city, i18n } from "./notices.ts";
import { NOON } from "./people.ts";

/** A messenger that keeps what it was given. Without an answer prepared by `answer` everything arrives. */
const aMessenger = () => {
  const sent: Outgoing[] = [];
  const answers: ((outgoing: Outgoing) => Sent | Promise<Sent>)[] = [];
  const waiters: { count: number; reached: () => void }[] = [];
  let messageId = 100;
  const send: Send = async (outgoing) => {
    sent.push(outgoing);
    const answer = answers.shift();
    const result = answer
      ? await answer(outgoing)
      : ({ kind: "sent", messageId: outgoing.edit?.messageId ?? (messageId += 1) } as const);
    for (const waiter of waiters) if (sent.length >= waiter.count) waiter.reached();
    return result;
  };
  return {
    send,
    sent,
    /** Every message's chat, its text's first line and whether it rewrote one. */
    log: () =>
      sent.map(({ chatId, message, edit }) => `${chatId} ${edit ? "✎ " : ""}${message.text.text.split("\n")[0]}`),
    answer: (...prepared: (Sent | ((outgoing: Outgoing) => Sent | Promise<Sent>))[]) => {
      answers.push(...prepared.map((one) => (typeof one === "function" ? one : () => one)));
    },
    /** The next message arrives, and the process dies before it hears so; resolves when that has happened. */
    dies: (): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      answers.push(() => {
        resolve();
        return new Promise<Sent>(() => undefined);
      });
      return promise;
    },
    /** Resolves when so many calls were answered. */
    reaches: (count: number): Promise<void> =>
      sent.length >= count
        ? Promise.resolve()
        : new Promise((reached) => {
            waiters.push({ count, reached });
          }),
  };
};

/** A clock that stands until it is moved. */
export const aClock = (start: Date) => {
  let moment = start;
  return {
    now: () => moment,
    moveTo: (next: Date) => {
      moment = next;
    },
    moveSeconds: (seconds: number) => {
      moment = new Date(moment.getTime() + seconds * 1000);
    },
  };
};

/** Everything the delivery works with; wire time is far from city time, so that one taken for the other is seen. */
export const aDelivery = (store: Store) => {
  const messenger = aMessenger();
  const clock = aClock(NOON);
  const wire = aClock(new Date("2031-01-01T00:00:00Z"));
  const deps: DeliverDeps = {
    store,
    city,
    i18n,
    send: messenger.send,
    now: clock.now,
    wireNow: wire.now,
    // What fails here fails on purpose.
    log: createLog("silent"),
  };
  return { messenger, clock, wire, deps };
};

/** A group of editors for these districts, for all when none is named. */
export const aGroup = async (
  store: Store,
  chatId: number,
  boundById: number,
  districtIds: string[] = [],
  locale = "ru",
): Promise<void> => {
  const bound = { chatId, purpose: "editors", districtIds, locale, boundById, boundAt: NOON } as const;
  await store.db.insert(chats).values(bound);
};

/** Tells that the report was submitted, and that its author was answered. */
export const tellSubmitted = (store: Store, report: ReportRow, now = NOON): Promise<void> =>
  store.db.transaction(async (tx) => {
    const { authorId } = report;
    await record(
      tx,
      { store, city },
      { report, actorId: authorId, actorRole: "author", kind: "submitted", data: {} },
      now,
    );
    const chatId = authorId === null ? null : await findTelegramId(tx, authorId);
    if (chatId !== null) await store.wakeChats(tx, [chatId]);
  });

/** Sends the report to its agency and tells so. */
export const tellAssigned = (store: Store, report: ReportRow, editorId: number, now = NOON): Promise<ReportRow> =>
  store.db.transaction(async (tx) => {
    const agencyId = "housing-kuntsevo";
    const due = dueOn(city, { count: 8, kind: "working" }, now);
    const saved = await saveReport(
      tx,
      report,
      {
        status: "assigned",
        statusAt: now,
        agencyId,
        assignedAt: now,
        dueAt: new Date(due.dueAt),
        handlingDueAt: new Date(due.dueAt),
      },
      now,
    );
    const fact = {
      report: saved,
      actorId: editorId,
      actorRole: "editor",
      kind: "assigned",
      data: { agencyId, due },
    } as const;
    await record(tx, { store, city }, fact, now);
    return saved;
  });
