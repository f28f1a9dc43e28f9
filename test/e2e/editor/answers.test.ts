/** What editors do with what agencies say, by button and typed: over the wire, in a group and in private. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assignReport } from "../../../src/actions/assign-report.ts";
import { sendAnswer, type AnswerContent } from "../../../src/actions/send-answer.ts";
import type { PageMessage } from "../../../src/local-telegram/page-api.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import {
  ANNA,
  BORIS,
  GROUP,
  labelsOf,
  MARIA,
  OLGA,
  PETR,
  startBot,
  textOf,
  type RunningBot,
} from "../../support/bot.ts";
import { NOON } from "../../support/people.ts";

let city: RunningBot;

beforeAll(async () => {
  city = await startBot({ roles: { [ANNA]: "editor", [BORIS]: "editor", [PETR]: { officerOf: "lighting" } } });
  await city.tell(OLGA, "/bind", /всех районов/, { chatId: GROUP });
  for (const editor of [ANNA, BORIS]) await city.tell(editor, "/help", /\/queue/);
  await city.tell(PETR, "/help", /\/tasks/);
});
afterAll(() => city.close());

const viewOf = async (id: number) => {
  const view = await findReportView(city.store.db, id);
  if (view === null) throw new Error("no report");
  return view;
};

const PHOTO = { fileId: "file-after", fileUniqueId: "after", kind: "photo" } as const;
const CONTENT = {
  fixed: { kind: "fixed", words: "Фонарь заменили, он горит", photos: [PHOTO] },
  planned: { kind: "planned", words: "Ждём лампу со склада", photos: [], plannedOn: "2026-08-10" },
} as const satisfies Record<string, AnswerContent>;

/** A report of which its agency has said something, and the editors' card of that. */
const anAnswer = async (kind: keyof typeof CONTENT): Promise<{ id: number; card: PageMessage }> => {
  let after = city.messenger.lastEventId();
  const { id } = await city.file();
  await city.hear(GROUP, new RegExp(`№ ${id} `), after);
  after = city.messenger.lastEventId();
  const assign = { actorId: city.residentId(ANNA), reportId: id, version: null, agencyId: "lighting" };
  await assignReport(city.deps, assign, NOON);
  // A card that is rewritten late would already show what the agency says below it.
  await city.hear(GROUP, new RegExp(`№ ${id} .*передано`), after);
  after = city.messenger.lastEventId();
  const sent = await city.store.db.transaction((tx) =>
    sendAnswer(
      tx,
      city.deps,
      {
        actorId: city.residentId(PETR),
        ...{ reportId: id, draftId: randomUUID(), content: CONTENT[kind], lastAnswerId: null },
      },
      NOON,
    ),
  );
  if (!sent.ok) throw new Error(sent.why);
  return { id, card: await city.hear(GROUP, new RegExp(`№ ${id} · (ответ на проверке|просят перенести)`), after) };
};

describe("an answer", () => {
  test("is sent back with one of the city's remarks, which the agency reads", async () => {
    const { id, card } = await anAnswer("fixed");
    await city.press(ANNA, card, "Вернуть");
    const choices = labelsOf(city.look(card)).flat();
    expect(choices).toContain("На фото другое место");
    expect(choices).not.toContain("Слишком далёкий срок");
    const before = city.messenger.lastEventId();
    expect((await city.press(ANNA, city.look(card), "другое место")).text).toMatch(/ответ возвращён/);
    expect(textOf(city.look(card))).toMatch(/ответ возвращён службе: На фото другое место\. Снимите/);
    await city.hear(PETR, /Редактор вернул ответ: На фото другое место/, before);
    expect(await viewOf(id)).toMatchObject({ status: "assigned" });
  });

  test("leads to own words and back again, and old buttons change nothing", async () => {
    const { id, card } = await anAnswer("fixed");
    await city.press(ANNA, card, "Вернуть");
    const choices = city.look(card);
    await city.press(ANNA, choices, "Назад");
    expect(labelsOf(city.look(card)).flat()).toContain("✅ Опубликовать");
    const before = city.messenger.lastEventId();
    await city.press(ANNA, choices, "Своими словами");
    const asked = await city.hear(GROUP, /Почему вернуть ответ/, before);
    await city.tell(ANNA, "щ".repeat(501), /слишком длинная/, { chatId: GROUP, replyTo: asked.message_id });
    await city.tell(ANNA, "Лампа не та", /возвращён службе/, { chatId: GROUP, replyTo: asked.message_id });
    expect(await viewOf(id)).toMatchObject({ status: "assigned", answer: { remark: "Лампа не та" } });
    const { version } = await viewOf(id);
    // Boris still has the card with the remarks before him.
    expect(await city.press(BORIS, choices, "другое место")).toMatchObject({ alert: true });
    expect((await viewOf(id)).version).toBe(version);
  });

  test("is published and sent back by typed commands, a remark of the list by its code", async () => {
    const [first, second] = [await anAnswer("fixed"), await anAnswer("fixed")];
    await city.tell(ANNA, `/publish ${first.id}`, /ответ опубликован, проверка до/);
    expect(await viewOf(first.id)).toMatchObject({ status: "published" });
    await city.tell(ANNA, `/return ${second.id} not_done`, /ответ возвращён/);
    expect((await viewOf(second.id)).answer?.remark).toMatch(/^По фото видно, что сделано не всё/);
  });

  test("is decided once: of two editors the second hears who was quicker", async () => {
    const { id, card } = await anAnswer("fixed");
    await city.press(ANNA, card, "Опубликовать");
    expect((await city.pressData(BORIS, card, `r:answer-return:${id.toString(36)}:3:not_done`)).text).toMatch(/Анна/);
    expect(await viewOf(id)).toMatchObject({ status: "published" });
  });
});

describe("a request", () => {
  test("is refused with a remark that fits it, by button or by /return", async () => {
    const [first, second] = [await anAnswer("planned"), await anAnswer("planned")];
    await city.press(ANNA, first.card, "Отказать");
    expect(labelsOf(city.look(first.card)).flat()).toContain("Слишком далёкий срок");
    expect((await city.press(ANNA, city.look(first.card), "далёкий")).text).toMatch(/службе отказано/);
    await city.tell(ANNA, `/return ${second.id} Зима уже прошла`, /службе отказано/);
    expect(await viewOf(second.id)).toMatchObject({ status: "assigned", answer: { remark: "Зима уже прошла" } });
  });
});

describe("what cannot be understood", () => {
  let open: number;
  let assigned: number;
  beforeAll(async () => {
    open = (await city.file()).id;
    assigned = (await city.file()).id;
    const assign = { actorId: city.residentId(ANNA), reportId: assigned, version: null, agencyId: "lighting" };
    await assignReport(city.deps, assign, NOON);
  });

  test.each<[string, RegExp]>([
    ["/publish", /номер сообщения[^]*\/publish 15/],
    ["/publish всё", /номер сообщения[^]*\/publish 15/],
    ["/publish 999999", /Сообщения № 999999 нет/],
    ["/publish OPEN", /ответа на проверке нет\. Сейчас: на модерации/],
    ["/publish ASSIGNED", /ответа на проверке нет\. Сейчас: в работе/],
    ["/return", /номер сообщения[^]*\/return 15/],
    ["/return ASSIGNED", /Нужно замечание[^]*other_place — На фото другое место/],
    ["/return ASSIGNED Нет", /ответа на проверке нет/],
    ["/return 999999 Нет", /Сообщения № 999999 нет/],
  ])("%s is answered with why and an example, and changes nothing", async (command, answer) => {
    const before = [await viewOf(open), await viewOf(assigned)].map(({ version }) => version);
    await city.tell(ANNA, command.replace("OPEN", String(open)).replace("ASSIGNED", String(assigned)), answer);
    expect([await viewOf(open), await viewOf(assigned)].map(({ version }) => version)).toEqual(before);
  });

  test("and nobody else may do it", async () => {
    const { id, card } = await anAnswer("fixed");
    await city.tell(PETR, `/publish ${id}`, /для сотрудников, и у вас такого права нет/);
    expect(await city.pressData(MARIA, card, `r:answer-return:${id.toString(36)}:3:not_done`)).toMatchObject({
      alert: true,
    });
    expect(await viewOf(id)).toMatchObject({ status: "answered" });
  });
});
