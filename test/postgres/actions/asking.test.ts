/** Questions that wait for the next message, asked by many presses at once and of people who are leaving. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askQuestion, numberQuestion } from "../../../src/actions/ask-question.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { forgetPerson } from "../../../src/actions/forget-person.ts";
import { prompts } from "../../../src/store/schema/prompts.ts";
import { demoCity } from "../../support/city.ts";
import { aResident, NOON } from "../../support/people.ts";
import { freshStore, quietLog, type FreshStore } from "../../support/store.ts";

let store: FreshStore;
let deps: Deps;

beforeAll(async () => {
  store = await freshStore("postgres");
  deps = { store, city: await demoCity(), log: quietLog };
});
afterAll(() => store.close());

const ACTS = ["refute", "appeal"] as const;
const openIn = (chatId: number) => store.db.select().from(prompts).where(eq(prompts.chatId, chatId));

test("a thumb that presses many buttons at once is asked one thing in the end, and no press gets in another's way", async () => {
  const chatId = 7001;
  const residentId = await aResident(store.db, { telegramId: chatId });
  const asking = { chatId, residentId, reportId: null, version: 0 };
  let messageId = 0;
  const press = async (index: number): Promise<void> => {
    await askQuestion(deps, { ...asking, act: ACTS[index % 2] ?? "refute" }, ACTS, NOON);
    await numberQuestion(deps, { chatId, residentId }, (messageId += 1));
  };
  for (let round = 0; round < 25; round += 1) await Promise.all(Array.from({ length: 10 }, (_, index) => press(index)));
  await press(0);
  expect(await openIn(chatId)).toMatchObject([{ act: "refute", messageId }]);
});

test("whoever was forgotten meanwhile is asked nothing, and nothing of their chat is kept", async () => {
  const chatId = 7002;
  const residentId = await aResident(store.db, { telegramId: chatId });
  expect(await forgetPerson(deps, { actorId: residentId, reportId: null }, NOON)).toEqual({ ok: true });
  await askQuestion(deps, { chatId, residentId, act: "refute", reportId: null, version: 0 }, ACTS, NOON);
  expect(await openIn(chatId)).toEqual([]);
});
