import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ANNA, labelsOf, MARIA, SECRET, startBot, type RunningBot } from "../../support/bot.ts";

let city: RunningBot;

beforeAll(async () => {
  city = await startBot({ roles: { [ANNA]: "editor" }, updates: "webhook" });
});
afterAll(() => city.close());

const post = (body: string, secret?: string): Promise<Response> =>
  fetch(city.webhookUrl ?? "", {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      ...(secret !== undefined && { "x-telegram-bot-api-secret-token": secret }),
    },
  });

test("an update that Telegram delivers is handled, and 200 goes out only after that", async () => {
  await city.tell(MARIA, "/help", /Отклик/);
  await vi.waitFor(() => expect(city.webhookAnswers).toContainEqual({ status: 200, body: null }));
});

test("an update whose handling failed is answered with 500 and comes again until it is handled", async () => {
  // No report has been filed yet, so nobody else reads from the database now.
  const reading = vi.spyOn(city.store.db, "select").mockImplementationOnce(() => {
    throw new Error("the database hiccups");
  });
  await city.tell(MARIA, "/help", /Отклик/);
  reading.mockRestore();
  expect(city.webhookAnswers).toContainEqual({ status: 500, body: null });
});

test("the answer to a press rides in the webhook's reply", async () => {
  for (let count = 0; count < 6; count += 1) await city.file();
  const queue = await city.tell(ANNA, "/queue", /Ждут модерации/);
  expect(labelsOf(queue)[0]).toHaveLength(5);
  await city.press(ANNA, queue, "Позже");
  const ridden = city.webhookAnswers.map(({ body }) => body).filter((body) => body !== null);
  expect(ridden).toEqual([expect.stringContaining('"method":"answerCallbackQuery"')]);
});

test("nobody without the secret is let in, and what is no update is refused", async () => {
  const update = JSON.stringify({ update_id: 1 });
  expect((await post(update)).status).toBe(401);
  expect((await post(update, "guess")).status).toBe(401);
  expect((await post("[]", SECRET)).status).toBe(400);
  expect((await post("not json", SECRET)).status).toBe(400);
});
