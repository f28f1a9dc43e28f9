import { z } from "zod";
import { commandKey, commandScope, languageCode } from "../commands.ts";
import { json } from "../params.ts";
import { badRequest } from "../refusal.ts";
import { method } from "./method.ts";

const maxCommands = 100;
const place = { scope: json(commandScope).optional(), language_code: languageCode };
const command = z.strictObject({ command: z.string(), description: z.string() });

const check = ({ command: name, description }: z.output<typeof command>): void => {
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest("BOT_COMMAND_INVALID");
  if (description.trim() === "" || description.length > 256) throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
};

/** `setMyCommands`; an empty list removes what was set for this scope and language. */
export const setMyCommands = method({ ...place, commands: json(z.array(command)) }, (core, params) => {
  if (params.commands.length > maxCommands) throw badRequest("BOT_COMMANDS_TOO_MUCH");
  params.commands.forEach(check);
  const key = commandKey(core, params.scope, params.language_code);
  core.record({ fact: "commands", key, commands: params.commands.length > 0 ? params.commands : null });
  core.events.emit({ type: "commands" });
  return true;
});

/** `getMyCommands`: what was set for exactly this scope and language. */
export const getMyCommands = method(
  place,
  (core, params) => core.state.commands.get(commandKey(core, params.scope, params.language_code)) ?? [],
);

/** `deleteMyCommands`. */
export const deleteMyCommands = method(place, (core, params) => {
  core.record({ fact: "commands", key: commandKey(core, params.scope, params.language_code), commands: null });
  core.events.emit({ type: "commands" });
  return true;
});
