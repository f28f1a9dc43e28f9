import { shorten } from "../city/text.ts";
import { ANSWER_LENGTH, MOST_ANSWER_PHOTOS } from "../report/answer.ts";
import type { StaffNews } from "../notices/staff-news.ts";
import type { Tx } from "../store/open.ts";
import { findAudience } from "../store/queries/audience.ts";
import { findLastAnswer } from "../store/queries/answers.ts";
import { findSystem } from "../store/queries/relays.ts";
import type { RelayRow } from "../store/schema/relays.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addAddition } from "../store/writes/additions.ts";
import { addNotices } from "../store/writes/notices.ts";
import { addRelayUpdate } from "../store/writes/relays.ts";
import { claimReport } from "../store/writes/reports.ts";
import type { Deps } from "./deps.ts";
import { toDraftId } from "./draft-id.ts";
import { record } from "./record.ts";
import { sendAnswer } from "./send-answer.ts";

/** What an agency's system said of a report; `id` is its own of it, `photoUrls` are pictures of the work. */
export type Heard = { id: string; isClosed: boolean; words: string; photoUrls: readonly string[] };

/** `answered`: an answer waits for the editors; `noted`: they read it as a note; `known`: it was taken up before; `nothing`: it said nothing. */
export type Hearing = "answered" | "noted" | "known" | "nothing";

/**
 * Takes up what an agency's system said, once. That it is done, with words and a photo, is an answer as any officer's: an editor checks it
 * before anybody reads it. Without either it is none, whatever the system says: the editors are told, and the agency's date goes on.
 */
export const hearSystem = async (
  deps: Deps,
  relay: Pick<RelayRow, "id" | "reportId" | "agencyId" | "cycle">,
  heard: Heard,
  now: Date,
): Promise<Hearing> =>
  deps.store.db.transaction(async (tx) => {
    const report = await claimReport(tx, relay.reportId);
    const system = await findSystem(tx, relay.agencyId);
    if (report === null || system === null) throw new Error(`Relay ${relay.id} is of nobody's report`);
    if (!(await addRelayUpdate(tx, relay.id, heard.id, now))) return "known";
    const { residentId: actorId } = system;
    const isTheirs = report.agencyId === relay.agencyId && report.cycle === relay.cycle;
    const isInWork = report.status === "assigned" || report.status === "planned";
    if (heard.isClosed && isTheirs && isInWork && (await answerFor(tx, deps, relay, actorId, heard, now))) {
      return "answered";
    }
    const words = heard.words.trim();
    if (words === "" && !heard.isClosed) return "nothing";
    if (words !== "") {
      const note = { reportId: report.id, kind: "note", authorId: actorId, photos: [] } as const;
      const additionId = await addAddition(tx, { ...note, words: shorten(words, ANSWER_LENGTH.max) }, now);
      await record(tx, deps, { report, actorId, actorRole: "officer", kind: "noted", data: { additionId } }, now);
    }
    if (heard.isClosed && isTheirs && isInWork) await tellEditors(tx, deps, report, relay, heard, now);
    return words === "" ? "nothing" : "noted";
  });

/** False where it is no answer by the rules. */
const answerFor = async (
  tx: Tx,
  deps: Deps,
  { id, reportId }: Pick<RelayRow, "id" | "reportId">,
  actorId: number,
  { id: updateId, words, photoUrls }: Heard,
  now: Date,
): Promise<boolean> => {
  const content = { kind: "fixed", words: shorten(words.trim(), ANSWER_LENGTH.max), photos: [] } as const;
  const answer = { actorId, reportId, draftId: toDraftId(id, updateId), content };
  const webPhotos = photoUrls.slice(0, MOST_ANSWER_PHOTOS);
  const lastAnswerId = (await findLastAnswer(tx, reportId))?.id ?? null;
  return (await sendAnswer(tx, deps, { ...answer, webPhotos, lastAnswerId }, now)).ok;
};

/** Nobody reads a note before they open the report, and this one changes what it is. */
const tellEditors = async (
  tx: Tx,
  { store }: Pick<Deps, "store">,
  report: ReportRow,
  { id, agencyId }: Pick<RelayRow, "id" | "agencyId">,
  heard: Heard,
  now: Date,
): Promise<void> => {
  const { editors = [] } = await findAudience(tx, report, ["editors"]);
  const params: StaffNews["system_closed"] = { number: report.id, agencyId, hasPhoto: heard.photoUrls.length > 0 };
  const notices = editors.map((editor) => ({
    ...editor,
    reportId: null,
    kind: "system_closed",
    params,
    dedupeKey: `system_closed:${id}:${toDraftId(id, heard.id)}:${editor.chatId}`,
    dueAt: now,
  }));
  await addNotices(tx, notices, now);
  await store.wakeChats(
    tx,
    editors.map(({ chatId }) => chatId),
  );
};
