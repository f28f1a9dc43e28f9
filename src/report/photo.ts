/** The doors a photo goes through: fetched from Telegram by the bot, or from the web by the job itself, worked on by a job, kept among our files, shown by pages. */

/** What came of fetching; `retry` names the seconds Telegram asked for, or null. The words of `gone` name nobody. */
export type FetchedPhoto =
  | { ok: true; bytes: Uint8Array }
  | { ok: false; why: "retry"; afterSeconds: number | null }
  | { ok: false; why: "gone"; words: string };

/** Fetches a file of Telegram's by its file id. Never throws for anything Telegram or the network does. */
export type FetchPhoto = (fileId: string, signal: AbortSignal) => Promise<FetchedPhoto>;

/** Fetches a picture that a program named by its address, as safely as a stranger's address has to be. Never throws for what it does. */
export type FetchWebPhoto = (url: string, signal: AbortSignal) => Promise<FetchedPhoto>;

/** Our copies of photos. Names are hashes, so a file under a name never changes and may be cached for ever. */
export type PhotoFiles = {
  /** Writes the file whole or not at all; one that is there already stays. */
  save(name: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is no such file. */
  read(name: string): Promise<Uint8Array | null>;
  /** Removes the file, if it is there. */
  remove(name: string): Promise<void>;
  /** The names of files older than the moment (wire time), in one of `SHELVES` parts of the store; unfinished ones are removed. */
  listOld(shelf: number, before: Date): Promise<string[]>;
};

/** Two photos by what they are stored as. */
export type Pair = { before: string; after: string };

/** One JPEG with the photo from before on the left and the one from after on the right; null when one of them is no longer there. */
export type DrawPair = (pair: Pair) => Promise<Uint8Array | null>;

/** The picture as a JPEG without metadata; null for what is no picture, is broken, or is too large to be opened safely. */
export type CleanPhoto = (bytes: Uint8Array) => Promise<Uint8Array | null>;

/** Into so many parts the store of photos is divided, so that it can be looked through piece by piece. */
export const SHELVES = 256;

const STORED_AS = /^[0-9a-f]{64}$/;

/** The file of the large picture, a JPEG, for what a photo is `storedAs`. */
export const largeOf = (storedAs: string): string => `${storedAs}.jpg`;

/** The file of its thumbnail, a JPEG of at most 320 pixels. */
export const thumbnailOf = (storedAs: string): string => `${storedAs}-320.jpg`;

/** What the photo of a file is `storedAs`; null for a file that is no photo's. */
export const storedAsOf = (name: string): string | null => {
  const storedAs = name.replace(/(-320)?\.jpg$/, "");
  return STORED_AS.test(storedAs) ? storedAs : null;
};
