import { cityDate, endOfDay, startOfDay } from "../city/city-time.ts";
import { readFiling, type Filing, type FilingFault } from "../form/filing.ts";
import { moderationDue } from "../report/due.ts";
import { claimClient, countFiledSince, findNumberByDraft } from "../store/writes/api-clients.ts";
import { addReport } from "../store/writes/new-report.ts";
import { addWebPhotos } from "../store/writes/photos.ts";
import type { Deps } from "./deps.ts";
import { toDraftId } from "./draft-id.ts";
import { record } from "./record.ts";

export { LIMITS, type Filing, type FilingFault } from "../form/filing.ts";

/**
 * A program files a report. `key`: what it calls this filing; the same key is the same report, however often it comes. Without one, the
 * same content on the same day is: nobody has the same to say of the same place twice.
 */
export type FileReport = { clientId: number; filing: Filing; key: string | null };

/** `token` finds the report's number later, by `findFiled`. */
export type Filed =
  | { ok: true; reportId: number; token: string; moderatedBy: Date; isNew: boolean }
  | { ok: false; why: "faults"; faults: readonly FilingFault[] }
  /** The client was switched off meanwhile. */
  | { ok: false; why: "unknown" }
  /** No more reports of this client until then. */
  | { ok: false; why: "limit"; until: Date };

/**
 * Files a report for a program. It has no author: whoever spoke to that program has agreed to nothing here, so nothing of them is taken.
 * From here on it is moderated and worked on as every other report.
 */
export const fileReport = async (deps: Deps, { clientId, filing, key }: FileReport, now: Date): Promise<Filed> => {
  const { store, city } = deps;
  const today = cityDate(city, now);
  const read = readFiling(city, filing, now);
  if (!read.ok) return { ok: false, why: "faults", faults: read.faults };
  const { photos, ...content } = read.content;
  const draftId = toDraftId(clientId, key ?? JSON.stringify([today.toString(), read.content]));
  const moderatedBy = new Date(moderationDue(city, now).dueAt);
  return store.db.transaction(async (tx) => {
    const client = await claimClient(tx, clientId);
    if (client === null) return { ok: false, why: "unknown" };
    const known = await findNumberByDraft(tx, draftId);
    if (known !== null) return { ok: true, reportId: known, token: draftId, moderatedBy, isNew: false };
    const filed = await countFiledSince(tx, clientId, startOfDay(city, today));
    if (filed >= client.perDay) return { ok: false, why: "limit", until: endOfDay(city, today) };

    const made = { draftId, authorId: null, clientId, content: { ...content, photos: [] }, dueAt: moderatedBy };
    const report = await addReport(tx, made, now);
    await addWebPhotos(tx, { reportId: report.id }, photos);
    const tellFrom = photos.length === 0 ? now : new Date(now.getTime() + PHOTOS_MS);
    const fact = { report, actorId: null, actorRole: "client", kind: "submitted", data: {}, tellFrom } as const;
    await record(tx, deps, fact, now);
    return { ok: true, reportId: report.id, token: draftId, moderatedBy, isNew: true };
  });
};

/** The number of the report with this token; null for a token nobody was given. */
export const findFiled = async ({ store }: Pick<Deps, "store">, token: string): Promise<number | null> =>
  UUID.test(token) ? store.db.transaction((tx) => findNumberByDraft(tx, token)) : null;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** So long editors are not told of it, for nearly every photo is fetched by then and their card shows it. */
const PHOTOS_MS = 60_000;
