/** A person's name and phone as an operator types them in one go. */
export type Contact = { name: string; phone: string };

const MOST_NAME_CHARACTERS = 100;

/** From five digits, for a city's own numbers, to fifteen, the most any number has; with whatever people put between them. */
const PHONE = /\+?\d(?:[\s().-]*\d){4,14}/;

/**
 * Reads «Анна Петрова, +7 916 123-45-67» in either order; the phone is kept as digits, with a plus where one was typed. Null when one of the
 * two is missing, or there are two phones.
 */
export const readContact = (typed: string): Contact | null => {
  const match = PHONE.exec(typed);
  if (match === null) return null;
  const [written] = match;
  const name = (typed.slice(0, match.index) + " " + typed.slice(match.index + written.length))
    .replace(/[,;:\n]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (/\d/.test(name) || !/\p{L}{2}/u.test(name) || [...name].length > MOST_NAME_CHARACTERS) return null;
  return { name, phone: written.replace(/[^\d+]/g, "") };
};
