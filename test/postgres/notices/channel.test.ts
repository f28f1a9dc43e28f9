/** The city's channel, over a real Bot API: what stands there of a report, whatever becomes of it. */
import { randomUUID } from "node:crypto";
import { Api } from "grammy";
import { and, eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { bindChannel } from "../../../src/actions/bind-channel.ts";
import { contest } from "../../../src/actions/contest.ts";
import { hidePhoto } from "../../../src/actions/correct-report.ts";
import { giveVerdict } from "../../../src/actions/give-verdict.ts";
import { sendAnswer } from "../../../src/actions/send-answer.ts";
import { undoDecision } from "../../../src/actions/undo-decision.ts";
import { createSend } from "../../../src/bot/send.ts";
import { deliverChat, type DeliverDeps } from "../../../src/jobs/deliver.ts";
import { createLog } from "../../../src/log.ts";
import type { PageMessage } from "../../../src/local-telegram/page-api.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import { addPhotos } from "../../../src/store/writes/photos.ts";
import {
  aCast,
  aFollower,
  AGENCY,
  aPhoto,
  answer,
  publish,
  PUBLISHED,
  SENT,
  vote,
  type Cast,
} from "../../support/check.ts";
import { aClock } from "../../support/delivery.ts";
import { freshDeps, storedReport, type FreshDeps } from "../../support/deps.ts";
import { resident, startLocalTelegram, type RunningTelegram } from "../../support/local-telegram.ts";
import { i18n } from "../../support/notices.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { aJpeg } from "../../support/pictures.ts";

const CHANNEL = -1002000000009;
const channel = { id: CHANNEL, title: "Город", adminIds: [resident.id], subscriberIds: [] };
const PRIVATE = ["Анна", "Илья", "Пётр", "кв. 15"];

let deps: FreshDeps;
let cast: Cast;
let telegram: RunningTelegram;
let delivery: DeliverDeps;
/** In the afternoon, when all of what happens in these tests has happened. */
const LATER = hoursAfter(PUBLISHED, 4);
const clock = aClock(LATER);
/** Photos of which our own copy is not there yet: they are stored when a test says so. */
let pending: boolean;

beforeEach(async () => {
  pending = false;
  clock.moveTo(LATER);
  deps = await freshDeps();
  cast = await aCast(deps);
  await boundBy(await aResident(deps.store.db, { name: "Ольга", role: "admin" }));
  telegram = await startLocalTelegram({ channels: [channel], calendar: clock.now });
  const picture = await aJpeg(64, 48);
  delivery = {
    ...deps,
    i18n,
    send: createSend(new Api(telegram.token, { apiRoot: telegram.root }), {
      readPhoto: () => Promise.resolve(picture),
    }),
    now: clock.now,
    wireNow: () => new Date(),
    isHurried: true,
    publicUrl: "https://otklik.example",
  };
});
afterEach(async () => {
  await telegram.close();
  await deps.store.close();
});

const boundBy = async (adminId: number): Promise<void> => {
  const bound = await bindChannel(deps, { actorId: adminId, chatId: CHANNEL }, NOON);
  if (!bound.ok) throw new Error(bound.why);
};

const deliver = async (): Promise<void> => {
  await deliverChat(delivery, CHANNEL, new AbortController().signal);
};

/** Everything that stands in the channel, as one string a message; a photo shows as one. */
const standing = (): string[] =>
  telegram.messenger
    .messages(CHANNEL)
    .map((message) => `${message.photo === undefined ? "" : "🖼 "}${message.text ?? message.caption ?? ""}`);
const first = (): PageMessage => {
  const [message] = telegram.messenger.messages(CHANNEL);
  if (message === undefined) throw new Error("The channel is empty");
  return message;
};

/** The copies of all photos are there. */
const store = async (): Promise<void> => {
  const waiting = await deps.store.db.select({ id: photos.id }).from(photos);
  for (const { id } of waiting) {
    const copy = { storedAs: id.toString(16).padStart(64, "0"), nextTickAt: null };
    await deps.store.db.update(photos).set(copy).where(eq(photos.id, id));
  }
};

const anAnswered = async (differs: Parameters<typeof aReport>[2] = {}): Promise<ReportRow> => {
  const report = await aReport(deps.store.db, cast.authorId, { address: "Ярцевская улица, 14, кв. 15", ...differs });
  await deps.store.db.transaction((tx) => addPhotos(tx, { reportId: report.id }, [aPhoto(`before-${report.id}`)]));
  const assign = { actorId: cast.editorId, reportId: report.id, version: null, agencyId: AGENCY };
  const assigned = await assignReport(deps, assign, NOON);
  if (!assigned.ok) throw new Error(assigned.why);
  await answer(deps, cast, report.id, "fixed", SENT);
  if (!pending) await store();
  return assigned.report;
};

const aPublished = async (): Promise<ReportRow> => {
  const { id } = await anAnswered();
  const report = await publish(deps, cast, id, PUBLISHED);
  await deliver();
  return report;
};

test("a published answer stands there before and after, with its dates and the way to its page, and nobody in it", async () => {
  const { id } = await aPublished();
  const [words, after] = standing();
  expect(standing()).toHaveLength(2);
  expect(after).toBe("🖼 ");
  expect(words).toMatchInlineSnapshot(`
    "🖼 📣 № 1 · Неисправное освещение во дворе
    Служба пишет: устранено.
    📍 Ярцевская улица, 14

    Служба уличного освещения: Лампу заменили, фонарь горит

    Обещано до 27 июля.
    Ответ пришёл 15 июля: в срок.

    Жители проверяют до 25 июля включительно.

    Фото, сроки и ход работы"
  `);
  expect(first().caption_entities).toContainEqual(
    expect.objectContaining({ type: "text_link", url: `https://otklik.example/r/${id}` }),
  );
  expect(first().caption?.length).toBeLessThanOrEqual(1024);
  for (const secret of PRIVATE) expect(words).not.toContain(secret);
});

test("a post that our own program cannot word is put off, and comes once it can", async () => {
  const { id } = await anAnswered();
  await publish(deps, cast, id, PUBLISHED);
  const wire = aClock(new Date());
  const whole = delivery.i18n;
  const parts: typeof whole.parts = () => {
    throw new Error("a broken text");
  };
  delivery = { ...delivery, wireNow: wire.now, i18n: { ...whole, parts }, log: createLog("silent") };
  await deliver();
  expect(standing()).toEqual([]);
  delivery = { ...delivery, i18n: whole };
  wire.moveSeconds(2);
  await deliver();
  expect(standing()[0]).toContain("Служба пишет: устранено.");
});

test("a long answer keeps everything else below the picture", async () => {
  const { id } = await aReport(deps.store.db, cast.authorId);
  await assignReport(deps, { actorId: cast.editorId, reportId: id, version: null, agencyId: AGENCY }, NOON);
  const content = { kind: "fixed", words: "Ж".repeat(1000), photos: [aPhoto("long")] } as const;
  const command = { actorId: cast.officerId, reportId: id, draftId: randomUUID(), content, lastAnswerId: null };
  await deps.store.db.transaction((tx) => sendAnswer(tx, deps, command, SENT));
  await store();
  await publish(deps, cast, id, PUBLISHED);
  await deliver();
  expect(first().caption?.length).toBeLessThanOrEqual(1024);
  expect(first().caption).toContain("Фото, сроки и ход работы");
});

test("a dispute, and what was decided, are written into the post that stands", async () => {
  const inspector = await aResident(deps.store.db, { role: "inspector" });
  const { id } = await aPublished();
  await vote(deps, id, cast.authorId, "refutation", hoursAfter(PUBLISHED, 1));
  await deliver();
  expect(standing()[0]).toContain("согласны не все: решение до");
  const verdict = { actorId: inspector, reportId: id, version: null, verdict: "reopen" as const };
  const told = { words: "Лампа не горит, проверено", photos: [aPhoto("verdict")], question: null };
  const done = await giveVerdict(deps, { ...verdict, ...told }, hoursAfter(PUBLISHED, 2));
  expect(done).toMatchObject({ ok: true });
  await deliver();
  expect(standing()).toHaveLength(2);
  expect(standing()[0]).toContain("Ответ не подтвердился");
  expect(standing()[0]).not.toContain("Обещано");
});

test("a confirmed report has a post of its own, which says so should its author object", async () => {
  const { id } = await aPublished();
  const neighbour = await aResident(deps.store.db, { name: "Фёдор" });
  await aFollower(deps, id, neighbour);
  await vote(deps, id, cast.authorId, "confirmation", hoursAfter(PUBLISHED, 1));
  await vote(deps, id, neighbour, "confirmation", hoursAfter(PUBLISHED, 2));
  expect((await storedReport(deps, id)).status).toBe("closed");
  await deliver();
  const [answered, , confirmed] = standing();
  expect(answered).toContain("✅ Жители подтвердили: устранено.");
  expect(confirmed).toContain("Подтвердили автор и ещё 1 человек.");
  expect(telegram.messenger.messages(CHANNEL)[2]?.reply_to_message?.message_id).toBe(first().message_id);
  const objection = { actorId: cast.authorId, reportId: id, words: "Снова не горит", photos: [], question: null };
  expect(await contest(deps, objection, hoursAfter(PUBLISHED, 3))).toMatchObject({ ok: true });
  await deliver();
  expect(standing()).toHaveLength(4);
  expect(standing()[2]).toContain("С тех пор автор не согласился");
});

test("an answer that is taken back is taken out of the channel, and put there again when it is published after all", async () => {
  const { id } = await aPublished();
  expect(await undoDecision(deps, { actorId: cast.editorId }, hoursAfter(PUBLISHED, 0.05))).toMatchObject({ ok: true });
  await deliver();
  expect(standing()).toEqual([]);
  await publish(deps, cast, id, hoursAfter(PUBLISHED, 1));
  await deliver();
  expect(standing()).toHaveLength(2);
});

test("an answer taken back before it was told never gets there", async () => {
  const { id } = await anAnswered();
  await publish(deps, cast, id, PUBLISHED);
  await undoDecision(deps, { actorId: cast.editorId }, hoursAfter(PUBLISHED, 0.05));
  await deliver();
  expect(telegram.messenger.messages(CHANNEL)).toEqual([]);
});

test("a photo that is hidden later is out of the channel, too", async () => {
  const { id } = await aPublished();
  const [photo] = await deps.store.db.select().from(photos).where(eq(photos.reportId, id)).orderBy(photos.id);
  const hide = { actorId: cast.editorId, reportId: id, version: null, photoId: photo?.id ?? 0, isHidden: true };
  expect(await hidePhoto(deps, hide, hoursAfter(PUBLISHED, 1))).toMatchObject({ ok: true });
  await deliver();
  expect(standing()).toHaveLength(1);
  expect(standing()[0]).toMatch(/^🖼 .*№/u);
  await hidePhoto(deps, { ...hide, isHidden: false }, hoursAfter(PUBLISHED, 2));
  await deliver();
  expect(standing()).toHaveLength(2);
});

test("a photo of an older report that is hidden brings it up in no channel", async () => {
  const { id } = await anAnswered();
  await publish(deps, cast, id, PUBLISHED);
  await deps.store.db.delete(notices).where(eq(notices.chatId, CHANNEL));
  const [photo] = await deps.store.db.select().from(photos).where(eq(photos.reportId, id)).orderBy(photos.id);
  const hide = { actorId: cast.editorId, reportId: id, version: null, photoId: photo?.id ?? 0, isHidden: true };
  await hidePhoto(deps, hide, hoursAfter(PUBLISHED, 1));
  await deliver();
  expect(telegram.messenger.messages(CHANNEL)).toEqual([]);
});

test("what somebody removed by hand stays out of the channel", async () => {
  const { id } = await aPublished();
  const api = new Api(telegram.token, { apiRoot: telegram.root });
  await api.deleteMessages(
    CHANNEL,
    telegram.messenger.messages(CHANNEL).map(({ message_id: messageId }) => messageId),
  );
  await vote(deps, id, cast.authorId, "refutation", hoursAfter(PUBLISHED, 1));
  await deliver();
  await vote(deps, id, cast.authorId, "confirmation", hoursAfter(PUBLISHED, 2));
  await deliver();
  expect(standing()).toEqual([]);
});

test("the same thing told twice changes nothing, and a message Telegram took once is sent once", async () => {
  const { id } = await aPublished();
  const before = telegram.messenger.messages(CHANNEL);
  await deps.store.db
    .update(notices)
    .set({ state: "waiting", settledAt: null })
    .where(and(eq(notices.chatId, CHANNEL), eq(notices.reportId, id)));
  await deliver();
  expect(telegram.messenger.messages(CHANNEL)).toEqual(before);
});

test("a post waits for our own copies of its photos, and after a while for none", async () => {
  pending = true;
  const { id } = await anAnswered();
  await publish(deps, cast, id, PUBLISHED);
  await deliver();
  expect(standing()).toEqual([]);
  await store();
  await deps.store.db.update(notices).set({ retryAt: null }).where(eq(notices.chatId, CHANNEL));
  await deliver();
  expect(standing()).toHaveLength(2);
  const { id: other } = await anAnswered();
  await publish(deps, cast, other, PUBLISHED);
  await deps.store.db.update(notices).set({ attempts: 4 }).where(eq(notices.reportId, other));
  await deliver();
  expect(standing().at(-1)).not.toMatch(/^🖼/u);
});

test("at night it comes without a sound, by day it rings", async () => {
  const sent: (boolean | undefined)[] = [];
  const { send } = delivery;
  delivery.send = (outgoing) => {
    sent.push(outgoing.message.isQuiet);
    return send(outgoing);
  };
  await aPublished();
  clock.moveTo(new Date("2026-07-15T20:30:00Z"));
  await aPublished();
  expect(sent).toEqual([false, true]);
});

test("a post the bot may not make any more is kept for the admins with Telegram's words", async () => {
  await aPublished();
  await telegram.stop();
  const muted = { ...channel, bot: { mayPost: false, mayEdit: true, mayDelete: true } };
  const again = await startLocalTelegram({ channels: [muted], dir: telegram.dir, calendar: clock.now });
  delivery.send = createSend(new Api(again.token, { apiRoot: again.root }));
  const { id } = await anAnswered();
  await publish(deps, cast, id, PUBLISHED);
  await deliver();
  const [told] = await deps.store.db
    .select()
    .from(notices)
    .where(and(eq(notices.chatId, CHANNEL), eq(notices.reportId, id)));
  expect(told).toMatchObject({ state: "undeliverable", failure: expect.stringContaining("administrator rights") });
  await again.stop();
});
