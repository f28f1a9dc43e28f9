type Options = {
  /** How long an answer holds, in ms; with 0 nothing is remembered. */
  ms: number;
  /** Beyond so many the oldest answer is forgotten. */
  most?: number;
  /** Real time, in ms. */
  wireNow?: () => number;
};

/** Asks once what many want to know: those who ask meanwhile wait for the same answer, and a failed one is asked anew. */
export const remembering = <Value>({
  ms,
  most = 500,
  wireNow = Date.now,
}: Options): ((key: string, ask: () => Promise<Value>) => Promise<Value>) => {
  const known = new Map<string, { until: number; answer: Promise<Value> }>();
  return (key, ask) => {
    const now = wireNow();
    const found = known.get(key);
    if (found !== undefined && found.until > now) return found.answer;
    const answer = ask();
    if (ms === 0) return answer;
    known.delete(key);
    known.set(key, { until: now + ms, answer });
    answer.catch(() => known.get(key)?.answer === answer && known.delete(key));
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return answer;
  };
};
