import { z } from "zod";
import type { PageAction } from "./page-api.ts";

const who = { personId: z.int() };
const where = { ...who, chatId: z.int() };
const reply = { replyTo: z.int().optional() };
const photo = z.union([z.strictObject({ upload: z.string() }), z.strictObject({ shelf: z.string() })]);
const caption = { caption: z.string().optional() };

/** What the page may ask for, parsed where it enters. */
const schema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("text"), ...where, ...reply, text: z.string(), anonymous: z.boolean().optional() }),
  z.strictObject({ do: z.literal("photos"), ...where, ...reply, ...caption, photos: z.array(photo) }),
  z.strictObject({ do: z.literal("document"), ...where, ...reply, ...caption, file: photo }),
  z.strictObject({
    do: z.literal("location"),
    ...where,
    ...reply,
    lat: z.number(),
    lon: z.number(),
    title: z.string().optional(),
    address: z.string().optional(),
    livePeriod: z.int().optional(),
  }),
  z.strictObject({ do: z.literal("contact"), ...where, phone: z.string() }),
  z.strictObject({ do: z.literal("other"), ...where, kind: z.enum(["voice", "sticker", "video", "poll"]) }),
  z.strictObject({ do: z.literal("press"), ...where, messageId: z.int(), data: z.string() }),
  z.strictObject({ do: z.literal("edit"), ...where, messageId: z.int(), text: z.string() }),
  z.strictObject({ do: z.literal("block"), ...who }),
  z.strictObject({ do: z.literal("unblock"), ...who }),
]);

/** Reads an action; null when it is none. */
export const parsePageAction = (given: unknown): PageAction | null => {
  const parsed = schema.safeParse(given);
  return parsed.success ? (parsed.data as PageAction) : null;
};
