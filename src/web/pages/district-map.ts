/** The map for whoever has no scripts: the city's districts with the number of reports in each, every one a link. */
import { html } from "hono/html";
import { ringsOf } from "../../city/districts.ts";
import type { City, District, Position } from "../../city/schema.ts";
import { textIn } from "../../city/text.ts";
import { numberInWords } from "../../notices/statistics-words.ts";
import type { Frame, Html } from "./frame.ts";

const WIDTH = 1000;
/** Room around the city, in the picture's units. */
const MARGIN = 14;

type Drawn = { district: District; path: string; label: [x: number, y: number] };
type Drawing = { height: number; districts: Drawn[] };

// Keyed by the districts themselves, which never change while the program runs.
const drawings = new WeakMap<readonly District[], Drawing>();

/** The districts as paths, north up, with as many meters a unit in both directions. */
const drawingOf = ({ districts }: Pick<City, "districts">): Drawing => {
  const known = drawings.get(districts);
  if (known) return known;
  const all = districts.flatMap(({ geometry }) => ringsOf(geometry).flat());
  const [west, east] = [Math.min(...all.map(([lon]) => lon)), Math.max(...all.map(([lon]) => lon))];
  const [south, north] = [Math.min(...all.map(([, lat]) => lat)), Math.max(...all.map(([, lat]) => lat))];
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 2 * MARGIN) / ((east - west) * narrowing);
  const place = ([lon, lat]: Position): [number, number] => [
    round(MARGIN + (lon - west) * narrowing * scale),
    round(MARGIN + (north - lat) * scale),
  ];
  const drawing = {
    height: Math.ceil((north - south) * scale + 2 * MARGIN),
    districts: districts.map((district) => {
      const rings = ringsOf(district.geometry).map((ring) => ring.map(place));
      const path = rings.map((ring) => `M${ring.map((point) => point.join(" ")).join("L")}Z`).join("");
      return { district, path, label: middleOf(rings) };
    }),
  };
  drawings.set(districts, drawing);
  return drawing;
};

const round = (units: number): number => Math.round(units * 10) / 10;

/** The centre of gravity of the largest ring. */
const middleOf = (rings: readonly [number, number][][]): [number, number] => {
  const weighed = rings.map((ring) => {
    let [area, x, y] = [0, 0, 0];
    ring.forEach(([x1, y1], i) => {
      const [x2, y2] = ring[(i + 1) % ring.length] ?? [x1, y1];
      const cross = x1 * y2 - x2 * y1;
      area += cross;
      x += (x1 + x2) * cross;
      y += (y1 + y2) * cross;
    });
    return { area: Math.abs(area), at: [round(x / (3 * area)), round(y / (3 * area))] as [number, number] };
  });
  return weighed.toSorted((a, b) => b.area - a.area)[0]?.at ?? [0, 0];
};

/** The picture; `linkTo` is the list of one district. */
export const districtMap = (
  frame: Frame,
  counts: ReadonlyMap<string, number>,
  { linkTo, chosen }: { linkTo: (districtId: string) => string; chosen: string | undefined },
): Html => {
  const { city, locale, t } = frame;
  const { height, districts } = drawingOf(city);
  const countOf = ({ id }: District): number => counts.get(id) ?? 0;
  const nameOf = ({ name }: District): string => textIn(city, name, locale);
  // The words after all the areas, or a neighbour would cover the end of a long name.
  return html`<svg
    class="district-map"
    viewBox="0 0 ${WIDTH} ${height}"
    role="group"
    aria-label="${t("pages:map.districts")}"
  >
    ${districts.map(({ district, path }) => {
      const label = t("pages:map.district", { name: nameOf(district), count: countOf(district) });
      const current = district.id === chosen ? html` aria-current="true"` : "";
      return html`<a href="${linkTo(district.id)}" aria-label="${label}" ${current}>
        <path d="${path}" fill-rule="evenodd" />
      </a>`;
    })}
    <g aria-hidden="true">
      ${districts.map(
        ({ district, label: [x, y] }) =>
          html`<text x="${x}" y="${y}" class="district-count">${numberInWords(frame, countOf(district))}</text>
            <text x="${x}" y="${y + 30}" class="district-name">${nameOf(district)}</text>`,
      )}
    </g>
  </svg>`;
};
