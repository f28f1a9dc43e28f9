/** The few shapes that pictures without axes are made of. */
import { FONT_FAMILY, type Weight } from "./fonts.ts";
import { escapeXml } from "./xml.ts";

/** A place in a picture, from its upper left corner, in pixels. */
export type Box = { x: number; y: number; width: number; height: number };

type TextLook = {
  x: number;
  /** Of the line the letters stand on. */
  y: number;
  size: number;
  fill: string;
  weight?: Weight;
  anchor?: "start" | "middle" | "end";
};

/** A whole picture of this size. */
export const picture = ({ width, height }: Pick<Box, "width" | "height">, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT_FAMILY}, sans-serif">${content}</svg>`;

/** A filled box. */
export const box = ({ x, y, width, height }: Box, fill: string, radius = 0): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;

/** One line of text. */
export const line = (words: string, { x, y, size, fill, weight = "regular", anchor = "start" }: TextLook): string =>
  `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight === "bold" ? 700 : 400}" text-anchor="${anchor}" fill="${fill}">${escapeXml(words)}</text>`;

/** A picture inside another, at this place. */
export const inside = (content: string, { x, y }: Pick<Box, "x" | "y">): string =>
  `<g transform="translate(${x} ${y})">${content}</g>`;

/** The picture with a colour behind everything, for where it is seen alone. */
export const onGround = (svg: string, color: string): string =>
  svg.replace(/^<svg[^>]*>/, (start) => `${start}<rect width="100%" height="100%" fill="${color}"/>`);
