/** What an officer has told of an answer so far; the whole of it is one jsonb value in the database. */
import { z } from "zod";
import { ANSWER_KINDS, type AnswerKind } from "../report/answer.ts";
import type { Status } from "../report/status.ts";
import type { Scene } from "./question.ts";
import { emptyTelling, storedTelling, storedText, type Photo, type Telling } from "./telling.ts";

/** A finished answer: exactly what an officer has to say. `plannedOn` is `YYYY-MM-DD` in the city. */
export type AnswerContent = { words: string; photos: readonly Photo[] } & (
  | { kind: Exclude<AnswerKind, "planned" | "not_ours"> }
  | { kind: "planned"; plannedOn: string }
  | { kind: "not_ours"; successorId: string }
);

/** An answer being written; its words are the telling's description. */
export type AnswerDraft = Telling & {
  kind: AnswerKind | null;
  plannedOn: string | null;
  successorId: string | null;
  /** Where the officer is in the list of agencies: a page of all, or what their words found. */
  agencyList: { page: number; words: string | null };
  /** What the agency had said last when this was begun or last looked at. */
  lastAnswerId: number | null;
  /** For which agency and in which cycle of the report it was begun: it says nothing of any other. */
  agencyId: string | null;
  cycle: number | null;
};

/** What an answer is filled in against besides the city: the report as it stands, and what was said of it last. */
export type AnswerScene = Scene & {
  report: {
    status: Status;
    districtId: string;
    agencyId: string | null;
    cycle: number;
    handlingDueAt: Date | null;
    postponements: number;
  };
  lastAnswerId: number | null;
};

/** What every answer to the report as it stands begins as; without a `scene` it is taken for the report's as it will be found. */
export const emptyAnswer = (turn: number, scene: AnswerScene | null): AnswerDraft => ({
  ...emptyTelling(turn),
  kind: null,
  plannedOn: null,
  successorId: null,
  agencyList: { page: 0, words: null },
  lastAnswerId: scene?.lastAnswerId ?? null,
  agencyId: scene?.report.agencyId ?? null,
  cycle: scene?.report.cycle ?? null,
});

const StoredAnswer = z.object({
  ...storedTelling,
  kind: z.enum(ANSWER_KINDS).nullable().catch(null),
  plannedOn: z.iso.date().nullable().catch(null),
  successorId: storedText,
  agencyList: z.object({ page: z.int().min(0), words: z.string().nullable() }).catch({ page: 0, words: null }),
  lastAnswerId: z.int().nullable().catch(null),
  agencyId: storedText,
  cycle: z.int().nullable().catch(null),
});

/** The answer out of the database, whichever version of the program wrote it; unreadable parts are empty. */
export const readAnswer = (stored: unknown): AnswerDraft => StoredAnswer.catch(emptyAnswer(0, null)).parse(stored);
