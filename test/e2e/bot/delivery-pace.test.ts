import { Api } from "grammy";
import { expect, onTestFinished, test } from "vitest";
import { createSend } from "../../../src/bot/send.ts";
import { startJobs } from "../../../src/jobs/jobs.ts";
import { telegramPace } from "../../../src/local-telegram/index.ts";
import type { PageEvent } from "../../../src/local-telegram/page-api.ts";
import { photos } from "../../../src/store/schema/index.ts";
import { aDelivery, aGroup, tellSubmitted } from "../../support/delivery.ts";
import { startLocalTelegram } from "../../support/local-telegram.ts";
import { aReport, aResident } from "../../support/people.ts";
import { aJpeg } from "../../support/pictures.ts";
import { freshStore } from "../../support/store.ts";

const AUTHOR = 2001;
const GROUP = -1002000000001;
const RUSH = 12;

const person = { id: AUTHOR, firstName: "Мария", languageCode: "ru", caption: { ru: "житель", en: "resident" } };
const group = { id: GROUP, title: "Редакция", memberIds: [AUTHOR], adminIds: [AUTHOR] };

test("a rush of reports with albums never makes Telegram ask the bot to wait, and the group sees how many wait", async () => {
  const telegram = await startLocalTelegram({ people: [person], groups: [group], pace: telegramPace });
  onTestFinished(() => telegram.close());
  const store = await freshStore("postgres", { jobs: true });
  onTestFinished(() => store.close());
  const { deps } = aDelivery(store);

  const api = new Api(telegram.token, { apiRoot: telegram.root });
  const refusals: string[] = [];
  api.config.use(async (call, method, payload, signal) => {
    const answer = await call(method, payload, signal);
    if (!answer.ok) refusals.push(`${method}: ${answer.description}`);
    return answer;
  });

  const files = new Map(
    await Promise.all(
      ["a", "b", "c"].map(
        async (name) => [name, { name: `${name}.jpg`, mime: "image/jpeg", bytes: await aJpeg(320, 240) }] as const,
      ),
    ),
  );
  const uploads = [...files.keys()].map((upload) => ({ upload }));
  await telegram.messenger.act({ do: "photos", personId: AUTHOR, chatId: AUTHOR, photos: uploads }, files);
  const album = telegram.messenger.messages(AUTHOR).flatMap(({ photo }) => photo?.at(-1) ?? []);
  expect(album).toHaveLength(3);

  const authorId = await aResident(store.db, { telegramId: AUTHOR });
  await aGroup(store, GROUP, authorId);
  const jobs = await startJobs({ ...deps, send: createSend(api), wireNow: () => new Date() });
  onTestFinished(() => jobs.stop());

  const told = telegram.messenger.waitFor(
    (event: PageEvent) =>
      "message" in event &&
      event.chatId === GROUP &&
      event.message.text?.startsWith(`📥 ${RUSH} сообщений ждут модерации.`) === true,
    { timeoutMs: 25_000 },
  );
  for (let left = RUSH; left > 0; left -= 1) {
    const report = await aReport(store.db, authorId);
    await store.db.insert(photos).values(
      album.map(({ file_id: fileId, file_unique_id: fileUniqueId }, position) => ({
        reportId: report.id,
        position,
        fileId,
        fileUniqueId,
        isDocument: false,
      })),
    );
    await tellSubmitted(store, report);
  }
  await told;
  expect(refusals).toEqual([]);
  const cards = telegram.messenger.messages(GROUP).filter(({ text }) => text?.startsWith("🆕"));
  expect(cards.length).toBeLessThan(RUSH);
  for (const card of cards) expect(card.reply_to_message?.photo).toBeDefined();
});
