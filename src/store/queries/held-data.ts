/** Everything that is held about a person: one entry a table, so that a test names the one that was forgotten. */
import { and, asc, eq, inArray, isNull, notInArray, or, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Db, Tx } from "../db.ts";
import * as schema from "../schema/index.ts";

/** Whose data is asked for; `telegramId` is null for a person without Telegram. */
export type Person = { id: number; telegramId: number | null };

type Rows = Record<string, unknown>[];
type Find = (db: Db | Tx, person: Person) => Promise<Rows>;

const all = async (db: Db | Tx, table: PgTable, where: SQL | undefined): Promise<Rows> =>
  db.select().from(table).where(where);

/** Rows of a private chat; nobody else's chat has its id. */
const ofChat =
  (table: PgTable, chatId: PgColumn): Find =>
  async (db, { telegramId }) =>
    telegramId === null ? [] : all(db, table, eq(chatId, telegramId));

const ownReportIds = (db: Db | Tx, { id }: Person) =>
  db.select({ id: schema.reports.id }).from(schema.reports).where(eq(schema.reports.authorId, id));

const ownAdditionIds = (db: Db | Tx, { id }: Person) =>
  db.select({ id: schema.additions.id }).from(schema.additions).where(eq(schema.additions.authorId, id));

/** Columns that name other people, who are nobody's business but the staff's; and what only the program needs. */
const withoutOthers = (rows: Rows, ...columns: string[]): Rows =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column))));

/** By the name under which the file shows it: the table it stands in, and how its rows of a person are found. */
export const HELD: Readonly<Record<string, { table: PgTable; find: Find }>> = {
  profile: { table: schema.residents, find: (db, { id }) => all(db, schema.residents, eq(schema.residents.id, id)) },
  draft: {
    table: schema.drafts,
    // What an operator writes for somebody else is not about the operator.
    find: async (db, { id }) =>
      all(db, schema.drafts, and(eq(schema.drafts.residentId, id), isNull(schema.drafts.intake))),
  },
  reports: {
    table: schema.reports,
    find: async (db, { id }) =>
      withoutOthers(
        await db.select().from(schema.reports).where(eq(schema.reports.authorId, id)).orderBy(asc(schema.reports.id)),
        ...["operatorId", "officerId", "moderatorId", "takenById", "takenUntil", "publisherId", "before"],
        ...["version", "tickedAt", "nextTickAt"],
      ),
  },
  photos: {
    table: schema.photos,
    find: (db, person) =>
      all(
        db,
        schema.photos,
        or(
          and(
            isNull(schema.photos.answerId),
            isNull(schema.photos.additionId),
            inArray(schema.photos.reportId, ownReportIds(db, person)),
          ),
          inArray(schema.photos.additionId, ownAdditionIds(db, person)),
        ),
      ),
  },
  additions: {
    table: schema.additions,
    // With the questions they were asked.
    find: async (db, person) =>
      withoutOthers(
        await all(
          db,
          schema.additions,
          or(
            eq(schema.additions.authorId, person.id),
            and(eq(schema.additions.kind, "question"), inArray(schema.additions.reportId, ownReportIds(db, person))),
          ),
        ),
        "authorId",
      ),
  },
  votes: {
    table: schema.votes,
    find: async (db, { id }) =>
      withoutOthers(await all(db, schema.votes, eq(schema.votes.voterId, id)), "recordedById"),
  },
  follows: {
    table: schema.followers,
    find: (db, { id }) => all(db, schema.followers, eq(schema.followers.residentId, id)),
  },
  mutes: { table: schema.mutes, find: (db, { id }) => all(db, schema.mutes, eq(schema.mutes.residentId, id)) },
  volunteer: {
    table: schema.volunteers,
    find: (db, { id }) => all(db, schema.volunteers, eq(schema.volunteers.residentId, id)),
  },
  checks: { table: schema.checks, find: (db, { id }) => all(db, schema.checks, eq(schema.checks.residentId, id)) },
  roles: {
    table: schema.grants,
    find: async (db, { id }) =>
      withoutOthers(await all(db, schema.grants, eq(schema.grants.residentId, id)), "grantedById"),
  },
  invitations: {
    table: schema.invitations,
    find: async (db, { id }) =>
      withoutOthers(
        await all(
          db,
          schema.invitations,
          or(eq(schema.invitations.createdById, id), eq(schema.invitations.usedById, id)),
        ),
        ...["tokenHash", "createdById", "usedById"],
      ),
  },
  answers: {
    table: schema.answers,
    find: async (db, { id }) =>
      withoutOthers(await all(db, schema.answers, eq(schema.answers.officerId, id)), "decidedById"),
  },
  answerDrafts: {
    table: schema.answerDrafts,
    find: (db, { id }) => all(db, schema.answerDrafts, eq(schema.answerDrafts.officerId, id)),
  },
  groups: { table: schema.chats, find: (db, { id }) => all(db, schema.chats, eq(schema.chats.boundById, id)) },
  programs: {
    table: schema.apiClients,
    find: async (db, { id }) =>
      withoutOthers(await all(db, schema.apiClients, eq(schema.apiClients.createdById, id)), "keyHash"),
  },
  notices: {
    table: schema.notices,
    find: (db, { id, telegramId }) =>
      all(
        db,
        schema.notices,
        or(eq(schema.notices.residentId, id), telegramId === null ? undefined : eq(schema.notices.chatId, telegramId)),
      ),
  },
  cards: { table: schema.cards, find: ofChat(schema.cards, schema.cards.chatId) },
  queueCard: { table: schema.waitingCards, find: ofChat(schema.waitingCards, schema.waitingCards.chatId) },
  questions: { table: schema.prompts, find: ofChat(schema.prompts, schema.prompts.chatId) },
  messages: { table: schema.reportMessages, find: ofChat(schema.reportMessages, schema.reportMessages.chatId) },
  events: {
    table: schema.events,
    // What they did, and what was done to their reports; other people's votes and follows are those people's.
    find: async (db, person) => {
      const onOwn = and(
        inArray(schema.events.reportId, ownReportIds(db, person)),
        notInArray(schema.events.kind, ["voted", "followed", "unfollowed"]),
      );
      const mine = or(eq(schema.events.actorId, person.id), onOwn);
      const found = await db.select().from(schema.events).where(mine).orderBy(asc(schema.events.id));
      return found.map(({ actorId, ...event }) => ({ ...event, isOwn: actorId === person.id }));
    },
  },
};

/** Everything about a person by section; sections without rows are empty lists. */
export const findHeld = async (db: Db | Tx, person: Person): Promise<Record<string, Rows>> => {
  const held: Record<string, Rows> = {};
  // One after the other: inside a transaction there is one connection.
  for (const [section, { find }] of Object.entries(HELD)) held[section] = await find(db, person);
  return held;
};
