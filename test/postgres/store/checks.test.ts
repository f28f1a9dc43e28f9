/** The tables themselves refuse nonsense: an entry per CHECK of the schema, which a test demands. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { rows } from "../../../src/store/raw.ts";
import {
  additions,
  answers,
  apiClients,
  banMarks,
  channelPosts,
  chats,
  digests,
  invitations,
  notices,
  photos,
  relays,
  residents,
  votes,
  webhookDeliveries,
  webhooks,
} from "../../../src/store/schema/index.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { refusalOf } from "../../support/refusal-of.ts";
import { freshStore, STORE_KINDS, type FreshStore } from "../../support/store.ts";

describe.each(STORE_KINDS)("the tables on %s", (kind) => {
  let store: FreshStore;
  let authorId: number;
  let reportId: number;
  beforeAll(async () => {
    store = await freshStore(kind);
    authorId = await aResident(store.db);
    reportId = (await aReport(store.db, authorId)).id;
  });
  afterAll(() => store.close());

  const point = { lat: 55.7, lon: 37.4 };
  const nonsense: Record<string, () => PromiseLike<unknown>> = {
    reports_status: () => aReport(store.db, authorId, { status: "lost" as "closed", dueAt: null }),
    reports_outcome: () =>
      aReport(store.db, authorId, { status: "closed", outcome: "fixed" as "confirmed", dueAt: null }),
    reports_closed_has_outcome: () => aReport(store.db, authorId, { status: "closed", dueAt: null }),
    reports_owed_has_date: () => aReport(store.db, authorId, { dueAt: null }),
    reports_has_marks: () => aReport(store.db, authorId, { status: "assigned", handlingDueAt: null }),
    reports_point: () => aReport(store.db, authorId, { ...point, lat: 155.7 }),
    reports_goes_back: () => aReport(store.db, authorId, { status: "needs_info" }),
    reports_merged_into: () => aReport(store.db, authorId, { status: "merged", returnsTo: "submitted", dueAt: null }),
    reports_paused: () => aReport(store.db, authorId, { pausedAt: NOON }),
    reports_taken: () => aReport(store.db, authorId, { takenById: authorId }),
    reports_counts: () => aReport(store.db, authorId, { postponements: 3 }),
    reports_version: () => aReport(store.db, authorId, { version: 0 }),
    photos_position: () => store.db.insert(photos).values({ ...photo(), position: 10 }),
    photos_stored_once: () => store.db.insert(photos).values({ ...photo(), storedAs: "a.jpg", nextTickAt: NOON }),
    photos_owner: () => store.db.insert(photos).values({ ...photo(), answerId: 1, additionId: 1 }),
    additions_kind: () => store.db.insert(additions).values({ ...addition(), kind: "joke" as "note" }),
    additions_words: () => store.db.insert(additions).values({ ...addition(), words: "" }),
    answers_kind: () => store.db.insert(answers).values({ ...answer(), kind: "no" as "fixed" }),
    answers_state: () => store.db.insert(answers).values({ ...answer(), state: "lost" as "accepted", decidedAt: NOON }),
    answers_planned: () => store.db.insert(answers).values({ ...answer(), kind: "planned" }),
    answers_successor: () => store.db.insert(answers).values({ ...answer(), successorId: "roads" }),
    answers_decided: () => store.db.insert(answers).values({ ...answer(), state: "accepted" }),
    answers_returned: () => store.db.insert(answers).values({ ...answer(), state: "returned", decidedAt: NOON }),
    votes_kind: () => store.db.insert(votes).values({ ...vote(), kind: "mayor" as "author" }),
    votes_value: () => store.db.insert(votes).values({ ...vote(), value: "maybe" as "refutation" }),
    digests_kind: () => store.db.insert(digests).values({ kind: "mayor" as "admins", nextTickAt: NOON }),
    residents_telegram_id: () => aResident(store.db, { telegramId: -5 }),
    residents_consent: () => store.db.insert(residents).values({ locale: "ru", consentVersion: 1, createdAt: NOON }),
    residents_quiet: () =>
      store.db.insert(residents).values({ locale: "ru", quietFrom: 22, quietUntil: null, createdAt: NOON }),
    grants_role: () => aResident(store.db, { role: "mayor" as "admin" }),
    grants_agency: () => aResident(store.db, { role: "officer" }),
    invitations_hash: () => store.db.insert(invitations).values({ ...invitation(), tokenHash: "the token itself" }),
    invitations_role: () => store.db.insert(invitations).values({ ...invitation(), role: "mayor" as "admin" }),
    invitations_agency: () => store.db.insert(invitations).values({ ...invitation(), agencyId: "lighting" }),
    invitations_expires: () => store.db.insert(invitations).values({ ...invitation(), expiresAt: NOON }),
    invitations_used: () => store.db.insert(invitations).values({ ...invitation(), usedById: authorId }),
    chats_purpose: () => store.db.insert(chats).values({ ...chat(), purpose: "fun" as "editors" }),
    chats_group: () => store.db.insert(chats).values({ ...chat(), chatId: 5 }),
    chats_agency: () => store.db.insert(chats).values({ ...chat(), agencyId: "lighting" }),
    notices_state: () => store.db.insert(notices).values({ ...notice(), state: "lost" as "sent", settledAt: NOON }),
    ban_marks_mark: () => store.db.insert(banMarks).values({ mark: "the id itself", until: NOON }),
    notices_settled: () => store.db.insert(notices).values({ ...notice(), state: "sent" }),
    reports_client_or_author: () => aReport(store.db, authorId, { clientId: 1 }),
    photos_source: () => store.db.insert(photos).values({ ...photo(), sourceUrl: "https://example.org/a.jpg" }),
    api_clients_hash: () => store.db.insert(apiClients).values({ ...client(), keyHash: "the key itself" }),
    api_clients_limits: () => store.db.insert(apiClients).values({ ...client(), perDay: 0 }),
    channel_posts_kind: () => store.db.insert(channelPosts).values({ ...post(), kind: "joke" as "answer" }),
    relays_state: () => store.db.insert(relays).values({ ...relay(), state: "lost" as "open" }),
    relays_known_there: () => store.db.insert(relays).values({ ...relay(), state: "open" }),
    relays_accepted: () => store.db.insert(relays).values({ ...relay(), state: "accepted" }),
    webhooks_state: () => store.db.insert(webhooks).values({ ...webhook(), state: "lost" as "active" }),
    webhooks_narrowed_once: () =>
      store.db.insert(webhooks).values({ ...webhook(), districtId: "kuntsevo", agencyId: "lighting" }),
    webhooks_secret: () => store.db.insert(webhooks).values({ ...webhook(), secret: null }),
    webhook_deliveries_state: () =>
      store.db.insert(webhookDeliveries).values({ ...delivery(), state: "lost" as "dead", settledAt: NOON }),
    webhook_deliveries_settled: () => store.db.insert(webhookDeliveries).values({ ...delivery(), state: "dead" }),
  };
  const photo = () => ({ reportId, position: 1, fileId: "f", fileUniqueId: "u", isDocument: false });
  const addition = () => ({ reportId, kind: "note" as const, words: "Звонили", at: NOON });
  const vote = () => ({
    ...{ reportId, cycle: 1, voterId: authorId, at: NOON },
    ...{ kind: "author" as const, value: "confirmation" as const },
  });
  const answer = () => ({
    ...{ draftId: randomUUID(), reportId, cycle: 1, agencyId: "lighting", officerId: authorId, sentAt: NOON },
    ...{ kind: "fixed" as const, state: "waiting" as const, words: "Лампа заменена" },
  });
  const invitation = () => ({
    tokenHash: randomUUID().replaceAll("-", "").repeat(2),
    role: "editor" as const,
    createdById: authorId,
    createdAt: NOON,
    expiresAt: hoursAfter(NOON, 48),
  });
  const chat = () => ({
    chatId: -7,
    purpose: "editors" as const,
    districtIds: [],
    locale: "ru",
    boundById: authorId,
    boundAt: NOON,
  });
  const notice = () => ({
    dedupeKey: randomUUID(),
    chatId: 5,
    kind: "received",
    params: {},
    createdAt: NOON,
    dueAt: NOON,
  });
  const client = () => ({
    ...{ name: "Сайт города", keyHash: "0".repeat(64), perDay: 10, perMinute: 1 },
    ...{ createdById: authorId, createdAt: NOON },
  });
  const post = () => ({
    ...{ chatId: -7, reportId, cycle: 1, kind: "answer" as const },
    ...{ messageIds: [1], pictures: [], hash: "0", postedAt: NOON },
  });
  const relay = () => ({ reportId, agencyId: "lighting", cycle: 1, state: "waiting" as const, createdAt: NOON });
  const webhook = () => ({ url: "https://example.org/", secret: "s", addedAt: NOON });
  const delivery = () => ({ webhookId: 1, eventId: 1, reportId });

  test.each(Object.entries(nonsense))("refuses nonsense: %s", async (constraint, write) => {
    expect(await refusalOf(write())).toBe(constraint);
  });

  test("refuse by every CHECK of the schema, each with an entry above", async () => {
    const checks = await rows(
      store.db,
      z.object({ name: z.string() }),
      sql`select conname as name from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`,
    );
    expect(Object.keys(nonsense).toSorted()).toEqual(checks.map(({ name }) => name).toSorted());
  });
});
