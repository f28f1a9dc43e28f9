/** Photos on their way from a phone to our own copy, over the wire: only Telegram is not real. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Api } from "grammy";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { createFetchPhoto } from "../../src/bot/fetch-photo.ts";
import type { Photo } from "../../src/form/draft.ts";
import { startPhotoJobs } from "../../src/jobs/photo-jobs.ts";
import { largeOf, type FetchPhoto } from "../../src/report/photo.ts";
import { listOwnCopies } from "../../src/store/queries/photos.ts";
import { MARIA, startBot } from "../support/bot.ts";
import { startLocalTelegram } from "../support/local-telegram.ts";
import { aDarkroom } from "../support/photos.ts";

const going = new AbortController().signal;

/** Lies on its side and says where it was taken, like most phones' pictures. */
const aPhonePhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 1200, height: 900, channels: 3, background: "#557799" } })
    .withMetadata({
      orientation: 6,
      exif: { IFD0: { Make: "Phone of Maria" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "55/1 43/1 48/1" } },
    })
    .jpeg()
    .toBuffer();

test("an image file from a phone is kept upright and without its place as soon as its report is sent", async () => {
  const bot = await startBot();
  onTestFinished(() => bot.close());
  const { deps, lines } = await aDarkroom(bot.store);
  const file = await aPhonePhoto();
  const { messageIds } = await bot.act(
    { do: "document", personId: MARIA, chatId: MARIA, file: { upload: "phone" } },
    new Map([["phone", { name: "IMG_0001.JPG", mime: "image/jpeg", bytes: file }]]),
  );
  const sent = bot.messenger.messages(MARIA).find(({ message_id: id }) => messageIds.includes(id))?.document;
  if (sent === undefined) throw new Error("No file was sent");

  const saved = Promise.withResolvers<void>();
  const files: typeof deps.files = {
    ...deps.files,
    save: async (name, bytes) => {
      await deps.files.save(name, bytes);
      if (!name.includes("-")) saved.resolve();
    },
  };
  const fetchPhoto = createFetchPhoto(bot.bot.api, { token: bot.bot.token, apiRoot: bot.apiRoot });
  const jobs = await startPhotoJobs({ ...deps, files, fetchPhoto });
  const photo: Photo = { fileId: sent.file_id, fileUniqueId: sent.file_unique_id, kind: "document" };
  const report = await bot.file({ photos: [photo] });
  await saved.promise;
  await jobs.stop();

  const [copy] = await listOwnCopies(bot.store.db, { reportId: report.id });
  if (copy?.state !== "stored") throw new Error("Not stored");
  const large = Buffer.from((await files.read(largeOf(copy.storedAs))) ?? []);
  const metadata = await sharp(large).metadata();
  expect(metadata).toMatchObject({ format: "jpeg", width: 900, height: 1200 });
  expect([metadata.exif, metadata.orientation]).toEqual([undefined, undefined]);
  expect(large.includes("Maria")).toBe(false);
  expect(lines).toEqual([]);
});

const TOKEN = "700100200:a-secret-that-nobody-may-see";

/** A Telegram that knows one file and answers its download with `download`. */
const aTelegram = async (download: RequestListener, file: object = { file_path: "photos/a b.jpg" }) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url?.startsWith("/file/")) return download(request, response);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, result: { file_id: "x", file_unique_id: "y", ...file } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, fetchPhoto: createFetchPhoto(new Api(TOKEN, { apiRoot }), { token: TOKEN, apiRoot }) };
};

const later = { ok: false, why: "retry", afterSeconds: null };
const tooBig = { ok: false, why: "gone", words: "file is too big" };

test("a file is asked for under the name Telegram gave, whatever is in it", async () => {
  const { asked, fetchPhoto } = await aTelegram((_, response) => response.end("bytes"));
  expect(await fetchPhoto("x", going)).toEqual({ ok: true, bytes: Buffer.from("bytes") });
  expect(asked).toEqual([`/bot${TOKEN}/getFile`, `/file/bot${TOKEN}/photos/a%20b.jpg`]);
});

test.each<[string, RequestListener, object]>([
  ["is not there yet", (_, response) => response.writeHead(404).end(), later],
  [
    "breaks off",
    (_, response) => void response.writeHead(200, { "content-length": 100 }).write("x", () => response.destroy()),
    later,
  ],
  ["leads elsewhere", (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(), later],
  ["never ends", (_, response) => endless(response), tooBig],
])("a download that %s ends without a word of where it was", async (_, download, expected) => {
  const { fetchPhoto } = await aTelegram(download);
  const result = await fetchPhoto("x", going);
  expect(result).toEqual(expected);
});

const endless = (response: Parameters<RequestListener>[1]): void => {
  const chunk = Buffer.alloc(1024 * 1024);
  const more = (): void => {
    if (!response.destroyed) response.write(chunk, more);
  };
  response.on("error", () => undefined);
  more();
};

test("a file said to be too big is not asked for", async () => {
  const { asked, fetchPhoto } = await aTelegram((_, response) => response.end(), {
    file_path: "x.jpg",
    file_size: 21 * 1024 * 1024,
  });
  expect(await fetchPhoto("x", going)).toEqual(tooBig);
  expect(asked).toHaveLength(1);
});

test("stopping ends a download that hangs", async () => {
  const stopping = new AbortController();
  const { fetchPhoto } = await aTelegram((_, response) => {
    response.writeHead(200).write("x");
    stopping.abort();
  });
  expect(await fetchPhoto("x", stopping.signal)).toEqual(later);
});

test("Telegram's own words tell gone files from trouble on the way", async () => {
  const telegram = await startLocalTelegram();
  onTestFinished(() => telegram.close());
  const fetcher = (token: string, apiRoot: string): FetchPhoto =>
    createFetchPhoto(new Api(token, { apiRoot }), { token, apiRoot });
  const known = fetcher(telegram.token, telegram.root);
  expect(await known("nobody-knows-it", going)).toEqual({
    ok: false,
    why: "gone",
    words: expect.stringContaining("invalid file_id"),
  });
  // A revoked token and a Telegram that is away say nothing about the file.
  expect(await fetcher(TOKEN, telegram.root)("x", going)).toEqual(later);
  expect(await fetcher(TOKEN, "http://127.0.0.1:1")("x", going)).toEqual(later);
});
