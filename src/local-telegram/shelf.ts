import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Upload } from "./files.ts";
import type { World } from "./page-api.ts";

const folder = new URL("page/shelf/", import.meta.url);
const schema = z.array(
  z.strictObject({ id: z.string().regex(/^[a-z0-9-]+$/), title: z.record(z.string(), z.string()) }),
);

/** The sample photos people may send instead of their own, as `page/shelf/shelf.json` lists them; each is `<id>.jpg`. */
export const listShelf = async (): Promise<World["shelf"]> =>
  schema.parse(JSON.parse(await readFile(new URL("shelf.json", folder), "utf8")));

/** A sample photo; undefined when there is none of this id. */
export const readShelf = async (id: string): Promise<Upload | undefined> => {
  if (!(await listShelf()).some((photo) => photo.id === id)) return undefined;
  return { name: `${id}.jpg`, mime: "image/jpeg", bytes: await readFile(new URL(`${id}.jpg`, folder)) };
};
