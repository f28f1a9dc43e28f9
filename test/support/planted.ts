/** What must never be seen by the public, planted where the program keeps it, so that a test may look for it anywhere. */
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { additions, answers, events, reports, residents } from "../../src/store/schema/index.ts";
import type { Db } from "../../src/store/open.ts";
import type { PhotoFiles } from "../../src/report/photo.ts";
import type { Cast } from "./life.ts";
import { NOON } from "./people.ts";
import { aStoredPhoto } from "./stored-photos.ts";

/** Everybody gets a name, a phone and an id that occur nowhere else. */
export const plantPeople = async (db: Db): Promise<string[]> => {
  const planted: string[] = [];
  for (const { id } of await db.select({ id: residents.id }).from(residents)) {
    const [name, phone] = [`Фамилия${id}ова`, `+7916${String(5_550_000 + id)}`];
    const telegramId = 77_000_000_000 + id;
    await db.update(residents).set({ name, phone, telegramId }).where(eq(residents.id, id));
    planted.push(name, phone, phone.slice(2), String(telegramId));
  }
  return planted;
};

/** Words that only staff or nobody should read, in every place of a report that holds words. */
export const plantWords = async (db: Db, cast: Cast, reportId: number): Promise<string[]> => {
  const address = "Ярцевская улица, 14, кв. 7719";
  const description = "ДОСЛОВНО: сосед из квартиры виноват";
  await db.update(reports).set({ address, description, publicText: "Фонарь не горит" }).where(eq(reports.id, reportId));
  const added = await db
    .insert(additions)
    .values(
      (["question", "reply", "addition", "note", "vote", "appeal"] as const).map((kind) => ({
        ...{ reportId, kind, authorId: cast.author, at: NOON },
        words: `ДОБАВЛЕНО ${kind}`,
      })),
    )
    .returning({ id: additions.id });
  const of = { reportId, cycle: 1, agencyId: "lighting", officerId: cast.officer, sentAt: NOON, decidedAt: NOON };
  await db.insert(answers).values([
    { ...of, draftId: randomUUID(), kind: "fixed", state: "returned", words: "НЕПРОВЕРЕНО возвращено", remark: "Нет" },
    { ...of, draftId: randomUUID(), kind: "fixed", state: "replaced", words: "НЕПРОВЕРЕНО заменено" },
    { ...of, draftId: randomUUID(), kind: "question", state: "accepted", words: "НЕПРОВЕРЕНО вопрос" },
  ]);
  const act = { reportId, actorId: cast.officer, at: NOON };
  await db.insert(events).values([
    {
      ...{ ...act, actorRole: "officer", kind: "rerouted" },
      data: { from: "roads", to: "lighting", reason: "НЕПРОВЕРЕНО отказ", hops: 1, added: null, until: "2026-07-27" },
    },
    { ...act, actorRole: "editor", kind: "rejected", data: { code: null, words: "АВТОРУ причина отказа" } },
    { ...act, actorRole: "author", kind: "added", data: { additionId: added[0]?.id ?? 0, reader: "editors" } },
    { ...act, actorRole: "editor", kind: "banned", data: { until: NOON.toISOString(), reason: "АВТОРУ запрет" } },
  ]);
  return ["7719", "ДОСЛОВНО", "ДОБАВЛЕНО", "НЕПРОВЕРЕНО", "АВТОРУ"];
};

/** Stored photos that nobody may see; their names. */
export const plantPhotos = async (db: Db, files: PhotoFiles, reportId: number): Promise<string[]> => {
  const [addition] = await db.select().from(additions).where(eq(additions.reportId, reportId)).limit(1);
  const [answer] = await db
    .select()
    .from(answers)
    .where(and(eq(answers.reportId, reportId), eq(answers.state, "returned")));
  const add = (row: Partial<Parameters<typeof aStoredPhoto>[2]>) =>
    aStoredPhoto(db, files, { reportId, position: 4, ...row });
  return Promise.all([
    add({ isHidden: true }),
    add({ additionId: addition?.id ?? null }),
    add({ answerId: answer?.id ?? null }),
  ]);
};
