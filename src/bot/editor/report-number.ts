/** A command's words that begin with a report's number. */
export type Numbered = { reportId: number; rest: string };

/** «15», «№ 15», «#15», and whatever follows; null when no number begins the words. */
export const readNumber = (words: string): Numbered | null => {
  const match = /^(?:№|#|n|no\.?)?\s*(\d{1,15})(?:\s+([\s\S]*))?$/i.exec(words);
  if (match === null) return null;
  return { reportId: Number(match[1]), rest: (match[2] ?? "").trim() };
};
