export type Variables = Readonly<Record<string, string | undefined>>;

/** What is wrong with a variable, said after its name. */
export type Fault = { name: string; fault: string };

/** How many letters must be added, dropped, changed or swapped with a neighbour to get from one name to the other. */
const distance = (from: string, to: string): number => {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column++) {
      const changed = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwap ? at(row - 2, column - 2) + 1 : Infinity;
      rows[row]?.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, changed, swapped));
    }
  }
  return at(from.length, to.length);
};

// Short names have innocent neighbours (HOME and HOST), so only one slip is taken for a misspelling there.
const misspelt = (name: string, names: readonly string[]): string | undefined =>
  names.find((known) => distance(name.toUpperCase(), known) <= (known.length <= 8 ? 1 : 2));

const OUR_PREFIX = /^(TELEGRAM|BOT|WEBHOOK|OTKLIK|S3)_/;

// Kubernetes and Docker describe a neighbouring service named "bot" or "otklik" in such variables.
const SERVICE_LINK = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP)(_\w+)?)?)$/;

/** Names that were meant for us and mean nothing: any in the file, and in the environment those that look like ours. */
export const unknownNames = (env: Variables, file: Variables, names: readonly string[]): Fault[] =>
  [...new Set([...Object.keys(file), ...Object.keys(env)])]
    .filter((name) => !names.includes(name))
    .flatMap((name) => {
      const meant = misspelt(name, names);
      if (meant !== undefined) return [{ name, fault: `is not a setting; did you mean ${meant}?` }];
      const isOurs = name in file || (OUR_PREFIX.test(name) && !SERVICE_LINK.test(name));
      return isOurs ? [{ name, fault: "is not a setting" }] : [];
    });
