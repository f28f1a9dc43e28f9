/** What an agency may say of a report, as data: its kinds, what each needs, and who decides it. */

/**
 * `fixed` and `cannot_fix` are answers that the public will read; `planned` asks for a later date, `not_ours` for another agency, and
 * `question` for something only the resident knows. An editor decides each of them, but for the first quick `not_ours`.
 */
export const ANSWER_KINDS = ["fixed", "cannot_fix", "planned", "not_ours", "question"] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** `waiting` for an editor; `accepted` (published, postponed, re-routed, passed on); `returned` with a remark; `replaced` by a newer one or by what happened meanwhile. */
export const ANSWER_STATES = ["waiting", "accepted", "returned", "replaced"] as const;
export type AnswerState = (typeof ANSWER_STATES)[number];
