import { z } from "zod";
import { flag, json } from "./params.ts";

/** `link_preview_options` of a text message. */
export const linkPreviewOptions = json(
  z.strictObject({
    is_disabled: flag.optional(),
    url: z.string().optional(),
    prefer_small_media: flag.optional(),
    prefer_large_media: flag.optional(),
    show_above_text: flag.optional(),
  }),
).optional();
