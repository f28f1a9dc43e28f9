import { isShown, STATUSES, type Status } from "./status.ts";

/** What of a report erasing its author looks at. */
export type Erasable = {
  status: Status;
  returnsTo: Status | null;
  description: string;
  publicText: string | null;
};

/** What is left of the words and the place of a report that nobody works on and nobody may see. */
export const EMPTY = {
  description: "",
  publicText: null,
  answers: {} as Record<string, never>,
  address: null,
  lat: null,
  lon: null,
} as const;

/** Whether nobody works on a report and nobody may see it: what an erased person wrote in it is of no use to anybody. */
export const isUseless = (report: Pick<Erasable, "status" | "returnsTo">): boolean =>
  !isShown(report) && STATUSES[report.status].owes === null;

/**
 * What erasing its author leaves of a report. Where an editor passed it, the words the public reads; where it waits for that, the words
 * an editor has to read; where nobody works on it and nobody may see it, the topic, the district and the dates.
 */
export const withoutAuthor = (
  report: Erasable,
): {
  keepsPhotos: boolean;
  change: { authorId: null; description: string } & Partial<Omit<typeof EMPTY, "description">>;
} => {
  const change = isUseless(report) ? EMPTY : { description: report.publicText ?? report.description };
  return { keepsPhotos: isShown(report), change: { authorId: null, ...change } };
};
