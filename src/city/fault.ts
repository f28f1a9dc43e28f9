/** Something wrong in a city folder. `path` is like `categories[2].topics[0].title.en`, or `line 12` where the file cannot even be read, or empty. */
export type Fault = { readonly file: string; readonly path: string; readonly message: string };

/** Writes keys and list positions the way they would be written in code. */
export const toPath = (keys: readonly PropertyKey[]): string =>
  keys.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${String(key)}`)).join("");
