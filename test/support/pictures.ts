import sharp from "sharp";

/** A plain JPEG of this size in pixels. */
export const aJpeg = (width = 1600, height = 1200, background = "#7a8b99"): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** Numbers from 0 to 1 that look random and are the same for every run. */
const chances = (seed: number) => {
  let state = (seed + 1) * 2_654_435_761;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const WIDTH = 480;
const HEIGHT = 360;

/**
 * A made-up picture, another for every seed: a gradient, on it shapes, on some of them lines of letters, over it the noise of a camera.
 * JPEG, 480 × 360.
 */
export const aPicture = async (seed: number): Promise<Buffer> => {
  const chance = chances(seed);
  const upTo = (most: number): number => Math.round(chance() * most);
  const colour = (): string => `rgb(${upTo(255)},${upTo(255)},${upTo(255)})`;
  const shapes = Array.from({ length: 3 + upTo(9) }, () => {
    const [x, y, w, h] = [upTo(WIDTH), upTo(HEIGHT), 24 + upTo(156), 24 + upTo(156)];
    switch (upTo(3)) {
      case 0:
        return `<rect x="${x - w / 2}" y="${y - h / 2}" width="${w}" height="${h}" fill="${colour()}"/>`;
      case 1:
        return `<ellipse cx="${x}" cy="${y}" rx="${w / 2}" ry="${h / 2}" fill="${colour()}"/>`;
      case 2:
        return `<polygon points="${x},${y} ${x + w},${y + h / 3} ${x - w / 3},${y + h}" fill="${colour()}"/>`;
      default:
        return letters(x - w, y, colour(), upTo);
    }
  });
  const gradient = `<linearGradient id="g" gradientTransform="rotate(${upTo(360)} .5 .5)">
    <stop stop-color="${colour()}"/><stop offset="1" stop-color="${colour()}"/></linearGradient>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><defs>${gradient}</defs>
    <rect width="100%" height="100%" fill="url(#g)"/>${shapes.join("")}</svg>`;
  const drawn = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  const grain = 2 + chance() * 20;
  for (let at = 0; at < drawn.length; at += 1) {
    drawn[at] = Math.min(255, Math.max(0, (drawn[at] ?? 0) + (chance() - 0.5) * grain));
  }
  return sharp(drawn, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
};

/** Strokes like a line of letters: the machine that runs the tests may have no fonts. */
const letters = (x: number, y: number, colour: string, upTo: (most: number) => number): string =>
  Array.from({ length: 8 }, (_, letter) => {
    const left = x + letter * 20;
    const strokes = Array.from({ length: 3 }, () => `L${left + upTo(15)},${y + upTo(24)}`).join("");
    return `<path d="M${left},${y}${strokes}" stroke="${colour}" stroke-width="4" fill="none"/>`;
  }).join("");

/** The parts of a JPEG that are left when these shares of its sides are trimmed. */
export const trimmed = async (
  jpeg: Uint8Array,
  { left = 0, top = 0, right = 0, bottom = 0 }: { left?: number; top?: number; right?: number; bottom?: number },
): Promise<Buffer> => {
  const { width, height } = await sharp(jpeg).metadata();
  return sharp(jpeg)
    .extract({
      left: Math.round(width * left),
      top: Math.round(height * top),
      width: Math.round(width * (1 - left - right)),
      height: Math.round(height * (1 - top - bottom)),
    })
    .jpeg({ quality: 85 })
    .toBuffer();
};
