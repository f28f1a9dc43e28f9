/** The resident's report on the engine: what the table of `questions.ts` makes of an input. */
import type { Draft, ReportContent } from "./draft.ts";
import { askIn, stepIn, type Asked, type ReplyOf, type StepOf } from "./engine.ts";
import type { Input } from "./input.ts";
import type { Scene } from "./question.ts";
import { reportForm } from "./questions.ts";

export type { Asked } from "./engine.ts";
export type Reply = ReplyOf<ReportContent>;
export type Step = StepOf<Draft, ReportContent>;

/** The next draft and what to say. Never throws and never loses an answer, whatever the input. */
export const step = (stored: Draft, input: Input, scene: Scene): Step => stepIn(reportForm, stored, input, scene);

/** The question a draft stands at, as it is shown. */
export const ask = (draft: Draft, scene: Scene): Asked => askIn(reportForm, draft, scene);
