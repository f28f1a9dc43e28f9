// The map over the list: the same filters, points gathered by the server where they would cover each other. Without it the districts stay.
import type * as Leaflet from "leaflet";

declare const L: typeof Leaflet;

type Mark = { lat: number; lon: number } & (
  { id: number; title: string; status: string; tone: string } | { count: number }
);
type Base = {
  districts: { name: string; rings: [number, number][][] }[];
  streets: { name: string; line: [number, number][] }[];
};
type Words = Record<"here" | "open" | "several" | "list" | "failed" | "zoomIn" | "zoomOut", string>;
type Box = { south: number; west: number; north: number; east: number };

const MOST_ZOOM = 18;
/** So long the map lies still before it asks again, in ms. */
const REST_MS = 200;

const own = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const fetchJson = async <Answer>(address: string, signal?: AbortSignal): Promise<Answer> => {
  const response = await fetch(address, signal === undefined ? {} : { signal });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Answer;
};

const element = (tag: string, className: string, text = ""): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

const link = (href: string, text: string, className = ""): HTMLAnchorElement => {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = text;
  made.className = className;
  return made;
};

const withParameters = (address: string, parameters: Record<string, string>): string => {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.pathname + url.search;
};

const toText = ({ south, west, north, east }: Box): string =>
  [south, west, north, east].map((degrees) => degrees.toFixed(5)).join(",");

/** Widened to whole steps, so that neighbours who look at nearly the same ask the same. */
const snapped = (bounds: Leaflet.LatLngBounds, zoom: number): Box => {
  const step = 360 / 2 ** zoom;
  const down = (degrees: number): number => Math.floor(degrees / step) * step;
  const up = (degrees: number): number => Math.ceil(degrees / step) * step;
  return {
    south: Math.max(-90, down(bounds.getSouth())),
    west: Math.max(-180, down(bounds.getWest())),
    north: Math.min(90, up(bounds.getNorth())),
    east: Math.min(180, up(bounds.getEast())),
  };
};

const drawBase = (map: Leaflet.Map, base: Base, hasTiles: boolean): Leaflet.LatLngBounds => {
  const bounds = L.latLngBounds([]);
  // Under the marks: a name that is covered can be guessed, a number cannot.
  map.createPane("names").style.zIndex = "450";
  const group = L.layerGroup().addTo(map);
  const draw = (): void => {
    group.clearLayers();
    for (const { name, rings } of base.districts) {
      const outline = rings.map((ring) => ring.map(([lon, lat]): [number, number] => [lat, lon]));
      const shape = L.polygon(outline, {
        color: own("--border"),
        weight: hasTiles ? 1.5 : 1,
        fillColor: own("--land"),
        fillOpacity: hasTiles ? 0 : 1,
        interactive: false,
      }).addTo(group);
      bounds.extend(shape.getBounds());
      if (!hasTiles) {
        const label = L.divIcon({ className: "map-name", html: element("span", "", name), iconSize: [0, 0] });
        L.marker(shape.getBounds().getCenter(), {
          icon: label,
          pane: "names",
          interactive: false,
          keyboard: false,
        }).addTo(group);
      }
    }
    if (hasTiles) return;
    for (const { line } of base.streets) {
      const points = line.map(([lon, lat]): [number, number] => [lat, lon]);
      L.polyline(points, { color: own("--street"), weight: 3, interactive: false }).addTo(group);
    }
  };
  draw();
  document.addEventListener("themechange", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  return bounds;
};

const start = async (root: HTMLElement): Promise<void> => {
  const { points = "", base = "", list = "", report = "", tiles = "", attribution = "", box = "" } = root.dataset;
  const words = JSON.parse(root.dataset["words"] ?? "{}") as Words;
  const lines = await fetchJson<Base>(base);

  const canvas = element("div", "map-canvas");
  root.replaceChildren(canvas);
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(canvas, {
    maxZoom: MOST_ZOOM,
    zoomControl: false,
    // Lines are sharp at every size, tiles only at their own.
    zoomSnap: tiles === "" ? 0.25 : 1,
    // The page scrolls until somebody has taken the map in hand.
    scrollWheelZoom: false,
    ...(isCalm && { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false }),
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  map.on("focus click", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  if (tiles !== "") {
    const escaped = element("span", "", attribution).innerHTML;
    // Some tile servers serve only those who say from which site they are asked.
    L.tileLayer(tiles, { maxZoom: MOST_ZOOM, attribution: escaped, referrerPolicy: "strict-origin" }).addTo(map);
  }
  const city = drawBase(map, lines, tiles !== "");
  const [south, west, north, east] = box.split(",").map(Number);
  const asked =
    south === undefined || west === undefined || north === undefined || east === undefined
      ? city
      : L.latLngBounds([south, west], [north, east]);
  map.setMaxBounds(city.pad(0.5));
  map.fitBounds(asked, { animate: false, padding: [4, 4] });
  map.setMinZoom(Math.min(map.getZoom(), map.getBoundsZoom(city)) - 0.5);

  const layer = L.layerGroup().addTo(map);
  const here = link(list, words.here, "button is-quiet map-here");
  const status = element("p", "map-status");
  status.setAttribute("role", "status");
  root.append(here, status);

  const pointOf = ({ lat, lon, ...mark }: Extract<Mark, { id: number }>): Leaflet.Marker => {
    const dot = L.divIcon({ className: `map-dot tone-${mark.tone}`, iconSize: [44, 44], html: element("span", "") });
    const name = `${mark.title}, ${mark.status}`;
    const popup = element("div", "map-popup");
    popup.append(
      element("b", "", mark.title),
      element("span", `status status-${mark.tone}`, mark.status),
      link(report.replace(/0(?=$|\?)/, String(mark.id)), words.open),
    );
    return L.marker([lat, lon], { icon: dot, title: name, alt: name }).bindPopup(popup, { closeButton: false });
  };

  const clusterOf = ({ lat, lon, count }: Extract<Mark, { count: number }>): Leaflet.Marker => {
    const said = words.several.replace("%", String(count));
    const size = count < 10 ? "small" : count < 100 ? "middle" : "large";
    const shown = count < 1000 ? String(count) : `${Math.floor(count / 1000)}k`;
    const html = element("span", "", shown);
    const icon = L.divIcon({ className: `map-cluster is-${size}`, iconSize: [44, 44], html });
    const marker = L.marker([lat, lon], { icon, title: said, alt: said });
    return marker.on("click keypress", (event) => {
      if (event.type === "keypress" && (event as Leaflet.LeafletKeyboardEvent).originalEvent.key !== "Enter") return;
      if (map.getZoom() < MOST_ZOOM) {
        map.setView([lat, lon], Math.min(MOST_ZOOM, map.getZoom() + 2));
        return;
      }
      // Nothing is nearer: what stands at one place is read as a list.
      const near = 0.0005;
      const around = { south: lat - near, north: lat + near, west: lon - near, east: lon + near };
      location.assign(withParameters(list, { box: toText(around) }));
    });
  };

  let asking = new AbortController();
  const load = async (): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const zoom = Math.round(map.getZoom());
    const bounds = map.getBounds();
    const view = {
      south: bounds.getSouth(),
      west: bounds.getWest(),
      north: bounds.getNorth(),
      east: bounds.getEast(),
    };
    here.href = withParameters(list, { box: toText(view) });
    try {
      const address = withParameters(points, { box: toText(snapped(bounds, zoom)), zoom: String(zoom) });
      const { marks, note } = await fetchJson<{ marks: Mark[]; note: string }>(address, signal);
      layer.clearLayers();
      for (const mark of marks) layer.addLayer("id" in mark ? pointOf(mark) : clusterOf(mark));
      status.textContent = note;
      root.dataset["shown"] = String(marks.length);
    } catch (error) {
      if (!signal.aborted) status.textContent = words.failed;
      if (!(error instanceof Error)) throw error;
    }
  };
  let resting: number | undefined;
  map.on("moveend", () => {
    window.clearTimeout(resting);
    resting = window.setTimeout(() => void load(), REST_MS);
  });
  await load();
};

const root = document.querySelector<HTMLElement>(".map");
// Where it cannot start, the districts drawn by the server stay.
if (root !== null) start(root).catch(() => root.classList.add("is-plain"));
