/** Draws the shelf of sample photos anew: `node src/local-telegram/page/shelf/draw.ts`. The pictures are kept in the repository. */
import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";
import { bench } from "./scenes/bench.ts";
import { containers } from "./scenes/bins.ts";
import { courtyard } from "./scenes/courtyard.ts";
import { front } from "./scenes/facade.ts";
import { pavement } from "./scenes/pavement.ts";
import { street } from "./scenes/street.ts";

const scenes: Readonly<Record<string, () => string>> = {
  pothole: street.before,
  "pothole-repaired": street.after,
  "lamp-broken": courtyard.before,
  "lamp-lit": courtyard.after,
  "bins-overflowing": containers.before,
  "bins-emptied": containers.after,
  "pavement-ice": pavement.before,
  "pavement-sanded": pavement.after,
  "bench-broken": bench.before,
  "bench-repaired": bench.after,
  "facade-graffiti": front.before,
  "facade-clean": front.after,
};

// The twelve of them travel with the repository, and a phone loads them all when the shelf opens.
const mostBytes = 118_000;

const encode = async (svg: string): Promise<Buffer> => {
  const drawn = await sharp(Buffer.from(svg)).png({ compressionLevel: 0 }).toBuffer();
  for (let quality = 82; quality >= 40; quality -= 3) {
    const bytes = await sharp(drawn).jpeg({ quality, mozjpeg: true }).toBuffer();
    if (bytes.length <= mostBytes) return bytes;
  }
  throw new Error("A sample photo does not fit its size: too much grain.");
};

const folder = new URL("./", import.meta.url);
const listed = JSON.parse(await readFile(new URL("shelf.json", folder), "utf8")) as { id: string }[];
for (const { id } of listed) {
  const scene = scenes[id];
  if (scene === undefined) throw new Error(`shelf.json lists ${id}, but no scene draws it.`);
  await writeFile(new URL(`${id}.jpg`, folder), await encode(scene()));
}
