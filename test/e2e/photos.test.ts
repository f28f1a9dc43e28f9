/** Photos on their way from a phone to our own copy, over the wire: only Telegram is not real. */
import { randomUUID } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { FormattedString } from "@grammyjs/parse-mode";
import { Api } from "grammy";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { assignReport } from "../../src/actions/assign-report.ts";
import { sendAnswer } from "../../src/actions/send-answer.ts";
import { createFetchPhoto } from "../../src/bot/fetch-photo.ts";
import { createSend } from "../../src/bot/send.ts";
import type { Photo } from "../../src/form/draft.ts";
import { createDrawPair } from "../../src/jobs/beside.ts";
import { startPhotoJobs } from "../../src/jobs/photo-jobs.ts";
import { fetchPhotos } from "../../src/jobs/photos.ts";
import { cleanPhoto } from "../../src/jobs/prepare-photo.ts";
import { largeOf, type FetchPhoto, type PhotoFiles } from "../../src/report/photo.ts";
import { listOwnCopies } from "../../src/store/queries/photos.ts";
import { grants } from "../../src/store/schema/staff.ts";
import { BORIS, GROUP, MARIA, OLGA, startBot, textOf } from "../support/bot.ts";
import { startLocalTelegram } from "../support/local-telegram.ts";
import { NOON } from "../support/people.ts";
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

test("an image file goes on as a photo that tells neither where nor whose phone", async () => {
  const bot = await startBot();
  onTestFinished(() => bot.close());
  const { messageIds } = await bot.act(
    { do: "document", personId: MARIA, chatId: MARIA, file: { upload: "phone" } },
    new Map([["phone", { name: "Maria at home.JPG", mime: "image/jpeg", bytes: await aPhonePhoto() }]]),
  );
  const filed = bot.messenger.messages(MARIA).find(({ message_id: id }) => messageIds.includes(id))?.document;
  if (filed === undefined) throw new Error("No file was sent");

  const send = createSend(bot.bot.api, { cleanPhoto });
  const photos = [{ fileId: filed.file_id, kind: "document" } as const];
  const sent = await send({ chatId: GROUP, message: { text: new FormattedString("№ 1"), photos } });
  if (sent.kind !== "sent") throw new Error(`Not sent: ${sent.kind}`);
  const shown = bot.messenger.messages(GROUP).find(({ message_id: id }) => sent.pictureIds?.includes(id));
  expect(shown?.document).toBeUndefined();
  const fetchPhoto = createFetchPhoto(bot.bot.api, { token: bot.bot.token, apiRoot: bot.apiRoot });
  const passedOn = await fetchPhoto(shown?.photo?.at(-1)?.file_id ?? "", going);
  if (!passedOn.ok) throw new Error("The photo cannot be fetched");
  const metadata = await sharp(passedOn.bytes).metadata();
  expect(metadata).toMatchObject({ format: "jpeg", width: 900, height: 1200 });
  expect(metadata.exif).toBeUndefined();
});

test("an editor sees before and after in one picture, as soon as we have both", async () => {
  const pictures: PhotoFiles[] = [];
  const bot = await startBot({ drawPair: (pair) => createDrawPair(pictures[0] ?? fail())(pair) });
  onTestFinished(() => bot.close());
  const { deps } = await aDarkroom(bot.store);
  pictures.push(deps.files);
  await bot.tell(OLGA, "/bind", /всех районов/, { chatId: GROUP });
  const [before, after] = await bot.photograph(2);
  if (before === undefined || after === undefined) throw new Error("No photos were sent");
  const agencyId = "housing-kuntsevo";
  await bot.store.db
    .insert(grants)
    .values({ residentId: bot.residentId(BORIS), role: "officer", agencyId, grantedAt: NOON });
  const report = await bot.file({ photos: [before] });
  const assigned = await assignReport(
    bot.deps,
    { actorId: bot.residentId(OLGA), reportId: report.id, version: null, agencyId },
    NOON,
  );
  expect(assigned.ok).toBe(true);
  const told = bot.messenger.lastEventId();
  const content = { kind: "fixed", words: "Лампа заменена, двор снова освещён", photos: [after] } as const;
  const answer = { actorId: bot.residentId(BORIS), reportId: report.id, draftId: randomUUID(), lastAnswerId: null };
  const sent = await bot.store.db.transaction((tx) => sendAnswer(tx, bot.deps, { ...answer, content }, NOON));
  expect(sent.ok).toBe(true);
  const card = await bot.hear(GROUP, /ответ на проверке/, told);
  expect(textOf(card)).toContain("Фото ещё сверяются");
  expect((await bot.press(OLGA, card, "До и после")).text).toContain("ещё загружаются");
  // The same button under an officer's finger.
  expect((await bot.press(BORIS, card, "До и после")).alert).toBe(true);

  const fetchPhoto = createFetchPhoto(bot.bot.api, { token: bot.bot.token, apiRoot: bot.apiRoot });
  await fetchPhotos({ ...deps, fetchPhoto }, going);
  const shown = bot.messenger.lastEventId();
  await bot.press(OLGA, card, "До и после");
  const picture = await bot.hear(GROUP, /слева — до, справа — после/, shown);
  const size = picture.photo?.at(-1);
  // Two pictures of 4:3 beside each other, with a little room between them.
  expect((size?.width ?? 0) / (size?.height ?? 1)).toBeCloseTo((1365 * 2 + 16) / 1024, 1);
});

const fail = (): never => {
  throw new Error("Nobody draws before there are files");
};

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
