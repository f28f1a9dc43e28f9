import sharp from "sharp";
import { expect, test } from "vitest";
import { besideEachOther } from "../../../src/jobs/beside.ts";
import { nameOf, preparePhoto, type PreparedPhoto } from "../../../src/jobs/prepare-photo.ts";
import { largeOf, storedAsOf, thumbnailOf } from "../../../src/report/photo.ts";
import { aJpeg } from "../../support/pictures.ts";

const prepared = async (file: Uint8Array): Promise<PreparedPhoto> => {
  const photo = await preparePhoto(file);
  if (photo === null) throw new Error("Not a picture");
  return photo;
};

/** Red on the left, blue on the right; as a phone held upright saves it, with where and when it was. */
const aPhonePhoto = async (orientation: number): Promise<Buffer> => {
  const half = await aJpeg(200, 300, "#0000ff");
  return sharp({ create: { width: 400, height: 300, channels: 3, background: "#ff0000" } })
    .composite([{ input: half, left: 200, top: 0 }])
    .withMetadata({
      orientation,
      exif: {
        IFD0: { Make: "Phone of Maria", DateTime: "2026:07:15 12:00:00" },
        IFD3: {
          GPSLatitudeRef: "N",
          GPSLatitude: "55/1 43/1 48/1",
          GPSLongitudeRef: "E",
          GPSLongitude: "37/1 25/1 12/1",
        },
      },
    })
    .jpeg()
    .toBuffer();
};

const colourAt = async (file: Uint8Array, left: number, top: number): Promise<"red" | "blue" | "white"> => {
  const [red = 0, , blue = 0] = await sharp(file).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  if (red > 200 && blue > 200) return "white";
  return red > blue ? "red" : "blue";
};

test("a photo is turned upright and keeps no place, time or camera", async () => {
  const file = await aPhonePhoto(6);
  expect(file.includes("Phone of Maria")).toBe(true);
  expect((await sharp(file).metadata()).orientation).toBe(6);
  const { large, thumbnail } = await prepared(file);
  for (const [copy, width, height] of [
    [large, 300, 400],
    [thumbnail, 240, 320],
  ] as const) {
    const metadata = await sharp(copy).metadata();
    expect(metadata).toMatchObject({ format: "jpeg", width, height });
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(Buffer.from(copy).includes("Maria")).toBe(false);
  }
  // Turned clockwise, what was on the left is above.
  expect(await colourAt(large, 150, 20)).toBe("red");
  expect(await colourAt(large, 150, 380)).toBe("blue");
});

test.each([
  ["a large one", 5000, 3000, 2048, 1229],
  ["an upright one", 3000, 5000, 1229, 2048],
  ["a small one stays small", 100, 80, 100, 80],
])("%s is made at most 2048 pixels long", async (_, width, height, newWidth, newHeight) => {
  const { large } = await prepared(await aJpeg(width, height));
  expect(await sharp(large).metadata()).toMatchObject({ width: newWidth, height: newHeight });
});

test.each(["png", "webp", "gif", "tiff", "avif"] as const)("an image file in %s becomes a JPEG", async (format) => {
  const file = await sharp(await aJpeg(300, 200, "#ff0000"))
    .toFormat(format)
    .toBuffer();
  const { large } = await prepared(file);
  expect(await sharp(large).metadata()).toMatchObject({ format: "jpeg", width: 300, height: 200 });
  expect(await colourAt(large, 10, 10)).toBe("red");
});

test("what was transparent is white", async () => {
  const file = await sharp({ create: { width: 50, height: 50, channels: 4, background: "#00000000" } })
    .png()
    .toBuffer();
  expect(await colourAt((await prepared(file)).large, 25, 25)).toBe("white");
});

test("one picture of two photos has two names, each the same every time", async () => {
  const { large } = await prepared(await aJpeg());
  const names = [nameOf(1, large), nameOf(2, large), nameOf(1, (await prepared(await aJpeg())).large)];
  expect(names[0]).toBe(names[2]);
  expect(names[0]).not.toBe(names[1]);
  const [name = ""] = names;
  expect([largeOf(name), thumbnailOf(name)].map(storedAsOf)).toEqual([name, name]);
  expect(storedAsOf("../../secrets.jpg")).toBeNull();
});

test("before and after stand beside each other, equally high and whole", async () => {
  const before = await aJpeg(1600, 1200, "#ff0000");
  const after = await sharp(await aJpeg(600, 800, "#0000ff"))
    .greyscale(false)
    .toBuffer();
  const pair = await besideEachOther(before, after);
  const { width, height, format } = await sharp(pair).metadata();
  expect({ width, height, format }).toEqual({ width: 1365 + 16 + 768, height: 1024, format: "jpeg" });
  expect(await colourAt(pair, 5, 5)).toBe("red");
  expect(await colourAt(pair, 1365 + 8, 500)).toBe("white");
  expect(await colourAt(pair, width - 5, 1019)).toBe("blue");
});

test("a panorama and a black and white photo can stand beside each other, too", async () => {
  const panorama = await aJpeg(4000, 500, "#ff0000");
  const grey = await sharp(await aJpeg(800, 600))
    .greyscale()
    .jpeg()
    .toBuffer();
  expect(await sharp(await besideEachOther(panorama, grey)).metadata()).toMatchObject({
    width: 1536 + 16 + 1365,
    height: 1024,
  });
});
