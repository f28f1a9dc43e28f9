import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { act } from "./act.ts";
import { findChat, findPerson, toPagePerson } from "./chats.ts";
import { commandsFor } from "./commands.ts";
import type { Core } from "./core.ts";
import type { Upload } from "./files.ts";
import { parsePageAction } from "./page-action.ts";
import type { ChatCommands, ChatMessages, PageToolMenu, World } from "./page-api.ts";
import { createPageAssets } from "./page-assets.ts";
import type { NumberedEvent } from "./page-events.ts";
import { guardPage } from "./page-guard.ts";
import { readBody } from "./request.ts";
import { listShelf, readShelf } from "./shelf.ts";
import { chatState } from "./state.ts";

const keepAliveMs = 15_000;
const defaultMessages = 200;
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const maxActionBytes = 120_000_000;

const readAction = async (request: Request): Promise<{ action: unknown; files: Map<string, Upload> }> => {
  const body = await readBody(request);
  const action = body?.params["action"];
  if (typeof action !== "string") return { action: body?.params, files: new Map() };
  try {
    return { action: JSON.parse(action) as unknown, files: body?.uploads ?? new Map<string, Upload>() };
  } catch {
    return { action: null, files: new Map() };
  }
};

const toolMenu = ({ settings: { pageTools } }: Core): PageToolMenu | null =>
  pageTools === undefined
    ? null
    : {
        title: pageTools.title,
        status: pageTools.status(),
        tools: pageTools.tools.map(({ id, label }) => ({ id, label })),
      };

/** The chat page and what it asks for; `stopped` aborts when the messenger closes. */
export const createPageRoutes = (core: Core, stopped: AbortSignal): Hono => {
  const app = new Hono();
  const asset = createPageAssets();
  app.use("/chat/*", guardPage(core.settings.hosts ?? []));

  app.get("/chat", async (c) => {
    const page = await asset("index.html");
    return page
      ? c.body(page.body, 200, { "content-type": page.type, "content-security-policy": contentSecurityPolicy })
      : c.notFound();
  });
  app.get("/chat/assets/:name", async (c) => {
    const file = await asset(c.req.param("name"));
    return file ? c.body(file.body, 200, { "content-type": file.type, "cache-control": "no-cache" }) : c.notFound();
  });

  app.get("/chat/api/world", async (c) => {
    const { bot, people, groups, channels = [], map } = core.settings;
    const world: World = {
      bot,
      people: people.map((person) => toPagePerson(core, person)),
      groups,
      channels: channels.map(({ id, title, username, adminIds, subscriberIds }) => ({
        id,
        title,
        ...(username === undefined ? {} : { username }),
        subscribers: new Set([...adminIds, ...subscriberIds]).size,
      })),
      map,
      shelf: await listShelf(),
      tools: toolMenu(core),
      lastEventId: core.events.lastId(),
    };
    return c.json(world);
  });

  app.get("/chat/api/messages", (c) => {
    const chat = findChat(core, Number(c.req.query("chat")));
    if (!chat) return c.notFound();
    const limit = Number(c.req.query("limit") ?? defaultMessages) || defaultMessages;
    const { messages, pinned } = chatState(core.state, chat.id);
    const pinnedMessageId = pinned.at(-1);
    const newest: ChatMessages = {
      messages: [...messages.values()].slice(-limit),
      ...(pinnedMessageId === undefined ? {} : { pinnedMessageId }),
    };
    return c.json(newest);
  });

  app.get("/chat/api/commands", (c) => {
    const chat = findChat(core, Number(c.req.query("chat")));
    const person = findPerson(core, Number(c.req.query("person")));
    if (!chat || !person) return c.notFound();
    return c.json({ commands: commandsFor(core, chat, person) } satisfies ChatCommands);
  });

  app.get("/chat/api/file/:id", async (c) => {
    const file = core.files.find(c.req.param("id"));
    if (!file) return c.notFound();
    // What people upload is shown as a picture or saved, never run as a page of this origin.
    const isPicture = /^image\/(jpeg|png|webp|gif)$/.test(file.mime ?? "");
    return c.body(await core.files.read(file), 200, {
      "content-type": isPicture ? (file.mime ?? "") : "application/octet-stream",
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
  });

  app.get("/chat/api/shelf/:id", async (c) => {
    const photo = await readShelf(c.req.param("id"));
    if (!photo) return c.notFound();
    return c.body(new Uint8Array(photo.bytes), 200, {
      "content-type": "image/jpeg",
      "cache-control": "private, max-age=3600",
    });
  });

  app.post("/chat/api/do", async (c) => {
    if (Number(c.req.header("content-length") ?? 0) > maxActionBytes) {
      return c.json({ ok: false, description: "FILE_TOO_BIG" }, 413);
    }
    const { action: given, files } = await readAction(c.req.raw);
    const action = parsePageAction(given);
    if (!action) return c.json({ ok: false, description: "ACTION_INVALID" }, 400);
    const result = await act(core, action, files);
    return c.json(result, result.ok ? 200 : 400);
  });

  app.get("/chat/api/tools", (c) => {
    const menu = toolMenu(core);
    return menu === null ? c.notFound() : c.json(menu);
  });

  app.post("/chat/api/tools/:id", async (c) => {
    const tool = core.settings.pageTools?.tools.find(({ id }) => id === c.req.param("id"));
    if (!tool) return c.notFound();
    await tool.run();
    return c.json(toolMenu(core));
  });

  app.get("/chat/api/events", (c) => {
    const after = Number(c.req.header("last-event-id") ?? c.req.query("after") ?? core.events.lastId());
    return streamSSE(c, async (stream) => {
      const write = ({ id, event }: NumberedEvent) => stream.writeSSE({ id: String(id), data: JSON.stringify(event) });
      const missed = core.events.since(after);
      // Everything up to here is sent before the subscription sees more, so no event is lost or doubled between the two.
      let sending: Promise<unknown> = missed ? Promise.resolve() : stream.writeSSE({ event: "reset", data: "" });
      const enqueue = (numbered: NumberedEvent): void => {
        sending = sending.then(() => write(numbered));
      };
      missed?.forEach(enqueue);
      const unsubscribe = core.events.subscribe(enqueue);
      const keepAlive = setInterval(() => {
        sending = sending.then(() => stream.write(": still here\n\n"));
      }, keepAliveMs);
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
        stopped.addEventListener("abort", () => resolve(), { once: true });
      });
      clearInterval(keepAlive);
      unsubscribe();
    });
  });

  return app;
};
