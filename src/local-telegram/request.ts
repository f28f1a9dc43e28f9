import type { Upload } from "./files.ts";
import { parseMultipart } from "./multipart.ts";

/** A call of a method before its parameters are understood. */
export type RawCall = { params: Record<string, unknown>; uploads: Map<string, Upload> };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const readForm = async (body: Request | Response, type: string): Promise<RawCall | null> => {
  if (!/^multipart/i.test(type)) {
    return { params: Object.fromEntries(new URLSearchParams(await body.text())), uploads: new Map() };
  }
  const parts = parseMultipart(Buffer.from(await body.arrayBuffer()), type);
  if (!parts) return null;
  const params: Record<string, unknown> = {};
  const uploads = new Map<string, Upload>();
  for (const { name, filename, mime, content } of parts) {
    if (filename === undefined) params[name] = content.toString("utf8");
    else uploads.set(name, { name: filename, ...(mime ? { mime } : {}), bytes: content });
  }
  return { params, uploads };
};

/**
 * Reads a body in any form the Bot API takes: JSON, urlencoded or multipart. Null when it is none of them;
 * an empty body is an empty call. Also used for what a webhook answers.
 */
export const readBody = async (body: Request | Response): Promise<RawCall | null> => {
  const type = body.headers.get("content-type") ?? "";
  try {
    if (/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)) {
      return await readForm(body, type);
    }
    const text = await body.text();
    if (text === "") return { params: {}, uploads: new Map() };
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? { params: parsed, uploads: new Map() } : null;
  } catch {
    return null;
  }
};
