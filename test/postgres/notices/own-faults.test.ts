/** What goes wrong on our side: it silences nobody for good, takes no other news with it, and the admins hear of it. */
import { eq, sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Key } from "../../../src/i18n/keys.ts";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import { FOLD_FROM } from "../../../src/jobs/fold.ts";
import type { Outgoing, Sent } from "../../../src/notices/send.ts";
import { chats, notices, photos } from "../../../src/store/schema/index.ts";
import { AGENCY, aCast, aTicking, at, endOf } from "../../support/clocks.ts";
import { aDelivery, aGroup, tellAssigned, tellSubmitted } from "../../support/delivery.ts";
import { i18n } from "../../support/notices.ts";
import { aReport, aResident, NOON } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

const [AUTHOR, ADMIN, GROUP] = [1, 9, -100];
const MORNING = at("2026-07-21T08:00");
const NIGHT = at("2026-07-20T23:00");
const never = new AbortController().signal;
const fails = (): never => {
  throw new Error("a fault of our own");
};

const aTown = async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const cast = await aCast(store);
  const admin = await aResident(store.db, { telegramId: ADMIN, role: "admin" });
  const { deps, messenger, clock, wire } = aDelivery(store);
  const town = { ...deps, isHurried: true };
  return {
    ...{ ...cast, admin, store, deps, messenger, clock, wire },
    deliver: (chatId: number) => deliverChat(town, chatId, never),
    /** Tells the chat until nothing is left, and lets the time pass that has to be waited for; the seconds are those waits. */
    tellAll: async (chatId: number): Promise<number[]> => {
      const waits: number[] = [];
      for (let afterMs = await deliverChat(town, chatId, never); afterMs !== null;) {
        waits.push(afterMs / 1000);
        wire.moveSeconds(afterMs / 1000);
        afterMs = await deliverChat(town, chatId, never);
      }
      return waits;
    },
    /** From now on no text of this room can be made. */
    breakTexts: (room: string): void => {
      const whole = (key: Key): Key => (key.startsWith(room) ? fails() : key);
      town.i18n = {
        ...i18n,
        t: (locale, key, params) => i18n.t(locale, whole(key), params),
        parts: (locale, key, params) => i18n.parts(locale, whole(key), params),
      };
    },
    submit: async () => {
      const report = await aReport(store.db, cast.author);
      await tellSubmitted(store, report);
      return report;
    },
    assign: async () => tellAssigned(store, await aReport(store.db, cast.author), cast.editor, NIGHT),
    states: async (chatId: number): Promise<string[]> => {
      const rows = await store.db.select().from(notices).where(eq(notices.chatId, chatId)).orderBy(notices.id);
      return rows.map(({ kind, state }) => `${kind} ${state}`);
    },
    headlines: () => messenger.sent.map(({ message }) => message.text.text.split("\n")[0]),
  };
};

describe("a message our own program cannot send", () => {
  test("is given up after five more tries, those behind it are told, and the admins hear of it", async () => {
    const town = await aTown();
    await town.submit();
    const second = await town.submit();
    town.messenger.answer(...Array.from({ length: 6 }, () => fails));
    const waits = await town.tellAll(AUTHOR);
    expect(waits).toHaveLength(5);
    expect(waits.every((wait, tries) => wait >= 2 ** tries / 2 && wait <= 2 ** tries)).toBe(true);
    expect(await town.states(AUTHOR)).toEqual(["received undeliverable", "received sent"]);
    expect(town.headlines().at(-1)).toContain(`№ ${second.id} `);
    await town.tellAll(ADMIN);
    expect(town.messenger.sent.at(-1)).toMatchObject({ chatId: ADMIN });
    expect(town.headlines().at(-1)).toContain("не доставлено");
  });

  test("takes none of those with it that were to be told together", async () => {
    const town = await aTown();
    const [bad, good] = [await town.assign(), await town.assign()];
    town.clock.moveTo(MORNING);
    const answer = ({ message }: Outgoing): Sent =>
      message.text.text.includes(`№ ${bad.id} `) ? fails() : { kind: "sent", messageId: 1 };
    town.messenger.answer(...Array.from({ length: 13 }, () => answer));
    await town.tellAll(AUTHOR);
    expect((await town.states(AUTHOR)).filter((line) => line.startsWith("assigned"))).toEqual([
      "assigned undeliverable",
      "assigned sent",
    ]);
    expect(town.headlines().at(-1)).toContain(`№ ${good.id} `);
  });
});

test("pictures that cannot be read are waited for five times, and then the words go without them", async () => {
  const town = await aTown();
  await aGroup(town.store, GROUP, town.admin);
  const report = await town.submit();
  const photo = { fileId: "x", fileUniqueId: "u", isDocument: true, position: 0 };
  await town.store.db.insert(photos).values({ ...photo, reportId: report.id });
  const away: Sent = { kind: "pictures_away", cause: new Error("the store is away") };
  town.messenger.answer(...Array.from({ length: 6 }, () => away));
  expect(await town.tellAll(GROUP)).toHaveLength(5);
  expect(town.messenger.sent.map(({ message }) => message.photos?.length ?? 0)).toEqual([1, 1, 1, 1, 1, 1, 0]);
  expect(await town.states(GROUP)).toEqual(["queue_card sent"]);
});

describe("what cannot be worded together", () => {
  test("is told piece by piece when it is news", async () => {
    const town = await aTown();
    const [first, second] = [await town.assign(), await town.assign()];
    town.clock.moveTo(MORNING);
    town.breakTexts("notices:news");
    await town.tellAll(AUTHOR);
    expect(town.headlines().filter((line) => line?.startsWith("🔧"))).toEqual([
      expect.stringContaining(`№ ${first.id} `),
      expect.stringContaining(`№ ${second.id} `),
    ]);
    expect((await town.states(AUTHOR)).filter((line) => line.startsWith("assigned"))).toEqual([
      "assigned sent",
      "assigned sent",
    ]);
  });

  test("is told piece by piece when it is an agency's morning", async () => {
    const town = await aTown();
    const binding = { districtIds: [], locale: "ru", boundById: town.author, boundAt: NOON };
    await town.store.db.insert(chats).values({ chatId: GROUP, purpose: "agency", agencyId: AGENCY, ...binding });
    const reminders = [];
    for (const day of ["2026-07-16", "2026-07-17"]) {
      const report = await aTicking(town.store, town.author, { status: "assigned", dueAt: endOf(day) });
      reminders.push({
        ...{ dedupeKey: day, chatId: GROUP, kind: "due_reminder", reportId: report.id, params: { due: day } },
        ...{ createdAt: NOON, dueAt: NOON },
      });
    }
    await town.store.db.insert(notices).values(reminders);
    town.breakTexts("digest:");
    await town.tellAll(GROUP);
    expect(await town.states(GROUP)).toEqual(["due_reminder sent", "due_reminder sent"]);
  });
});

test("a kind that only a newer program knows waits for minutes, not seconds, until it is given up", async () => {
  const town = await aTown();
  const report = await aReport(town.store.db, town.author);
  const unknown = { kind: "of_the_future", dedupeKey: "future", params: {}, reportId: report.id };
  await town.store.db.insert(notices).values({ ...unknown, chatId: AUTHOR, dueAt: NOON, createdAt: NOON });
  const waits = await town.tellAll(AUTHOR);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(600);
  expect(await town.states(AUTHOR)).toEqual(["of_the_future undeliverable"]);
});

describe("a message that arrived is not told again where the database does not take the mark at once", () => {
  /** The database refuses the next `count` writes of this kind. */
  const refuseWrites = async ({ store }: Awaited<ReturnType<typeof aTown>>, table: string, when: string, count = 2) => {
    // A sequence counts on although its transaction is rolled back.
    await store.db.execute(sql.raw(`create sequence refusals`));
    await store.db.execute(
      sql.raw(`create function refuse() returns trigger language plpgsql as $$ begin
        if ${when} and nextval('refusals') <= ${count} then raise exception 'the database restarts'; end if;
        return new; end $$`),
    );
    await store.db.execute(
      sql.raw(`create trigger refuse before insert or update on ${table} for each row execute function refuse()`),
    );
  };

  test("a notice", async () => {
    const town = await aTown();
    await town.submit();
    await refuseWrites(town, "notices", "new.state = 'sent'");
    expect(await town.deliver(AUTHOR)).toBeNull();
    expect(town.messenger.sent).toHaveLength(1);
    expect(await town.states(AUTHOR)).toEqual(["received sent"]);
  });

  test("several pieces of news", async () => {
    const town = await aTown();
    await town.assign();
    await town.assign();
    town.clock.moveTo(MORNING);
    await refuseWrites(town, "notices", "new.state = 'sent'");
    expect(await town.deliver(AUTHOR)).toBeNull();
    expect(town.headlines().filter((line) => line?.startsWith("📬"))).toHaveLength(1);
  });

  test("the one card of a busy group", async () => {
    const town = await aTown();
    await aGroup(town.store, GROUP, town.admin);
    for (let left = FOLD_FROM; left > 0; left -= 1) await town.submit();
    await refuseWrites(town, "waiting_cards", "true");
    expect(await town.deliver(GROUP)).toBeNull();
    expect(town.headlines()).toEqual([`📥 ${FOLD_FROM} сообщений ждут модерации.`]);
  });

  test("but whoever has to stop tries once more and leaves it to the next process", async () => {
    const town = await aTown();
    await town.submit();
    const stopping = new AbortController();
    await refuseWrites(town, "notices", "new.state = 'sent'", 1000);
    town.messenger.answer(() => {
      stopping.abort();
      return { kind: "sent", messageId: 1 };
    });
    await expect(deliverChat(town.deps, AUTHOR, stopping.signal)).rejects.toThrow();
    expect(await town.states(AUTHOR)).toEqual(["received waiting"]);
  });
});
