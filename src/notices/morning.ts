/** An agency's morning in one message: what is due, and what it has missed. */
import { cityDate } from "../city/city-time.ts";
import type { Reading } from "./dates.ts";
import { renderDigest, type DigestParams, type DigestSection, type Places } from "./digest.ts";
import type { OutMessage } from "./message.ts";
import { bySoonest } from "./together.ts";

/** A report with a date that comes near; `due` is its last day. */
export type Coming = DigestSection["items"][number];

/** The message; `digest` is null where the agency has missed nothing. */
export const renderMorning = (
  reading: Reading,
  { agencyId, coming, digest }: { agencyId: string | null; coming: readonly Coming[]; digest: DigestParams | null },
  places: Places,
): OutMessage => {
  const missed = digest ?? NOTHING;
  const today = cityDate(reading.city, reading.now);
  const section = (title: DigestSection["title"], days: (count: number) => boolean): DigestSection => {
    const items = coming.filter(({ due }) => days(today.until(due).days)).toSorted(bySoonest);
    return { title, total: items.length, items };
  };
  const sections = [
    // A reminder that comes late is still the agency's to read.
    section("due_today", (days) => days <= 0),
    section("due_tomorrow", (days) => days === 1),
    ...missed.sections,
    section("due_soon", (days) => days > 1),
  ];
  return renderDigest(reading, "digest_agency", { ...missed, agencyId, sections }, places);
};

const NOTHING: DigestParams = { agencyId: null, sections: [], agencies: [], troubles: {}, warnings: [] };
