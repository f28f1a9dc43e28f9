import { STATUSES, type Status } from "./status.ts";

/**
 * What people add to a report after it was sent: an editor's or officer's `question`, the resident's `reply`, an `addition` of the
 * author, the words of a `vote`, of a `verdict`, of an `appeal`, and a `note` that only staff ever see.
 */
export const ADDITION_KINDS = ["question", "reply", "addition", "vote", "verdict", "appeal", "note"] as const;
export type AdditionKind = (typeof ADDITION_KINDS)[number];

/** Whom an addition reaches: whoever owes the next step, and while residents check an answer, the editors. */
export const ADDITION_READERS = ["editors", "officers", "judges"] as const;
export type AdditionReader = (typeof ADDITION_READERS)[number];

/** Who reads what is added in this status; null where nobody would. */
export const readerOfAddition = (status: Status): AdditionReader | null => {
  switch (STATUSES[status].owes) {
    case "officer":
      return "officers";
    case "editor":
    case "residents":
    // A question waits; whatever is said instead of an answer to it goes to those who asked.
    case "author":
      return "editors";
    case "inspector":
      return "judges";
    case null:
      return null;
  }
};
