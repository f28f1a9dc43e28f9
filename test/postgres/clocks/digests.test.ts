import { and, asc, eq, inArray, like, sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { tickDigest } from "../../../src/actions/tick-digest.ts";
import { renderDigest, isDigestKind } from "../../../src/notices/digest.ts";
import { DIGEST_KINDS, firstDigests, type DigestKind } from "../../../src/report/digest.ts";
import { PHOTO_QUEUE } from "../../../src/store/enqueue.ts";
import type { Store } from "../../../src/store/open.ts";
import { untypedRows } from "../../../src/store/raw.ts";
import { chats, digests, events, grants, notices, residents } from "../../../src/store/schema/index.ts";
import { addDigests } from "../../../src/store/writes/digests.ts";
import { AGENCY, aCast, aTicking, at, endOf } from "../../support/clocks.ts";
import { aGroup } from "../../support/delivery.ts";
import { city, readingIn } from "../../support/notices.ts";
import { aResident, NOON } from "../../support/people.ts";
import { freshStore, quietLog } from "../../support/store.ts";

/** A Thursday morning. */
const MORNING = at("2026-07-16T09:00");

const open = async (): Promise<Store> => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  await addDigests(store.db, new Map(DIGEST_KINDS.map((kind) => [kind, MORNING])));
  return store;
};

const tick = (store: Store, kind: DigestKind, now = MORNING) => tickDigest({ store, city, log: quietLog }, kind, now);

/** Chat → what it reads. */
const readBy = async (store: Store, now = MORNING): Promise<Record<number, string>> => {
  const rows = await store.db
    .select()
    .from(notices)
    .where(and(like(notices.kind, "digest%"), eq(notices.state, "waiting")))
    .orderBy(asc(notices.id));
  return Object.fromEntries(
    rows.map(({ chatId, kind, params }) => {
      if (!isDigestKind(kind)) throw new Error(kind);
      return [chatId, renderDigest(readingIn("ru", now), kind, params).text.text];
    }),
  );
};

const YESTERDAY = endOf("2026-07-15");
const BEFORE = endOf("2026-07-14");

describe("the agencies' digest", () => {
  test("lists what was missed to the officers of that agency; last night's was just told", async () => {
    const store = await open();
    const { author } = await aCast(store);
    const missed = await aTicking(store, author, { status: "assigned", dueAt: BEFORE });
    await aTicking(store, author, { status: "planned", dueAt: YESTERDAY });
    await aTicking(store, author, { status: "answered", dueAt: BEFORE });
    await tick(store, "agency");
    const text =
      "📋 Сводка на сегодня: Жилищная служба района Кунцево\n\nСрок прошёл: 1\n" +
      `№ ${missed.id} · Неисправное освещение во дворе · срок прошёл 14 июля, 2 дня назад`;
    expect(await readBy(store)).toEqual({ 3: text, 4: text });
  });

  test("goes to the agency's group where it has one", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await store.db.insert(chats).values({
      chatId: -500,
      purpose: "agency",
      agencyId: AGENCY,
      districtIds: [],
      locale: "ru",
      boundById: author,
      boundAt: NOON,
    });
    await aTicking(store, author, { status: "assigned", dueAt: BEFORE });
    await tick(store, "agency");
    expect(Object.keys(await readBy(store))).toEqual(["-500"]);
  });

  test("says nothing when nothing was missed, and comes again the next working morning", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-20") });
    expect(await tick(store, "agency")).toBe(true);
    expect(await readBy(store)).toEqual({});
    expect(await tick(store, "agency")).toBe(false);
    const [row] = await store.db.select().from(digests).where(eq(digests.kind, "agency"));
    expect(row).toMatchObject({ tickedAt: MORNING, nextTickAt: at("2026-07-17T09:00") });
  });

  test("is told once after an outage, and not once for each morning missed; by night it waits", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await aTicking(store, author, { status: "assigned", dueAt: BEFORE });
    const night = at("2026-07-21T23:00");
    expect(await tick(store, "agency", night)).toBe(true);
    expect(await tick(store, "agency", night)).toBe(false);
    const rows = await store.db.select({ dueAt: notices.dueAt }).from(notices);
    expect(rows).toEqual([{ dueAt: at("2026-07-22T08:00") }, { dueAt: at("2026-07-22T08:00") }]);
  });

  test("is put together by one of several processes", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await aTicking(store, author, { status: "assigned", dueAt: BEFORE });
    const done = await Promise.all([tick(store, "agency"), tick(store, "agency"), tick(store, "agency")]);
    expect(done.toSorted()).toEqual([false, false, true]);
    expect(await store.db.$count(notices)).toBe(2);
  });
});

describe("the editors' digest", () => {
  test("tells each group of its districts and what has its last day today, and the editors in private of what no group covers", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await aGroup(store, -100, author, ["kuntsevo"]);
    const late = await aTicking(store, author, { status: "submitted", dueAt: BEFORE });
    await aTicking(store, author, { status: "submitted", dueAt: endOf("2026-07-20") });
    for (let i = 0; i < 2; i += 1) await aTicking(store, author, { status: "submitted", dueAt: endOf("2026-07-16") });
    const later = await aTicking(store, author, { status: "answered", dueAt: endOf("2026-07-17") });
    const answered = await aTicking(store, author, { status: "answered", dueAt: endOf("2026-07-16") });
    await aTicking(store, author, { status: "submitted", dueAt: endOf("2026-07-20"), districtId: "ramenki" });
    await tick(store, "editors");
    expect(await readBy(store)).toEqual({
      "-100":
        "☀️ Утренняя сводка редакторов\n\nНа модерации: 4, сегодня последний день у 2\n\n" +
        `Модерация опаздывает: 1\n№ ${late.id} · Неисправное освещение во дворе · срок прошёл 14 июля, 2 дня назад\n\n` +
        `Ответы на проверке: 2, сегодня последний день у 1\n` +
        `№ ${answered.id} · Неисправное освещение во дворе · сегодня, 16 июля\n` +
        `№ ${later.id} · Неисправное освещение во дворе · завтра, 17 июля`,
      5: "☀️ Утренняя сводка редакторов\n\nНа модерации: 1",
    });
  });

  test("lists every working morning what the agencies have missed, as the resident was told", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await aGroup(store, -100, author, ["kuntsevo"]);
    const missed = await aTicking(store, author, { status: "assigned", dueAt: BEFORE });
    await aTicking(store, author, { status: "planned", dueAt: YESTERDAY });
    await tick(store, "editors");
    expect((await readBy(store))[-100]).toMatch(
      new RegExp(`Срок прошёл: 1\n№ ${missed.id} ·[^\n]*14 июля, 2 дня назад$`),
    );
  });

  test("lists disputes that are theirs, the inspectors' only while there is none", async () => {
    const store = await open();
    const { author, inspector } = await aCast(store);
    const dispute = async (desk: string): Promise<number> => {
      const { id } = await aTicking(store, author, { status: "disputed", dueAt: endOf("2026-07-20") });
      const data = { desk };
      await store.db.insert(events).values({ at: NOON, reportId: id, actorRole: "author", kind: "disputed", data });
      return id;
    };
    const [ours, theirs, admins] = [await dispute("editors"), await dispute("inspectors"), await dispute("admins")];
    const line = (id: number) => `№ ${id} · Неисправное освещение во дворе · 20 июля, осталось 4 дня`;
    await aResident(store.db, { telegramId: 7, role: "admin" });
    for (const kind of ["editors", "inspectors", "admins"] as const) await tick(store, kind);
    const read = await readBy(store);
    expect(read[5]).toBe(`☀️ Утренняя сводка редакторов\n\nНа контроле: 1\n${line(ours)}`);
    expect(read[6]).toBe(`☀️ Ждут вашего решения\n\nНа контроле: 1\n${line(theirs)}`);
    expect(read[7]).toContain(line(admins));
    await store.db.update(grants).set({ removedAt: NOON }).where(eq(grants.residentId, inspector));
    await store.db.delete(notices);
    const next = at("2026-07-17T09:00");
    await tick(store, "editors", next);
    expect((await readBy(store, next))[5]).toContain("На контроле: 2");
  });
});

describe("the admins' digests", () => {
  const anAdmin = (store: Store) => aResident(store.db, { telegramId: 7, role: "admin" });
  const momentOf = async (store: Store, kind: DigestKind) =>
    (await store.db.select().from(digests).where(eq(digests.kind, kind)))[0]?.nextTickAt;

  test("of the week: what others let lie, agencies after three working days, editors and inspectors after one, and how much at whom", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await anAdmin(store);
    const agency = await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-10"), nextTickAt: null });
    await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-13") });
    await aTicking(store, author, { status: "planned", agencyId: "roads", dueAt: BEFORE });
    // Last night's is not among them: everybody was just told.
    await aTicking(store, author, { status: "assigned", agencyId: "city-light", dueAt: YESTERDAY });
    const editor = await aTicking(store, author, { status: "answered", dueAt: BEFORE });
    await aTicking(store, author, { status: "submitted", dueAt: YESTERDAY });
    await tick(store, "admins");
    expect((await readBy(store))[7]).toBe(
      "🛠 Сводка администратора за неделю\n\nТри рабочих дня после срока без ответа службы: 1\n" +
        `№ ${agency.id} · Неисправное освещение во дворе · срок прошёл 10 июля, 6 дней назад\n\n` +
        "Не решено и через рабочий день после срока: 1\n" +
        `№ ${editor.id} · Неисправное освещение во дворе · срок прошёл 14 июля, 2 дня назад\n\n` +
        "Срок прошёл, по службам\nЖилищная служба района Кунцево: 2, из них три рабочих дня и дольше — 1\n" +
        "Дорожная служба Западного округа: 1\n\n" +
        "📆 Рабочий календарь на 2027 год предварительный: когда выйдет постановление, замените его в файле города.",
    );
    expect(await momentOf(store, "admins")).toEqual(at("2026-07-20T09:00"));
  });

  test("of the week counts what could not be told since the last one", async () => {
    const store = await open();
    await anAdmin(store);
    await store.db.update(digests).set({ tickedAt: at("2026-07-13T09:00") });
    const undeliverable = (key: string, settledAt: Date, failure: string) => ({
      dedupeKey: key,
      chatId: 1,
      kind: "assigned",
      params: {},
      state: "undeliverable" as const,
      createdAt: NOON,
      dueAt: NOON,
      settledAt,
      failure,
    });
    await store.db
      .insert(notices)
      .values([
        undeliverable("a", at("2026-07-13T10:00"), "message is too long"),
        undeliverable("b", at("2026-07-16T08:00"), "blocked"),
        undeliverable("c", at("2026-07-13T08:00"), "message is too long"),
      ]);
    await tick(store, "admins");
    expect((await readBy(store))[7]).toContain(
      "\n\n✉️ Не доставлено 1 уведомление.\n✉️ 1 уведомление ждёт: получатель остановил бота.\n\n",
    );
  });

  test("what cannot wait comes on any working morning: what went where nobody reads it, and what the program left undone", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await anAdmin(store);
    const unheard = await aTicking(store, author, { status: "assigned", agencyId: "city-light" });
    await aTicking(store, author, { status: "answered", agencyId: "city-light" });
    // This one has officers.
    await aTicking(store, author, { status: "assigned" });
    await aTicking(store, author, { status: "submitted", dueAt: endOf("2026-07-15") });
    await tick(store, "troubles");
    const text = (await readBy(store))[7];
    expect(text).toMatch(new RegExp(`^🛠 Нужен администратор\n\nНикто не прочтёт[^\n]*: 1\n№ ${unheard.id} [^\n]*\n\n`));
    expect(text).toMatch(/\n⚠️ 1 сообщение больше часа ждёт, пока программа сделает с ним следующий шаг[^\n]*$/);
    expect(await momentOf(store, "troubles")).toEqual(at("2026-07-17T09:00"));
  });

  test("a group that may not be written to and officers who stopped the bot do not count as readers", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await anAdmin(store);
    const unheard = await aTicking(store, author, { status: "assigned" });
    await aTicking(store, author, { status: "assigned", agencyId: "roads" });
    const binding = { districtIds: [], locale: "ru", boundById: author, boundAt: NOON };
    const muted = { purpose: "agency", unreachable: "Bad Request: not enough rights" } as const;
    await store.db.insert(chats).values({ chatId: -500, agencyId: AGENCY, ...binding, ...muted });
    await tick(store, "troubles");
    expect(await readBy(store)).toEqual({});
    const theirs = inArray(residents.telegramId, [3, 4]);
    await store.db.update(residents).set({ blockedAt: NOON }).where(theirs);
    await tick(store, "troubles", at("2026-07-17T09:00"));
    expect((await readBy(store))[7]).toMatch(new RegExp(`: 1\n№ ${unheard.id} [^\n]*$`));
  });

  test("a job that failed on a Friday is told on Monday, and once", async () => {
    const store = await open();
    await anAdmin(store);
    const monday = at("2026-07-20T09:00");
    const ticked = { tickedAt: at("2026-07-17T09:00"), nextTickAt: monday };
    await store.db.update(digests).set(ticked).where(eq(digests.kind, "troubles"));
    const id = await store.boss.send(PHOTO_QUEUE, {});
    const failed = sql`update pgboss.job set state = 'failed', completed_on = now() - interval '2 days' where id = ${id}`;
    await untypedRows(store.db, failed);
    await tick(store, "troubles", monday);
    expect((await readBy(store))[7]).toContain("Не выполнена 1 фоновая задача.");
    await store.db.delete(notices);
    await tick(store, "troubles", at("2026-07-21T09:00"));
    expect(await readBy(store)).toEqual({});
  });

  test("nothing undone, nobody unheard: nothing is said", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await anAdmin(store);
    await aTicking(store, author, { status: "assigned" });
    await tick(store, "troubles");
    expect(await readBy(store)).toEqual({});
  });

  test("missed on a Monday, the week's is told as soon as the program is back, and again the next Monday", async () => {
    const store = await open();
    await anAdmin(store);
    await store.db.update(digests).set({ nextTickAt: at("2026-07-13T09:00") });
    expect(await tick(store, "admins", at("2026-07-15T14:00"))).toBe(true);
    expect(Object.keys(await readBy(store))).toEqual(["7"]);
    expect(await momentOf(store, "admins")).toEqual(at("2026-07-20T09:00"));
  });

  test("hold no name: what they keep is numbers, topics and dates", async () => {
    const store = await open();
    const { author } = await aCast(store);
    await anAdmin(store);
    await store.db.update(residents).set({ name: "Пелагея Тайная" }).where(eq(residents.id, author));
    await aTicking(store, author, { status: "assigned", dueAt: endOf("2026-07-10") });
    for (const kind of DIGEST_KINDS) await tick(store, kind);
    const kept = JSON.stringify(await store.db.select({ params: notices.params }).from(notices));
    expect(kept).toContain("yard-light");
    expect(kept).not.toMatch(/Пелагея|Ярцевская|Фонарь/);
  });
});

test("a digest keeps the moment it has when the program starts again", async () => {
  const store = await open();
  await addDigests(store.db, firstDigests(city, at("2026-07-20T12:00")));
  const [row] = await store.db.select().from(digests).where(eq(digests.kind, "agency"));
  expect(row?.nextTickAt).toEqual(MORNING);
});
