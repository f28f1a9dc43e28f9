/** A town in which an answer was published: what every test of its check begins with. */
import { randomInt, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { assignReport } from "../../src/actions/assign-report.ts";
import { castVote } from "../../src/actions/cast-vote.ts";
import type { Deps } from "../../src/actions/deps.ts";
import { publishAnswer } from "../../src/actions/publish-answer.ts";
import { sendAnswer } from "../../src/actions/send-answer.ts";
import type { Photo } from "../../src/form/draft.ts";
import type { VoteValue } from "../../src/report/verdict.ts";
import type { ReportRow } from "../../src/store/schema/reports.ts";
import { checks, followers, volunteers } from "../../src/store/schema/votes.ts";
import { aReport, aResident, hoursAfter, NOON } from "./people.ts";

export const AGENCY = "lighting";

/** When the answers of these tests are sent and published, and when their window closes. */
export const SENT = hoursAfter(NOON, 1);
export const PUBLISHED = hoursAfter(NOON, 2);
export const WINDOW_ENDS = new Date("2026-07-25T21:00:00.000Z");

/** A picture that Telegram is said to hold. */
export const aPhoto = (name: string): Photo => ({ fileId: `file-${name}`, fileUniqueId: name, kind: "photo" });

/** Who an answer needs: its author, an editor, an officer. */
export const aCast = async ({ store: { db } }: Pick<Deps, "store">) => ({
  authorId: await aResident(db, { name: "Анна" }),
  editorId: await aResident(db, { name: "Илья", role: "editor" }),
  officerId: await aResident(db, { name: "Пётр", role: "officer", agencyId: AGENCY }),
});
export type Cast = Awaited<ReturnType<typeof aCast>>;

type Published = {
  kind?: "fixed" | "cannot_fix";
  differs?: Parameters<typeof aReport>[2];
  /** Who follows from before the answer. */
  followedBy?: readonly number[];
  /** The answer's photos, where it matters that Telegram has them. */
  photos?: readonly Photo[];
};

/** A report assigned at noon, answered an hour later and published two hours later, each by the people of the cast. */
export const aPublished = async (deps: Deps, cast: Cast, published: Published = {}): Promise<ReportRow> => {
  const { id } = await aReport(deps.store.db, cast.authorId, published.differs);
  const assigned = await assignReport(
    deps,
    { actorId: cast.editorId, reportId: id, version: null, agencyId: AGENCY },
    NOON,
  );
  if (!assigned.ok) throw new Error(`not assigned: ${assigned.why}`);
  for (const residentId of published.followedBy ?? []) await aFollower(deps, id, residentId);
  await answer(deps, cast, id, published.kind ?? "fixed", SENT, published.photos);
  return publish(deps, cast, id, PUBLISHED);
};

/** The officer says it is fixed, or cannot be. */
export const answer = async (
  deps: Deps,
  { officerId }: Cast,
  reportId: number,
  kind: "fixed" | "cannot_fix",
  now: Date,
  photos: readonly Photo[] = [aPhoto(`after-${randomUUID()}`)],
): Promise<void> => {
  const last = await deps.store.db.query.answers.findFirst({
    where: (answers, { eq: is }) => is(answers.reportId, reportId),
    orderBy: (answers, { desc }) => desc(answers.id),
  });
  const content = { kind, words: "Лампу заменили, фонарь горит", photos } as const;
  const command = { actorId: officerId, reportId, draftId: randomUUID(), content, lastAnswerId: last?.id ?? null };
  const sent = await deps.store.db.transaction((tx) => sendAnswer(tx, deps, command, now));
  if (!sent.ok) throw new Error(`not sent: ${sent.why}`);
};

/** The editor publishes what waits. */
export const publish = async (deps: Deps, { editorId }: Cast, reportId: number, now: Date): Promise<ReportRow> => {
  const published = await publishAnswer(deps, { actorId: editorId, reportId, version: null }, now);
  if (!published.ok) throw new Error(`not published: ${published.why}`);
  return published.report;
};

/** Follows from noon on, unless another moment is given. */
export const aFollower = async (deps: Deps, reportId: number, residentId: number, joinedAt = NOON): Promise<void> => {
  await deps.store.db.insert(followers).values({ reportId, residentId, joinedAt });
};

/** A volunteer so many meters north of the reports of these tests. */
export const aVolunteer = async (
  deps: Pick<Deps, "store">,
  meters: number,
  telegramId = randomInt(1, 2 ** 47),
): Promise<number> => {
  const residentId = await aResident(deps.store.db, { name: "Сосед", telegramId });
  const home = { lat: 55.73 + meters / 111_195, lon: 37.42 };
  await deps.store.db.insert(volunteers).values({ residentId, ...home, joinedAt: NOON });
  return residentId;
};

/** Who was asked to look at the report's answer. */
export const invitedTo = async (deps: Deps, reportId: number): Promise<number[]> => {
  const found = await deps.store.db.select().from(checks).where(eq(checks.reportId, reportId));
  return found.map(({ residentId }) => residentId).toSorted((a, b) => a - b);
};

/** A vote as a press or a message brings it; a refutation comes with a word. */
export const vote = (
  deps: Deps,
  reportId: number,
  voterId: number,
  value: VoteValue,
  now: Date,
  told: { words?: string; photos?: Photo[]; cycle?: number } = {},
) => {
  const words = told.words ?? (value === "refutation" ? "Не горит" : null);
  const command = {
    voterId,
    reportId,
    cycle: told.cycle ?? null,
    value,
    words,
    photos: told.photos ?? [],
    question: null,
  };
  return castVote(deps, command, now);
};
