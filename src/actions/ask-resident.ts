import { textIn } from "../city/text.ts";
import type { City } from "../city/schema.ts";
import { ANSWER_LENGTH } from "../report/answer.ts";
import { lastDayOf, replyDue } from "../report/due.ts";
import type { Tx } from "../store/open.ts";
import { findWaitingAnswer } from "../store/queries/answers.ts";
import { findLocale } from "../store/queries/author.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addAddition } from "../store/writes/additions.ts";
import { saveAnswerDecision } from "../store/writes/answers.ts";
import { refuseDecided, type ActRefusal } from "./act-refusal.ts";
import { moveReport } from "./change-report.ts";
import { type ActCommand } from "./claim-act.ts";
import { claimModeration } from "./claim-moderation.ts";
import type { Deps } from "./deps.ts";
import { readWords, REASON_CHARACTERS } from "./read-words.ts";
import { record } from "./record.ts";
import { refuseInterested } from "./refuse-interested.ts";

/**
 * An editor asks a report's author something: in own words, or with a text of the city's list, which is told in the author's language.
 * `answerId` is the officer's waiting question that is passed on this way.
 */
export type AskResident = ActCommand & { words: string | { templateId: string }; answerId?: number | null };

/** Asks, and lets the agency's clock stand still until the reply; nobody can be asked once the author is erased. */
export const askResident = async (
  deps: Deps,
  command: AskResident,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ActRefusal | { ok: false; why: "nobody_to_ask" }> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId, answerId = null } = command;
    const claimed = await claimModeration(tx, deps, "ask", command, now);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    // While somebody is asked, the agency's clock stands still.
    const said = { agencyId: report.agencyId, officerId: null };
    const refused = await refuseInterested(tx, deps, { act: "ask", actorId, report }, said);
    if (refused !== null) return refused;
    if (report.authorId === null) return { ok: false, why: "nobody_to_ask" };
    // An officer's question is as long as their answers may be.
    const most = answerId === null ? REASON_CHARACTERS : ANSWER_LENGTH.max;
    const read = readWords(await wordsOf(tx, deps.city, report.authorId, command.words), most);
    if (!read.ok) return read;
    if (!(await passOn(tx, report, { answerId, actorId }, now))) return refuseDecided(tx, report);
    const asked = { reportId: report.id, kind: "question", authorId: actorId, words: read.words, photos: [] } as const;
    const additionId = await addAddition(tx, asked, now);
    const isWithAgency = report.status === "assigned";
    const dueAt = new Date(replyDue(deps.city, now).dueAt);
    const change = {
      returnsTo: isWithAgency ? ("assigned" as const) : ("submitted" as const),
      pausedAt: isWithAgency ? now : null,
      dueAt,
      isOnTop: false,
    };
    const saved = await moveReport(tx, deps.city, report, "ask", "needs_info", change, now);
    const data = { additionId, answerId, until: lastDayOf(deps.city, dueAt).toString() };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "asked", data }, now);
    return { ok: true, report: saved };
  });

const wordsOf = async (tx: Tx, city: City, authorId: number, words: AskResident["words"]): Promise<string> => {
  if (typeof words === "string") return words;
  const template = city.questionTemplates.find(({ id }) => id === words.templateId);
  return template === undefined ? "" : textIn(city, template.text, await findLocale(tx, authorId));
};

/** Marks the officer's question as passed on; false when another one waits by now, or none. */
const passOn = async (
  tx: Tx,
  report: ReportRow,
  { answerId, actorId }: { answerId: number | null; actorId: number },
  now: Date,
): Promise<boolean> => {
  if (answerId === null) return true;
  const waiting = await findWaitingAnswer(tx, report.id);
  if (waiting === null || waiting.id !== answerId || waiting.kind !== "question") return false;
  await saveAnswerDecision(tx, answerId, { state: "accepted", decidedById: actorId }, now);
  return true;
};
