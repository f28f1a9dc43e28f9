/** Choosing a place to send, or looking at one that was sent. */
import type { PageMap } from "../page-api.ts";
import { openDialog } from "./dialog.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { districtAt } from "./map-draw.ts";
import { createMapView } from "./map-view.ts";
import { t } from "./strings.ts";

export type ChosenPlace = { lat: number; lon: number; title: string; address: string; isLive: boolean };

const zoomButtons = (zoom: (factor: number) => void): HTMLElement =>
  h(
    "div",
    { class: "map-zoom" },
    h(
      "button",
      { type: "button", class: "icon-button", "aria-label": t("zoomIn"), onClick: () => zoom(0.6) },
      icon("plus"),
    ),
    h(
      "button",
      { type: "button", class: "icon-button", "aria-label": t("zoomOut"), onClick: () => zoom(1.7) },
      icon("minus"),
    ),
  );

const placeText = (map: PageMap, lat: number, lon: number): string =>
  [districtAt(map, lat, lon), `${lat.toFixed(5)}, ${lon.toFixed(5)}`].filter(Boolean).join(" · ");

const sixDigits = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Opens the map to choose a place; nothing is sent before the button is pressed. */
export const openPlaceDialog = (map: PageMap, onChosen: (place: ChosenPlace) => void): void => {
  const status = h("p", { class: "map-status", role: "status" }, t("mapNone"));
  const view = createMapView(map, t("mapTitle"), (lat, lon) => {
    status.textContent = placeText(map, lat, lon);
    status.classList.add("is-chosen");
    if (opened.confirmButton !== null) opened.confirmButton.disabled = false;
  });
  const field = (label: string, name: string): HTMLInputElement =>
    h("input", { type: "text", class: "field", name, placeholder: label, "aria-label": label, maxlength: 200 });
  const title = field(t("venueName"), "title");
  const address = field(t("venueAddress"), "address");
  const isLive = h("input", { type: "checkbox", name: "live" });
  const opened = openDialog({
    title: t("mapTitle"),
    kind: "map",
    confirm: t("sendLocation"),
    body: [
      h("div", { class: "map-box" }, view.element, zoomButtons(view.zoom), status),
      h("p", { class: "note" }, t("mapHint")),
      h("div", { class: "field-row" }, title, address),
      h("label", { class: "checkbox" }, isLive, h("span", {}, t("liveLocation"))),
    ],
    onConfirm: () => {
      const place = view.place();
      if (place === null) return;
      onChosen({
        lat: sixDigits(place.lat),
        lon: sixDigits(place.lon),
        title: title.value.trim(),
        address: address.value.trim(),
        isLive: isLive.checked,
      });
    },
  });
  if (opened.confirmButton !== null) opened.confirmButton.disabled = true;
};

/** Opens the map at a place somebody sent. */
export const openPlaceView = (map: PageMap, lat: number, lon: number): void => {
  const view = createMapView(map, t("mapPlace"), null);
  const status = h("p", { class: "map-status is-chosen" }, placeText(map, lat, lon));
  openDialog({
    title: t("mapPlace"),
    kind: "map",
    body: [h("div", { class: "map-box" }, view.element, zoomButtons(view.zoom), status)],
  });
  view.setPlace(lat, lon);
};
