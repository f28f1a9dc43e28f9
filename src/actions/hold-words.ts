import { z } from "zod";
import type { Input } from "../form/input.ts";
import { findQuestion } from "../store/queries/prompts.ts";
import { removePrompt, savePrompt } from "../store/writes/prompts.ts";
import type { Deps } from "./deps.ts";

/** What somebody said before it was clear what it belongs to. */
export type Held = Extract<Input, { kind: "text" | "photo" }>;

const photo = z.object({ fileId: z.string(), fileUniqueId: z.string(), kind: z.enum(["photo", "document"]) });
const HeldWords = z.array(
  z.union([
    z.object({ kind: z.literal("text"), text: z.string(), messageId: z.int() }),
    z.object({
      kind: z.literal("photo"),
      photo,
      caption: z.string().nullable(),
      albumId: z.string().nullable(),
      messageId: z.int(),
    }),
  ]),
);

/** What the question that these words wait for is remembered by. */
const WHOSE = "whose";

/** Keeps what was said until the person tells what it belongs to; `askingId` is the message that asks. */
export const holdWords = async (
  { store }: Pick<Deps, "store">,
  { chatId, askingId, held }: { chatId: number; askingId: number; held: Held },
  now: Date,
): Promise<void> => {
  const albumId = held.kind === "photo" ? held.albumId : null;
  const asking = { chatId, messageId: askingId, act: WHOSE, reportId: null, version: 0, askedAt: now };
  await savePrompt(store.db, { ...asking, albumId, held: [held] });
};

/** Puts more to what waits already; false when nothing waits in the chat. */
export const holdMore = async (
  { store }: Pick<Deps, "store">,
  { chatId, held }: { chatId: number; held: Held },
): Promise<boolean> =>
  store.db.transaction(async (tx) => {
    const message = { chatId, messageId: held.messageId, repliesTo: null, albumId: null };
    const waiting = await findQuestion(tx, message, [WHOSE], new Date(0));
    if (waiting === null) return false;
    const before = HeldWords.parse(waiting.held);
    if (before.some(({ messageId }) => messageId === held.messageId)) return true;
    await savePrompt(tx, { ...waiting, held: [...before, held] });
    return true;
  });

/** Hands out what waited for this message to be pressed, once; null when it waits no more. */
export const releaseWords = async (
  { store }: Pick<Deps, "store">,
  { chatId, askingId }: { chatId: number; askingId: number },
): Promise<Held[] | null> =>
  store.db.transaction(async (tx) => {
    const asked = { chatId, messageId: askingId, repliesTo: askingId, albumId: null };
    const waiting = await findQuestion(tx, asked, [WHOSE], null);
    if (waiting === null) return null;
    await removePrompt(tx, chatId, askingId);
    return HeldWords.parse(waiting.held);
  });
