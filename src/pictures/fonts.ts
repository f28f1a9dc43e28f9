import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const fileOf = (name: string): string => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

/** The family every picture is written in; it draws Russian, and is the same on every machine. */
export const FONT_FAMILY = "DejaVu Sans";

/** Its files. They have to be TTF: others are ignored, and then all text is dropped without a word. */
export const FONT_FILES = { regular: fileOf("DejaVuSans"), bold: fileOf("DejaVuSans-Bold") } as const;
export type Weight = keyof typeof FONT_FILES;
