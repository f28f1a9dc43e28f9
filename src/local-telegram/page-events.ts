import type { PageEvent } from "./page-api.ts";

/** An event with its place in the stream. */
export type NumberedEvent = { id: number; event: PageEvent };

/** The stream the chat page and the tests live on. */
export type PageEvents = {
  emit: (event: PageEvent) => void;
  /** Number of the newest event. */
  lastId: () => number;
  /** What came after `id`, oldest first; null when that is no longer remembered. */
  since: (id: number) => NumberedEvent[] | null;
  /** Calls the listener for every event from now on, until the returned function is called. */
  subscribe: (listener: (numbered: NumberedEvent) => void) => () => void;
};

const remembered = 5000;

/** `firstId` must grow from one run to the next, so that a page left open over a restart notices the gap. */
export const createPageEvents = (firstId: number): PageEvents => {
  const kept: NumberedEvent[] = [];
  const listeners = new Set<(numbered: NumberedEvent) => void>();
  let lastId = firstId;
  return {
    emit: (event) => {
      lastId += 1;
      const numbered = { id: lastId, event };
      kept.push(numbered);
      if (kept.length > remembered) kept.shift();
      for (const listener of [...listeners]) listener(numbered);
    },
    lastId: () => lastId,
    since: (id) => {
      if (id > lastId || id < lastId - kept.length) return null;
      return kept.slice(kept.length - (lastId - id));
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
