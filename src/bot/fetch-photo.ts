import { HttpError, type Api } from "grammy";
import type { FetchedPhoto, FetchPhoto } from "../report/photo.ts";
import { toSent } from "./telegram-says.ts";

type Signal = Parameters<Api["getFile"]>[1];

/** Telegram hands out no larger files. */
const MAX_BYTES = 20 * 1024 * 1024;
const CALL_SECONDS = 15;
const DOWNLOAD_SECONDS = 60;

/**
 * Fetches photos through this API. A file's address contains the bot's token, so it is made here, asked here and told nobody: neither
 * a result nor an error of this function contains it.
 */
export const createFetchPhoto =
  (api: Api, { token, apiRoot = "https://api.telegram.org" }: { token: string; apiRoot?: string }): FetchPhoto =>
  async (fileId, signal) => {
    const found = await find(api, fileId, signal);
    if (!found.ok) return found;
    if (found.path === null) return later;
    const path = found.path.split("/").map(encodeURIComponent).join("/");
    return download(`${apiRoot}/file/bot${token}/${path}`, within(DOWNLOAD_SECONDS, signal));
  };

const later = { ok: false, why: "retry", afterSeconds: null } as const satisfies FetchedPhoto;
const tooLarge = { ok: false, why: "gone", words: "file is too big" } as const satisfies FetchedPhoto;

const within = (seconds: number, signal: AbortSignal): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);

type Found = { ok: true; path: string | null } | Exclude<FetchedPhoto, { ok: true }>;

const find = async (api: Api, fileId: string, signal: AbortSignal): Promise<Found> => {
  try {
    // grammY's type of a signal is a polyfill's, which lacks what Node's has more.
    const { file_path: path, file_size: size } = await api.getFile(fileId, within(CALL_SECONDS, signal) as Signal);
    return size !== undefined && size > MAX_BYTES ? tooLarge : { ok: true, path: path ?? null };
  } catch (error) {
    if (error instanceof HttpError) return later;
    const said = toSent(error);
    switch (said.kind) {
      case "retry":
        return { ...later, afterSeconds: said.afterSeconds };
      case "gone":
      case "refused":
        return { ok: false, why: "gone", words: said.words };
      case "sent":
      case "missing":
      case "migrated":
      case "pictures_away":
        return later;
    }
  }
};

const download = async (address: string, signal: AbortSignal): Promise<FetchedPhoto> => {
  try {
    const response = await fetch(address, { signal, redirect: "error" });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return later;
    }
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of response.body) {
      bytes += part.byteLength;
      if (bytes > MAX_BYTES) return tooLarge;
      parts.push(part);
    }
    return { ok: true, bytes: Buffer.concat(parts) };
  } catch {
    // Whatever it says, it may say it with the address.
    return later;
  }
};
