import type { PageMap } from "../page-api.ts";
import { svg } from "./dom.ts";
import { drawMap, fitNames, pin, toMetres } from "./map-draw.ts";

const widthMetres = 900;
const heightMetres = 500;
const pixelsWide = 300;

/** A small still map with a pin in its middle. */
export const mapPicture = (map: PageMap, lat: number, lon: number): SVGSVGElement => {
  const { x, y } = toMetres(map, [lon, lat]);
  const metresPerPixel = widthMetres / pixelsWide;
  const drop = pin();
  drop.setAttribute("transform", `translate(${x} ${y}) scale(${metresPerPixel})`);
  const picture = svg(
    "svg",
    {
      viewBox: `${x - widthMetres / 2} ${y - heightMetres / 2 - 40} ${widthMetres} ${heightMetres}`,
      preserveAspectRatio: "xMidYMid slice",
      class: "map",
      style: `--metre-scale:${metresPerPixel}`,
      "aria-hidden": "true",
    },
    drawMap(map, true),
    drop,
  );
  fitNames(picture, metresPerPixel);
  return picture;
};
