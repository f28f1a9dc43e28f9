import { isShown, STATUSES, type Status } from "./status.ts";

/** What of a report erasing its author looks at. */
export type Erasable = {
  status: Status;
  returnsTo: Status | null;
  description: string;
  publicText: string | null;
};

/**
 * What erasing its author leaves of a report. Where an editor passed it, the words the public reads; where it waits for that, the words
 * an editor has to read; where nobody works on it and nobody may see it, the topic, the district and the dates.
 */
export const withoutAuthor = (
  report: Erasable,
): {
  keepsPhotos: boolean;
  change: {
    authorId: null;
    description: string;
    publicText?: null;
    answers?: Record<string, never>;
    address?: null;
    lat?: null;
    lon?: null;
  };
} => {
  const keepsPhotos = isShown(report);
  if (!keepsPhotos && STATUSES[report.status].owes === null) {
    const emptied = { description: "", publicText: null, answers: {}, address: null, lat: null, lon: null };
    return { keepsPhotos, change: { authorId: null, ...emptied } };
  }
  return { keepsPhotos, change: { authorId: null, description: report.publicText ?? report.description } };
};
