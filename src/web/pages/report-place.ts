/** Where it is: the address, the district, a plan of the streets around, and maps. */
import { html } from "hono/html";
import type { Point } from "../../city/schema.ts";
import { districtName, mapUrl } from "../../notices/report-words.ts";
import { drawPlacePlan, type PlacePlan } from "../../pictures/place-plan.ts";
import type { PublicReport } from "../../store/queries/public-reports.ts";
import type { Frame, Html } from "./frame.ts";
import { peopleWords } from "./people-words.ts";

/** The address as the public may know it, or that there is none. */
export const addressOf = ({ t }: Pick<Frame, "t">, { address }: PublicReport): string =>
  address ?? t("report-page:place.unknown");

/** The section. */
export const placeSection = (frame: Frame, report: PublicReport): Html => {
  const { t, href, city, locale } = frame;
  const { place, districtId, topicId } = report;
  const address = addressOf(frame, report);
  const isExact = city.topics.get(topicId)?.place === "outdoors";
  const plan = place === null ? null : drawPlacePlan(city, place, locale);
  const map = place === null ? null : mapUrl(place);
  return html`<section class="place" aria-labelledby="place">
    <h2 id="place">${t("report-page:place.title")}</h2>
    <p>
      ${peopleWords(frame, address)} ·
      <a href="${href(`/d/${districtId}`)}"
        >${t("report-page:place.district", { district: districtName(frame, districtId) })}</a
      >
    </p>
    ${plan === null ? "" : drawPlan(plan, t("report-page:place.picture", { place: address }), isExact)}
    ${isExact || place === null ? "" : html`<p class="hint">${t("report-page:place.approximate")}</p>`}
    ${
      place === null || map === null
        ? ""
        : html`<p class="links">
            <a href="${href("/", { box: boxAround(place) })}">${t("report-page:place.on_map")}</a>
            <a href="${map}" rel="noopener noreferrer">${t("report-page:place.on_osm")}</a>
          </p>`
    }
  </section>`;
};

/** What a list with a map is asked for the surroundings by: some 300 metres to each side. */
const boxAround = ({ lat, lon }: Point): string =>
  [lat - 0.003, lon - 0.005, lat + 0.003, lon + 0.005].map((degrees) => degrees.toFixed(4)).join(",");

/** A block's middle is a circle: whoever lives there is not to be pointed at. */
const drawPlan = ({ width, height, streets }: PlacePlan, title: string, isExact: boolean): Html =>
  html`<svg class="plan" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
    ${streets.map(({ line }) => html`<polyline class="plan-street" points="${line.map((spot) => spot.join(",")).join(" ")}" />`)}
    ${streets.map(({ label }) =>
      label === null
        ? ""
        : html`<text
            class="plan-name"
            x="${label.at[0]}"
            y="${label.at[1]}"
            transform="rotate(${label.angle} ${label.at[0]} ${label.at[1]})"
            >${label.text}</text
          >`,
    )}
    ${
      isExact
        ? html`<path class="plan-pin" d="M320 180c-5-14-16-20-16-33a16 16 0 0 1 32 0c0 13-11 19-16 33z" />
            <circle class="plan-hole" cx="320" cy="147" r="6" />`
        : html`<circle class="plan-block" cx="320" cy="180" r="42" />`
    }
  </svg>`;
