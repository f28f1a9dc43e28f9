import type { PageEvent } from "./page-api.ts";
import type { PageEvents } from "./page-events.ts";

/** `after`: an event number to begin behind; `timeoutMs`: how long to wait. */
export type WaitOptions = { after?: number; timeoutMs?: number };

const defaultTimeoutMs = 10_000;

/** The first matching event, remembered or still to come; rejects when the time is over or `after` is forgotten. */
export const waitForEvent = <Wanted extends PageEvent>(
  events: PageEvents,
  match: ((event: PageEvent) => event is Wanted) | ((event: PageEvent) => boolean),
  { after = events.lastId(), timeoutMs = defaultTimeoutMs }: WaitOptions = {},
): Promise<Wanted> => {
  const missed = events.since(after);
  if (!missed) return Promise.reject(new Error(`Events after ${after} are no longer remembered`));
  const past = missed.find(({ event }) => match(event));
  if (past) return Promise.resolve(past.event as Wanted);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      unsubscribe();
      reject(new Error(`No such event within ${timeoutMs} ms`));
    }, timeoutMs);
    const unsubscribe = events.subscribe(({ event }) => {
      if (!match(event)) return;
      clearTimeout(timer);
      unsubscribe();
      resolve(event as Wanted);
    });
  });
};
