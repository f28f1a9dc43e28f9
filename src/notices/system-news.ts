/** What staff hear of agencies' own systems: that one fails, will not take a report, or says done without what an answer needs. */
import { z } from "zod";
import type { Reading } from "./dates.ts";
import type { OutMessage } from "./message.ts";
import { agencyName } from "./report-words.ts";
import { rich } from "./rich.ts";

const Closed = z.object({ number: z.int(), agencyId: z.string(), hasPhoto: z.boolean() });
const Failing = z.object({ agencyId: z.string(), failure: z.string() });
const Refused = Failing.extend({ number: z.int() });

/** What each of them keeps. */
export type SystemNews = {
  system_closed: z.infer<typeof Closed>;
  system_failing: z.infer<typeof Failing>;
  relay_refused: z.infer<typeof Refused>;
};

/** Says that a system calls done what is no answer yet. */
export const systemClosed = (reading: Reading, params: unknown): OutMessage => {
  const { number, agencyId, hasPhoto } = Closed.parse(params);
  const names = { number: String(number), agency: agencyName(reading, agencyId, "shortName") };
  const key = hasPhoto ? "relay:news.closed_photo" : "relay:news.closed_no_photo";
  return { text: rich(reading.i18n, reading.locale, key, names), about: number };
};

/** Says that nothing gets through to a system. */
export const systemFailing = (reading: Reading, params: unknown): OutMessage => {
  const { agencyId, failure } = Failing.parse(params);
  const agency = agencyName(reading, agencyId, "shortName");
  return { text: rich(reading.i18n, reading.locale, "relay:news.failing", { agency, failure }) };
};

/** Says that a system will not take a report. */
export const relayRefused = (reading: Reading, params: unknown): OutMessage => {
  const { number, agencyId, failure } = Refused.parse(params);
  const names = { number: String(number), agency: agencyName(reading, agencyId, "shortName"), failure };
  return { text: rich(reading.i18n, reading.locale, "relay:news.refused", names) };
};
