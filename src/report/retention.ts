/** How many days the program keeps what it needs only for a while: housekeeping goes by it, and the privacy page says it. */
export const KEPT_DAYS = {
  /** Telegram repeats an update for a day at most. */
  handledUpdates: 2,
  settledNotices: 90,
  prompts: 7,
  reportMessages: 366,
} as const;
