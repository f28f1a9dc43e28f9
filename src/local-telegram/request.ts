import type { Upload } from "./files.ts";

/** A call of a method before its parameters are understood. */
export type RawCall = { params: Record<string, unknown>; uploads: Map<string, Upload> };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const readForm = async (body: Request | Response): Promise<RawCall> => {
  const params: Record<string, unknown> = {};
  const uploads = new Map<string, Upload>();
  for (const [name, value] of await body.formData()) {
    if (typeof value === "string") params[name] = value;
    else {
      const bytes = new Uint8Array(await value.arrayBuffer());
      uploads.set(name, { name: value.name, ...(value.type ? { mime: value.type } : {}), bytes });
    }
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
    if (/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)) return await readForm(body);
    const text = await body.text();
    if (text === "") return { params: {}, uploads: new Map() };
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? { params: parsed, uploads: new Map() } : null;
  } catch {
    return null;
  }
};
