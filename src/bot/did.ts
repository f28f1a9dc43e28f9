import type { EventKind } from "../report/event.ts";
import type { BotContext } from "./context.ts";
import { TOLD } from "../notices/event-words.ts";

/** «передано службе»: an event of the log in a word or two. A newer program may have written kinds this one has no words for. */
export const didInWords = (ctx: BotContext, kind: string): string =>
  isKind(kind) ? ctx.t(`people:did.${kind}`) : kind;

/** The type of the table sees to it that no kind is missing. */
const isKind = (kind: string): kind is EventKind => Object.hasOwn(TOLD, kind);
