import type { Core } from "../core.ts";
import { Refusal } from "../refusal.ts";
import type { RawCall } from "../request.ts";
import { answerCallbackQuery } from "./callback.ts";
import * as chats from "./chats.ts";
import * as commands from "./commands.ts";
import { deleteMessage, deleteMessages } from "./delete.ts";
import * as edit from "./edit.ts";
import { getFile } from "./files.ts";
import type { Method } from "./method.ts";
import { sendMediaGroup } from "./send-media-group.ts";
import * as send from "./send.ts";
import * as updates from "./updates.ts";

/** Every method this messenger knows, by its name on the wire; anything else is refused. */
const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...updates,
    ...send,
    sendMediaGroup,
    ...edit,
    deleteMessage,
    deleteMessages,
    answerCallbackQuery,
    ...commands,
    getFile,
    ...chats,
  }),
);

/** Calls a method by name; throws a Refusal with Telegram's code and words when it is refused. */
export const callMethod = (core: Core, name: string, call: RawCall, signal: AbortSignal): Promise<unknown> => {
  const method = methods.get(name);
  if (!method) throw new Refusal(404, "Not Found: method not found");
  // A webhook's answer names its method among the parameters, and some clients write it into every form.
  const { method: _, ...params } = call.params;
  return method(core, { ...call, params }, signal);
};
