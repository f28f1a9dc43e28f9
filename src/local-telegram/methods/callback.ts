import { z } from "zod";
import { flag, int } from "../params.ts";
import { isExpired } from "../queries.ts";
import { badRequest } from "../refusal.ts";
import { method } from "./method.ts";

const maxTextLength = 200;

/** `answerCallbackQuery`: once, and within a minute of the press. */
export const answerCallbackQuery = method(
  {
    callback_query_id: z.string().optional(),
    text: z.string().optional(),
    show_alert: flag.optional(),
    cache_time: int.optional(),
  },
  (core, params) => {
    const query = core.state.queries.get(params.callback_query_id ?? "");
    if (!query || isExpired(query, core.now())) {
      throw badRequest("query is too old and response timeout expired or query ID is invalid");
    }
    const text = params.text ?? "";
    if (text.length > maxTextLength) throw badRequest("MESSAGE_TOO_LONG");
    core.record({ fact: "answered", queryId: query.id });
    core.events.emit({
      type: "answered",
      chatId: query.chatId,
      personId: query.personId,
      queryId: query.id,
      text,
      alert: params.show_alert ?? false,
    });
    return true;
  },
);
