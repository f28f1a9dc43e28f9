/**
 * What people add to a report after it was sent: an editor's or officer's `question`, the resident's `reply`, an `addition` of the
 * author or a follower, the words of a `vote`, of a `verdict`, of an `appeal`, and a `note` that only staff ever see.
 */
export const ADDITION_KINDS = ["question", "reply", "addition", "vote", "verdict", "appeal", "note"] as const;
export type AdditionKind = (typeof ADDITION_KINDS)[number];
