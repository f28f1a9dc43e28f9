import { fileURLToPath } from "node:url";

/** The family every picture is written in; it draws Russian, and is the same on every machine. */
export const FONT_FAMILY = "DejaVu Sans";

/** Its files. They have to be TTF: others are ignored, and then all text is dropped without a word. */
export const FONT_FILES = {
  regular: fileURLToPath(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")),
  bold: fileURLToPath(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf")),
} as const;
/** How strong letters are. */
export type Weight = keyof typeof FONT_FILES;
