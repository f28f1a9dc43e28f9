/** What an editor may put right in a report before anybody else works on it: its topic, its place, its public words and photos. */
import type { Place } from "../form/draft.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { setPhotoHidden } from "../store/writes/photos.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { changeReport } from "./change-report.ts";
import type { ActCommand } from "./claim-act.ts";
import { claimForEditors, claimModeration } from "./claim-moderation.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** Characters of the public words, both included: like the resident's own. */
const PUBLIC_TEXT_LENGTH = { min: 10, max: 1000 } as const;

type Corrected = { ok: true; report: ReportRow };

/** Gives a report in moderation another topic, by which it is routed anew. */
export const changeTopic = async (
  deps: Deps,
  command: ActCommand & { topicId: string },
  now: Date,
): Promise<Corrected | ActRefusal | { ok: false; why: "unknown_topic" }> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId, topicId } = command;
    const claimed = await claimModeration(tx, deps, "accept", command, now);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    if (!deps.city.topics.has(topicId)) return { ok: false, why: "unknown_topic" };
    if (report.topicId === topicId) return { ok: true, report };
    const saved = await changeReport(tx, deps.city, report, { topicId }, now, { mayBeTakenBack: true });
    const data = { from: report.topicId, to: topicId };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "topic_changed", data }, now);
    return { ok: true, report: saved };
  });

/** Moves a report in moderation to another place of the city, by which it is routed anew. */
export const changePlace = async (
  deps: Deps,
  command: ActCommand & { place: Omit<Place, "source"> },
  now: Date,
): Promise<Corrected | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId, place } = command;
    const claimed = await claimModeration(tx, deps, "accept", command, now);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const { point, address, districtId } = place;
    const change = { districtId, address, lat: point?.lat ?? null, lon: point?.lon ?? null };
    const saved = await changeReport(tx, deps.city, report, change, now, { mayBeTakenBack: true });
    const data = { from: report.districtId, to: districtId };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "place_changed", data }, now);
    return { ok: true, report: saved };
  });

/** Changes what the public reads; the resident's own words are kept, and they see that it was edited. `text` null: their words again. */
export const editPublicText = async (
  deps: Deps,
  command: ActCommand & { text: string | null },
  now: Date,
): Promise<Corrected | ActRefusal | { ok: false; why: "text_wrong" }> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId } = command;
    const claimed = await claimForEditors(tx, deps, command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const text = command.text?.trim() ?? null;
    const length = text === null ? PUBLIC_TEXT_LENGTH.min : [...text].length;
    if (length < PUBLIC_TEXT_LENGTH.min || length > PUBLIC_TEXT_LENGTH.max) return { ok: false, why: "text_wrong" };
    const publicText = text === report.description ? null : text;
    if (publicText === report.publicText) return { ok: true, report };
    const saved = await changeReport(tx, deps.city, report, { publicText }, now, { mayBeTakenBack: true });
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "text_edited", data: {} }, now);
    return { ok: true, report: saved };
  });

/** Hides one of a report's own photos from the public, or shows it again. */
export const hidePhoto = async (
  deps: Deps,
  command: ActCommand & { photoId: number; isHidden: boolean },
  now: Date,
): Promise<Corrected | ActRefusal | { ok: false; why: "no_photo" }> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId, reportId, photoId, isHidden } = command;
    const claimed = await claimForEditors(tx, deps, command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    if (!(await setPhotoHidden(tx, { reportId, photoId, isHidden }))) return { ok: false, why: "no_photo" };
    // Cards stay as they are and good: the staff see every photo anyway.
    const kind = isHidden ? "photo_hidden" : "photo_shown";
    await record(tx, deps, { report, actorId, actorRole: as, kind, data: { photoId } }, now);
    return { ok: true, report };
  });
