import { formatText } from "./entities.ts";
import type { TextParams } from "./entities.ts";
import type { Content } from "./messages.ts";
import { badRequest } from "./refusal.ts";

const maxText = 4096;
const maxCaption = 1024;

/** The text part of a message; 1–4096 UTF-16 code units after markup is parsed. */
export const toTextContent = (params: { [Key in keyof TextParams]: TextParams[Key] | undefined }): Content => {
  if (params.text === undefined || params.text === "") throw badRequest("message text is empty");
  const { text, entities } = formatText({ ...params, text: params.text });
  if (text === "") throw badRequest("text must be non-empty");
  if (text.length > maxText) throw badRequest("message is too long");
  return { text, ...(entities.length > 0 ? { entities } : {}) };
};

/** The caption of a photo or file; 0–1024 UTF-16 code units after markup is parsed, nothing at all when empty. */
export const toCaptionContent = (params: { [Key in keyof TextParams]: TextParams[Key] | undefined }): Content => {
  const { text, entities } = formatText({ ...params, text: params.text ?? "" });
  if (text === "") return {};
  if (text.length > maxCaption) throw badRequest("message caption is too long");
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
};
