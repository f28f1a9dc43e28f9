import { createHash } from "node:crypto";

/**
 * The id of what is written for somebody outside: `who` they are to us, and `what` they call it. One draft makes one report or answer, so
 * what comes twice is made once; a hash, so that nobody's meets another's.
 */
export const toDraftId = (who: number, what: string): string => {
  const hex = createHash("sha256").update(`${who} ${what}`).digest("hex");
  // Version 8 is what the standard leaves to whoever makes it.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
