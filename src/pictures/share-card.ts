/** What is seen of a report where its link is shared: 1200 × 630 pixels, the size that messengers and social networks ask for. */
import sharp from "sharp";
import type { Weight } from "./fonts.ts";
import { box, line, picture } from "./shapes.ts";
import { textWidth, wrapText } from "./text-width.ts";

/** How a report stands at a glance: somebody works on it, its answer is being looked at, it is late, it went well, it ended otherwise. */
export type Tone = "working" | "checking" | "late" | "done" | "ended";

/** Everything on it is a text for the public already. */
export type ShareCard = {
  /** Whose page it is. */
  brand: string;
  number: string;
  status: string;
  tone: Tone;
  topic: string;
  place: string;
  /** Most important first; the first two are shown. */
  dates: readonly string[];
  /** At most two: before, and after. */
  photos: readonly { label: string | null; jpeg: Uint8Array }[];
};

/** Its sides in pixels. */
export const SHARE_SIZE = { width: 1200, height: 630 } as const;

/** White letters on each are readable: at least 4.5 to 1. */
const TONES: Readonly<Record<Tone, string>> = {
  working: "#1d4ed8",
  checking: "#6d28d9",
  late: "#b91c1c",
  done: "#166534",
  ended: "#475569",
};
const INK = "#111827";
const QUIET = "#4b5563";
/** Behind a label, with the photo shining through. */
const PLATE = "rgba(0, 0, 0, 0.72)";

const MARGIN = 56;
const GAP = 16;
const PHOTO = { x: 660, y: MARGIN, width: SHARE_SIZE.width - 660 - MARGIN, height: SHARE_SIZE.height - 2 * MARGIN };

/** The card as an SVG; photos are cut to their frames, since a card is a glance and the page shows them whole. */
export const drawShareCard = async (card: ShareCard): Promise<string> => {
  const { width, height } = SHARE_SIZE;
  const photos = await drawPhotos(card.photos.slice(0, 2));
  return picture(
    SHARE_SIZE,
    [
      box({ x: 0, y: 0, width, height }, "#ffffff"),
      box({ x: 0, y: 0, width, height: 12 }, TONES[card.tone]),
      ...drawText(card, (card.photos.length > 0 ? PHOTO.x - GAP * 2 : width - MARGIN) - MARGIN),
      ...photos,
    ].join(""),
  );
};

const drawText = (card: ShareCard, width: number): string[] => {
  const brand = wrapText(`${card.number} · ${card.brand}`, { width, lines: 1, size: 26 });
  const topic = wrapText(card.topic, { width, lines: 3, size: 46, weight: "bold" });
  const place = wrapText(card.place, { width, lines: 2, size: 28 });
  const dates = card.dates.slice(0, 2).flatMap((date) => wrapText(date, { width, lines: 1, size: 28, weight: "bold" }));
  const placeAt = 226 + topic.length * 56;
  const datesAt = SHARE_SIZE.height - MARGIN - (dates.length - 1) * 42;
  return [
    ...drawLines(brand, { y: 82, step: 0, size: 26, fill: QUIET }),
    ...drawBadge(card, width),
    ...drawLines(topic, { y: 226, step: 56, size: 46, weight: "bold" }),
    ...drawLines(place, { y: placeAt, step: 38, size: 28, fill: QUIET }),
    ...drawLines(dates, { y: datesAt, step: 42, size: 28, weight: "bold" }),
  ];
};

const drawBadge = ({ status, tone }: ShareCard, width: number): string[] => {
  const [label = ""] = wrapText(status, { width: width - 40, lines: 1, size: 24, weight: "bold" });
  return [
    box({ x: MARGIN, y: 112, width: textWidth(label, 24, "bold") + 40, height: 46 }, TONES[tone], 23),
    line(label, { x: MARGIN + 20, y: 144, size: 24, weight: "bold", fill: "#ffffff" }),
  ];
};

type Look = { y: number; step: number; size: number; weight?: Weight; fill?: string };

const drawLines = (lines: readonly string[], { y, step, size, weight = "regular", fill = INK }: Look): string[] =>
  lines.map((words, index) => line(words, { x: MARGIN, y: y + index * step, size, weight, fill }));

const drawPhotos = async (photos: ShareCard["photos"]): Promise<string[]> => {
  const height = photos.length > 1 ? (PHOTO.height - GAP) / 2 : PHOTO.height;
  return Promise.all(
    photos.map(async ({ label, jpeg }, index) => {
      const y = PHOTO.y + index * (height + GAP);
      const size = { width: PHOTO.width, height: Math.round(height) };
      const cut = await sharp(jpeg)
        .resize({ ...size, fit: "cover" })
        .jpeg({ quality: 85 })
        .toBuffer();
      const image = `<image x="${PHOTO.x}" y="${y}" width="${size.width}" height="${size.height}" href="data:image/jpeg;base64,${cut.toString("base64")}"/>`;
      return label === null ? image : image + drawLabel(label, y + size.height);
    }),
  );
};

const drawLabel = (label: string, bottom: number): string =>
  box({ x: PHOTO.x, y: bottom - 44, width: textWidth(label, 24, "bold") + 32, height: 44 }, PLATE) +
  line(label, { x: PHOTO.x + 16, y: bottom - 14, size: 24, weight: "bold", fill: "#ffffff" });
