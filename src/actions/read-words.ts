/** Longest words of a decision (a reason, a remark), in characters. */
export const REASON_CHARACTERS = 500;

/** The words of a decision without the spaces around them, or why they will not do; `most` are the characters they may have. */
export const readWords = (
  typed: string,
  most = REASON_CHARACTERS,
): { ok: true; words: string } | { ok: false; why: "reason_missing" | "reason_too_long" } => {
  const words = typed.trim();
  if (words === "") return { ok: false, why: "reason_missing" };
  return [...words].length > most ? { ok: false, why: "reason_too_long" } : { ok: true, words };
};
