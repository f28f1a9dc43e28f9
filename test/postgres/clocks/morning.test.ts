/** What an agency reads at nine: one message, in which nothing stands twice. */
import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import { workOff } from "../../../src/jobs/schedule.ts";
import { firstDigests } from "../../../src/report/digest.ts";
import { chats, notices, reports } from "../../../src/store/schema/index.ts";
import { addDigests } from "../../../src/store/writes/digests.ts";
import { AGENCY, aCast, aTicking, at, endOf } from "../../support/clocks.ts";
import { aDelivery } from "../../support/delivery.ts";
import { city } from "../../support/notices.ts";
import { NOON } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

const GROUP = -500;
const AUTHOR = 1;
/** A Thursday. */
const NINE = at("2026-07-16T09:00");
const LIGHT = "Неисправное освещение во дворе";
const PLACE = "Ярцевская улица, 14";

const aTown = async ({ hasGroup = true } = {}) => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const cast = await aCast(store);
  const binding = { districtIds: [], locale: "ru", boundById: cast.author, boundAt: NOON };
  if (hasGroup) await store.db.insert(chats).values({ chatId: GROUP, purpose: "agency", agencyId: AGENCY, ...binding });
  await addDigests(store.db, firstDigests(city, NOON));
  const { deps, messenger, clock } = aDelivery(store);
  return {
    ...{ store, cast, messenger },
    /** The sweep of this moment: what has come due is recorded, and its chats are woken. */
    sweep: (now: Date): Promise<void> => {
      clock.moveTo(now);
      const signal = new AbortController().signal;
      return workOff({ ...deps, timeZone: city.timeZone, signal }, now, deps.wireNow());
    },
    read: async (chatId: number): Promise<string[]> => {
      await deliverChat(deps, chatId, new AbortController().signal);
      return messenger.sent.splice(0).map(({ message }) => message.text.text);
    },
    /** What became of everything the group was to be told, in order. */
    states: async (): Promise<string[]> => {
      const rows = await store.db.select().from(notices).where(eq(notices.chatId, GROUP)).orderBy(notices.id);
      return rows.map(({ kind, state }) => `${kind} ${state}`);
    },
  };
};

const assigned = (dueOn: string) => ({ status: "assigned", dueAt: endOf(dueOn) }) as const;

describe("an agency's morning", () => {
  test("is one message: due today, due tomorrow, missed and by how much, and what comes soon, each with its place and each once", async () => {
    const { store, cast, sweep, read, states } = await aTown();
    const soon = await aTicking(store, cast.author, assigned("2026-07-19"));
    const tomorrow = await aTicking(store, cast.author, assigned("2026-07-17"));
    const today = await aTicking(store, cast.author, assigned("2026-07-16"));
    const other = await aTicking(store, cast.author, assigned("2026-07-16"));
    const missed = await aTicking(store, cast.author, { ...assigned("2026-07-14") });
    await store.db.update(reports).set({ nextTickAt: null }).where(eq(reports.id, missed.id));
    await sweep(NINE);
    expect(await read(GROUP)).toEqual([
      "📋 Сводка на сегодня: Жилищная служба района Кунцево\n\n" +
        `Срок сегодня: 2\n№ ${today.id} · ${LIGHT} · ${PLACE}\n№ ${other.id} · ${LIGHT} · ${PLACE}\n\n` +
        `Срок завтра: 1\n№ ${tomorrow.id} · ${LIGHT} · ${PLACE}\n\n` +
        `Срок прошёл: 1\n№ ${missed.id} · ${LIGHT} · ${PLACE} · срок прошёл 14 июля, 2 дня назад\n\n` +
        `Скоро срок: 1\n№ ${soon.id} · ${LIGHT} · ${PLACE} · 19 июля, осталось 3 дня`,
    ]);
    // Each of them keeps its own row, so the history of the report says that and when the agency was reminded.
    expect(await states()).toEqual([...Array.from({ length: 4 }, () => "due_reminder sent"), "digest_agency sent"]);
    expect(await read(GROUP)).toEqual([]);
  });

  test("wakes its group and the authors once everything is there: what dates bring is not told piece by piece", async () => {
    const { store, cast } = await aTown();
    for (const day of ["2026-07-16", "2026-07-17"]) await aTicking(store, cast.author, assigned(day));
    const woken: number[][] = [];
    const watched =
      (wake: typeof store.wakeChats): typeof store.wakeChats =>
      async (tx, chatIds) => {
        woken.push(chatIds.toSorted((a, b) => a - b));
        return wake(tx, chatIds);
      };
    const watching = { ...store, wakeChats: watched(store.wakeChats), wakeInTurn: watched(store.wakeInTurn) };
    const { deps } = aDelivery(watching);
    const signal = new AbortController().signal;
    await workOff({ ...deps, timeZone: city.timeZone, signal }, NINE, deps.wireNow());
    expect(woken.filter((ids) => ids.length > 0)).toEqual([[GROUP, AUTHOR]]);
  });

  test("with one reminder and nothing missed is that reminder as it is; without any there is none", async () => {
    const { store, cast, sweep, read } = await aTown();
    await sweep(at("2026-07-15T13:00"));
    expect(await read(GROUP)).toEqual([]);
    const one = await aTicking(store, cast.author, assigned("2026-07-17"));
    await sweep(NINE);
    expect(await read(GROUP)).toEqual([`⏳ № ${one.id} · ${LIGHT}\n📍 ${PLACE}\nПоследний день: завтра, 17 июля.`]);
  });

  test("leaves out what was answered meanwhile, and is not told at all when that was everything", async () => {
    const { store, cast, sweep, read, states } = await aTown();
    const first = await aTicking(store, cast.author, assigned("2026-07-16"));
    const second = await aTicking(store, cast.author, assigned("2026-07-16"));
    await sweep(NINE);
    const answered = { status: "answered", answeredAt: NINE } as const;
    await store.db.update(reports).set(answered).where(eq(reports.id, first.id));
    await store.db.update(reports).set(answered).where(eq(reports.id, second.id));
    expect(await read(GROUP)).toEqual([]);
    expect(await states()).toEqual(["due_reminder dropped", "due_reminder dropped"]);
  });

  test("of several that Telegram did not take is the newest", async () => {
    const { store, cast, sweep, read, states } = await aTown();
    const missed = await aTicking(store, cast.author, assigned("2026-07-14"));
    await store.db.update(reports).set({ nextTickAt: null }).where(eq(reports.id, missed.id));
    await sweep(NINE);
    await sweep(at("2026-07-17T09:00"));
    expect(await read(GROUP)).toEqual([
      `📋 Сводка на сегодня: Жилищная служба района Кунцево\n\nСрок прошёл: 1\n№ ${missed.id} · ${LIGHT} · ${PLACE} · срок прошёл 14 июля, 3 дня назад`,
    ]);
    expect(await states()).toEqual(["digest_agency dropped", "digest_agency sent"]);
  });

  test("of an officer who took tasks is in their own chat, too: the reminders of theirs, without the agency's list", async () => {
    const { store, cast, sweep, read } = await aTown();
    const theirs = await aTicking(store, cast.author, { ...assigned("2026-07-16"), officerId: cast.officer });
    await aTicking(store, cast.author, assigned("2026-07-16"));
    const missed = await aTicking(store, cast.author, assigned("2026-07-14"));
    await store.db.update(reports).set({ nextTickAt: null }).where(eq(reports.id, missed.id));
    await sweep(NINE);
    expect(await read(3)).toEqual([`⏳ № ${theirs.id} · ${LIGHT}\n📍 ${PLACE}\nПоследний день: сегодня, 16 июля.`]);
    expect(await read(4)).toEqual([]);
  });

  test("on a day off is the reminders alone", async () => {
    const { store, cast, sweep, read } = await aTown({ hasGroup: false });
    const saturday = at("2026-07-18T09:00");
    const missed = await aTicking(store, cast.author, assigned("2026-07-14"));
    await store.db.update(reports).set({ nextTickAt: null }).where(eq(reports.id, missed.id));
    await sweep(at("2026-07-17T09:00"));
    await read(3);
    for (const day of ["2026-07-19", "2026-07-21"]) await aTicking(store, cast.author, assigned(day));
    await sweep(saturday);
    const [text, ...more] = await read(3);
    expect(more).toEqual([]);
    expect(text).toContain("Срок завтра: 1");
    expect(text).toContain("Скоро срок: 1");
    expect(text).not.toContain("Срок прошёл");
  });
});
