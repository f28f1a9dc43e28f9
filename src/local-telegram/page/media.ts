/** What a bubble carries besides text: photos, files, places, and the kinds a form refuses. */
import type { PhotoSize } from "grammy/types";

import { fileUrl } from "./api.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { mapPicture } from "./map-picture.ts";
import { mosaic } from "./mosaic.ts";
import type { PageMessage, World } from "../page-api.ts";
import { t } from "./strings.ts";

export type MediaActions = {
  onPhoto: (urls: readonly string[], index: number) => void;
  onPlace: (lat: number, lon: number) => void;
};

/** `kind` names the bubble's layout: `photo` and `map` fill it edge to edge, `card` and `sticker` do not. */
export type Media = { kind: "photo" | "map" | "card" | "sticker"; element: HTMLElement };

const enoughWidth = 640;

/** The smallest size that is still sharp in a bubble, else the largest. */
const shownSize = (sizes: readonly PhotoSize[]): PhotoSize | undefined =>
  sizes.toSorted((a, b) => a.width - b.width).find((size) => size.width >= enoughWidth) ?? largest(sizes);

const largest = (sizes: readonly PhotoSize[]): PhotoSize | undefined => sizes.toSorted((a, b) => b.width - a.width)[0];

const album = (messages: readonly PageMessage[], actions: MediaActions): Media | null => {
  const photos = messages.flatMap((message) => {
    const shown = shownSize(message.photo ?? []);
    const full = largest(message.photo ?? []);
    return shown === undefined || full === undefined ? [] : [{ shown, full: fileUrl(full.file_id) }];
  });
  if (photos.length === 0) return null;
  const { ratio, tiles } = mosaic(photos.map(({ shown }) => shown.width / shown.height));
  const urls = photos.map(({ full }) => full);
  const buttons = photos.map(({ shown }, index) => {
    const tile = tiles[index] ?? { x: 0, y: 0, width: 100, height: 100 };
    const place = `left:${tile.x}%;top:${tile.y}%;width:${tile.width}%;height:${tile.height}%`;
    const label = photos.length === 1 ? t("photo") : `${t("photo")} ${index + 1} / ${photos.length}`;
    return h(
      "button",
      { type: "button", class: "tile", style: place, "aria-label": label, onClick: () => actions.onPhoto(urls, index) },
      h("img", { src: fileUrl(shown.file_id), alt: "", decoding: "async" }),
    );
  });
  return { kind: "photo", element: h("div", { class: "mosaic", style: `aspect-ratio:${ratio}` }, ...buttons) };
};

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const card = (...children: (Node | string)[]): Media => ({
  kind: "card",
  element: h("div", { class: "card" }, ...children),
});

const lines = (title: string, subtitle: string): HTMLElement =>
  h("span", { class: "card-lines" }, h("strong", {}, title), h("small", {}, subtitle));

const document = (message: PageMessage, actions: MediaActions): Media | null => {
  const file = message.document;
  if (file === undefined) return null;
  const url = fileUrl(file.file_id);
  const isPicture = file.mime_type?.startsWith("image/") === true;
  const name = file.file_name ?? t("file");
  const badge = isPicture
    ? h(
        "button",
        { type: "button", class: "card-picture", "aria-label": name, onClick: () => actions.onPhoto([url], 0) },
        h("img", { src: fileUrl(file.thumbnail?.file_id ?? file.file_id), alt: "" }),
      )
    : h("span", { class: "card-badge" }, icon("file"));
  const link = h("a", { href: url, download: name, class: "card-lines" }, h("strong", {}, name));
  if (file.file_size !== undefined) link.append(h("small", {}, sizeText(file.file_size)));
  return card(badge, link);
};

const place = (message: PageMessage, world: World, actions: MediaActions): Media | null => {
  const location = message.venue?.location ?? message.location;
  if (location === undefined) return null;
  const { latitude, longitude } = location;
  const isLive = message.location?.live_period !== undefined;
  const picture = h(
    "button",
    {
      type: "button",
      class: "map-picture",
      "aria-label": message.venue?.title ?? t("mapPlace"),
      onClick: () => actions.onPlace(latitude, longitude),
    },
    mapPicture(world.map, latitude, longitude),
  );
  const note =
    message.venue !== undefined
      ? lines(message.venue.title, message.venue.address)
      : isLive
        ? lines(t("live"), `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`)
        : null;
  return { kind: "map", element: h("div", { class: note === null ? "place" : "place has-note" }, picture, note) };
};

const waveform = [4, 9, 6, 14, 18, 9, 12, 20, 15, 7, 11, 17, 8, 5, 13, 19, 10, 6, 12, 8, 4, 9, 6];

const voice = (message: PageMessage): Media | null => {
  if (message.voice === undefined) return null;
  const seconds = message.voice.duration;
  const wave = h("span", { class: "wave" }, ...waveform.map((bar) => h("i", { style: `height:${bar}px` })));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return card(
    h("span", { class: "card-badge is-round" }, icon("play")),
    h("span", { class: "card-lines" }, wave, h("small", {}, `${t("voiceMessage")}, ${time}`)),
  );
};

const video = (message: PageMessage): Media | null => {
  if (message.video === undefined) return null;
  const label = h("span", { class: "video-label" }, t("video"));
  return {
    kind: "photo",
    element: h("div", { class: "video", role: "img", "aria-label": t("video") }, icon("play"), label),
  };
};

const poll = (message: PageMessage): Media | null => {
  if (message.poll === undefined) return null;
  const options = message.poll.options.map((option) => h("li", {}, option.text));
  const head = h("strong", {}, message.poll.question);
  return {
    kind: "card",
    element: h("div", { class: "poll" }, head, h("small", {}, t("anonymousPoll")), h("ul", {}, ...options)),
  };
};

const contact = (message: PageMessage): Media | null => {
  if (message.contact === undefined) return null;
  const { first_name: first, last_name: last, phone_number: phone } = message.contact;
  return card(
    h("span", { class: "card-badge is-round" }, icon("contact")),
    lines([first, last].filter(Boolean).join(" "), phone),
  );
};

const sticker = (message: PageMessage): Media | null =>
  message.sticker === undefined
    ? null
    : { kind: "sticker", element: h("div", { class: "sticker" }, message.sticker.emoji ?? "🙂") };

/** The media of a message or an album, or null for mere text. */
export const mediaOf = (messages: readonly PageMessage[], world: World, actions: MediaActions): Media | null => {
  const [message] = messages;
  if (message === undefined) return null;
  const known =
    album(messages, actions) ??
    document(message, actions) ??
    place(message, world, actions) ??
    voice(message) ??
    video(message) ??
    poll(message) ??
    contact(message) ??
    sticker(message);
  if (known !== null || message.text !== undefined) return known;
  return card(h("small", {}, t("unsupported")));
};
