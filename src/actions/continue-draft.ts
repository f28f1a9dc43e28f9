import { randomInt, randomUUID } from "node:crypto";
import type { Say } from "../form/ask.ts";
import { emptyDraft, isEmpty, readDraft, type Draft } from "../form/draft.ts";
import type { Input } from "../form/input.ts";
import type { Scene } from "../form/question.ts";
import { ask, step, type Asked, type Reply, type Step } from "../form/step.ts";
import { listOwnReports } from "../store/queries/own-reports.ts";
import { findVisit, type DraftRow, type Visit } from "../store/queries/residents.ts";
import { saveDraft } from "../store/writes/drafts.ts";
import { hasConsented } from "./give-consent.ts";
import type { Deps } from "./deps.ts";
import { submitReport, type Submitted } from "./submit-report.ts";

/** What there is to say after a step. */
export type Continued =
  | { kind: "reply"; reply: Exclude<Reply, { kind: "done" }> }
  /** `summary` is empty when the confirmation was delivered again. */
  | { kind: "sent"; reportId: number; summary: readonly Say[] }
  /** No more reports today; the draft waits and can be sent from `until` on. */
  | { kind: "limit"; perDay: number; until: Date; ask: Asked }
  /** A press, an edit or small talk, and nothing is being written. */
  | { kind: "no_draft" }
  /** They have not agreed, or to an older text only. */
  | { kind: "no_consent" };

/** Drafts are changed by one person with two thumbs; whoever loses that often has met a bug. */
const MOST_TRIES = 5;

/** Numbers no earlier draft's buttons are likely to carry, with room to count on in 31 bits. */
const firstTurn = (): number => randomInt(1_000, 1_000_000_000);

/**
 * One step of the form, in one transaction: what the input does to the draft, or the report it becomes. The read came with the
 * resident, so a step costs one statement more; an update that was handled before only shows what is asked now.
 */
export const continueDraft = async (
  deps: Deps,
  { visit, updateId, input }: { visit: Visit; updateId: number; input: Input },
  now: Date,
): Promise<Continued> => {
  let seen = visit;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const continued = await tryStep(deps, seen, updateId, input, now);
    if (continued !== null) return continued;
    seen = await seeAgain(deps, seen, updateId);
  }
  throw new Error(`The draft of resident ${visit.resident.id} changed under every step`);
};

/** Null when the draft was changed by somebody else meanwhile. */
const tryStep = async (
  deps: Deps,
  { resident, draft, isHandled }: Visit,
  updateId: number,
  input: Input,
  now: Date,
): Promise<Continued | null> => {
  if (!hasConsented(resident, deps.city)) return { kind: "no_consent" };
  if (draft === null && isHandled) return answerAgain(deps, resident.id, input);
  if (draft === null && !mayBegin(input)) return { kind: "no_draft" };
  const scene: Scene = { city: deps.city, now, locale: resident.locale };
  const before = draft === null ? emptyDraft(firstTurn()) : readDraft(draft.content);
  const taken = step(before, isHandled ? { kind: "show" } : input, scene);
  if (taken.reply.kind === "done") {
    if (draft === null) return { kind: "no_draft" };
    return submit(deps, draft, taken.draft, taken.reply, scene, updateId);
  }
  if (draft === null && isSmallTalk(taken, input)) return { kind: "no_draft" };
  const isSame = draft !== null && JSON.stringify(taken.draft) === JSON.stringify(before);
  if (!isSame && !(await save(deps, resident.id, draft, taken.draft, updateId, now))) return null;
  return { kind: "reply", reply: taken.reply };
};

const save = (
  { store }: Deps,
  residentId: number,
  read: DraftRow | null,
  content: Draft,
  updateId: number,
  now: Date,
): Promise<boolean> =>
  saveDraft(
    store.db,
    {
      residentId,
      draftId: read?.draftId ?? randomUUID(),
      readVersion: read?.version ?? null,
      content,
      updateId,
    },
    now,
  );

const submit = async (
  deps: Deps,
  read: DraftRow,
  draft: Draft,
  { content, summary }: Extract<Reply, { kind: "done" }>,
  scene: Scene,
  updateId: number,
): Promise<Continued | null> => {
  const submitted: Submitted = await deps.store.db.transaction((tx) =>
    submitReport(tx, deps, { draft: read, content, updateId }, scene.now),
  );
  if (submitted.ok) return { kind: "sent", reportId: submitted.report.id, summary };
  if (submitted.why === "conflict") return null;
  const { reportsPerDay: perDay } = deps.city.limits;
  return { kind: "limit", perDay, until: submitted.until, ask: ask(draft, scene) };
};

const seeAgain = async ({ store }: Deps, { resident }: Visit, updateId: number): Promise<Visit> => {
  const again = resident.telegramId === null ? null : await findVisit(store.db, resident.telegramId, updateId);
  if (again === null) throw new Error(`Resident ${resident.id} is gone`);
  return again;
};

/** The confirmation that made the report, delivered again because the answer to it did not get through: the same answer. */
const answerAgain = async ({ store }: Deps, residentId: number, input: Input): Promise<Continued> => {
  if (input.kind !== "press" || input.press !== "send") return { kind: "no_draft" };
  const { reports } = await listOwnReports(store.db, residentId, { page: 0, size: 1 });
  const [latest] = reports;
  return latest ? { kind: "sent", reportId: latest.id, summary: [] } : { kind: "no_draft" };
};

/** A button or a corrected message is about a draft; where there is none it begins none. */
const mayBegin = (input: Input): boolean => {
  switch (input.kind) {
    case "press":
    case "edited":
    case "wrong":
      return false;
    case "text":
    case "photo":
    case "location":
    case "topic":
    case "show":
      return true;
  }
};

/** «Спасибо» begins no report: a first text has to be about something. */
const isSmallTalk = ({ draft }: Step, input: Input): boolean =>
  input.kind === "text" && isEmpty(draft) && draft.topicList.words === null;
