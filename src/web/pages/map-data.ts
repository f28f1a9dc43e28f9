/** What the map draws: the reports near each other, and the city's own lines where there are no tiles. */
import { Hono } from "hono";
import { z } from "zod";
import { mapOf } from "../../city/map.ts";
import { topicTitle } from "../../notices/report-words.ts";
import { numberInWords } from "../../notices/statistics-words.ts";
import { listCells } from "../../store/queries/public-map.ts";
import { listPublicReports } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";
import { frameOf, localeOf } from "./frame.ts";
import { statusInWords, toneOf } from "./parts.ts";
import { readFilter, toFilter } from "./report-filter.ts";

/** Of a tile's 256 pixels: markers nearer to each other than this become one. */
const CELLS_A_TILE = 4;
/** More than these nobody tells apart, and a phone draws no longer at once. */
const MOST_CELLS = 400;
/** As many as the largest city has open at once; of more the newest are gathered, and the map says so. */
const MOST_GATHERED = 100_000;

/** The city's own lines. */
type Base = Pick<ReturnType<typeof mapOf>, "districts" | "streets">;

/** A report on the map, or several that stand too near each other. */
type Mark =
  | { lat: number; lon: number; id: number; title: string; status: string; tone: string }
  | { lat: number; lon: number; count: number };

const zoom = z
  .string()
  .regex(/^\d{1,2}$/)
  .transform(Number)
  .refine((level) => level <= 22);

/** `/map/points.json` and `/map/base.json`. */
export const mapData = (deps: WebDeps): Hono => {
  const { db, city, now } = deps;
  const [, cityMiddle] = mapOf(city, city.locales[0]).center;
  return new Hono()
    .get("/map/points.json", async (c) => {
      const read = readFilter(c, deps, { zoom });
      if (!read.ok) return c.json({ error: "bad_parameters", names: read.names }, 400);
      const { zoom: level, ...asked } = read.values;
      const filter = toFilter(city, asked, now());
      const lonStep = 360 / 2 ** level / CELLS_A_TILE;
      const middle = filter.box === undefined ? cityMiddle : (filter.box.south + filter.box.north) / 2;
      const latStep = lonStep * Math.max(0.1, Math.cos((middle * Math.PI) / 180));
      const cells = await listCells(db, city, filter, { latStep, lonStep, limit: MOST_CELLS, most: MOST_GATHERED });
      const alone = cells.filter(({ count }) => count === 1).map(({ id }) => id);
      const reports = await listPublicReports(db, city, { ids: alone }, { after: null, limit: MOST_CELLS });
      const frame = frameOf(c, deps);
      const single = reports.flatMap(({ id, place, topicId, ...report }): Mark[] =>
        place === null
          ? []
          : [
              {
                ...place,
                id,
                title: topicTitle(frame, topicId),
                status: statusInWords(frame, report),
                tone: toneOf(report.status, report.outcome),
              },
            ],
      );
      const several = cells.flatMap(({ count, lat, lon }): Mark[] => (count === 1 ? [] : [{ lat, lon, count }]));
      const isCut = cells.reduce((sum, { count }) => sum + count, 0) >= MOST_GATHERED;
      const number = numberInWords(frame, MOST_GATHERED);
      const note = isCut ? frame.t("pages:map.newest", { number }) : "";
      return c.json({ marks: [...several, ...single], note });
    })
    .get("/map/base.json", (c) => {
      const { districts, streets } = mapOf(city, localeOf(c, deps));
      return c.json({ districts, streets } satisfies Base);
    });
};
