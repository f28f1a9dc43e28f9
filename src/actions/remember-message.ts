import { addReportMessages } from "../store/writes/report-messages.ts";
import type { Deps } from "./deps.ts";

/** Remembers which report messages of a chat are about, so that a reply to one finds it. */
export const rememberMessages = (
  { store }: Pick<Deps, "store">,
  about: { chatId: number; messageIds: readonly number[]; reportId: number },
  now: Date,
): Promise<void> => addReportMessages(store.db, about, now);
