import { renderAsync } from "@resvg/resvg-js";
import { FONT_FAMILY, FONT_FILES } from "./fonts.ts";

/** The SVG as a PNG, drawn outside the main thread; `width` in pixels, else its own. */
export const toPng = async (svg: string, width?: number): Promise<Uint8Array<ArrayBuffer>> => {
  const drawn = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: Object.values(FONT_FILES), defaultFontFamily: FONT_FAMILY },
    ...(width !== undefined && { fitTo: { mode: "width" as const, value: width } }),
  });
  return new Uint8Array(drawn.asPng());
};
