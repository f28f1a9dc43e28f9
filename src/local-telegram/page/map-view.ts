/** A map one can move and zoom: by pointer, wheel, two fingers and keys. Knows nothing of dialogs or messages. */
import type { PageMap } from "../page-api.ts";
import { svg } from "./dom.ts";
import { drawMap, fitNames, pin, toDegrees, toMetres, type Metres } from "./map-draw.ts";

export type MapView = {
  element: SVGSVGElement;
  zoom: (factor: number) => void;
  place: () => { lat: number; lon: number } | null;
  setPlace: (lat: number, lon: number) => void;
};

const nearestScale = 0.4;
const farthestScale = 40;
const startMetresWide = 3_200;
// A press that moved less than this is a click and sets the pin; more is a drag.
const clickPx = 5;

/** A map around `center`; `onPlace` hears of each new pin, and a view without it is only for looking. */
export const createMapView = (
  map: PageMap,
  label: string,
  onPlace: ((lat: number, lon: number) => void) | null,
): MapView => {
  let middle: Metres = { x: 0, y: 0 };
  /** Metres per pixel. */
  let scale = startMetresWide / 640;
  let chosen: Metres | null = null;
  const drop = pin();
  drop.setAttribute("visibility", "hidden");
  const element = svg(
    "svg",
    { class: "map is-live", tabindex: "0", role: "application", "aria-label": label },
    drawMap(map, true),
    drop,
  );

  const draw = (): void => {
    const { clientWidth: width, clientHeight: height } = element;
    if (width === 0) return;
    element.setAttribute(
      "viewBox",
      `${middle.x - (width * scale) / 2} ${middle.y - (height * scale) / 2} ${width * scale} ${height * scale}`,
    );
    element.style.setProperty("--metre-scale", String(scale));
    fitNames(element, scale);
    if (chosen !== null) drop.setAttribute("transform", `translate(${chosen.x} ${chosen.y}) scale(${scale})`);
  };

  const underPointer = (event: { clientX: number; clientY: number }): Metres => {
    const box = element.getBoundingClientRect();
    return {
      x: middle.x + (event.clientX - box.left - box.width / 2) * scale,
      y: middle.y + (event.clientY - box.top - box.height / 2) * scale,
    };
  };
  const zoomAt = (factor: number, fixed: Metres): void => {
    const next = Math.min(farthestScale, Math.max(nearestScale, scale * factor));
    const ratio = next / scale;
    middle = { x: fixed.x + (middle.x - fixed.x) * ratio, y: fixed.y + (middle.y - fixed.y) * ratio };
    scale = next;
    draw();
  };
  const choose = (place: Metres): void => {
    chosen = place;
    drop.setAttribute("visibility", "visible");
    draw();
    const { lat, lon } = toDegrees(map, place);
    onPlace?.(lat, lon);
  };

  const pointers = new Map<number, { x: number; y: number }>();
  let movedPx = 0;
  const spread = (): number => {
    const [a, b] = [...pointers.values()];
    return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
  };
  element.addEventListener("pointerdown", (event) => {
    if (pointers.size === 0) movedPx = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const spreadBefore = spread();
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const dx = event.clientX - before.x;
    const dy = event.clientY - before.y;
    movedPx += Math.abs(dx) + Math.abs(dy);
    middle = { x: middle.x - (dx * scale) / pointers.size, y: middle.y - (dy * scale) / pointers.size };
    if (pointers.size === 2 && spreadBefore > 0) zoomAt(spreadBefore / spread(), middle);
    draw();
  });
  const release = (event: PointerEvent): void => {
    const wasDown = pointers.delete(event.pointerId);
    if (event.type === "pointerup" && wasDown && pointers.size === 0 && movedPx < clickPx && onPlace !== null)
      choose(underPointer(event));
  };
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoomAt(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.006), underPointer(event));
    },
    { passive: false },
  );
  element.addEventListener("keydown", (event) => {
    const step = 60 * scale;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => (middle = { ...middle, x: middle.x - step }),
      ArrowRight: () => (middle = { ...middle, x: middle.x + step }),
      ArrowUp: () => (middle = { ...middle, y: middle.y - step }),
      ArrowDown: () => (middle = { ...middle, y: middle.y + step }),
      "+": () => zoomAt(0.7, middle),
      "=": () => zoomAt(0.7, middle),
      "-": () => zoomAt(1.4, middle),
      Enter: () => onPlace !== null && choose(middle),
      " ": () => onPlace !== null && choose(middle),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
    draw();
  });
  new ResizeObserver(draw).observe(element);

  return {
    element,
    zoom: (factor) => zoomAt(factor, middle),
    place: () => (chosen === null ? null : toDegrees(map, chosen)),
    setPlace: (lat, lon) => {
      middle = toMetres(map, [lon, lat]);
      choose(middle);
    },
  };
};
