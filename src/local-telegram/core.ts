import type { FileStore } from "./files.ts";
import type { Limits } from "./limits.ts";
import type { PageEvents } from "./page-events.ts";
import type { LocalTelegramSettings, Pace } from "./settings.ts";
import type { Fact, State } from "./state.ts";
import type { UpdateQueue } from "./update-queue.ts";

/** The inside of a messenger, handed to every method of the Bot API and to everything a person does. */
export type Core = {
  settings: LocalTelegramSettings;
  pace: Pace;
  /** Wire time. */
  now: () => Date;
  /** What messages are dated by. */
  calendar: () => Date;
  state: State;
  /** Changes the state and writes the change down; the only way to do either. */
  record: (...facts: Fact[]) => void;
  events: PageEvents;
  limits: Limits;
  files: FileStore;
  queue: UpdateQueue;
  /** To be called after the webhook was set or removed. */
  webhookChanged: () => void;
};

/** The date of a message, in Unix seconds as the Bot API writes moments. */
export const unixNow = (core: Core): number => Math.floor(core.calendar().getTime() / 1000);
