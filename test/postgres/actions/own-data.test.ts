import { eq, is, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { addToReport } from "../../../src/actions/add-to-report.ts";
import { forgetPerson } from "../../../src/actions/forget-person.ts";
import { giveData } from "../../../src/actions/give-data.ts";
import { emptyDraft, type Photo } from "../../../src/form/draft.ts";
import { findHeld, HELD } from "../../../src/store/queries/held-data.ts";
import { rows } from "../../../src/store/raw.ts";
import * as schema from "../../../src/store/schema/index.ts";
import { addPhotos } from "../../../src/store/writes/photos.ts";
import { addReportMessages } from "../../../src/store/writes/report-messages.ts";
import { tellSubmitted } from "../../support/delivery.ts";
import { city } from "../../support/notices.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, quietLog, type FreshStore } from "../../support/store.ts";

let store: FreshStore;
let deps: Parameters<typeof forgetPerson>[0];

beforeAll(async () => {
  store = await freshStore("postgres");
  deps = { store, city, log: quietLog };
});
afterAll(() => store.close());

const TABLES = Object.values(schema).filter((value) => is(value, PgTable));
const aPhoto = (): Photo => ({ fileId: randomUUID(), fileUniqueId: randomUUID(), kind: "photo" });

let lastTelegramId = 555_000_100;

/** Somebody of whom the bot holds whatever it can hold of a resident; every word of theirs has `Кукушкина` in it. */
const aPerson = async () => {
  const telegramId = (lastTelegramId += 1);
  const id = await aResident(store.db, { telegramId, name: "Зинаида Кукушкина" });
  await store.db.update(schema.residents).set({ consentVersion: 1, consentAt: NOON, phone: "+79165550199" });
  const words = "Кукушкина пишет: лампа над подъездом не горит";
  const open = await aReport(store.db, id, { description: words });
  const assigned = {
    ...({ status: "assigned", agencyId: "lighting", assignedAt: NOON, handlingDueAt: NOON, firstDueAt: NOON } as const),
    description: words,
    publicText: "Лампа над подъездом не горит",
  };
  const inWork = await aReport(store.db, id, assigned);
  const rejected = await aReport(store.db, id, {
    status: "rejected",
    dueAt: null,
    description: words,
    address: "Кукушкина, 5",
  });
  await tellSubmitted(store, open);
  const photos: Record<string, string[]> = { open: [], inWork: [], rejected: [], addition: [] };
  await store.db.transaction(async (tx) => {
    for (const [name, report] of Object.entries({ open, inWork, rejected })) {
      const told = [aPhoto(), aPhoto()];
      photos[name] = told.map(({ fileId }) => fileId);
      await addPhotos(tx, { reportId: report.id }, told);
    }
  });
  const addition = [aPhoto()];
  photos["addition"] = addition.map(({ fileId }) => fileId);
  const message = { chatId: telegramId, messageId: 7, albumId: null };
  const added = { actorId: id, reportId: inWork.id, words: `${words}, и звонок тоже`, photos: addition, message };
  expect(await addToReport(deps, added, NOON)).toMatchObject({ ok: true, how: "new", reader: "officers" });
  await store.db.insert(schema.drafts).values({
    ...{ residentId: id, draftId: randomUUID(), version: 1, updatedAt: NOON },
    content: { ...emptyDraft(5000), description: words },
  });
  await store.db.insert(schema.volunteers).values({ residentId: id, lat: 55.7312, lon: 37.4199, joinedAt: NOON });
  const other = await aReport(store.db, await aResident(store.db), {});
  await store.db.insert(schema.followers).values({ reportId: other.id, residentId: id, joinedAt: NOON });
  await store.db.insert(schema.mutes).values({ reportId: open.id, residentId: id, mutedAt: NOON });
  await store.db.update(schema.residents).set({ wantsDigest: true }).where(eq(schema.residents.id, id));
  await store.db.insert(schema.checks).values({ reportId: other.id, cycle: 1, residentId: id, invitedAt: NOON });
  const vote = { cycle: 1, voterId: id, kind: "author", value: "confirmation", at: NOON } as const;
  await store.db.insert(schema.votes).values({ ...vote, reportId: inWork.id });
  const card = { chatId: telegramId, messageId: 9, reportId: open.id };
  await store.db.insert(schema.cards).values({ ...card, sentAt: NOON });
  await store.db.insert(schema.waitingCards).values({ chatId: telegramId, messageId: 10, count: 1, sentAt: NOON });
  await store.db.insert(schema.prompts).values({ ...card, act: "refute", version: 1, askedAt: NOON });
  await addReportMessages(store.db, { chatId: telegramId, messageIds: [9], reportId: open.id }, NOON);
  await store.db.insert(schema.rates).values({ key: `chat:${telegramId}`, arrivalMs: 1 });
  const hidden = { isHidden: true };
  await store.db
    .update(schema.photos)
    .set(hidden)
    .where(sql`${schema.photos.fileId} = ${photos["inWork"]?.[1]}`);
  return { id, telegramId, open, inWork, rejected, photos };
};

/** Every table of the database, the job queue's included, that holds these words anywhere in a row. */
const tablesWith = async (words: string): Promise<string[]> => {
  const Table = z.object({ name: z.string() });
  const named = await rows(
    store.db,
    Table,
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of named) {
    const hit = sql`select 1 as one from ${sql.raw(name)} t where to_jsonb(t)::text like ${`%${words}%`} limit 1`;
    if ((await rows(store.db, z.object({ one: z.coerce.number() }), hit)).length > 0) found.push(name);
  }
  return found;
};

describe("/mydata", () => {
  test("knows every table that names a resident or a chat", () => {
    const known = new Set(Object.values(HELD).map(({ table }) => getTableConfig(table).name));
    // Nothing of a person but the speed of their chat, for an hour.
    known.add("rates");
    // A channel is nobody's own chat, and the officer of an agency's system is no person.
    known.add("channel_posts");
    known.add("agency_systems");
    const naming = TABLES.map((table) => getTableConfig(table)).filter(
      ({ name, foreignKeys, columns }) =>
        name === "residents" ||
        foreignKeys.some((key) => getTableConfig(key.reference().foreignTable).name === "residents") ||
        columns.some((column) => column.name === "chatId" || column.name === "chat_id"),
    );
    expect(naming.length).toBeGreaterThan(15);
    expect(naming.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
    // Photos name nobody, and belong to what somebody said.
    expect(known).toContain("photos");
  });

  test("finds something in each section, of this person and of nobody else", async () => {
    const person = await aPerson();
    const stranger = await aPerson();
    const given = await giveData(deps, { actorId: person.id, reportId: null }, NOON);
    if (!given.ok) throw new Error(given.why);
    const staffOnly = ["roles", "invitations", "answers", "answerDrafts", "groups", "programs"];
    const empty = Object.entries(given.held).filter(([, found]) => found.length === 0);
    expect(empty.map(([section]) => section)).toEqual(staffOnly);
    const text = JSON.stringify(given.held);
    for (const [name, ids] of Object.entries(person.photos)) {
      for (const id of ids) expect(text, name).toContain(id);
    }
    expect(text).toContain("и звонок тоже");
    expect(text).not.toContain(String(stranger.telegramId));
    for (const report of [stranger.open, stranger.inWork]) expect(text).not.toContain(report.draftId);
    await expectEvent(person.id, "data_given");
  });

  test("tells no one who else voted, before or after", async () => {
    const { id, inWork } = await aPerson();
    const voter = await aResident(store.db, { name: "Сосед" });
    const event = {
      at: NOON,
      reportId: inWork.id,
      actorId: voter,
      actorRole: "follower",
      kind: "voted",
      data: { cycle: 1 },
    };
    await store.db.insert(schema.events).values(event);
    const held = await findHeld(store.db, { id, telegramId: null });
    expect(held["events"]?.filter(({ kind }) => kind === "voted")).toEqual([]);
  });
});

const expectEvent = async (actorId: number, kind: string): Promise<void> => {
  const found = await store.db
    .select()
    .from(schema.events)
    .where(sql`${schema.events.actorId} = ${actorId} and ${schema.events.kind} = ${kind}`);
  expect(found).toHaveLength(1);
};

describe("/forget", () => {
  test("leaves the facts, and nowhere in the database the person", async () => {
    const person = await aPerson();
    const { id, telegramId, open, inWork, rejected, photos } = person;
    // Of the report that waits for an editor the words stay, because the editor has to read them.
    await store.db
      .update(schema.reports)
      .set({ description: "Лампа не горит" })
      .where(sql`${schema.reports.id} = ${open.id}`);
    await store.db
      .update(schema.residents)
      .set({ name: "Некто", phone: null })
      .where(sql`${schema.residents.id} <> ${id}`);
    const traces = [
      "Зинаида",
      "+79165550199",
      String(telegramId),
      photos["open"]?.[0],
      photos["rejected"]?.[0],
      photos["addition"]?.[0],
    ];
    for (const trace of traces) expect(await tablesWith(trace ?? "?"), trace).not.toEqual([]);
    const before = await countFacts();

    expect(await forgetPerson(deps, { actorId: id, reportId: null }, hoursAfter(NOON, 1))).toEqual({ ok: true });

    for (const trace of [...traces, photos["inWork"]?.[1]]) expect(await tablesWith(trace ?? "?"), trace).toEqual([]);
    expect(await countFacts()).toEqual({ ...before, events: before.events + 1 });
    const left = await store.db
      .select()
      .from(schema.reports)
      .where(sql`${schema.reports.id} in (${open.id}, ${inWork.id}, ${rejected.id})`)
      .orderBy(schema.reports.id);
    expect(left).toMatchObject([
      { status: "submitted", authorId: null, description: "Лампа не горит", address: open.address },
      { status: "assigned", authorId: null, description: "Лампа над подъездом не горит", agencyId: "lighting" },
      { status: "rejected", authorId: null, description: "", address: null, lat: null },
    ]);
    // What everybody may see stays: the photo of the report in work that no editor hid.
    expect(await tablesWith(photos["inWork"]?.[0] ?? "?")).toEqual(["public.photos"]);
    // A choice of theirs names nobody by a word, only by the number of their row.
    const { mutes, profile } = await findHeld(store.db, { id, telegramId: null });
    expect({ mutes, profile }).toMatchObject({
      mutes: [],
      profile: [{ quietFrom: null, quietUntil: null, wantsDigest: false }],
    });
    await expectEvent(id, "erased");
    expect(await forgetPerson(deps, { actorId: id, reportId: null }, NOON)).toEqual({ ok: false, why: "nobody" });
  });

  test("removes the files of the photos that go, too", async () => {
    const { id, open } = await aPerson();
    const storedAs = `${randomUUID()}.jpg`;
    await store.db
      .update(schema.photos)
      .set({ storedAs, nextTickAt: null })
      .where(sql`${schema.photos.reportId} = ${open.id} and ${schema.photos.position} = 0`);
    await forgetPerson(deps, { actorId: id, reportId: null }, NOON);
    const left = await store.db.select().from(schema.photoLeftovers);
    expect(left).toContainEqual({ storedAs });
  });

  test("is refused to staff until an admin took their role away, and changes nothing", async () => {
    const id = await aResident(store.db, { role: "editor", name: "Анна" });
    expect(await forgetPerson(deps, { actorId: id, reportId: null }, NOON)).toEqual({ ok: false, why: "staff" });
    const held = await findHeld(store.db, { id, telegramId: null });
    expect(held["profile"]).toMatchObject([{ name: "Анна" }]);
  });

  test("works for a person behind an operator, by an operator's or admin's hand and nobody else's", async () => {
    const operator = await aResident(store.db, { role: "operator", name: "Оператор" });
    const editor = await aResident(store.db, { role: "editor" });
    const [person] = await store.db
      .insert(schema.residents)
      .values({ name: "Пётр Дятлов", phone: "+79160000001", locale: "ru", createdAt: NOON })
      .returning();
    const report = await aReport(store.db, person?.id ?? 0, { operatorId: operator });
    const own = await aReport(store.db, await aResident(store.db));
    const forget = (actorId: number, reportId: number) => forgetPerson(deps, { actorId, reportId }, NOON);
    expect(await forget(editor, report.id)).toEqual({ ok: false, why: "not_allowed" });
    expect(await forget(operator, own.id)).toEqual({ ok: false, why: "not_assisted" });
    expect(await forget(operator, 999_999)).toEqual({ ok: false, why: "not_found" });
    expect(await tablesWith("Дятлов")).toEqual(["public.residents"]);
    expect(await forget(operator, report.id)).toEqual({ ok: true });
    expect(await tablesWith("Дятлов")).toEqual([]);
    expect(await tablesWith("+79160000001")).toEqual([]);
    expect(await forget(operator, report.id)).toEqual({ ok: false, why: "nobody" });
  });

  test("takes along what an operator was correcting for the person", async () => {
    const operator = await aResident(store.db, { role: "operator" });
    const author = await aResident(store.db, { name: "Сойкина" });
    const report = await aReport(store.db, author, { operatorId: operator, status: "rejected", dueAt: null });
    await store.db.insert(schema.drafts).values({
      ...{ residentId: operator, draftId: randomUUID(), repairsId: report.id, version: 1, updatedAt: NOON },
      content: { ...emptyDraft(5000), description: "У Сойкиной в подъезде темно" },
    });
    expect((await tablesWith("Сойкин")).toSorted()).toEqual(["public.drafts", "public.residents"]);
    expect(await forgetPerson(deps, { actorId: operator, reportId: report.id }, NOON)).toEqual({ ok: true });
    expect(await tablesWith("Сойкин")).toEqual([]);
  });

  test("lets a report that is sent at this moment lose its author as well", async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => aPerson()));
    await Promise.all(
      people.flatMap(({ id, inWork, telegramId }) => [
        forgetPerson(deps, { actorId: id, reportId: null }, NOON),
        addToReport(
          deps,
          {
            actorId: id,
            reportId: inWork.id,
            words: "Пеночкина",
            photos: [],
            message: { chatId: telegramId, messageId: 70, albumId: null },
          },
          NOON,
        ),
      ]),
    );
    const ids = people.map(({ id }) => id);
    const left = await store.db
      .select()
      .from(schema.reports)
      .where(sql`${schema.reports.authorId} in (${sql.join(ids, sql`, `)})`);
    expect(left).toEqual([]);
  });
});

const countFacts = async () => ({
  reports: await store.db.$count(schema.reports),
  events: await store.db.$count(schema.events),
  votes: await store.db.$count(schema.votes),
  additions: await store.db.$count(schema.additions),
});
