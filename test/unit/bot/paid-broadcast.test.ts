import { Api } from "grammy";
import { expect, test } from "vitest";
import { createPaidApi } from "../../../src/bot/paid-broadcast.ts";
import { createSend } from "../../../src/bot/send.ts";
import { rich } from "../../../src/notices/rich.ts";
import { i18n } from "../../support/notices.ts";

/** An API that answers everything with a message, and the calls it was given. */
const anApi = () => {
  const calls: { method: string; isPaid: unknown }[] = [];
  const api = new Api("1:a");
  api.config.use((_, method, payload) => {
    calls.push({ method, isPaid: (payload as Record<string, unknown>)["allow_paid_broadcast"] });
    const result = method === "sendMediaGroup" ? [{ message_id: 1 }, { message_id: 2 }] : { message_id: 3 };
    return Promise.resolve({ ok: true, result } as never);
  });
  return { api, calls };
};

const message = { text: rich(i18n, "ru", "clock:digest.editors") };
const photo = (fileId: string) => ({ fileId, kind: "photo" as const });

test("every message that goes out may be charged for, and a message that is rewritten may not", async () => {
  const { api, calls } = anApi();
  const send = createSend(createPaidApi(api));
  await send({ chatId: 1, message });
  await send({ chatId: 1, message: { ...message, photos: [photo("a")] } });
  await send({ chatId: 1, message: { ...message, photos: [photo("a"), photo("b")] } });
  await send({ chatId: 1, message, edit: { messageId: 5, whenGone: "nothing" } });
  expect(calls).toEqual([
    { method: "sendMessage", isPaid: true },
    { method: "sendPhoto", isPaid: true },
    { method: "sendMessage", isPaid: true },
    { method: "sendMediaGroup", isPaid: true },
    { method: "sendMessage", isPaid: true },
    { method: "editMessageText", isPaid: undefined },
  ]);
});

test("what the bot answers by the other API stays free", async () => {
  const { api, calls } = anApi();
  createPaidApi(api);
  await createSend(api)({ chatId: 1, message });
  expect(calls).toEqual([{ method: "sendMessage", isPaid: undefined }]);
});
