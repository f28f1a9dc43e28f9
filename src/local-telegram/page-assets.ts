import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";

/** A file of the page as a browser takes it. */
export type Asset = { body: string; type: string };

const folder = new URL("page/", import.meta.url);
const types: Readonly<Record<string, string>> = {
  ts: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  html: "text/html; charset=utf-8",
};

const load = async (name: string): Promise<Asset | null> => {
  const extension = /^[a-z0-9][a-z0-9-]*\.(ts|css|svg|html)$/.exec(name)?.[1];
  const type = extension === undefined ? undefined : types[extension];
  if (type === undefined) return null;
  const source = await readFile(new URL(name, folder), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (source === null) return null;
  // The types go and the positions stay, so the browser's debugger shows the lines of the source.
  return { body: extension === "ts" ? stripTypeScriptTypes(source, { mode: "strip" }) : source, type };
};

/** Serves the files of the page's own folder and nothing else; null for any other name. Read once each. */
export const createPageAssets = (): ((name: string) => Promise<Asset | null>) => {
  const loaded = new Map<string, Promise<Asset | null>>();
  return (name) => {
    const known = loaded.get(name);
    if (known) return known;
    const asset = load(name);
    loaded.set(name, asset);
    asset.then(
      (found) => found ?? loaded.delete(name),
      () => loaded.delete(name),
    );
    return asset;
  };
};
