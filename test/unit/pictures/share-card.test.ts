import sharp from "sharp";
import { expect, test } from "vitest";
import { drawShareCard, SHARE_SIZE, type ShareCard } from "../../../src/pictures/share-card.ts";
import { toPng } from "../../../src/pictures/to-png.ts";
import { aJpeg } from "../../support/pictures.ts";

const CARD: ShareCard = {
  brand: "Отклик · Кунцево и соседи",
  number: "№ 123",
  status: "в работе",
  tone: "working",
  topic: "Неисправное освещение во дворе",
  place: "Ярцевская улица, 14",
  dates: ["срок — до 13 мая"],
  photos: [],
};

const draw = async (differs: Partial<ShareCard> = {}): Promise<Buffer> =>
  Buffer.from(await toPng(await drawShareCard({ ...CARD, ...differs })));

test("is 1200 × 630 pixels, with photos and without", async () => {
  const photo = { label: "До", jpeg: await aJpeg(900, 1600) };
  for (const photos of [[], [photo], [photo, { label: "После", jpeg: await aJpeg(320, 240) }]]) {
    expect(await sharp(await draw({ photos })).metadata()).toMatchObject({ format: "png", ...SHARE_SIZE });
  }
});

test.each(["brand", "number", "status", "topic", "place"] as const)("%s is drawn", async (part) => {
  expect(await draw({ [part]: "" })).not.toEqual(await draw());
  expect(await draw({ [part]: "Щука" })).not.toEqual(await draw({ [part]: "Щукa!" }));
});

test("the dates and the photo's label are drawn", async () => {
  expect(await draw({ dates: [] })).not.toEqual(await draw());
  const jpeg = await aJpeg(800, 600);
  const labelled = await draw({ photos: [{ label: "До", jpeg }] });
  expect(labelled).not.toEqual(await draw({ photos: [{ label: null, jpeg }] }));
});

test("both photos are seen, the earlier above the later", async () => {
  const [red, green] = [await aJpeg(800, 600, "#ff0000"), await aJpeg(600, 800, "#00ff00")];
  const png = await draw({
    photos: [
      { label: null, jpeg: red },
      { label: null, jpeg: green },
    ],
  });
  const pixels = await sharp(png).removeAlpha().raw().toBuffer();
  const at = (x: number, y: number): number[] => [...pixels.subarray((y * 1200 + x) * 3, (y * 1200 + x) * 3 + 3)];
  expect(at(900, 180)[0]).toBeGreaterThan(240);
  expect(at(900, 180)[1]).toBeLessThan(20);
  expect(at(900, 450)[0]).toBeLessThan(20);
  expect(at(900, 450)[1]).toBeGreaterThan(240);
});

test("words of any length and with any marks make a card", async () => {
  const long = `<svg onload="x">&amp; ${"очень ".repeat(200)}`;
  const svg = await drawShareCard({
    ...CARD,
    brand: long,
    topic: long,
    place: long,
    status: long,
    dates: [long, long, long],
  });
  expect(svg).not.toContain("<svg onload");
  expect((await sharp(await toPng(svg)).metadata()).width).toBe(1200);
});
