import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** Why a stranger's URL is not called, before anybody asks the network. */
export type UrlRefusal = "bad_url" | "not_https" | "has_credentials" | "not_public";

const LONGEST = 2000;

/** Names that never leave this machine or its network, whatever a resolver says of them. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa|lan|intranet|corp|onion)\.?$/i;

/** The URL if it may be called as far as can be told from itself: https (or http where nothing secret is said), no name and password in it, no address or name of a local network. */
export const readSafeUrl = (
  text: string,
  { allowPrivate = false, plainHttp = false }: { allowPrivate?: boolean; plainHttp?: boolean } = {},
): { ok: true; url: URL } | { ok: false; why: UrlRefusal } => {
  const url = text.length <= LONGEST ? URL.parse(text) : null;
  if (url === null || url.hostname === "") return { ok: false, why: "bad_url" };
  const mayBePlain = allowPrivate || plainHttp;
  if (url.protocol !== "https:" && !(mayBePlain && url.protocol === "http:")) return { ok: false, why: "not_https" };
  if (url.username !== "" || url.password !== "") return { ok: false, why: "has_credentials" };
  if (allowPrivate) return { ok: true, url };
  const address = addressOf(url);
  if (address === null) {
    const isLocal = LOCAL_NAME.test(url.hostname) || !url.hostname.includes(".");
    return isLocal ? { ok: false, why: "not_public" } : { ok: true, url };
  }
  return isPublicAddress(address) ? { ok: true, url } : { ok: false, why: "not_public" };
};

/** The address a URL names by itself, without brackets; null for a name. */
export const addressOf = ({ hostname }: URL): string | null => {
  const bare = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? null : bare;
};
