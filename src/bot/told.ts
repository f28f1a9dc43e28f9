/** What a message is to the question it answers. */
import type { Told } from "../actions/gather-words.ts";
import type { Input } from "../form/input.ts";
import type { Question } from "../store/queries/prompts.ts";
import type { BotContext } from "./context.ts";

/**
 * What an answer does. `done`: the question is settled. `more`: it stays open. `not_it`: the message is about something else.
 * `overtaken`: another photo of the same album, handled at the same moment, has answered it.
 */
export type Took = "done" | "more" | "not_it" | "overtaken";

/** The words and photos a message brings, null when it is neither. */
export const toTold = (ctx: BotContext, question: Question, input: Input): Told | null => {
  const { message } = ctx;
  if (message === undefined) return null;
  const answering = { ...question, answeredBy: message.message_id, albumId: message.media_group_id ?? null };
  switch (input.kind) {
    case "text":
      return { words: input.text, photos: [], question: answering };
    case "photo":
      return { words: input.caption, photos: [input.photo], question: answering };
    case "location":
    case "press":
    case "edited":
    case "topic":
    case "wrong":
    case "show":
      return null;
  }
};

/** Says that something else was asked for; the question stays open. */
export const tellWrong = async (ctx: BotContext, input: Input): Promise<Took> => {
  const what = input.kind === "wrong" ? input.what : "other";
  const key = what === "format" ? "form:wrong.format" : "check:refused.wrong";
  await ctx.tell(what === "tooLarge" ? "check:refused.too_large" : key);
  return "more";
};
