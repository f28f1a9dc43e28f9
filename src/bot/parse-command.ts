/** What a message that begins with a slash asks for. */
export type WrittenCommand = {
  name: string;
  /** Everything after the command, trimmed; may hold line breaks. */
  words: string;
  /** Whether it names this bot, as Telegram's menu writes it in groups. */
  addressed: boolean;
};

/** The command at the beginning of a text in whatever case; null when there is none or it is meant for another bot. */
export const parseCommand = (text: string, botUsername: string): WrittenCommand | null => {
  const match = /^\/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/i.exec(text);
  if (match === null) return null;
  const [, name = "", to, words = ""] = match;
  if (to !== undefined && to.toLowerCase() !== botUsername.toLowerCase()) return null;
  return { name: name.toLowerCase(), words: words.trim(), addressed: to !== undefined };
};
