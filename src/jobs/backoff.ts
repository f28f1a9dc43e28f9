/** No wait is longer, so that after any outage everybody hears within so long: only then do residents learn of what happened meanwhile. */
const LONGEST_SECONDS = 600;

/**
 * When to try again what the network or a broken server did not take and nobody named a time for. Waits double up to ten minutes and not
 * to a day: a chat would stay silent after an outage for as long again as that lasted, while trying each chat every ten minutes goes at
 * the pace the bot keeps anyway. Half of a wait is chance, so that chats which failed together do not come back together.
 */
export const backoffMs = (attempts: number, random: () => number = Math.random): number => {
  const longest = Math.min(2 ** attempts, LONGEST_SECONDS) * 1000;
  return Math.ceil((longest * (1 + random())) / 2);
};
