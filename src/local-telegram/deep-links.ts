/**
 * Whether a link that starts a bot carries a payload Telegram's apps would pass on: at most 64 of `A-Za-z0-9_-`.
 * Telegram sends such a link and its apps drop the payload silently; refused here, the mistake shows where it is made.
 */
export const isDeepLinkSound = (url: string): boolean => {
  const query = /^(?:https?:\/\/)?(?:t|telegram)\.me\/[A-Za-z0-9_]+\?(.*)$/i.exec(url)?.[1];
  if (query === undefined) return true;
  const payload = new URLSearchParams(query).get("start");
  return payload === null || /^[A-Za-z0-9_-]{1,64}$/.test(payload);
};
