/** `/photos/NAME`: the pictures of the public pages. */
import { Hono } from "hono";
import { largeOf, storedAsOf, thumbnailOf } from "../report/photo.ts";
import { isPublicPhoto } from "../store/queries/public-page.ts";
import type { WebDeps } from "./deps.ts";

/**
 * A name is a hash, so the file under it never changes: a browser keeps it for a week and asks no more. Only browsers: a cache between us
 * and everybody would go on showing a photo that an editor has hidden since, and so would a year in the same browser. Here its row is
 * looked at each time, so a hidden photo is gone at once.
 */
const CACHE_CONTROL = "private, max-age=604800, immutable";

/** Photos of shown reports and of published answers that nobody hid; for anything else there is nothing here. */
export const photoRoutes = ({ db, files }: Pick<WebDeps, "db" | "files">): Hono =>
  new Hono().get("/photos/:name", async (c) => {
    const name = c.req.param("name");
    const storedAs = storedAsOf(name);
    const isName = storedAs !== null && (name === largeOf(storedAs) || name === thumbnailOf(storedAs));
    if (!isName || !(await isPublicPhoto(db, storedAs))) return c.text("Not found", 404);
    const etag = `"${name}"`;
    const headers = { etag, "cache-control": CACHE_CONTROL };
    if (c.req.header("if-none-match") === etag) return c.body(null, 304, headers);
    const bytes = await files.read(name);
    if (bytes === null) return c.text("Not found", 404);
    return c.body(new Uint8Array(bytes), 200, { ...headers, "content-type": "image/jpeg" });
  });
