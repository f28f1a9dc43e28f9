import { FormattedString } from "@grammyjs/parse-mode";
import { describe, expect, test } from "vitest";
import { AnswerLater } from "../../../src/bot/answer-later.ts";
import { deliver } from "../../../src/bot/deliver.ts";
import type { Outgoing, Sent } from "../../../src/notices/send.ts";

const outgoing = { chatId: 7, message: { text: new FormattedString("Готово") } };

/** Tries an answer with a messenger that says these things one after the other; how often it was asked, and what was waited. */
const trying = async (...says: Sent[]) => {
  const waited: number[] = [];
  let calls = 0;
  const send = (): Promise<Sent> => {
    const said = says[calls];
    calls += 1;
    return said === undefined ? Promise.reject(new Error("Asked once too often")) : Promise.resolve(said);
  };
  const done = deliver(send, outgoing, (ms) => Promise.resolve(waited.push(ms)));
  const result = await done.catch((error: unknown) => error);
  return { result, waited, calls };
};

const later = (afterSeconds: number | null): Sent => ({ kind: "retry", afterSeconds });
const sent: Sent = { kind: "sent", messageId: 12 };

describe("an answer", () => {
  test("comes without its pictures where they cannot be had just now", async () => {
    const photos = [{ fileId: "x", kind: "photo" }] as const;
    const asked: Outgoing[] = [];
    const send = (one: Outgoing): Promise<Sent> => {
      asked.push(one);
      return Promise.resolve(asked.length === 1 ? { kind: "pictures_away", cause: null } : sent);
    };
    const pictured = { ...outgoing, message: { ...outgoing.message, photos } };
    expect(await deliver(send, pictured)).toEqual({ chatId: 7, messageIds: [12] });
    expect(asked).toEqual([pictured, outgoing]);
  });

  test("waits for its turn on the spot, so that nothing is done twice", async () => {
    const arrived = { chatId: 7, messageIds: [12] };
    expect(await trying(later(1), later(2), sent)).toEqual({ result: arrived, waited: [1000, 2000], calls: 3 });
  });

  test("comes again with its update when that takes longer than anybody waits", async () => {
    expect(await trying(later(30))).toMatchObject({ result: new AnswerLater(30_000), waited: [], calls: 1 });
    expect(await trying(later(4), later(2))).toMatchObject({ result: new AnswerLater(2000), waited: [4000] });
  });

  test("comes again when nobody answered, for it may have arrived", async () => {
    expect(await trying(later(null))).toMatchObject({ result: new AnswerLater(1000), waited: [], calls: 1 });
  });
});
