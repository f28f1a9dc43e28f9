/** The people and reports of a test, with just what matters to it; everything else is made up. */
import { randomInt, randomUUID } from "node:crypto";
import { STATUS_NAMES, STATUSES, type StaffRole } from "../../src/report/status.ts";
import type { Db } from "../../src/store/open.ts";
import { reports, type ReportRow } from "../../src/store/schema/reports.ts";
import { residents } from "../../src/store/schema/residents.ts";
import { grants } from "../../src/store/schema/staff.ts";

/** A Wednesday without holidays around it, 12:00 in Moscow. */
export const NOON = new Date("2026-07-15T09:00:00.000Z");

export const hoursAfter = (moment: Date, hours: number): Date => new Date(moment.getTime() + hours * 3_600_000);

/** Somebody the bot knows, and what they may do; the id of their row. */
export const aResident = async (
  db: Db,
  {
    role,
    agencyId = null,
    ...person
  }: { name?: string; telegramId?: number; locale?: string; role?: StaffRole; agencyId?: string | null } = {},
): Promise<number> => {
  const telegramId = person.telegramId ?? randomInt(1, 2 ** 47);
  const [added] = await db
    .insert(residents)
    .values({ telegramId, name: person.name ?? "Житель", locale: person.locale ?? "ru", createdAt: NOON })
    .returning({ id: residents.id });
  if (added === undefined) throw new Error("No resident was added");
  if (role !== undefined) await db.insert(grants).values({ residentId: added.id, role, agencyId, grantedAt: NOON });
  return added.id;
};

/** What a report in this status always has; nothing in one that does not exist. */
const marksOf = (status: string): Partial<typeof reports.$inferInsert> => {
  const has = STATUS_NAMES.filter((name) => name === status).flatMap((name) => STATUSES[name].has);
  return Object.fromEntries(has.map((mark) => [mark, mark === "agencyId" ? "lighting" : NOON]));
};

/** A report in moderation, submitted at `NOON`; in another status with what one has there. */
export const aReport = async (
  db: Db,
  authorId: number,
  differs: Partial<typeof reports.$inferInsert> = {},
): Promise<ReportRow> => {
  const [added] = await db
    .insert(reports)
    .values({
      draftId: randomUUID(),
      authorId,
      status: "submitted",
      topicId: "yard-light",
      districtId: "kuntsevo",
      lat: 55.73,
      lon: 37.42,
      address: "Ярцевская улица, 14",
      description: "Фонарь у подъезда не горит вторую неделю",
      answers: {},
      createdAt: NOON,
      statusAt: NOON,
      updatedAt: NOON,
      dueAt: hoursAfter(NOON, 36),
      ...marksOf(differs.status ?? "submitted"),
      ...differs,
    })
    .returning();
  if (added === undefined) throw new Error("No report was added");
  return added;
};
