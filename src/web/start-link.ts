/**
 * A link that starts the bot with a payload, or without one only opens it: in Telegram, or where there is one, on the chat page of one's own
 * machine. `username` is null until Telegram has answered for the first time.
 */
export const startLinkOf =
  ({ chatPath, username }: { chatPath: string | null; username: () => string | null }) =>
  (payload: string): string =>
    (chatPath ?? `https://t.me/${username() ?? ""}`) + (payload === "" ? "" : `?start=${payload}`);
