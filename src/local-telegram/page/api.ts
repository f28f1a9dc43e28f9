/** Everything the page says to the local messenger; the only module that knows addresses. */
import type { BotCommand } from "grammy/types";
import type {
  ChatCommands,
  ChatMessages,
  PageAction,
  PageActionResult,
  PageEvent,
  PageToolMenu,
  World,
} from "../page-api.ts";

const ROOT = "/chat/api";

const read = async <T>(path: string): Promise<T> => {
  const response = await fetch(`${ROOT}${path}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
};

/** The people, groups and map of the page, with names in `locale`. Throws when the messenger cannot be reached. */
export const fetchWorld = (locale: string): Promise<World> => read(`/world?locale=${encodeURIComponent(locale)}`);

/** The newest messages of a chat, oldest first. Throws when the messenger cannot be reached. */
export const fetchMessages = (chatId: number): Promise<ChatMessages> => read(`/messages?chat=${chatId}`);

/** The command menu a person sees in a chat. Throws when the messenger cannot be reached. */
export const fetchCommands = async (chatId: number, personId: number): Promise<readonly BotCommand[]> =>
  (await read<ChatCommands>(`/commands?chat=${chatId}&person=${personId}`)).commands;

/** Where the bytes of a photo or file of a message are. */
export const fileUrl = (fileId: string): string => `${ROOT}/file/${encodeURIComponent(fileId)}`;

/** Where the JPEG of a sample photo is. */
export const shelfUrl = (id: string): string => `${ROOT}/shelf/${encodeURIComponent(id)}`;

/** Does one thing a person does in their app. A refusal is a value; throws only when the messenger cannot be reached. */
export const act = async (action: PageAction, files: readonly File[] = []): Promise<PageActionResult> => {
  let body: FormData | string = JSON.stringify(action);
  if (files.length > 0) {
    const form = new FormData();
    form.append("action", body);
    files.forEach((file, index) => form.append(`file${index}`, file, file.name));
    body = form;
  }
  const response = await fetch(`${ROOT}/do`, {
    method: "POST",
    body,
    ...(typeof body === "string" && { headers: { "content-type": "application/json" } }),
  });
  if (!response.ok && response.status !== 400) throw new Error(`/do answered ${response.status}`);
  return (await response.json()) as PageActionResult;
};

/** How the world stands, and what can be done to it. */
export const readTools = async (): Promise<PageToolMenu> => {
  const response = await fetch(`${ROOT}/tools`);
  if (!response.ok) throw new Error(`/tools answered ${response.status}`);
  return (await response.json()) as PageToolMenu;
};

/** Does what an item of the page's own menu says. Throws when it failed or the messenger cannot be reached. */
export const runTool = async (id: string): Promise<PageToolMenu> => {
  const response = await fetch(`${ROOT}/tools/${encodeURIComponent(id)}`, { method: "POST" });
  if (!response.ok) throw new Error(`/tools answered ${response.status}`);
  return (await response.json()) as PageToolMenu;
};

export type StreamEnds = {
  /** Number of the newest event already known. */
  after: number;
  onEvent: (event: PageEvent) => void;
  onOnline: (online: boolean) => void;
  /** The messenger no longer remembers what was missed: everything must be read anew. Ends the following. */
  onReset: () => void;
};

const longestPauseMs = 8_000;

/** Follows the events, resuming after every break where it left off; returns how to stop. */
export const followEvents = (ends: StreamEnds): (() => void) => {
  let after = ends.after;
  let pauseMs = 500;
  let timer = 0;
  let source: EventSource;

  const stop = (): void => {
    window.clearTimeout(timer);
    source.close();
  };

  // EventSource would reconnect by itself, but with the `after` it was opened with, so each break opens a new one.
  const open = (): void => {
    source = new EventSource(`${ROOT}/events?after=${after}`);
    source.addEventListener("open", () => {
      pauseMs = 500;
      ends.onOnline(true);
    });
    source.addEventListener("message", (message: MessageEvent<string>) => {
      const id = Number(message.lastEventId);
      if (id <= after) return;
      after = id;
      ends.onEvent(JSON.parse(message.data) as PageEvent);
    });
    source.addEventListener("reset", () => {
      stop();
      ends.onReset();
    });
    source.addEventListener("error", () => {
      source.close();
      ends.onOnline(false);
      timer = window.setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  };

  open();
  return stop;
};
