import { randomInt } from "node:crypto";
import { count, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cancelDraft } from "../../../src/actions/cancel-draft.ts";
import { continueDraft, type Continued } from "../../../src/actions/continue-draft.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { giveConsent } from "../../../src/actions/give-consent.ts";
import { meetResident } from "../../../src/actions/meet-resident.ts";
import { setLocale } from "../../../src/actions/set-locale.ts";
import { readDraft } from "../../../src/form/draft.ts";
import type { Input } from "../../../src/form/input.ts";
import { openStore, type Store } from "../../../src/store/open.ts";
import { findVisit, type Visit } from "../../../src/store/queries/residents.ts";
import { drafts, handledUpdates } from "../../../src/store/schema/drafts.ts";
import { events } from "../../../src/store/schema/events.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import { reports } from "../../../src/store/schema/reports.ts";
import { loadDemoCity } from "../../support/demo-city.ts";
import { location, photo, SUMMER, text } from "../../support/form.ts";
import { hoursAfter } from "../../support/people.ts";
import { freshDatabase, freshStore, quietLog, STORE_KINDS, type FreshStore } from "../../support/store.ts";

const city = { ...(await loadDemoCity()), limits: { reportsPerDay: 3, noticesPerSecond: 28, paidBroadcast: false } };

/** What a resident tells, in four messages, up to the preview. */
const STORY: readonly Input[] = [
  photo("one", { caption: "Глубокая яма у второго подъезда" }),
  photo("two"),
  { kind: "topic", topicId: "pothole" },
  location(),
];

/** Somebody who talks to the bot: every message is read, stepped and committed as an update of its own. */
const aPerson = async (deps: Deps, now = SUMMER) => {
  const telegramId = randomInt(1, 2 ** 47);
  const person = { telegramId, name: "Анна", locale: "ru" };
  const met = await meetResident(deps, person, 0, now);
  await giveConsent(deps, { resident: met.resident, version: city.consent.version }, now);
  const visit = async (updateId: number): Promise<Visit> => {
    const seen = await findVisit(deps.store.db, telegramId, updateId);
    if (seen === null) throw new Error("Nobody there");
    return seen;
  };
  const send = async (
    input: Input,
    { updateId = randomInt(2 ** 47), at = now, through = deps } = {},
  ): Promise<Continued> => continueDraft(through, { visit: await visit(updateId), updateId, input }, at);
  return {
    id: met.resident.id,
    telegramId,
    visit,
    send,
    tell: async (inputs: readonly Input[] = STORY): Promise<void> => {
      for (const input of inputs) await send(input);
    },
    /** The press on «отправить» as the preview shows it now; photos that came last are ended with «готово» before. */
    confirm: async (): Promise<Input> => {
      const press = async (choice: string) => {
        const { draft } = await visit(0);
        return { kind: "press", turn: readDraft(draft?.content).turn, press: choice } as const;
      };
      if (readDraft((await visit(0)).draft?.content).isCollecting) await send(await press("done"));
      return press("send");
    },
  };
};

const reportsOf = async ({ db }: Store, authorId: number) =>
  db.select().from(reports).where(eq(reports.authorId, authorId));
const countOf = async ({ db }: Store, table: typeof drafts | typeof photos | typeof handledUpdates): Promise<number> =>
  (await db.select({ rows: count() }).from(table))[0]?.rows ?? 0;

describe.each(STORE_KINDS)("a draft on %s", (kind) => {
  let store: FreshStore;
  let deps: Deps;
  beforeAll(async () => {
    store = await freshStore(kind);
    deps = { store, city, log: quietLog };
  });
  afterAll(() => store.close());

  let anna: Awaited<ReturnType<typeof aPerson>>;
  beforeEach(async () => {
    anna = await aPerson(deps);
  });

  test("is kept after every message and becomes a report with photos, event and notices", async () => {
    await anna.tell();
    const { draft } = await anna.visit(0);
    expect(draft).toMatchObject({ version: 4, content: { topicId: "pothole", photos: [{}, {}] } });
    const sent = await anna.send(await anna.confirm());
    expect(sent).toMatchObject({ kind: "sent" });
    const [report, ...more] = await reportsOf(store, anna.id);
    expect(more).toEqual([]);
    expect(report).toMatchObject({
      draftId: draft?.draftId,
      status: "submitted",
      topicId: "pothole",
      districtId: "kuntsevo",
      description: "Глубокая яма у второго подъезда",
      // One working day: the end of Thursday in Moscow.
      dueAt: new Date("2026-07-16T21:00:00.000Z"),
      nextTickAt: new Date("2026-07-16T21:00:00.000Z"),
    });
    const id = report?.id ?? 0;
    const pictures = await store.db.select().from(photos).where(eq(photos.reportId, id)).orderBy(photos.position);
    expect(pictures.map(({ fileUniqueId }) => fileUniqueId)).toEqual(["one", "two"]);
    expect(await store.db.select().from(events).where(eq(events.reportId, id))).toMatchObject([
      { kind: "submitted", actorId: anna.id, actorRole: "author" },
    ]);
    expect(await store.db.select().from(notices).where(eq(notices.reportId, id))).toContainEqual(
      expect.objectContaining({ chatId: anna.telegramId, kind: "received" }),
    );
    expect((await anna.visit(0)).draft).toBeNull();
  });

  test("is changed once by an update that is delivered twice", async () => {
    await anna.tell([{ kind: "topic", topicId: "pothole" }]);
    const told = text("Глубокая яма у второго подъезда, в ней торчит арматура, обойти её можно только по дороге");
    await anna.send(told, { updateId: 77 });
    const { draft: before } = await anna.visit(0);
    expect(await anna.send(told, { updateId: 77 })).toMatchObject({
      kind: "reply",
      reply: { kind: "ask", ask: { key: "place" } },
    });
    expect((await anna.visit(0)).draft).toEqual(before);
  });

  test("makes one report of a double tap, and the second says nothing new", async () => {
    await anna.tell();
    const confirm = await anna.confirm();
    expect(await anna.send(confirm)).toMatchObject({ kind: "sent" });
    expect(await anna.send(confirm)).toEqual({ kind: "no_draft" });
    expect(await reportsOf(store, anna.id)).toHaveLength(1);
  });

  test("makes one report of a confirmation that is delivered again, even when a new draft was begun", async () => {
    await anna.tell();
    const confirm = await anna.confirm();
    await anna.send(confirm, { updateId: 500 });
    await anna.send({ kind: "show" });
    expect(await anna.send(confirm, { updateId: 500 })).toMatchObject({ kind: "reply", reply: { kind: "ask" } });
    expect(await anna.send(confirm)).toMatchObject({ kind: "reply", reply: { kind: "stale" } });
    expect(await reportsOf(store, anna.id)).toHaveLength(1);
  });

  test("loses nothing of messages that arrive at the same moment", async () => {
    const all = await Promise.all(STORY.map((input) => anna.send(input)));
    expect(all.map(({ kind: said }) => said)).toEqual(Array(4).fill("reply"));
    const { draft } = await anna.visit(0);
    expect(draft?.version).toBe(4);
    expect(draft?.content).toMatchObject({ topicId: "pothole", place: {}, description: expect.any(String) });
    expect(draft?.content.photos).toHaveLength(2);
  });

  test("makes one report of many confirmations at the same moment", async () => {
    await anna.tell();
    const confirm = await anna.confirm();
    const all = await Promise.all(Array.from({ length: 6 }, () => anna.send(confirm)));
    expect(all.filter(({ kind: said }) => said === "sent")).toHaveLength(1);
    expect(all.filter(({ kind: said }) => said === "no_draft")).toHaveLength(5);
    expect(await reportsOf(store, anna.id)).toHaveLength(1);
  });

  test("waits when the day's reports are used up, and is sent the next day", async () => {
    for (let filed = 0; filed < 3; filed += 1) {
      await anna.tell();
      await anna.send(await anna.confirm());
    }
    await anna.tell();
    const confirm = await anna.confirm();
    expect(await anna.send(confirm)).toMatchObject({
      kind: "limit",
      perDay: 3,
      until: new Date("2026-07-15T21:00:00.000Z"),
      ask: { key: "preview" },
    });
    expect((await anna.visit(0)).draft?.content).toMatchObject({ topicId: "pothole" });
    expect(await anna.send(confirm, { at: new Date("2026-07-15T20:59:59.999Z") })).toMatchObject({ kind: "limit" });
    expect(await anna.send(confirm, { at: new Date("2026-07-15T21:00:00.000Z") })).toMatchObject({ kind: "sent" });
  });

  test("is not begun before the resident agreed, nor with an older text than the city has now", async () => {
    const newer: Deps = {
      store,
      log: quietLog,
      city: { ...city, consent: { ...city.consent, version: city.consent.version + 1 } },
    };
    await anna.tell();
    expect(await anna.send(await anna.confirm(), { through: newer })).toEqual({ kind: "no_consent" });
    const { resident, draft } = await anna.visit(0);
    expect(draft).not.toBeNull();
    expect(await giveConsent(newer, { resident, version: city.consent.version }, SUMMER)).toEqual({
      ok: false,
      why: "outdated",
    });
    await giveConsent(newer, { resident, version: newer.city.consent.version }, SUMMER);
    expect(await anna.send(await anna.confirm(), { through: newer })).toMatchObject({ kind: "sent" });
  });

  test("is not begun by thanks, a press or a corrected message", async () => {
    for (const input of [
      text("ага"),
      { kind: "press", turn: 1, press: "send" },
      { kind: "edited", text: "Глубокая яма у подъезда", messageId: 5 },
    ] satisfies Input[])
      expect(await anna.send(input)).toEqual({ kind: "no_draft" });
    expect((await anna.visit(0)).draft).toBeNull();
  });

  test("is thrown away only as it was when the resident was asked", async () => {
    await anna.tell();
    const seen = await anna.visit(0);
    const { turn } = readDraft(seen.draft?.content);
    expect(await cancelDraft(deps, { visit: seen, turn: turn - 1 })).toBe(false);
    await anna.send(location({ lat: 55.7415, lon: 37.4175 }));
    expect(await cancelDraft(deps, { visit: seen, turn })).toBe(false);
    const now = await anna.visit(0);
    expect(await cancelDraft(deps, { visit: now, turn: readDraft(now.draft?.content).turn })).toBe(true);
    expect((await anna.visit(0)).draft).toBeNull();
    expect(await reportsOf(store, anna.id)).toEqual([]);
  });

  test("a week later is where it was", async () => {
    await anna.tell();
    const { draft } = await anna.visit(0);
    expect(await anna.send({ kind: "show" }, { at: hoursAfter(SUMMER, 7 * 24) })).toMatchObject({
      reply: { ask: { key: "preview" } },
    });
    expect((await anna.visit(0)).draft).toEqual(draft);
  });

  test("consent is written down once, with an event", async () => {
    const { resident } = await anna.visit(0);
    await giveConsent(deps, { resident, version: city.consent.version }, SUMMER);
    const told = await store.db.select().from(events).where(eq(events.actorId, anna.id));
    expect(told).toMatchObject([{ kind: "consented", data: { version: city.consent.version } }]);
  });

  test("a resident is met once, keeps the chosen language, and is renamed as Telegram says", async () => {
    await setLocale(deps, anna.id, "en");
    const again = await meetResident(
      deps,
      { telegramId: anna.telegramId, name: "Анна Иванова", locale: "ru" },
      0,
      SUMMER,
    );
    expect(again.resident).toMatchObject({ id: anna.id, name: "Анна Иванова", locale: "en" });
  });

  test("a step takes two statements, one more to look for reports nearby, and one when nothing changes", async () => {
    await anna.tell([{ kind: "topic", topicId: "pothole" }]);
    const statements: string[] = [];
    const counting = { ...deps, store: { ...store, db: countingDb(store.db, statements) } } as Deps;
    const visit = async (updateId = 900) => {
      const seen = await findVisit(counting.store.db, anna.telegramId, updateId);
      if (seen === null) throw new Error("Nobody there");
      return seen;
    };
    await continueDraft(counting, { visit: await visit(), updateId: 900, input: location() }, SUMMER);
    expect(statements).toEqual(["select", "select", "execute"]);
    statements.length = 0;
    await continueDraft(counting, { visit: await visit(), updateId: 901, input: { kind: "show" } }, SUMMER);
    expect(statements).toEqual(["select"]);
    statements.length = 0;
    // There was nothing nearby, so nothing is looked for again.
    const described = text("Глубокая яма у второго подъезда, объехать нельзя");
    await continueDraft(counting, { visit: await visit(900_003), updateId: 900_003, input: described }, SUMMER);
    expect(statements).toEqual(["select", "execute"]);
  });
});

/** The database, with the name of every way a statement is begun written down. */
const countingDb = (db: Store["db"], statements: string[]): Store["db"] =>
  new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        statements.push(String(name));
        return value.apply(target, args);
      };
    },
  });

describe("two processes on one Postgres", () => {
  let one: FreshStore;
  let other: Store;
  beforeAll(async () => {
    one = await freshStore("postgres");
    other = await openStore(one.database, quietLog, { jobs: false });
  });
  afterAll(async () => {
    await other.close();
    await one.close();
  });

  test("fill one draft and make one report, whichever gets which message", async () => {
    const deps = [
      { store: one, city, log: quietLog },
      { store: other, city, log: quietLog },
    ] as const;
    for (let round = 0; round < 5; round += 1) {
      const anna = await aPerson(deps[0]);
      await Promise.all(STORY.map((input, i) => anna.send(input, { through: deps[i % 2 === 0 ? 0 : 1] })));
      const confirm = await anna.confirm();
      const updateId = randomInt(2 ** 47);
      const all = await Promise.all(
        [0, 1, 0, 1].map((process) => anna.send(confirm, { updateId, through: deps[process === 0 ? 0 : 1] })),
      );
      // The same update four times: one makes the report, the others answer as it did.
      expect(new Set(all.map((said) => said.kind === "sent" && said.reportId)).size).toBe(1);
      expect(all.filter((said) => said.kind === "sent" && said.summary.length > 0)).toHaveLength(1);
      const [report] = await reportsOf(one, anna.id);
      expect(
        await one.db
          .select()
          .from(photos)
          .where(eq(photos.reportId, report?.id ?? 0)),
      ).toHaveLength(2);
      expect(await reportsOf(one, anna.id)).toHaveLength(1);
    }
  });
});

describe.each(STORE_KINDS)("a restart of %s between any two messages", (kind) => {
  test("changes nothing about the report", async () => {
    const { database, remove } = await freshDatabase(kind);
    const open = () => openStore(database, quietLog, { jobs: false });
    let store = await open();
    try {
      const { telegramId } = await aPerson({ store, city, log: quietLog });
      const send = async (input: Input, updateId: number) => {
        const visit = await findVisit(store.db, telegramId, updateId);
        if (visit === null) throw new Error("Nobody there");
        return continueDraft({ store, city, log: quietLog }, { visit, updateId, input }, SUMMER);
      };
      const sendAndRestart = async (input: Input, updateId: number): Promise<Continued> => {
        await send(input, updateId);
        await store.close();
        store = await open();
        // Telegram did not hear that it was handled.
        return send(input, updateId);
      };
      for (const [i, input] of STORY.entries()) await sendAndRestart(input, 100 + i);
      const seen = await findVisit(store.db, telegramId, 0);
      const confirm: Input = { kind: "press", turn: readDraft(seen?.draft?.content).turn, press: "send" };
      // The answer got lost with the first process: the second gives it again.
      expect(await sendAndRestart(confirm, 200)).toEqual({ kind: "sent", reportId: expect.any(Number), summary: [] });
      expect(await store.db.select().from(reports)).toMatchObject([{ topicId: "pothole" }]);
      expect(await countOf(store, photos)).toBe(2);
      expect(await countOf(store, drafts)).toBe(0);
      expect(await countOf(store, handledUpdates)).toBe(STORY.length + 1);
    } finally {
      await store.close();
      await remove();
    }
  });
});
