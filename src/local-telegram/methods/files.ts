import { z } from "zod";
import { badRequest } from "../refusal.ts";
import { method } from "./method.ts";

const maxDownloadBytes = 20_000_000;

/** `getFile`: where to download from, up to 20 MB. */
export const getFile = method({ file_id: z.string().optional() }, (core, params) => {
  if (!params.file_id) throw badRequest("file_id not specified");
  const file = core.files.find(params.file_id);
  if (!file) throw badRequest("invalid file_id");
  if (file.bytes > maxDownloadBytes) throw badRequest("file is too big");
  return { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.bytes, file_path: file.path };
});
