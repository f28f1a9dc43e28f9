import { Hono } from "hono";
import { act } from "./act.ts";
import { createApiRoutes } from "./api-routes.ts";
import type { Core } from "./core.ts";
import { createFileStore } from "./files.ts";
import type { Upload } from "./files.ts";
import { openJournal } from "./journal.ts";
import { createLimits } from "./limits.ts";
import type { PageAction, PageActionResult, PageEvent, PageMessage } from "./page-api.ts";
import { createPageEvents } from "./page-events.ts";
import { createPageRoutes } from "./page-routes.ts";
import { joinGroups } from "./people.ts";
import { telegramPace } from "./settings.ts";
import type { LocalTelegramSettings } from "./settings.ts";
import { apply, chatState } from "./state.ts";
import type { Fact } from "./state.ts";
import { createUpdateQueue } from "./update-queue.ts";
import { waitForEvent } from "./wait-for-event.ts";
import type { WaitOptions } from "./wait-for-event.ts";
import { createWebhookDelivery } from "./webhook.ts";

export type { Channel, LocalTelegramSettings, Pace, PageTools } from "./settings.ts";
export { telegramPace } from "./settings.ts";

/** A messenger on one's own machine: a Bot API server, and the people on its chat page. */
export type LocalTelegram = {
  /** `/bot<token>/<method>`, `/file/bot<token>/<path>`, `/chat` and everything under it. */
  app: Hono;
  /** Does what a person does, as `POST /chat/api/do`; `files` are named as the action names its uploads. */
  act: (action: PageAction, files?: ReadonlyMap<string, Upload>) => Promise<PageActionResult>;
  /** The messages of a chat as they stand now, oldest first. */
  messages: (chatId: number) => PageMessage[];
  /** Number of the newest event so far; hand it to `waitFor` as `after` to miss nothing of what is done next. */
  lastEventId: () => number;
  /** Calls the listener for every event from now on; returns how to stop. */
  subscribe: (listener: (event: PageEvent) => void) => () => void;
  /** The first event after `after` (now, unless given) that matches; rejects after `timeoutMs` (10 s unless given). */
  waitFor: <Wanted extends PageEvent>(
    match: ((event: PageEvent) => event is Wanted) | ((event: PageEvent) => boolean),
    options?: WaitOptions,
  ) => Promise<Wanted>;
  /** Whether a bot is waiting for updates right now. */
  isPolled: () => boolean;
  /** Ends polls, streams and deliveries, and closes the journal. The state is on the disk at every moment anyway. */
  close: () => Promise<void>;
};

/** Opens the messenger over its folder, with everything that was said before; throws when the journal is damaged. */
export const openLocalTelegram = async (settings: LocalTelegramSettings): Promise<LocalTelegram> => {
  const now = settings.now ?? (() => new Date());
  const pace = { ...telegramPace, ...settings.pace };
  const journal = openJournal(settings.dir);
  const { state } = journal;
  const record = (...facts: Fact[]): void => {
    for (const fact of facts) apply(state, fact);
    journal.append(facts);
  };
  const events = createPageEvents(Date.now() * 1000);
  const core: Core = {
    settings,
    pace,
    now,
    calendar: settings.calendar ?? now,
    state,
    record,
    events,
    limits: createLimits(pace),
    files: createFileStore(settings.dir, state, record),
    queue: createUpdateQueue(state, record, now),
    webhookChanged: () => delivery.wake(),
  };
  const delivery = createWebhookDelivery(core);
  core.queue.onAdded(delivery.wake);
  joinGroups(core);
  for (const { id, hasStarted } of settings.people) {
    if (hasStarted === true && !state.people.has(id)) {
      record({ fact: "person", personId: id, started: true, blocked: false });
    }
  }
  delivery.wake();

  const stopped = new AbortController();
  const app = new Hono();
  app.route("/", createApiRoutes(core));
  app.route("/", createPageRoutes(core, stopped.signal));

  return {
    app,
    act: (action, files = new Map()) => act(core, action, files),
    messages: (chatId) => [...chatState(state, chatId).messages.values()],
    lastEventId: events.lastId,
    subscribe: (listener) => events.subscribe(({ event }) => listener(event)),
    waitFor: (match, options) => waitForEvent(events, match, options),
    isPolled: core.queue.isPolled,
    close: async () => {
      stopped.abort();
      core.queue.close();
      await delivery.close();
      journal.close();
    },
  };
};
