import { randomInt, randomUUID } from "node:crypto";
import { emptyDraft, isEmpty, readDraft } from "../form/draft.ts";
import { hasRole } from "../report/permission.ts";
import type { Contact } from "../report/read-contact.ts";
import { answerPrompt } from "../store/writes/prompts.ts";
import { claimOwnDraft, saveIntake } from "../store/writes/intakes.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import type { Answering } from "./gather-words.ts";

/** An operator writes a report for a person at the desk or on the phone, who heard the consent text of this version. */
export type BeginIntake = { operatorId: number; contact: Contact; question: Answering | null };

/** `draft_exists`: the operator is writing something already, and nothing of it is thrown away unasked. */
export type IntakeRefusal = { ok: false; why: "not_allowed" | "draft_exists" };

/** Begins a draft for somebody else: the form goes on as for a resident. Name and phone are kept with the draft until it is sent. */
export const beginIntake = async (
  deps: Deps,
  { operatorId, contact, question }: BeginIntake,
  now: Date,
): Promise<{ ok: true } | IntakeRefusal> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, operatorId), "operator", "admin")) return { ok: false, why: "not_allowed" };
    const writing = await claimOwnDraft(tx, operatorId);
    if (writing !== null && !isEmpty(readDraft(writing.content))) return { ok: false, why: "draft_exists" };
    const content = emptyDraft(randomInt(1_000, 1_000_000_000));
    const intake = { ...contact, consentVersion: deps.city.consent.version };
    await saveIntake(tx, { operatorId, draftId: randomUUID(), intake, content }, now);
    if (question !== null) await answerPrompt(tx, question, { ...question, additionId: null });
    return { ok: true };
  });
