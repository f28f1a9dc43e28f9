import { randomInt, randomUUID } from "node:crypto";
import type { Say } from "../form/ask.ts";
import { emptyDraft, isEmpty, readDraft, type Draft } from "../form/draft.ts";
import type { Input } from "../form/input.ts";
import type { Scene } from "../form/question.ts";
import { joinedBy, similarKey } from "../form/similar-question.ts";
import { ask, step, type Asked, type Reply, type Step } from "../form/step.ts";
import { findLastSent } from "../store/queries/own-reports.ts";
import { findVisit, type DraftRow, type Visit } from "../store/queries/residents.ts";
import { saveDraft } from "../store/writes/drafts.ts";
import { hasConsented } from "./give-consent.ts";
import type { Deps } from "./deps.ts";
import { findSimilar } from "./find-similar.ts";
import { joinReport } from "./join-report.ts";
import { submitReport, type Submitted } from "./submit-report.ts";

/** What there is to say after a step. */
export type Continued =
  | { kind: "reply"; reply: Exclude<Reply, { kind: "done" }> }
  /** `summary` is empty when the confirmation was delivered again. */
  | { kind: "sent"; reportId: number; summary: readonly Say[] }
  /** No more reports today; the draft waits and can be sent from `until` on. */
  | { kind: "limit"; perDay: number; until: Date; ask: Asked }
  /** They joined this report instead of filing one; `isOwn`: it is their own from before. */
  | { kind: "joined"; reportId: number; isOwn: boolean }
  /** Too late to repair report `number`: what is written becomes a report of its own when it is sent again. */
  | { kind: "repair_over"; number: number; ask: Asked }
  /** No reports until then; the draft waits. */
  | { kind: "banned"; until: Date; reason: string }
  /** They write for somebody else and are no operator any more. */
  | { kind: "not_allowed" }
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
  { resident, draft, isHandled, answering }: Visit,
  updateId: number,
  input: Input,
  now: Date,
): Promise<Continued | null> => {
  // Whoever an operator writes for has agreed by word of mouth; the operator's own data are not what is told.
  const isForOther = draft?.intake != null;
  if (!isForOther && !hasConsented(resident, deps.city)) return { kind: "no_consent" };
  if (draft === null && isHandled) return answerAgain(deps, resident.id, input);
  if (draft === null && !mayBegin(input)) return { kind: "no_draft" };
  if (resident.bannedUntil !== null && now < resident.bannedUntil) {
    return { kind: "banned", until: resident.bannedUntil, reason: resident.banReason ?? "" };
  }
  const before = draft === null ? emptyDraft(firstTurn()) : readDraft(draft.content);
  const plain: Scene = { city: deps.city, now, locale: resident.locale };
  const told = isHandled ? ({ kind: "show" } as const) : input;
  // A repair keeps its number, and a person without Telegram hears of nothing they follow: there is nothing to join.
  const scene =
    draft?.repairsId == null && !isForOther ? await withSimilar(deps, plain, before, told, resident.id) : plain;
  const joinedId = draft === null ? null : joinedBy(before, told, scene);
  if (draft !== null && joinedId !== null) return join(deps, draft, joinedId, updateId, now);
  const taken = withNewAt(step(before, told, scene), scene);
  if (taken.reply.kind === "done") {
    if (draft === null) return { kind: "no_draft" };
    return submit(deps, draft, taken.draft, taken.reply, scene, updateId);
  }
  if (draft === null && isSmallTalk(taken, input)) return { kind: "no_draft" };
  // While an answer waits, too, even a look at the draft is written down: what they write next goes on with it.
  const isSame = draft !== null && answering === null && JSON.stringify(taken.draft) === JSON.stringify(before);
  if (!isSame && !(await save(deps, resident.id, draft, taken.draft, updateId, now))) return null;
  return { kind: "reply", reply: taken.reply };
};

/** Looks for reports nearby once topic and place are known, whether the draft has them already or this input tells them. */
const withSimilar = async (
  deps: Deps,
  scene: Scene,
  before: Draft,
  input: Input,
  residentId: number,
): Promise<Scene> => {
  const known = await findSimilar(deps, before, residentId);
  if (known !== null && known.found.length > 0) return { ...scene, similar: known };
  const { draft: after } = step(before, input, scene);
  const similar = similarKey(after) === known?.key ? known : await findSimilar(deps, after, residentId);
  return similar === null ? scene : { ...scene, similar };
};

/** Where nothing was found, nothing is looked for again. */
const withNewAt = (taken: Step, { similar }: Scene): Step =>
  similar !== undefined && similar.found.length === 0 && similar.key === similarKey(taken.draft)
    ? { ...taken, draft: { ...taken.draft, newAt: similar.key } }
    : taken;

const join = async (
  deps: Deps,
  draft: DraftRow,
  reportId: number,
  updateId: number,
  now: Date,
): Promise<Continued | null> => {
  const joined = await joinReport(deps, { draft, reportId, updateId }, now);
  // Closed meanwhile or not, the next look finds what is there now.
  return joined.ok ? { kind: "joined", reportId: joined.reportId, isOwn: joined.isOwn } : null;
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
  if (submitted.why === "not_allowed") return { kind: "not_allowed" };
  if (submitted.why === "banned") return { kind: "banned", until: submitted.until, reason: submitted.reason };
  if (submitted.why === "repair_over") {
    return { kind: "repair_over", number: submitted.reportId, ask: ask(draft, scene) };
  }
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
  const reportId = await findLastSent(store.db, residentId);
  return reportId === null ? { kind: "no_draft" } : { kind: "sent", reportId, summary: [] };
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
